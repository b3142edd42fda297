// WEAT against numpy and WEFE (tests/golden/association.py), and against the naive way on tied values.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { type AssociationTest, association, associationAsync } from '../../src/query/association.ts';
import { partitionShare } from '../../src/query/partition-share.ts';
import type { SparseVectors } from '../../src/vectors/sparse-matrix.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { fc } from '../properties.ts';

interface Case extends AssociationTest {
  effectSize: number;
  wefe: number;
  p: number;
  partitions: number;
  associations: [number[], number[]];
}
interface Golden {
  dimensions: number;
  vectors: Record<string, number[]>;
  cases: Case[];
}

const golden: Golden = JSON.parse(readFileSync(new URL('../golden/association.json', import.meta.url), 'utf8'));
const vectors: WordVectors = {
  words: Object.keys(golden.vectors),
  matrix: Float32Array.from(Object.values(golden.vectors).flat()),
  dimensions: golden.dimensions,
};
const V = vectors.words.length;
const D = golden.dimensions;
const sparse: SparseVectors = {
  words: vectors.words,
  matrix: {
    rows: V,
    columns: D,
    starts: Float64Array.from({ length: V + 1 }, (_, row) => row * D),
    indices: Int32Array.from({ length: V * D }, (_, at) => at % D),
    values: Float64Array.from(vectors.matrix),
  },
};
const [small] = golden.cases as [Case];

describe('association', () => {
  it('gives the effect size, p and associations of numpy, and the effect size of WEFE', () => {
    for (const { targets, attributes, effectSize, wefe, p, partitions, associations } of golden.cases) {
      for (const of of [vectors, sparse]) {
        const found = association(of, { targets, attributes });
        expect(found.effectSize).toBeCloseTo(effectSize, 6);
        const n = targets[0].length + targets[1].length;
        expect(found.effectSize * Math.sqrt(n / (n - 1))).toBeCloseTo(wefe, 6);
        found.associations.flat().forEach((value, at) => {
          expect(value).toBeCloseTo(associations.flat()[at], 6);
        });
        expect(found.missing).toEqual([]);
        expect(found.exact).toBe(partitions <= 200_000);
        if (found.exact) expect([found.p, found.permutations]).toEqual([p, partitions]);
        else {
          expect(found.permutations).toBe(200_000);
          // Four standard errors of a share.
          expect(Math.abs(found.p - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 200_000));
        }
      }
    }
  });

  it('draws the same partitions for the same seed, and others for another', () => {
    const large = golden.cases.at(-1)!;
    const p = (seed: number) => association(vectors, large, { permutations: 5_000, seed }).p;
    expect(p(1)).toBe(p(1));
    expect(p(1)).not.toBe(p(2));
  });

  it('names the words it lacks, uses a repeated word once, and is asynchronous too', async () => {
    const [x, y] = small.targets;
    const test = {
      targets: [[...x, 'nope', x[0]], y],
      attributes: [small.attributes[0], ['gone', ...small.attributes[1]]],
    };
    const found = await associationAsync(vectors, test as unknown as AssociationTest);
    expect(found.missing).toEqual(['nope', 'gone']);
    expect(found.used).toEqual({ targets: small.targets, attributes: small.attributes });
    expect(found).toMatchObject({ effectSize: association(vectors, small).effectSize, p: small.p });
    const stopped = associationAsync(vectors, small, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('refuses what has no result, with the reason', () => {
    const refuse = (test: unknown, options = {}) => {
      try {
        return association(vectors, test as AssociationTest, options);
      } catch (error) {
        return error;
      }
    };
    const [[x, y], attributes] = [small.targets, small.attributes];
    const expected = (code: string, message: string) =>
      expect.objectContaining({ code, message: expect.stringContaining(message) });
    expect(refuse({ targets: [x, ['y0', 'no', 'ne']], attributes })).toEqual(
      expected('usage', "1 of the second targets can be used, expected at least 2; not in the vocabulary: 'no', 'ne'"),
    );
    expect(refuse({ targets: [x, []], attributes })).toEqual(expected('usage', '0 of the second targets can be used'));
    expect(refuse({ targets: [x, x], attributes })).toEqual(
      expected('usage', "'x0' is among the first targets and the second targets"),
    );
    expect(
      refuse({
        targets: [x, y],
        attributes: [
          ['a0', 'a1'],
          ['a1', 'a2'],
        ],
      }),
    ).toEqual(expected('usage', "'a1' is among the first attributes and the second attributes"));
    expect(refuse({ targets: [x], attributes })).toEqual(expected('usage', '3 lists of words'));
    expect(refuse(undefined)).toEqual(expected('usage', '0 lists of words'));
    expect(refuse({ targets: ['ab', 'cd'], attributes })).toEqual(expected('usage', 'lists of words'));
    expect(refuse({ targets: [x, [1, 2]], attributes })).toEqual(expected('usage', 'lists of words'));
    expect(refuse(small, { permutations: 0 })).toEqual(expected('usage', 'permutations is 0'));
    expect(refuse(small, { permutation: 5 })).toEqual(expected('usage', "association has no option 'permutation'"));
  });

  it('refuses equal associations and vectors that are no numbers', () => {
    const words = ['x', 'xx', 'y', 'yy', 'a', 'aa', 'b', 'bb'];
    const test: AssociationTest = {
      targets: [
        ['x', 'xx'],
        ['y', 'yy'],
      ],
      attributes: [
        ['a', 'aa'],
        ['b', 'bb'],
      ],
    };
    const same = { words, dimensions: 2, matrix: Float32Array.from(words.flatMap(() => [1, 2])) };
    expect(() => association(same, test)).toThrow('all target words have the same association');
    const broken = { ...same, matrix: Float32Array.from(words.flatMap((_, at) => [at === 3 ? Number.NaN : 1, at])) };
    expect(() => association(broken, test)).toThrow("the vector of 'yy' or 'a' contains NaN");
  });
});

describe('partitionShare', () => {
  it('is the share of all subsets, counted one by one, with ties and sets of unequal size', () => {
    const values = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(values, values, (first, second) => {
        const all = [...first, ...second].map((value) => value / 10);
        const enough = first.reduce((sum, value) => sum + value, 0);
        let [reached, count] = [0, 0];
        for (let bits = 0; bits < 1 << all.length; bits++) {
          const chosen = [...first, ...second].filter((_, at) => (bits >> at) & 1);
          if (chosen.length !== first.length) continue;
          count++;
          if (chosen.reduce((sum, value) => sum + value, 0) >= enough) reached++;
        }
        const tenths = (list: number[]) => list.map((value) => value / 10);
        const found = finish(partitionShare(tenths(first), tenths(second), 1_000, createRandom(1).below));
        expect(found).toEqual({ p: reached / count, permutations: count, exact: true });
      }),
    );
  });
});
