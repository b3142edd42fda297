// Path-based similarity of two synsets in the hypernym hierarchy, as in NLTK 3:
//   path             1 / (1 + d)                              d: edges of the shortest path through a common hypernym
//   Wu-Palmer        2 depth(s) / (depth(1) + depth(2))       s: the common hypernym (Wu & Palmer 1994), depths through
//   s Leacock-Chodorow -ln((1 + d) / (2 D))                     D: depth of the hierarchy (Leacock & Chodorow 1998)
// Nouns have one common root, entity. Verbs (and adjectives and adverbs, which have no hypernyms) have several: NLTK
// adds a simulated root above all roots, one edge beyond the furthest hypernym of a synset.
import { ancestorDistances, maxDepth, minDepth, treeDepth } from './hypernyms.ts';
import type { WordNet } from './open-wordnet.ts';
import type { Synset } from './synset.ts';

const ROOT = 'root';
type Node = Synset | typeof ROOT;

/**
 * Above 0, at most 1 (for equal synsets); undefined without a common hypernym (nouns of a WordNet without a common
 * root). A noun and a verb do get a value through the simulated root, as in NLTK.
 */
export function pathSimilarity(wordnet: WordNet, first: Synset, second: Synset): number | undefined {
  const edges = distance(wordnet, first, second, needsRoot(first) || needsRoot(second));
  return edges === undefined ? undefined : 1 / (edges + 1);
}

/** Above 0, at most 1; undefined without a common hypernym. */
export function wuPalmerSimilarity(wordnet: WordNet, first: Synset, second: Synset): number | undefined {
  const simulateRoot = needsRoot(first) || needsRoot(second);
  const subsumer = lowestCommonHypernym(wordnet, first, second, simulateRoot);
  if (subsumer === undefined) return undefined;
  const depth = 1 + (subsumer === ROOT ? 0 : maxDepth(wordnet, subsumer));
  const way1 = distance(wordnet, first, subsumer, simulateRoot)!;
  const way2 = distance(wordnet, second, subsumer, simulateRoot)!;
  return (2 * depth) / (way1 + way2 + 2 * depth);
}

/**
 * Natural logarithm; the maximum, for equal synsets, depends on the part of speech. Undefined for different parts of
 * speech.
 */
export function leacockChodorowSimilarity(wordnet: WordNet, first: Synset, second: Synset): number | undefined {
  if (first.partOfSpeech !== second.partOfSpeech) return undefined;
  const simulateRoot = needsRoot(first);
  const edges = distance(wordnet, first, second, simulateRoot);
  if (edges === undefined) return undefined;
  const depth = treeDepth(wordnet, first.partOfSpeech) + (simulateRoot ? 1 : 0);
  return -Math.log((edges + 1) / (2 * depth));
}

/** The common hypernyms of both; each synset counts as its own hypernym. */
export function commonHypernyms(wordnet: WordNet, first: Synset, second: Synset): Synset[] {
  const above = ancestorDistances(wordnet, second);
  return [...ancestorDistances(wordnet, first).keys()].filter((synset) => above.has(synset));
}

function needsRoot(synset: Synset): boolean {
  return synset.partOfSpeech !== 'noun';
}

/**
 * The common hypernym with the longest shortest path to a root; among several the first synset itself, or else the
 * first by name. NLTK uses the shortest path here for compatibility with its version 2.
 */
function lowestCommonHypernym(
  wordnet: WordNet,
  first: Synset,
  second: Synset,
  simulateRoot: boolean,
): Node | undefined {
  const common: Node[] = commonHypernyms(wordnet, first, second);
  if (simulateRoot) common.push(ROOT);
  const depths = common.map((node) => (node === ROOT ? 0 : minDepth(wordnet, node)));
  const depth = Math.max(...depths);
  const lowest = common.filter((_, at) => depths[at] === depth);
  if (lowest.includes(first)) return first;
  return lowest.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))[0];
}

function nameOf(node: Node): string {
  return node === ROOT ? '*ROOT*' : node.name; // NLTK's name, which affects the order
}

/**
 * Edges between two synsets through the nearest common hypernym, possibly the simulated root; undefined without one.
 */
function distance(wordnet: WordNet, first: Synset, second: Node, simulateRoot: boolean): number | undefined {
  if (first === second) return 0;
  const above1 = ancestorDistances(wordnet, first);
  if (second === ROOT) return rootDistance(above1);
  const above2 = ancestorDistances(wordnet, second);
  let least = simulateRoot ? rootDistance(above1) + rootDistance(above2) : Number.POSITIVE_INFINITY;
  for (const [synset, edges] of above1) {
    const others = above2.get(synset);
    if (others !== undefined && edges + others < least) least = edges + others;
  }
  return least === Number.POSITIVE_INFINITY ? undefined : least;
}

function rootDistance(above: ReadonlyMap<Synset, number>): number {
  return 1 + Math.max(...above.values());
}
