// Two ranked lists of neighbours of one word, joined: at which place of the other list each word is.

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
      const otherwise = others[file]!.has(word) ? 'further' : 'missing';
      return { word, similarity, place: places[1 - file]!.get(word) ?? otherwise };
    }),
  );
  const lines = (columns[0] ?? []).flatMap(({ place }, at): [number, number][] =>
    typeof place === 'number' && place <= shown ? [[at, place - 1]] : [],
  );
  return { columns, lines };
}
