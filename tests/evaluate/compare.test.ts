import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { randomWordPairs, rankingAgreement } from '../../src/compare/agreement.ts';
import { drawRanks } from '../../src/compare/neighbor-overlap.ts';
import { neighborRows } from '../../src/compare/neighbors.ts';
import { alignVectors } from '../../src/compare/shared-words.ts';
import { compareSystems, vectorSystem } from '../../src/evaluate/compare-files.ts';
import { vectorSimilarity } from '../../src/evaluate/similarity-measure.ts';
import { nearestWords } from '../../src/query/nearest.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

function randomVectors(V: number, D: number, seed: number): WordVectors {
  const random = createRandom(seed);
  return {
    words: Array.from({ length: V }, (_, row) => `w${row}`),
    matrix: Float32Array.from({ length: V * D }, () => random.normal()),
    dimensions: D,
  };
}

function noisy(vectors: WordVectors, noise: number, seed: number): WordVectors {
  const random = createRandom(seed);
  return { ...vectors, words: [...vectors.words], matrix: vectors.matrix.map((x) => x + noise * random.normal()) };
}

const base = randomVectors(120, 10, 1);
const near = noisy(base, 0.2, 2);
const far = noisy(base, 1.5, 3);
const similarityOf = vectorSimilarity(base);
const pairs = randomWordPairs(base.words, 100, 5).map(([first, second]) => ({
  first,
  second,
  score: similarityOf(first, second)!,
}));
const pairSet = { name: 'pairs.tsv', pairs: [...pairs, { first: 'w1', second: 'nowhere', score: 0.5 }] };
const questions = randomWordPairs(base.words, 40, 6).map(([a, b], at) => [a, b, `w${at}`, `w${at + 60}`] as const);
const analogySet = { name: 'questions.txt', sections: [{ name: 's', questions }] };
const quick = { resamples: 200, permutations: 500 };

describe('compareSystems', () => {
  const systems = [vectorSystem('near', near), vectorSystem('far', far)];
  const result = finish(compareSystems(systems, { pairs: [pairSet], analogies: [analogySet] }, quick));

  it('has a row for each system and a difference for each two, set and measure', () => {
    expect(result.scores.map((row) => row.name)).toEqual(['near', 'far']);
    expect(result.scores[0].pairs[0]).toMatchObject({ set: 'pairs.tsv', used: 100, total: 101 });
    expect(result.scores[0].analogies.map(({ method, used }) => [method, used])).toEqual([
      ['add', 40],
      ['mul', 40],
    ]);
    const keys = result.differences.map(({ first, second, set, measure }) => [first, second, set, measure]);
    expect(keys).toEqual([
      ['near', 'far', 'pairs.tsv', 'spearman'],
      ['near', 'far', 'questions.txt', 'add'],
      ['near', 'far', 'questions.txt', 'mul'],
    ]);
  });

  it('finds the better one better', () => {
    const [spearman] = result.differences;
    const [one, other] = result.scores.map((row) => row.pairs[0].spearman!);
    expect(spearman!.difference).toBeCloseTo(one! - other!, 12);
    expect(spearman!.low).toBeGreaterThan(0);
    expect(spearman!.pValue).toBeLessThan(0.05);
  });

  it('gives each of two sets of one name its own clusters and its own family', () => {
    const [a, b] = questions[0];
    const ofOnePair = { ...analogySet, sections: [{ name: 's', questions: [[a, b, a, b] as const] }] };
    const alone = finish(compareSystems(systems, { analogies: [ofOnePair] }, quick));
    expect(alone.differences).toEqual([]); // one pair of words has no interval
    const both = finish(compareSystems(systems, { analogies: [analogySet, ofOnePair] }, quick));
    expect(both.differences.map(({ set, measure }) => [set, measure])).toEqual([
      ['questions.txt', 'add'],
      ['questions.txt', 'mul'],
    ]);
    const one = finish(compareSystems(systems, { pairs: [pairSet] }, quick)).differences;
    const twice = finish(compareSystems(systems, { pairs: [pairSet, pairSet] }, quick)).differences;
    expect(twice).toEqual([...one, ...one]);
  });

  it('counts missing words as zero when asked, in scores and differences alike', () => {
    const zero = finish(compareSystems(systems, { pairs: [pairSet] }, { ...quick, missing: 'zero' }));
    expect(zero.scores[0].pairs[0]).toMatchObject({ used: 101, answered: 100 });
    expect(zero.differences[0].used).toBe(101);
  });

  it('accepts a similarity measure without vectors, over the pairs that both answer', () => {
    const half = {
      name: 'half',
      similarityOf: (a: string, b: string) => (Number(a.slice(1)) < 60 ? similarityOf(a, b) : undefined),
    };
    const both = finish(compareSystems([systems[0], half], { pairs: [pairSet], analogies: [analogySet] }, quick));
    expect(both.scores[1].analogies).toEqual([]);
    const answered = pairs.filter(({ first }) => Number(first.slice(1)) < 60).length;
    expect(both.scores[1].pairs[0].used).toBe(answered);
    expect(both.differences).toHaveLength(1);
    expect(both.differences[0].used).toBe(answered);
    expect(both.differences[0].difference).toBeLessThan(0);
  });

  it('refuses a file given twice', () => {
    expect(() => finish(compareSystems([systems[0], systems[0]], {}))).toThrow('near is given twice');
  });
});

describe('neighborRows', () => {
  it('equals the plain search', () => {
    const queries = [0, 7, 119];
    const expected = nearestWords(
      base,
      queries.map((row) => `w${row}`),
      { k: 12 },
    );
    const found = finish(neighborRows(base, queries, 12));
    expect(found.map(({ rows }) => Array.from(rows, (row) => base.words[row]))).toEqual(
      expected.map((list) => list.map(({ word }) => word)),
    );
    found.forEach(({ cosines }, query) => {
      cosines.forEach((cosine, at) => {
        expect(cosine).toBeCloseTo(expected[query][at].similarity, 5);
      });
    });
  });

  it('answers more queries than fit one batch', () => {
    const many = Array.from({ length: 700 }, (_, at) => at % 120);
    const found = finish(neighborRows(base, many, 3));
    expect(found).toHaveLength(700);
    expect(found.slice(600).map(({ rows }) => [...rows])).toEqual(found.slice(0, 100).map(({ rows }) => [...rows]));
  });

  it('gives fewer where there are fewer', () => {
    expect(finish(neighborRows(randomVectors(3, 4, 1), [1], 2))[0].rows).toHaveLength(2);
  });
});

describe('overlap by frequency band', () => {
  it('draws ranks without repetition', () => {
    const random = createRandom(1);
    const drawn = drawRanks(10, 50, 15, random.below);
    expect(new Set(drawn).size).toBe(15);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...drawn)).toBeLessThan(50);
    expect(drawRanks(3, 6, 10, random.below)).toEqual([3, 4, 5]);
  });
});

describe('rankingAgreement', () => {
  const sample = randomWordPairs(base.words, 300, 9);

  it('is 1 with itself and falls with noise', () => {
    expect(finish(rankingAgreement(similarityOf, similarityOf, sample, quick))).toMatchObject({
      spearman: 1,
      used: 300,
      total: 300,
    });
    const little = finish(rankingAgreement(similarityOf, vectorSimilarity(near), sample, quick));
    const much = finish(rankingAgreement(similarityOf, vectorSimilarity(far), sample, quick));
    expect(little.spearman!).toBeGreaterThan(much.spearman!);
    expect(much.low!).toBeGreaterThan(0);
  });

  it('counts only pairs with both similarities', () => {
    const none = finish(rankingAgreement(similarityOf, () => undefined, sample, quick));
    expect(none).toEqual({ spearman: undefined, low: undefined, high: undefined, used: 0, total: 300 });
  });

  it('draws pairs of two different words', () => {
    for (const [first, second] of randomWordPairs(['a', 'b', 'c'], 200)) expect(first).not.toBe(second);
  });
});

describe('alignVectors', () => {
  it('gives all files the same rows, in the order of the first', () => {
    const first: WordVectors = { words: ['a', 'b', 'c'], matrix: Float32Array.of(1, 2, 3), dimensions: 1 };
    const second: WordVectors = { words: ['c', 'x', 'a'], matrix: Float32Array.of(6, 5, 4), dimensions: 1 };
    const aligned = finish(alignVectors([first, second]));
    expect(aligned.map((file) => file.words)).toEqual([
      ['a', 'c'],
      ['a', 'c'],
    ]);
    expect(aligned.map((file) => [...(file as WordVectors).matrix])).toEqual([
      [1, 3],
      [4, 6],
    ]);
  });
});
