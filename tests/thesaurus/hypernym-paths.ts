import { hypernymsOf } from '../../src/thesaurus/hypernyms.ts';
import type { WordNet } from '../../src/thesaurus/open-wordnet.ts';
import type { Synset } from '../../src/thesaurus/synset.ts';

/** All ways from a root down to the synset, root first, the synset last. */
export function hypernymPaths(wordnet: WordNet, synset: Synset): Synset[][] {
  const hypernyms = hypernymsOf(wordnet, synset);
  if (hypernyms.length === 0) return [[synset]];
  return hypernyms.flatMap((hypernym) => hypernymPaths(wordnet, hypernym).map((path) => [...path, synset]));
}
