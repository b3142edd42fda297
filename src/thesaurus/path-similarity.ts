// Similarity of two synsets by their places in the hypernym tree, as NLTK 3 computes it:
//   path             1 / (1 + d)                              d: edges of the shortest way over a common hypernym
//   Wu-Palmer        2 depth(s) / (depth(1) + depth(2))       s: the common hypernym (Wu & Palmer 1994), depths through s
//   Leacock-Chodorow -ln((1 + d) / (2 D))                     D: depth of the whole tree (Leacock & Chodorow 1998)
// Nouns hang together under one root, entity. Verbs (and adjectives and adverbs, which have no hypernyms) don't: NLTK puts a
// root above all their roots, as far from a synset as its furthest hypernym and one more.
import { ancestorDistances, maxDepth, minDepth, treeDepth } from './hypernyms.ts';
import type { WordNet } from './open-wordnet.ts';
import type { Synset } from './synset.ts';

const ROOT = 'root';
type Node = Synset | typeof ROOT;

/**
 * Above 0, at most 1, which a synset has with itself; undefined where the two have no common hypernym (nouns of a WordNet without a
 * common root). A noun and a verb do get a value, over the simulated root, as in NLTK.
 */
export function pathSimilarity(wordnet: WordNet, first: Synset, second: Synset): number | undefined {
  const edges = distance(wordnet, first, second, needsRoot(first) || needsRoot(second));
  return edges === undefined ? undefined : 1 / (edges + 1);
}

/** Above 0, at most 1; undefined where the two have no common hypernym. */
export function wuPalmerSimilarity(wordnet: WordNet, first: Synset, second: Synset): number | undefined {
  const simulateRoot = needsRoot(first) || needsRoot(second);
  const subsumer = lowestCommonHypernym(wordnet, first, second, simulateRoot);
  if (subsumer === undefined) return undefined;
  const depth = 1 + (subsumer === ROOT ? 0 : maxDepth(wordnet, subsumer));
  const way1 = distance(wordnet, first, subsumer, simulateRoot)!;
  const way2 = distance(wordnet, second, subsumer, simulateRoot)!;
  return (2 * depth) / (way1 + way2 + 2 * depth);
}

/** Natural logarithm; its largest value, for a synset with itself, depends on the part of speech. Undefined for two parts of speech. */
export function leacockChodorowSimilarity(wordnet: WordNet, first: Synset, second: Synset): number | undefined {
  if (first.partOfSpeech !== second.partOfSpeech) return undefined;
  const simulateRoot = needsRoot(first);
  const edges = distance(wordnet, first, second, simulateRoot);
  if (edges === undefined) return undefined;
  const depth = treeDepth(wordnet, first.partOfSpeech) + (simulateRoot ? 1 : 0);
  return -Math.log((edges + 1) / (2 * depth));
}

/** The synsets above both, each among its own hypernyms too. */
export function commonHypernyms(wordnet: WordNet, first: Synset, second: Synset): Synset[] {
  const above = ancestorDistances(wordnet, second);
  return [...ancestorDistances(wordnet, first).keys()].filter((synset) => above.has(synset));
}

function needsRoot(synset: Synset): boolean {
  return synset.partOfSpeech !== 'noun';
}

/**
 * The common hypernym whose shortest way to a root is longest; of several the first synset itself if it is one, else the first
 * by name. NLTK keeps to the shortest way here, to agree with its version 2.
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
  return node === ROOT ? '*ROOT*' : node.name; // NLTK's name for it, which decides the order
}

/** Edges between two synsets over the nearest common hypernym, the simulated root if it is one; undefined if they have none. */
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
