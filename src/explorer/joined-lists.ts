import { type Html, html } from '../page/html.ts';
import { pixel } from '../page/svg.ts';
// Two ranked lists of neighbors of one word, joined: at which place of the other list each word is.

export interface JoinedWord {
  word: string;
  similarity: number;
  /** Place in the other list, from 1; further: beyond those known; missing: the other file lacks the word. */
  place: number | 'further' | 'missing';
}

export interface JoinedLists {
  /** The first `shown` of each list; undefined where a file has no list. */
  columns: (JoinedWord[] | undefined)[];
  /** Places, from 0, in the first and in the second list of words that both show. */
  lines: [first: number, second: number][];
}

type Listed = readonly { word: string; similarity: number }[];

/** `others[i]`: the words of the file that list i is not from. */
export function joinedLists(
  lists: readonly (Listed | undefined)[],
  others: readonly { has(word: string): boolean }[],
  shown: number,
): JoinedLists {
  const places = lists.map((list) => new Map(list?.map(({ word }, at) => [word, at + 1])));
  const columns = lists.map((list, file) =>
    list?.slice(0, shown).map(({ word, similarity }): JoinedWord => {
      const otherwise = others[file].has(word) ? 'further' : 'missing';
      return { word, similarity, place: places[1 - file].get(word) ?? otherwise };
    }),
  );
  const lines = (columns[0] ?? []).flatMap(({ place }, at): [number, number][] =>
    typeof place === 'number' && place <= shown ? [[at, place - 1]] : [],
  );
  return { columns, lines };
}

/** Height of a word of the lists, in pixels. */
export const ROW_HEIGHT = 32;
const WIDTH = 96;

/** The lines between the lists, as a picture that stands between them. `lines`: places, from 0, left and right; `rows`: of the longer list. */
export function joiningLinesSvg(lines: readonly (readonly [number, number])[], rows: number): Html {
  const middle = (place: number) => pixel((place + 0.5) * ROW_HEIGHT);
  const paths = lines.map(([left, right]) => {
    const kind = left === right ? 'same' : 'moved';
    return html`<path class="${kind}" d="M4 ${middle(left)}C${WIDTH / 2} ${middle(left)} ${WIDTH / 2} ${middle(right)} ${WIDTH - 4} ${middle(right)}"/>`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${rows * ROW_HEIGHT}" width="${WIDTH}" height="${rows * ROW_HEIGHT}">${paths}</svg>`;
}
