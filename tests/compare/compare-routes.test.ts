import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish, finishInTurns } from '../../src/base/steps.ts';
import { compareNeighbors, wordsToTell } from '../../src/compare/compare-neighbors.ts';
import { compareRoutes } from '../../src/compare/compare-routes.ts';
import type { Route } from '../../src/compare/routes-comparison.ts';
import { mapWords, turnOnto } from '../../src/compare/word-map.ts';
import { answersOf } from '../../src/evaluate/compare-files.ts';
import { vectorSimilarity } from '../../src/evaluate/similarity-measure.ts';
import { rowsOf, singular, transposed } from '../linear-algebra.ts';
import { fc } from '../properties.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const nameOf = (at: number) => `w${letters[Math.floor(at / 26) % 26]}${letters[at % 26]}`;

function randomVectors(V: number, D: number, seed: number) {
  const random = createRandom(seed);
  const matrix = Float32Array.from({ length: V * D }, () => random.uint32() / 2 ** 31 - 1);
  return { words: Array.from({ length: V }, (_, at) => nameOf(at)), matrix, dimensions: D };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('the map', () => {
  const vectors = randomVectors(12, 5, 1);
  const words = vectors.words.map((word) => ({ word }));
  const measures = [{ name: 'one', similarityOf: vectorSimilarity(vectors) }];

  it('is the PCA of the unit vectors', () => {
    const unit = rowsOf(vectors.matrix, 12, 5).map((row) => row.map((value) => value / Math.hypot(...row)));
    const centerd = transposed(unit).map((column) => column.map((value) => value - sum(column) / 12));
    const { values, scaled } = singular(transposed(centerd));
    const { maps } = finish(mapWords(measures, words));
    const { points, kept } = maps[0];
    const total = sum(values.map((value) => value ** 2));
    expect(kept).toBeCloseTo((values[0] ** 2 + values[1] ** 2) / total, 10);
    // The same up to one factor and the sign of each axis.
    const [x, y] = [scaled[0], scaled[1]];
    const factor = Math.abs(points[0].x / x[0]);
    points.forEach((point, at) => {
      expect(Math.abs(point.x)).toBeCloseTo(Math.abs(x[at] * factor), 9);
      expect(Math.abs(point.y)).toBeCloseTo(Math.abs(y[at] * factor), 9);
    });
    expect(Math.max(...points.flatMap((point) => [Math.abs(point.x), Math.abs(point.y)]))).toBeCloseTo(1, 12);
  });

  it('is turned onto the first map, mirrored where that is nearer', () => {
    const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
    const points = fc.array(fc.record({ x: coordinate, y: coordinate }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(points, fc.double({ min: -7, max: 7, noNaN: true }), fc.boolean(), (target, angle, mirrored) => {
        const turned = target.map(({ x, y }) => {
          const up = mirrored ? -y : y;
          return { x: Math.cos(angle) * x - Math.sin(angle) * up, y: Math.sin(angle) * x + Math.cos(angle) * up };
        });
        turnOnto(turned, target);
        turned.forEach((point, at) => {
          expect(Math.hypot(point.x - target[at].x, point.y - target[at].y)).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it('says how many of the nearest are of the same class, and how many by chance', () => {
    const similarityOf = (one: string, other: string) => (one[0] === other[0] ? 0.9 : 0.1);
    const named = ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'].map((word) => ({ word, group: word[0] }));
    const map = finish(mapWords([{ name: 'perfect', similarityOf }], named));
    // Five neighbors are all the others: two of one's own.
    expect(map.maps[0].purity).toBeCloseTo(2 / 5, 12);
    expect(map.purityByChance).toBeCloseTo(2 / 5, 12);
    const wide = finish(
      mapWords(
        [{ name: 'perfect', similarityOf }],
        [...named, ...named.map(({ group }, at) => ({ word: `${group}${at + 9}`, group }))],
      ),
    );
    expect(wide.maps[0].purity).toBe(1);
    expect(wide.purityByChance).toBeCloseTo(5 / 11, 12);
    expect(finish(mapWords(measures, words)).maps[0].purity).toBeUndefined();
  });

  it('accepts a measure without a value for some pairs', () => {
    const { maps } = finish(mapWords([{ name: 'mute', similarityOf: () => undefined }], words));
    for (const { x, y } of maps[0].points) expect([x, y].every(Number.isFinite)).toBe(true);
  });
});

describe('neighbors of several routes', () => {
  const one = randomVectors(300, 6, 1);
  const two = { ...randomVectors(300, 6, 2) };
  two.matrix.set(one.matrix.subarray(0, 900)); // the first half is the same
  const routes = [
    { name: 'one', vectors: one },
    { name: 'two', vectors: two },
    { name: 'three', vectors: one },
  ];

  it('overlap is that of two files at a time', () => {
    const { overlap } = finish(compareNeighbors(routes, { resamples: 40 }));
    expect(overlap.pairs.map(({ first, second }) => `${first} ${second}`)).toEqual([
      'one two',
      'one three',
      'two three',
    ]);
    const [alone] = finish(compareNeighbors(routes.slice(0, 2), { resamples: 40 })).overlap.pairs;
    expect(overlap.pairs[0]).toEqual(alone);
    for (const { overlap, low, high } of alone!.bands) {
      expect(overlap).toBeGreaterThan(0.1); // half of the rows are the same
      expect(overlap).toBeLessThan(1);
      expect(low).toBeLessThanOrEqual(overlap);
      expect(high).toBeGreaterThanOrEqual(overlap);
    }
    for (const band of overlap.pairs[1].bands) expect(band).toMatchObject({ overlap: 1, low: 1, high: 1 });
  });

  it('words told have the lists of each route; those nobody has are left out', () => {
    const { words } = finish(compareNeighbors(routes, { words: ['wab', 'nowhere'], k: 3, resamples: 1 }));
    expect(words.map(({ word }) => word)).toEqual(['wab']);
    expect(words[0].lists).toHaveLength(3);
    expect(words[0].lists[0]).toEqual(words[0].lists[2]);
    expect(words[0].lists[0]).toHaveLength(3);
    expect(words[0].lists[0].map(({ word }) => word)).not.toContain('wab');
  });

  it('disagreements are the words with the least overlap', () => {
    const { disagreements } = finish(compareNeighbors(routes, { resamples: 1, disagreements: 200 }));
    const overlaps = disagreements[0].words.map(({ overlap }) => overlap);
    expect(overlaps).toEqual([...overlaps].sort((a, b) => a - b));
    expect(overlaps[0]).toBeLessThan(0.5);
    expect(disagreements[1].words.every(({ overlap }) => overlap === 1)).toBe(true);
  });

  it('words to tell are of five letters or more', () => {
    const words = Array.from({ length: 2000 }, (_, at) => (at % 3 === 0 ? `long${nameOf(at)}` : nameOf(at)));
    const told = wordsToTell(words);
    expect(told).toHaveLength(4);
    for (const word of told) expect(word).toMatch(/^long/);
    expect(wordsToTell(['a', 'b'])).toEqual(['a', 'b']);
    // A small vocabulary begins with function words; the list is filled with what is long.
    const small = [...'the a in of and to is it by on or'.split(' '), 'violin', 'cat', 'piano', 'sheep'];
    expect(wordsToTell(small)).toEqual(['violin', 'piano', 'sheep']);
  });
});

describe('compareRoutes', () => {
  const pairs = Array.from({ length: 30 }, (_, at) => ({ first: nameOf(at), second: nameOf(at + 30), score: at }));
  const sets = { pairs: [{ name: 'p', pairs }] };
  const answersOfSeed = (seed: number) => {
    const vectors = randomVectors(60, 6, seed);
    return finish(answersOf({ similarityOf: vectorSimilarity(vectors), vectors }, sets));
  };
  const route = (name: string, seed: number, seeds: number[] = []): Route => {
    const vectors = randomVectors(60, 6, seed);
    const reruns = seeds.map((other) => ({ seed: other, answers: answersOfSeed(other) }));
    const facts = { kind: 'file' as const, title: name, words: 60, settings: {}, lossByEpoch: [] };
    return { name, vectors, similarityOf: vectorSimilarity(vectors), reruns, facts };
  };
  const few = { resamples: 20, permutations: 20 };

  it('scores a route by its mean over the seeds, and tells their spread', () => {
    const { spread, scores, differences } = finish(compareRoutes([route('a', 1, [2, 3]), route('b', 4)], sets, few));
    expect(spread).toHaveLength(1);
    const { values, mean, deviation, seeds, route: name } = spread[0];
    expect([name, seeds]).toEqual(['a', 3]);
    const alone = [1, 2, 3].map((seed) => {
      const [one] = finish(compareRoutes([route('a', seed), route('b', 4)], sets, few)).scores;
      return one!.pairs[0].spearman;
    });
    expect(values).toEqual(alone);
    expect(mean).toBeCloseTo((values[0] + values[1] + values[2]) / 3, 12);
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(deviation).toBeCloseTo(Math.sqrt(squares / 2), 12);
    expect(scores[0].pairs[0]).toMatchObject({ spearman: mean, deviation, seeds: 3 });
    expect(scores[1].pairs[0]).toMatchObject({ deviation: undefined, seeds: 1 });
    expect(differences[0].difference).toBeCloseTo(mean - scores[1].pairs[0].spearman!, 12);
  });

  it('does without test sets and without a map', () => {
    const comparison = finish(compareRoutes([route('a', 1), route('b', 2)], {}, few));
    expect(comparison.scores.every(({ pairs, analogies }) => pairs.length + analogies.length === 0)).toBe(true);
    expect([comparison.differences, comparison.agreement.testPairs, comparison.map]).toEqual([[], [], undefined]);
    expect(comparison.agreement.randomPairs[0].used).toBe(1000);
  });

  it('wants two routes with vectors', () => {
    const thesaurus: Route = { ...route('t', 1), vectors: undefined };
    expect(() => finish(compareRoutes([route('a', 1), thesaurus], {}, few))).toThrow(
      'expected two files of vectors or more, got 1',
    );
  });

  it('hears a signal within a few steps', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const many = { resamples: 1e6, permutations: 1e6 };
    const steps = compareRoutes([route('a', 1), route('b', 2)], sets, many);
    const started = performance.now();
    await expect(finishInTurns(steps, controller.signal)).rejects.toMatchObject({ code: 'interrupted' });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
