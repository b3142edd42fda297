// Depths, distances and paths in the hypernym hierarchy (a directed graph, because a synset may have several
// hypernyms).
import { malformed, type W2vError } from '../base/errors.ts';
import type { WordNet } from './open-wordnet.ts';
import type { PartOfSpeech, Synset } from './synset.ts';

/** The direct hypernyms of a synset, class and instance hypernyms; none for a root. */
export function hypernymsOf(wordnet: WordNet, synset: Synset): Synset[] {
  return synset.hypernyms.map((offset) => wordnet.synset(synset.partOfSpeech, offset));
}

const ancestors = new WeakMap<Synset, ReadonlyMap<Synset, number>>();

/** All direct and indirect hypernyms of a synset with the length of the shortest path; the synset itself has 0. */
export function ancestorDistances(wordnet: WordNet, synset: Synset): ReadonlyMap<Synset, number> {
  const before = ancestors.get(synset);
  if (before !== undefined) return before;
  const distances = new Map([[synset, 0]]);
  // A Map iterates in insertion order, including entries added meanwhile: a breadth-first search.
  for (const [current, distance] of distances) {
    for (const hypernym of hypernymsOf(wordnet, current)) {
      if (!distances.has(hypernym)) distances.set(hypernym, distance + 1);
    }
  }
  ancestors.set(synset, distances);
  return distances;
}

/** Length of the shortest path to a root; 0 for a root. */
export function minDepth(wordnet: WordNet, synset: Synset): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [ancestor, distance] of ancestorDistances(wordnet, synset)) {
    if (ancestor.hypernyms.length === 0 && distance < least) least = distance;
  }
  return least;
}

const longest = new WeakMap<Synset, number>();

/** Length of the longest path to a root; 0 for a root. Throws `file-malformed` for a cycle. */
export function maxDepth(wordnet: WordNet, synset: Synset): number {
  const before = longest.get(synset);
  if (before === Number.NEGATIVE_INFINITY) throw circle(wordnet, synset);
  if (before !== undefined) return before;
  longest.set(synset, Number.NEGATIVE_INFINITY); // in progress
  let depth = 0;
  for (const hypernym of hypernymsOf(wordnet, synset)) depth = Math.max(depth, 1 + maxDepth(wordnet, hypernym));
  longest.set(synset, depth);
  return depth;
}

/** In Princeton's WordNet no synset has more than some dozens; a damaged or made one may have 2^40. */
const MOST_PATHS = 10_000;
const paths = new WeakMap<Synset, number>();

/** The number of paths from a synset to a root, 1 for a root. Throws `file-malformed` for a cycle, or for too many. */
export function pathsToRoot(wordnet: WordNet, synset: Synset): number {
  maxDepth(wordnet, synset); // of a cycle
  const before = paths.get(synset);
  if (before !== undefined) return before;
  let count = 0;
  for (const hypernym of hypernymsOf(wordnet, synset)) count += pathsToRoot(wordnet, hypernym);
  count = Math.max(1, count);
  if (count > MOST_PATHS) {
    const observed = `${wordnet.folder}: ${synset.name} has ${count} paths to a root, expected at most ${MOST_PATHS}`;
    throw malformed(observed, 'fetch WordNet again');
  }
  paths.set(synset, count);
  return count;
}

const deepest = new WeakMap<WordNet, Map<PartOfSpeech, number>>();

/** The largest `maxDepth` of a part of speech: 19 for nouns of WordNet 3.1. The first call reads all its synsets. */
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
  const observed = `${wordnet.folder}: the hypernyms of ${synset.name} form a cycle`;
  return malformed(observed, 'fetch WordNet again');
}
