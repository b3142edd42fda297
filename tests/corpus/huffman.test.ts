import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import {
  codeLengths,
  type HuffmanTree,
  huffmanTree,
  nodeLabels,
  pathsOf,
  pathTo,
  treeOfLabels,
  wordProbabilities,
} from '../../src/corpus/huffman.ts';

/** The bits from the root to each word. */
function codesOf(tree: HuffmanTree): string[] {
  return Array.from({ length: tree.words }, (_, word) =>
    pathTo(tree, word)
      .map(({ bit }) => bit)
      .join(''),
  );
}

/** The least sum of count times length, from a list that is sorted anew for each merge. */
function naiveCost(counts: Float64Array): number {
  let weights = [...counts];
  let cost = 0;
  while (weights.length > 1) {
    weights.sort((a, b) => b - a);
    const merged = (weights.pop() as number) + (weights.pop() as number);
    cost += merged;
    weights = [...weights, merged];
  }
  return cost;
}

const random = createRandom(8);
const zipf = (V: number) => Float64Array.from({ length: V }, (_, i) => Math.ceil(1e5 / (i + 1)));
const drawn = (V: number, below: number) =>
  Float64Array.from({ length: V }, () => 1 + random.below(below)).sort((a, b) => b - a);
const texts = new Map([
  ['two words', Float64Array.of(3, 1)],
  ['equal counts', new Float64Array(37).fill(4)],
  ['powers of two', Float64Array.from({ length: 40 }, (_, i) => 2 ** (40 - i))],
  ['Zipf', zipf(500)],
  ...Array.from({ length: 30 }, (_, i) => [`drawn ${i}`, drawn(2 + random.below(200), 1 + i * i)] as const),
]);

describe.each([...texts])('the tree of %s', (_, counts) => {
  const tree = huffmanTree(counts);
  const codes = codesOf(tree);

  it('has a code for each word that begins no other one, of the length that codeLengths says', () => {
    const sorted = [...codes].sort();
    for (let i = 1; i < sorted.length; i++) expect(sorted[i].startsWith(sorted[i - 1])).toBe(false);
    expect(codes.map((code) => code.length)).toEqual([...codeLengths(tree)]);
    expect(codes.reduce((sum, code) => sum + 2 ** -code.length, 0)).toBeCloseTo(1, 10);
  });

  it('is as short as any, with shorter codes for more frequent words', () => {
    const lengths = codeLengths(tree);
    expect(counts.reduce((sum, count, i) => sum + count * lengths[i], 0)).toBe(naiveCost(counts));
    for (let i = 1; i < counts.length; i++) {
      if (counts[i] < counts[i - 1]) expect(lengths[i]).toBeGreaterThanOrEqual(lengths[i - 1]);
    }
  });

  it('has the path of each word, from below, in one list', () => {
    const { starts, links } = pathsOf(tree);
    expect(starts).toHaveLength(counts.length + 1);
    expect(links).toHaveLength(starts[counts.length]);
    for (let word = 0; word < counts.length; word++) {
      const path = pathTo(tree, word).map(({ node, bit }) => 2 * node + bit);
      expect([...links.subarray(starts[word], starts[word + 1])]).toEqual(path.reverse());
    }
  });

  it('comes back from its labels', () => {
    expect(treeOfLabels(nodeLabels(tree))).toEqual(tree);
  });

  it('gives probabilities that are the products of the decisions and sum to 1', () => {
    const D = 3;
    const hidden = Float64Array.from({ length: D }, () => random.normal());
    const nodes = Float64Array.from({ length: (counts.length - 1) * D }, () => random.normal());
    const chances = wordProbabilities(tree, hidden, nodes);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 10);
    for (const word of [0, counts.length - 1]) {
      let chance = 1;
      let at = 2 * counts.length - 2; // the root
      for (const { node, bit } of pathTo(tree, word)) {
        expect(node).toBe(at - counts.length);
        const score = hidden.reduce((sum, value, d) => sum + value * nodes[node * D + d], 0);
        chance *= 1 / (1 + Math.exp(bit === 1 ? score : -score));
        at = tree.children[2 * node + bit];
      }
      expect(at).toBe(word);
      expect(chances[word]).toBeCloseTo(chance, 12);
    }
  });
});

it('has codes as long as those of gensim (tests/golden/huffman.py)', () => {
  const golden = JSON.parse(readFileSync(new URL('../golden/huffman.json', import.meta.url), 'utf8'));
  for (const { counts, lengths } of golden.vocabularies) {
    const ours = codeLengths(huffmanTree(Float64Array.from(counts)));
    // Equal weights may be merged in another order, which changes single lengths and not the sum.
    const cost = (all: ArrayLike<number>) => counts.reduce((sum: number, n: number, i: number) => sum + n * all[i], 0);
    expect(cost(ours)).toBe(cost(lengths));
    if (golden.vocabularies[0].counts === counts) expect([...ours]).toEqual(lengths);
  }
});

it('has no inner node for a single word, and one for two', () => {
  expect(huffmanTree(Float64Array.of(7))).toEqual({ words: 1, children: new Int32Array(0) });
  expect([...huffmanTree(Float64Array.of(3, 1)).children]).toEqual([1, 0]);
});

it.each([[['0,1', '0,2']], [['0,1', '2,9']], [['2,3', '0,1']], [['the', 'of']], [['0,1', '']], [['0,1', '2,4']]])(
  'refuses labels that are no tree: %j',
  (labels) => {
    expect(() => treeOfLabels(labels)).toThrowError(expect.objectContaining({ code: 'file-malformed' }));
  },
);
