// Overlap of neighbors against the naive way: all cosines, sorted.
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/base/progress.ts';
import { createRandom } from '../../src/base/random.ts';
import { compareSpaces } from '../../src/compare/compare-spaces.ts';
import { NOT_COMPARED } from '../../src/compare/not-compared.ts';
import { cosine } from '../../src/query/similarity.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { sparse } from '../count/dense.ts';

const random = createRandom(3);
const D = 7;
/** Random rows for these words; `noise` of others mixed in. */
function spaceOf(words: string[], like?: WordVectors, noise = 1): WordVectors {
  const row = (word: string) => like?.words.indexOf(word) ?? -1;
  const matrix = words.flatMap((word) =>
    Array.from({ length: D }, (_, d) => {
      const own = row(word) < 0 ? 0 : like!.matrix[row(word) * D + d];
      return own + (row(word) < 0 ? 1 : noise) * random.normal();
    }),
  );
  return { words, matrix: Float32Array.from(matrix), dimensions: D };
}
const rowsOf = ({ matrix, words }: WordVectors) => words.map((_, row) => [...matrix.subarray(row * D, (row + 1) * D)]);

/** The k nearest of `among` to the word. */
function nearest(vectors: WordVectors, word: string, among: readonly string[], k: number): Set<string> {
  const rows = rowsOf(vectors);
  const own = rows[vectors.words.indexOf(word)];
  const others = among.filter((other) => other !== word);
  const score = new Map(others.map((other) => [other, cosine(own, rows[vectors.words.indexOf(other)])!]));
  return new Set(others.sort((a, b) => score.get(b)! - score.get(a)!).slice(0, k));
}

const names = Array.from({ length: 90 }, (_, at) => `w${at}`);
const first = spaceOf(names);
const second = spaceOf([...names.slice(10).reverse(), 'own', 'words'], first, 0.4);
const again = spaceOf(
  names.filter((_, at) => at % 9 !== 5),
  first,
  0.1,
);

describe('compareSpaces', () => {
  it.each([0, 30])('counts the common neighbors of the first %d common words (0: all)', async (limit) => {
    const k = 6;
    const found = await compareSpaces(first, second, { k, limit });
    const words = limit === 0 ? names.slice(10) : names.slice(10, 10 + limit);
    const expected = names.map((word) => {
      if (!words.includes(word)) return NOT_COMPARED;
      const others = nearest(second, word, words, k);
      return [...nearest(first, word, words, k)].filter((other) => others.has(other)).length;
    });
    expect([...found.byWord]).toEqual(expected);
    const wide = Math.min(5 * k, words.length - 1);
    const wider = names.map((word) => {
      if (!words.includes(word)) return NOT_COMPARED;
      const others = nearest(second, word, words, wide);
      return [...nearest(first, word, words, wide)].filter((other) => others.has(other)).length;
    });
    expect([found.wide, ...found.widerByWord]).toEqual([wide, ...wider]);
    expect([...found.rows]).toEqual(names.map((word) => second.words.indexOf(word)));
    const counts = expected.filter((count) => count !== NOT_COMPARED);
    expect(found.histogram).toEqual(Array.from({ length: k + 1 }, (_, of) => counts.filter((c) => c === of).length));
    expect(found.mean).toBeCloseTo(counts.reduce((sum, count) => sum + count, 0) / (k * words.length), 12);
    expect(found).toMatchObject({ common: 80, compared: words.length, k, chance: k / (words.length - 1) });
    expect(found.seeds).toBeUndefined();
    const asSparse = { words: second.words, matrix: sparse(rowsOf(second)) };
    expect(await compareSpaces(first, asSparse, { k, limit, threads: 1 })).toEqual(found);
  });

  it('compares the same words between two seeds', async () => {
    const { seeds, ...found } = await compareSpaces(first, second, { seeds: again });
    const words = names.slice(10).filter((word) => again.words.includes(word));
    expect(found).toMatchObject({ common: 80, compared: words.length });
    expect(found.byWord.filter((count) => count !== NOT_COMPARED).length).toBe(words.length);
    const alone = await compareSpaces(first, again, {});
    expect(alone.compared).toBeGreaterThan(words.length);
    expect(seeds!.mean).toBeGreaterThan(found.mean);
    expect(seeds!.byWord.map((count) => Number(count === NOT_COMPARED))).toEqual(
      found.byWord.map((count) => Number(count === NOT_COMPARED)),
    );
    const same = await compareSpaces(first, first, { seeds: first });
    expect([same.mean, same.seeds!.mean, same.histogram[10]]).toEqual([1, 1, 90]);
  });

  it('finds about the share expected by chance in unrelated files', async () => {
    const many = Array.from({ length: 1_500 }, (_, at) => `w${at}`);
    const { mean, chance } = await compareSpaces(spaceOf(many), spaceOf(many));
    expect(chance).toBeCloseTo(10 / 1_499, 12);
    // 15,000 draws of which 100 hit: within four deviations.
    expect(Math.abs(mean - chance)).toBeLessThan(4 * Math.sqrt(chance / 15_000));
  });

  it('leaves out words without a direction in a file, and takes fewer neighbors of few words', async () => {
    const broken = { ...second, matrix: second.matrix.slice() };
    const at = (word: string) => broken.words.indexOf(word) * D;
    broken.matrix.fill(0, at('w20'), at('w20') + D);
    broken.matrix[at('w30')] = Number.NaN;
    const found = await compareSpaces(first, broken, {});
    expect([found.common, found.compared]).toEqual([80, 78]);
    expect([found.byWord[20], found.byWord[30]]).toEqual([NOT_COMPARED, NOT_COMPARED]);
    const few = { words: names.slice(0, 4), dimensions: D, matrix: first.matrix.slice(0, 4 * D) };
    expect(await compareSpaces(few, first)).toMatchObject({ k: 3, chance: 1, mean: 1, compared: 4 });
    const zero = { ...few, matrix: new Float32Array(4 * D) };
    await expect(compareSpaces(zero, first)).rejects.toThrow('fewer than two common words have vectors');
  });

  it('reports progress, stops, and refuses options out of range', async () => {
    const reports: Progress[] = [];
    await compareSpaces(first, second, { onProgress: (report) => reports.push(report) });
    expect(reports[0]).toEqual({ phase: 'neighbors', done: 0, total: 160, unit: 'words' });
    expect(reports.at(-1)).toMatchObject({ done: 160, total: 160 });
    await expect(compareSpaces(first, second, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'interrupted',
    });
    await expect(compareSpaces(first, second, { k: 255 })).rejects.toThrow(
      'k is 255, expected a whole number of 1 .. 254',
    );
    await expect(compareSpaces(first, second, { threads: 0 })).rejects.toThrow('threads is 0');
    await expect(compareSpaces(first, second, { limit: -1 })).rejects.toThrow('limit is -1');
    await expect(compareSpaces(first, second, { noise: again } as object)).rejects.toThrow("no option 'noise'");
    const other = { ...first, words: names.map((word) => `${word}x`) };
    await expect(compareSpaces(first, other)).rejects.toMatchObject({ code: 'file-malformed' });
  });
});
