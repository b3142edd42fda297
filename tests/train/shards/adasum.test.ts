import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { finish } from '../../../src/base/steps.ts';
import type { ResultMatrices } from '../../../src/train/result-memory.ts';
import { adasum, createChangeTree } from '../../../src/train/shards/adasum.ts';

const golden = JSON.parse(readFileSync(new URL('../../golden/adasum.json', import.meta.url), 'utf8')) as {
  dimensions: number;
  cases: { changes: number[][]; combined: number[] }[];
};

/** The output matrix is the input matrix backwards, so that one taken for the other is found. */
function combined(changes: readonly number[][], D: number): ResultMatrices {
  const tree = createChangeTree(D);
  for (const change of changes) {
    finish(tree.add({ input: Float32Array.from(change), output: Float32Array.from(change).reverse() }));
  }
  return finish(tree.finish());
}

/** Of two changes of one row. */
function pair(a: readonly number[], b: readonly number[]): number[] {
  const into = Float32Array.from(a);
  adasum(into, Float32Array.from(b), a.length);
  return [...into];
}

describe('Adasum', () => {
  it.each(golden.cases.map((one) => ({ ...one, shards: one.changes.length })))(
    'combines the changes of $shards shards as the reference in double precision does',
    ({ changes, combined: expected }) => {
      const { input } = combined(changes, golden.dimensions);
      expect(input).toHaveLength(expected.length);
      for (const [i, value] of input.entries()) expect(value).toBeCloseTo(expected[i], 5);
    },
  );

  it('adds changes at right angles and averages changes that agree', () => {
    expect(pair([3, 0, 0], [0, 4, 0])).toEqual([3, 4, 0]);
    expect(pair([2, -6, 4], [2, -6, 4])).toEqual([2, -6, 4]);
    expect(pair([2, 0], [4, 0])).toEqual([3, 0]);
  });

  it('takes the other change where one is zero, and leaves a row of which none is', () => {
    expect(pair([0, 0], [5, -1])).toEqual([5, -1]);
    expect(pair([5, -1], [0, 0])).toEqual([5, -1]);
    expect(pair([0, 0], [0, 0])).toEqual([0, 0]);
  });

  it('takes each row for itself', () => {
    const a = Float32Array.from([1, 0, 2, 2]);
    adasum(a, Float32Array.from([0, 1, 2, 2]), 2);
    expect([...a]).toEqual([1, 1, 2, 2]);
  });

  it('sums the products in double precision: large and small numbers of a row', () => {
    const a = Float32Array.from({ length: 300 }, (_, i) => (i === 0 ? 3e18 : 1e-12));
    const b = Float32Array.from({ length: 300 }, (_, i) => (i === 0 ? -3e18 : 1e-12));
    adasum(a, b, 300);
    expect(a[0]).toBe(0);
    expect(a.every(Number.isFinite)).toBe(true);
  });

  it('combines in pairs in the order of the shards: ((0, 1), (2, 3)), ((4, 5), 6)', () => {
    const random = createRandom(3);
    const changes = Array.from({ length: 7 }, () => Array.from({ length: 4 }, () => random.float() - 0.3));
    const [a, b, c, d, e, f, g] = changes.map((change) => Float32Array.from(change));
    const two = (one: Float32Array, other: Float32Array) => {
      const into = Float32Array.from(one);
      adasum(into, other, 2);
      return into;
    };
    const expected = two(two(two(a!, b!), two(c!, d!)), two(two(e!, f!), g!));
    expect(combined(changes, 2).input).toEqual(expected);
    const otherOrder = [changes[1], changes[2], changes[0], ...changes.slice(3)];
    expect(combined(otherOrder, 2).input).not.toEqual(expected);
  });

  it('combines both matrices, each for itself', () => {
    const { input, output } = combined(
      [
        [1, 0, 0, 0],
        [0, 1, 0, 1],
      ],
      2,
    );
    expect([...input]).toEqual([1, 1, 0, 1]);
    expect([...output]).toEqual([1, 0, 1, 1]);
  });
});
