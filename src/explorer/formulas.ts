// What people type: axes as pairs of words, lists of words, pairs, and the words to start with.

/**
 * `man, woman`, `man → woman` and `man -> woman` are the axis `woman - man`; any other text is a sum of words already.
 */
export function axisOf(text: string): string {
  const pair = /^\s*(\S+?)\s*(?:,|→|->)\s*(\S+)\s*$/.exec(text);
  return pair === null ? text.trim().replace(/\s+/g, ' ') : `${pair[2]} - ${pair[1]}`;
}

/** Each word once, in order; separated by white space, commas or semicolons. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/u).filter((word) => word !== ''))];
}

/** Pairs, one a line, and the lines that are none. */
export function pairsIn(text: string): { pairs: [string, string][]; wrong: string[] } {
  const pairs: [string, string][] = [];
  const wrong: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const words = line.split(/[\s,;]+/u).filter((word) => word !== '');
    if (words.length === 2) pairs.push([words[0], words[1]]);
    else wrong.push(line);
  }
  return { pairs, wrong };
}

const wellKnown = 'king city water music london doctor happy seven football computer house'.split(' ');

/** Words to try: well-known ones, or else frequent words of some length. */
export function exampleWords(list: readonly string[], rowOf: ReadonlyMap<string, number>, most = 6): string[] {
  const known = wellKnown.filter((word) => rowOf.has(word));
  const frequent = list.slice(20, 2000).filter((word) => [...word].length >= 4);
  return [...new Set([...known, ...frequent, ...list])].slice(0, most);
}

export const exampleAnalogies: readonly (readonly [string, string, string])[] = [
  ['man', 'king', 'woman'],
  ['france', 'paris', 'italy'],
  ['big', 'bigger', 'small'],
  ['walk', 'walking', 'swim'],
  ['good', 'better', 'bad'],
  ['one', 'two', 'three'],
];

/** Axes across and up, and words that they say something about. */
export const exampleAxes: readonly { x: string; y: string; words: string }[] = [
  {
    x: 'man, woman',
    y: 'bad, good',
    words: 'king queen father mother doctor nurse soldier hero villain actor actress lawyer teacher',
  },
  {
    x: 'small, large',
    y: 'war, peace',
    words: 'army city village treaty ship island battle farm empire family nation weapon',
  },
  {
    x: 'science, art',
    y: 'old, new',
    words: 'music physics painting poetry chemistry theatre computer film software opera mathematics',
  },
];

/** Whether all words of a text are in the vocabulary. */
export function areKnown(text: string, rowOf: ReadonlyMap<string, number>): boolean {
  return wordsIn(text).every((word) => rowOf.has(word));
}
