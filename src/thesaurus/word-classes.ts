// Selects words that clearly belong to one class of WordNet (animals, foods), to see whether vectors group them.
import { ancestorDistances } from './hypernyms.ts';
import type { WordNet } from './open-wordnet.ts';
import type { Synset } from './synset.ts';

/** Classes by their top hypernyms, given as lemma and noun sense number. */
export const wordClasses: readonly { name: string; above: readonly (readonly [lemma: string, sense: number])[] }[] = [
  { name: 'animal', above: [['animal', 1]] },
  { name: 'person', above: [['person', 1]] },
  { name: 'body', above: [['body_part', 1]] },
  {
    name: 'food',
    above: [
      ['food', 1],
      ['food', 2],
      ['edible_fruit', 1],
    ],
  },
  { name: 'place', above: [['location', 1]] },
  { name: 'vehicle', above: [['vehicle', 1]] },
  { name: 'time', above: [['time_period', 1]] },
  { name: 'feeling', above: [['feeling', 1]] },
];

const otherParts = ['verb', 'adjective', 'adverb'] as const;

/**
 * The classes of a word, as indices into `wordClasses`. A word belongs to a class if it is a lemma of three letters or
 * more, its most frequent noun sense and at least half of its noun senses are in the class, and it has no more senses
 * as verb, adjective and adverb than as noun.
 */
export function classFinder(wordnet: WordNet): (word: string) => number[] {
  const tops = wordClasses.map(({ above }) =>
    above.flatMap(([lemma, sense]) => wordnet.senses(lemma, 'noun')[sense - 1] ?? []),
  );
  return (word) => {
    if (!/^\p{L}{3,}$/u.test(word)) return [];
    const nouns = wordnet.senses(word.toLowerCase(), 'noun');
    if (nouns.length === 0) return [];
    const found = tops.flatMap((above, at) => {
      const isIn = (sense: Synset) => above.some((synset) => ancestorDistances(wordnet, sense).has(synset));
      return isIn(nouns[0]) && 2 * nouns.filter(isIn).length >= nouns.length ? [at] : [];
    });
    if (found.length === 0) return []; // most words: their other senses need not be read
    const others = otherParts.flatMap((part) => wordnet.senses(word.toLowerCase(), part)).length;
    return others > nouns.length ? [] : found;
  };
}

/** Up to `most` words of each class, in the order of `words` (by decreasing frequency); each word is in one class. */
export function wordsByClass(wordnet: WordNet, words: readonly string[], most = 20): { word: string; group: string }[] {
  const classesOf = classFinder(wordnet);
  const found = wordClasses.map((): string[] => []);
  for (const word of words) {
    if (found.every((list) => list.length >= most)) break;
    const free = classesOf(word).find((at) => found[at].length < most);
    if (free !== undefined) found[free].push(word);
  }
  return found.flatMap((list, at) => list.map((word) => ({ word, group: wordClasses[at].name })));
}
