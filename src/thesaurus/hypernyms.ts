// The hypernym tree (a directed graph, for a synset may have several hypernyms): depths, distances, paths to the root.
import { W2vError } from '../errors.ts';
import type { WordNet } from './open-wordnet.ts';
import type { PartOfSpeech, Synset } from './synset.ts';

/** The hypernyms of a synset, of its class and as an instance; none for a root. */
export function hypernymsOf(wordnet: WordNet, synset: Synset): Synset[] {
  return synset.hypernyms.map((offset) => wordnet.synset(synset.partOfSpeech, offset));
}

const ancestors = new WeakMap<Synset, ReadonlyMap<Synset, number>>();

/** Every hypernym of a synset, direct or not, with the length of the shortest way up to it; itself at 0. */
export function ancestorDistances(wordnet: WordNet, synset: Synset): ReadonlyMap<Synset, number> {
  const before = ancestors.get(synset);
  if (before !== undefined) return before;
  const distances = new Map([[synset, 0]]);
  // A Map is walked in the order of insertion, also over what is added meanwhile: breadth first.
  for (const [current, distance] of distances) {
    for (const hypernym of hypernymsOf(wordnet, current)) {
      if (!distances.has(hypernym)) distances.set(hypernym, distance + 1);
    }
  }
  ancestors.set(synset, distances);
  return distances;
}

/** Length of the shortest way to a root; 0 for a root. */
export function minDepth(wordnet: WordNet, synset: Synset): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [ancestor, distance] of ancestorDistances(wordnet, synset)) {
    if (ancestor.hypernyms.length === 0 && distance < least) least = distance;
  }
  return least;
}

const longest = new WeakMap<Synset, number>();

/** Length of the longest way to a root; 0 for a root. Throws `file-malformed` if the ways go in a circle. */
export function maxDepth(wordnet: WordNet, synset: Synset): number {
  const before = longest.get(synset);
  if (before === Number.NEGATIVE_INFINITY) throw circle(wordnet, synset);
  if (before !== undefined) return before;
  longest.set(synset, Number.NEGATIVE_INFINITY); // being computed
  let depth = 0;
  for (const hypernym of hypernymsOf(wordnet, synset)) depth = Math.max(depth, 1 + maxDepth(wordnet, hypernym));
  longest.set(synset, depth);
  return depth;
}

const deepest = new WeakMap<WordNet, Map<PartOfSpeech, number>>();

/** The greatest `maxDepth` of a part of speech: 19 for the nouns of WordNet 3.1. The first call reads all its synsets. */
export function treeDepth(wordnet: WordNet, partOfSpeech: PartOfSpeech): number {
  const known = deepest.get(wordnet) ?? new Map<PartOfSpeech, number>();
  deepest.set(wordnet, known);
  let depth = known.get(partOfSpeech);
  if (depth === undefined) {
    depth = 0;
    for (const synset of wordnet.synsets(partOfSpeech)) depth = Math.max(depth, maxDepth(wordnet, synset));
    known.set(partOfSpeech, depth);
  }
  return depth;
}

function circle(wordnet: WordNet, synset: Synset): W2vError {
  const observed = `${wordnet.folder}: the hypernyms of ${synset.name} go in a circle`;
  return new W2vError('file-malformed', observed, 'fetch WordNet anew');
}
