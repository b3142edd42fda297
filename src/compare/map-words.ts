// Selects the words on the map of a comparison.

import type { WordNet } from '../thesaurus/open-wordnet.ts';
import { wordsByClass } from '../thesaurus/word-classes.ts';
import type { Route } from './routes-comparison.ts';
import { sharedWords } from './shared-words.ts';
import type { MapWord } from './word-map.ts';

/** Words of a few thesaurus classes; without a thesaurus, frequent words without a class. */
export function wordsOfMap(routes: readonly Route[], wordnet?: WordNet): MapWord[] {
  const all = sharedWords(routes.flatMap(({ vectors }) => vectors ?? []));
  const words = all.slice(Math.min(100, all.length >> 1), 20_000); // the most frequent are function words
  const classed = wordnet === undefined ? [] : wordsByClass(wordnet, words);
  if (classed.length >= 3) return classed;
  const plain = words.filter((word) => /^\p{L}{3,}$/u.test(word));
  return plain.slice(0, 160).map((word) => ({ word }));
}
