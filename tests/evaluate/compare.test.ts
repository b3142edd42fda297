import { describe, expect, it } from 'vitest';
import { randomWordPairs, rankingAgreement } from '../../src/evaluate/agreement.ts';
import { compareContestants, vectorContestant } from '../../src/evaluate/compare-files.ts';
import { disagreements } from '../../src/evaluate/disagreement.ts';
import { vectorJudge } from '../../src/evaluate/judge.ts';
import { drawRanks, neighborOverlap } from '../../src/evaluate/neighbor-overlap.ts';
import { neighborRows } from '../../src/evaluate/neighbors.ts';
import { alignVectors } from '../../src/evaluate/shared-words.ts';
import { createRandom } from '../../src/random.ts';
import { nearestWords } from '../../src/vectors/nearest.ts';
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
const judge = vectorJudge(base);
const pairs = randomWordPairs(base.words, 100, 5).map(([first, second]) => ({
  first,
  second,
  score: judge(first, second)!,
}));
const pairSet = { name: 'pairs.tsv', pairs: [...pairs, { first: 'w1', second: 'nowhere', score: 0.5 }] };
const questions = randomWordPairs(base.words, 40, 6).map(([a, b], at) => [a, b, `w${at}`, `w${at + 60}`] as const);
const analogySet = { name: 'questions.txt', sections: [{ name: 's', questions }] };
const quick = { resamples: 200, permutations: 500 };

describe('compareContestants', () => {
  const contestants = [vectorContestant('near', near), vectorContestant('far', far)];
  const result = compareContestants(contestants, { pairs: [pairSet], analogies: [analogySet] }, quick);

  it('has a row for each contestant and a difference for each two, set and measure', () => {
    expect(result.scores.map((row) => row.name)).toEqual(['near', 'far']);
    expect(result.scores[0]!.pairs[0]).toMatchObject({ set: 'pairs.tsv', used: 100, total: 101 });
    expect(result.scores[0]!.analogies.map(({ method, used }) => [method, used])).toEqual([
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
    const [one, other] = result.scores.map((row) => row.pairs[0]!.spearman!);
    expect(spearman!.difference).toBeCloseTo(one! - other!, 12);
    expect(spearman!.low).toBeGreaterThan(0);
    expect(spearman!.pValue).toBeLessThan(0.05);
  });

  it('counts missing words as zero when asked, in scores and differences alike', () => {
    const zero = compareContestants(contestants, { pairs: [pairSet] }, { ...quick, missing: 'zero' });
    expect(zero.scores[0]!.pairs[0]).toMatchObject({ used: 101, answered: 100 });
    expect(zero.differences[0]!.used).toBe(101);
  });

  it('takes a judge without vectors, over the pairs both answer', () => {
    const half = { name: 'half', judge: (a: string, b: string) => (Number(a.slice(1)) < 60 ? judge(a, b) : undefined) };
    const both = compareContestants([contestants[0]!, half], { pairs: [pairSet], analogies: [analogySet] }, quick);
    expect(both.scores[1]!.analogies).toEqual([]);
    const answered = pairs.filter(({ first }) => Number(first.slice(1)) < 60).length;
    expect(both.scores[1]!.pairs[0]!.used).toBe(answered);
    expect(both.differences).toHaveLength(1);
    expect(both.differences[0]!.used).toBe(answered);
    expect(both.differences[0]!.difference).toBeLessThan(0);
  });

  it('refuses a file given twice', () => {
    expect(() => compareContestants([contestants[0]!, contestants[0]!], {})).toThrow('near is given twice');
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
    const found = neighborRows(base, queries, 12);
    expect(found.map(({ rows }) => Array.from(rows, (row) => base.words[row]))).toEqual(
      expected.map((list) => list.map(({ word }) => word)),
    );
    found.forEach(({ cosines }, query) => {
      cosines.forEach((cosine, at) => {
        expect(cosine).toBeCloseTo(expected[query]![at]!.similarity, 5);
      });
    });
  });

  it('answers more queries than fit one batch', () => {
    const many = Array.from({ length: 700 }, (_, at) => at % 120);
    const found = neighborRows(base, many, 3);
    expect(found).toHaveLength(700);
    expect(found.slice(600).map(({ rows }) => [...rows])).toEqual(found.slice(0, 100).map(({ rows }) => [...rows]));
  });

  it('gives fewer where there are fewer', () => {
    expect(neighborRows(randomVectors(3, 4, 1), [1], 2)[0]!.rows).toHaveLength(2);
  });
});

describe('neighborOverlap', () => {
  const options = { k: 5, bands: [0, 20, 60], sample: 30, ...quick };

  it('is 1 between a file and itself, whatever the order of the other', () => {
    const reversed: WordVectors = {
      words: base.words.toReversed(),
      dimensions: 10,
      matrix: Float32Array.from(
        { length: 1200 },
        (_, at) => base.matrix[(119 - Math.floor(at / 10)) * 10 + (at % 10)]!,
      ),
    };
    const { bands, shared, k } = neighborOverlap(base, reversed, options);
    expect([shared, k]).toEqual([120, 5]);
    expect(bands).toEqual([
      { from: 0, end: 20, firstWord: 'w0', lastWord: 'w19', used: 20, overlap: 1, low: 1, high: 1 },
      { from: 20, end: 60, firstWord: 'w20', lastWord: 'w59', used: 30, overlap: 1, low: 1, high: 1 },
      { from: 60, end: 120, firstWord: 'w60', lastWord: 'w119', used: 30, overlap: 1, low: 1, high: 1 },
    ]);
  });

  it('falls with noise, and is the same for a seed', () => {
    const little = neighborOverlap(base, near, options);
    const much = neighborOverlap(base, far, options);
    little.bands.forEach((band, at) => {
      expect(band.overlap).toBeGreaterThan(much.bands[at]!.overlap);
      expect(band.low).toBeLessThanOrEqual(band.overlap);
      expect(band.high).toBeGreaterThanOrEqual(band.overlap);
    });
    expect(neighborOverlap(base, near, options)).toEqual(little);
  });

  it('looks among shared words only', () => {
    const part: WordVectors = { words: base.words.slice(0, 40), matrix: base.matrix.slice(0, 400), dimensions: 10 };
    const { shared, bands } = neighborOverlap(base, part, options);
    expect(shared).toBe(40);
    expect(bands.map((band) => band.overlap)).toEqual([1, 1]);
  });

  it('refuses files that share no words', () => {
    const other = { ...base, words: base.words.map((word) => word.toUpperCase()) };
    expect(() => neighborOverlap(base, other)).toThrow('file 1 and file 2 share no word');
  });

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
    expect(rankingAgreement(judge, judge, sample, quick)).toMatchObject({ spearman: 1, used: 300, total: 300 });
    const little = rankingAgreement(judge, vectorJudge(near), sample, quick);
    const much = rankingAgreement(judge, vectorJudge(far), sample, quick);
    expect(little.spearman!).toBeGreaterThan(much.spearman!);
    expect(much.low!).toBeGreaterThan(0);
  });

  it('counts only what both judge', () => {
    const none = rankingAgreement(judge, () => undefined, sample, quick);
    expect(none).toEqual({ spearman: undefined, low: undefined, high: undefined, used: 0, total: 300 });
  });

  it('draws pairs of two different words', () => {
    for (const [first, second] of randomWordPairs(['a', 'b', 'c'], 200)) expect(first).not.toBe(second);
  });
});

describe('disagreements', () => {
  it('finds the words that were moved', () => {
    const moved = noisy(base, 0.02, 4);
    for (const row of [30, 44]) for (let at = 0; at < 10; at++) moved.matrix[row * 10 + at]! *= -1;
    const found = disagreements(base, moved, { k: 5, count: 2, skip: 10 });
    expect(found.map(({ word }) => word).sort()).toEqual(['w30', 'w44']);
    expect(found[0]!.overlap).toBe(0);
    const [expected] = nearestWords(base, [found[0]!.word], { k: 5 });
    expect(found[0]!.first.map(({ word }) => word)).toEqual(expected!.map(({ word }) => word));
    expect(found[0]!.second).toHaveLength(5);
  });

  it('asks only the words it is told to', () => {
    const all = disagreements(base, far, { count: 1000, skip: 100, mostFrequent: 110 });
    expect(all.map(({ word }) => word).sort()).toEqual(base.words.slice(100, 110).sort());
  });
});

describe('alignVectors', () => {
  it('gives all files the same rows, in the order of the first', () => {
    const first: WordVectors = { words: ['a', 'b', 'c'], matrix: Float32Array.of(1, 2, 3), dimensions: 1 };
    const second: WordVectors = { words: ['c', 'x', 'a'], matrix: Float32Array.of(6, 5, 4), dimensions: 1 };
    const aligned = alignVectors([first, second]);
    expect(aligned.map((file) => file.words)).toEqual([
      ['a', 'c'],
      ['a', 'c'],
    ]);
    expect(aligned.map((file) => [...file.matrix])).toEqual([
      [1, 3],
      [4, 6],
    ]);
  });
});
