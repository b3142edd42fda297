import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { keepProbabilities } from '../../../src/corpus/subsample.ts';
import {
  type CooccurrenceSettings,
  type CountLimits,
  countCooccurrences,
} from '../../../src/count/cooccurrence/cooccurrence.ts';
import type { SparseMatrix } from '../../../src/vectors/sparse-matrix.ts';
import { fc, runs } from '../../properties.ts';
import { dense } from '../dense.ts';
import { memoryCorpus } from '../memory-corpus.ts';

const golden = JSON.parse(readFileSync(new URL('../../golden/count-route.json', import.meta.url), 'utf8'));
const plain: CooccurrenceSettings = {
  ...{ window: 5, weighting: 'flat', directional: false, sample: 0, sampling: 'expected', seed: 1 },
};
const roomy: CountLimits = { memory: 64e6, threads: 2 };

async function counted(lines: number[][], words: number, settings: Partial<CooccurrenceSettings>, limits = roomy) {
  return (await countCooccurrences(memoryCorpus(lines, words), { ...plain, ...settings }, limits)).matrix;
}

function expectClose(observed: number[], expected: number[]): void {
  expect(observed.length).toBe(expected.length);
  for (const [i, value] of observed.entries()) expect(Math.abs(value - expected[i])).toBeLessThan(1e-10);
}

/** All bytes of a matrix in few. */
function digest({ rows, columns, starts, indices, values }: SparseMatrix): string {
  const hash = createHash('sha256').update(`${rows} ${columns}`);
  for (const { buffer, byteOffset, byteLength } of [starts, indices, values]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}

/** The naive twin: every pair of positions. */
function naive(lines: number[][], words: number, window: number, weight: (d: number) => number, directional: boolean) {
  const full = Array.from({ length: words }, () => new Array<number>(directional ? 2 * words : words).fill(0));
  for (const line of lines) {
    line.forEach((w, p) => {
      line.forEach((c, q) => {
        const distance = Math.abs(p - q);
        if (distance === 0 || distance > window) return;
        full[w][directional && q > p ? c + words : c] += weight(distance);
      });
    });
  }
  return full;
}

function randomLines(seed: number, tokens: number, words: number, lineLength: number): number[][] {
  const random = createRandom(seed);
  const lines: number[][] = [];
  for (let made = 0; made < tokens; made += lineLength) {
    lines.push(Array.from({ length: lineLength }, () => Math.floor(words * random.float() ** 1.5)));
  }
  return lines;
}

describe('co-occurrence', () => {
  it.each(['flat', 'dynamic', 'harmonic'] as const)('%s counts equal the golden ones', async (weighting) => {
    const matrix = await counted(golden.lines, golden.counts.length, { weighting });
    const expected: number[][] = golden.cooccurrence[weighting];
    if (weighting === 'flat') expect(dense(matrix)).toEqual(expected);
    dense(matrix).forEach((row, i) => {
      expectClose(row, expected[i]);
    });
  });

  it('left and right contexts apart equal the golden ones', async () => {
    const matrix = await counted(golden.lines, golden.counts.length, { directional: true });
    expect(dense(matrix)).toEqual(golden.cooccurrence.directional);
  });

  it('equals the naive count of any small text', async () => {
    const word = fc.integer({ min: 0, max: 6 });
    const text = fc.array(fc.array(word, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 4 }), fc.boolean(), async (lines, window, directional) => {
        fc.pre(lines.some((line) => line.length > 1));
        const matrix = await counted(lines, 7, { window, directional, weighting: 'dynamic' });
        const full = dense(matrix);
        const expected = naive(lines, 7, window, (d) => (window + 1 - d) / window, directional);
        for (let i = 0; i < 7; i++) expectClose(full[i], expected[i]);
        expect(matrix.values.every((value) => value > 0)).toBe(true);
      }),
      { numRuns: runs(15) },
    );
  });

  it('is the same to the byte for any memory and any number of threads, however often it spills', async () => {
    const lines = randomLines(3, 200_000, 3000, 50);
    const corpus = memoryCorpus(lines, 3000);
    for (const settings of [
      { ...plain, window: 22, weighting: 'harmonic' as const },
      { ...plain, window: 20, directional: true },
    ]) {
      const whole = await countCooccurrences(corpus, settings, { memory: 400e6, threads: 1 });
      const pressed = await countCooccurrences(corpus, settings, { memory: 3.3e6, threads: 1 });
      const shared = await countCooccurrences(corpus, settings, { memory: 30e6, threads: 2 });
      expect(whole.runs).toBe(1);
      expect(pressed.runs).toBeGreaterThan(64); // more than one merge can read at a time
      expect(digest(pressed.matrix)).toBe(digest(whole.matrix));
      expect(digest(shared.matrix)).toBe(digest(whole.matrix));
    }
  });

  it.each([false, true])('is the same however many threads fill the matrix (directional: %s)', async (directional) => {
    const corpus = memoryCorpus(randomLines(9, 600_000, 6000, 50), 6000);
    const settings = { ...plain, directional, sample: 1e-3 };
    const alone = await countCooccurrences(corpus, settings, { memory: 400e6, threads: 1 });
    const shared = await countCooccurrences(corpus, settings, { memory: 400e6, threads: 3 });
    expect(alone.matrix.indices.length).toBeGreaterThan(1 << 21); // fewer are filled in by one
    expect(digest(shared.matrix)).toBe(digest(alone.matrix));
  });

  it('is the same however often 32-bit cells are emptied before they could overflow', async () => {
    const corpus = memoryCorpus(randomLines(4, 900_000, 300, 50), 300);
    const whole = await countCooccurrences(corpus, plain, { memory: 64e6, threads: 1 });
    const drained = await countCooccurrences(corpus, plain, { memory: 64e6, threads: 1, tokensPerDrain: 300_000 });
    expect(whole.runs).toBe(1);
    expect(drained.runs).toBe(4); // one before each task but the first, and one at the end
    expect(digest(drained.matrix)).toBe(digest(whole.matrix));
  });

  it('windows reach across the pieces in which the corpus is read, but never across the end of a line', async () => {
    const length = 300_000;
    const line = Array.from({ length }, (_, i) => i % 3);
    const matrix = await counted([line, [3, 3]], 4, { window: 2 });
    const every = length / 3;
    expect(dense(matrix)[0]).toEqual([0, every + (every - 1), every + (every - 1), 0]);
    expect(dense(matrix)[3]).toEqual([0, 0, 0, 2]);
  });

  it('expected subsampling weighs each pair by the chance that both words stay', async () => {
    const lines = golden.lines as number[][];
    const corpus = memoryCorpus(lines, golden.counts.length);
    const keep = keepProbabilities(corpus.vocabulary, 0.01);
    expect(keep[0]).toBeLessThan(1);
    const { matrix } = await countCooccurrences(corpus, { ...plain, sample: 0.01 }, roomy);
    dense(matrix).forEach((row, i) => {
      const flat: number[] = golden.cooccurrence.flat[i];
      expectClose(
        row,
        flat.map((count, j) => count * keep[i] * keep[j]),
      );
    });
  });

  it('drawn subsampling depends on the seed alone, and keeps about as many tokens as it should', async () => {
    const lines = randomLines(5, 300_000, 200, 100_000);
    const corpus = memoryCorpus(lines, 200);
    const settings: CooccurrenceSettings = { ...plain, window: 3, sample: 0.002, sampling: 'drawn' };
    const one = await countCooccurrences(corpus, settings, { memory: 50e6, threads: 1 });
    const two = await countCooccurrences(corpus, settings, { memory: 8e6, threads: 2 });
    const other = await countCooccurrences(corpus, { ...settings, seed: 2 }, roomy);
    expect(digest(two.matrix)).toBe(digest(one.matrix));
    expect(digest(other.matrix)).not.toBe(digest(one.matrix));
    const keep = keepProbabilities(corpus.vocabulary, 0.002);
    const kept = corpus.vocabulary.counts.reduce((sum, count, word) => sum + count * keep[word], 0);
    let pairs = 0;
    for (const value of one.matrix.values) pairs += value;
    expect(pairs / (kept * 6)).toBeGreaterThan(0.99); // each kept token has 3 neighbors on either side
    expect(pairs / (kept * 6)).toBeLessThan(1.01);
  });

  it('reports its progress in words', async () => {
    const seen: number[] = [];
    const corpus = memoryCorpus(randomLines(1, 600_000, 50, 1000), 50);
    await countCooccurrences(corpus, plain, {
      ...roomy,
      onProgress({ phase, done, total, unit }) {
        expect([phase, unit, total]).toEqual(['count', 'words', corpus.length]);
        seen.push(done);
      },
    });
    expect(seen[0]).toBe(0);
    expect(seen.at(-1)).toBe(corpus.length);
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const corpus = memoryCorpus(randomLines(1, 600_000, 50, 1000), 50);
    const stopped = countCooccurrences(corpus, plain, {
      ...roomy,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('names the limit in its errors', async () => {
    const lines = [[0, 1, 2]];
    await expect(counted(lines, 3, {}, { memory: 1e6, threads: 2 })).rejects.toMatchObject({
      code: 'out-of-memory',
      message: 'counting 3 words needs at least 3.2 MB; the limit is 1.0 MB',
      hint: 'give { memory: 4000000 }, or keep fewer words ({ minCount, maxVocab })',
    });
    await expect(counted([[0], [1]], 2, {})).rejects.toMatchObject({
      code: 'corpus-empty',
      message: 'there is nothing to count: no line has two kept words',
    });
    await expect(counted([], 0, {})).rejects.toMatchObject({
      message: 'there is nothing to count: the vocabulary is empty',
    });
    await expect(counted(lines, 3, { window: 0 })).rejects.toMatchObject({
      code: 'usage',
      message: 'window is 0: expected a whole number from 1 to 1000',
    });
    await expect(counted(lines, 3, { weighting: 'linear' as 'flat' })).rejects.toMatchObject({
      message: "weighting is 'linear': expected flat, harmonic or dynamic",
    });
  });
});
