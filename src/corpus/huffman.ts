// The tree of hierarchical softmax (Morin & Bengio 2005): a Huffman code of the words by their counts (Huffman 1952;
// Mikolov et al. 2013b, section 2.1), built as word2vec.c builds it. A word's probability is the product of the
// decisions on the path to it:
//   P(word | h) = product over the inner nodes n on its path of sigmoid(h . o_n) for bit 0, 1 - sigmoid(h . o_n) for
//   bit 1
// V words have V - 1 inner nodes, each with a row o_n of the output matrix; the last one is the root.
import { malformed } from '../base/errors.ts';

export interface HuffmanTree {
  /** V, at least 1. */
  words: number;
  /** (V - 1, 2): the children of each inner node by bit 0 and bit 1: word i is i, inner node n is V + n. */
  children: Int32Array;
}

/**
 * The two lightest nodes become one, until one is left; of equal weights an inner node goes first, then the later word.
 *
 * @param counts (V) by decreasing count, as a vocabulary has them
 */
export function huffmanTree(counts: Float64Array): HuffmanTree {
  const V = counts.length;
  const inner = Math.max(0, V - 1);
  const weights = new Float64Array(inner); // they come out in rising order
  const children = new Int32Array(2 * inner);
  let word = V - 1;
  let node = 0;
  for (let n = 0; n < inner; n++) {
    for (const bit of [0, 1]) {
      const isWord = word >= 0 && (node === n || counts[word] < weights[node]);
      children[2 * n + bit] = isWord ? word : V + node;
      weights[n] += isWord ? counts[word--] : weights[node++];
    }
  }
  return { words: V, children };
}

/**
 * (2 V - 1) for each word, then each inner node: its parent's number, times 2, plus its own bit; the root's is `ROOT`.
 */
export function parentsOf({ words: V, children }: HuffmanTree): Uint32Array {
  const parents = new Uint32Array(2 * V - 1).fill(ROOT);
  children.forEach((child, at) => {
    parents[child] = at; // 2 n + bit
  });
  return parents;
}

export const ROOT = 0xffffffff;

/**
 * The paths of all words, from below: that of word i is links[starts[i] .. starts[i + 1] - 1], each 2 n + bit of a
 * decision.
 */
export interface WordPaths {
  /** (V + 1) */
  starts: Uint32Array;
  links: Uint32Array;
}

export function pathsOf(tree: HuffmanTree): WordPaths {
  const { words: V } = tree;
  const parents = parentsOf(tree);
  const starts = new Uint32Array(V + 1);
  codeLengths(tree).forEach((length, word) => {
    starts[word + 1] = starts[word] + length;
  });
  const links = new Uint32Array(starts[V]);
  for (let word = 0; word < V; word++) {
    let at = starts[word];
    for (let link = parents[word]; link !== ROOT; link = parents[V + (link >>> 1)]) links[at++] = link;
  }
  return { starts, links };
}

/** One decision on the way to a word: the inner node, and the bit that leads on. */
export interface Decision {
  node: number;
  bit: 0 | 1;
}

/** The decisions of a word, from the root down; none for the only word. */
export function pathTo(tree: HuffmanTree, word: number): Decision[] {
  const parents = parentsOf(tree);
  const path: Decision[] = [];
  for (let at = word; parents[at] !== ROOT; at = tree.words + (parents[at] >>> 1)) {
    path.unshift({ node: parents[at] >>> 1, bit: (parents[at] & 1) as 0 | 1 });
  }
  return path;
}

/** (V) the decisions that each word takes, 1 or more; 0 for the only word. */
export function codeLengths({ words: V, children }: HuffmanTree): Uint32Array {
  const depths = new Uint32Array(2 * V - 1);
  for (let at = children.length - 1; at >= 0; at--) depths[children[at]] = depths[V + (at >> 1)] + 1;
  return depths.subarray(0, V);
}

/**
 * (V) the probability of each word; their sum is 1.
 *
 * @param hidden (D) h; @param nodes (V - 1, D) the output rows of the inner nodes
 */
export function wordProbabilities(
  { words: V, children }: HuffmanTree,
  hidden: ArrayLike<number>,
  nodes: ArrayLike<number>,
): Float64Array {
  const D = hidden.length;
  const chances = new Float64Array(2 * V - 1);
  chances[2 * V - 2] = 1;
  for (let n = V - 2; n >= 0; n--) {
    let score = 0;
    for (let d = 0; d < D; d++) score += hidden[d] * nodes[n * D + d];
    const chance = chances[V + n];
    chances[children[2 * n]] = chance / (1 + Math.exp(-score));
    chances[children[2 * n + 1]] = chance / (1 + Math.exp(score));
  }
  return chances.subarray(0, V);
}

/**
 * (V - 1) the children of each inner node as text, `12,40007`: what names the node's row in a file, which so holds the
 * tree.
 */
export function nodeLabels({ children }: HuffmanTree): string[] {
  return Array.from({ length: children.length / 2 }, (_, n) => `${children[2 * n]},${children[2 * n + 1]}`);
}

/** The tree that `nodeLabels` wrote. @throws W2vError 'file-malformed' if the labels are no tree */
export function treeOfLabels(labels: readonly string[]): HuffmanTree {
  const V = labels.length + 1;
  const children = new Int32Array(2 * labels.length);
  const seen = new Uint8Array(2 * V - 1);
  labels.forEach((label, n) => {
    const [, ...both] = /^(\d+),(\d+)$/.exec(label) ?? [];
    both.map(Number).forEach((child, bit) => {
      if (child >= V + n || seen[child] === 1) return;
      seen[child] = 1;
      children[2 * n + bit] = child;
    });
  });
  if (seen.reduce((sum, one) => sum + one, 0) < 2 * labels.length) {
    throw malformed(
      'the rows are not the inner nodes of a Huffman tree: each should be named by its two children, as in 12,40007',
      'give the output matrix that training with hierarchical softmax wrote',
    );
  }
  return { words: V, children };
}
