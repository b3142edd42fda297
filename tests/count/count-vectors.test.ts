import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CountOptions, countMatrix, countVectors, ppmiMatrix } from '../../src/count/count-vectors.ts';
import { dense } from './dense.ts';
import { memoryCorpus } from './memory-corpus.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/count-route.json', import.meta.url), 'utf8'));
const corpus = memoryCorpus(golden.lines, golden.counts.length);
const limits = { memory: 1e8, threads: 2 };
const options: CountOptions = { window: golden.window, weighting: 'flat', dim: 6, iterations: 8 };

/** U S^p + (contexts) V S^p of the golden decomposition. */
function goldenVectors(eig: number, contexts: boolean): number[] {
  return (golden.u as number[][]).flatMap((row, i) =>
    row.map((value, k) => (value + (contexts ? golden.v[i][k] : 0)) * golden.singularValues[k] ** eig),
  );
}

describe('count-based vectors', () => {
  it.each([
    [0, false],
    [0.5, false],
    [1, false],
    [0.5, true],
  ])('are U S^%s of the golden PPMI, contexts added: %s', async (eig, addContext) => {
    const { vectors, report } = await countVectors(corpus, { ...options, eig, addContext }, limits);
    expect(vectors).toMatchObject({ words: corpus.vocabulary.words, dimensions: 6 });
    const expected = goldenVectors(eig, addContext);
    for (const [i, value] of vectors.matrix.entries()) expect(Math.abs(value - expected[i])).toBeLessThan(5e-3);
    expect(report).toMatchObject({ vocabulary: 40, tokens: corpus.tokens, runs: expect.any(Number) });
    expect(report.singularValues).toHaveLength(6);
    expect(report.keptShare).toBeGreaterThan(0.3);
    expect(report.cooccurrences).toBe(
      (golden.cooccurrence.flat as number[][]).flat().filter((count) => count > 0).length,
    );
    expect(report.nonzeros).toBe((golden.ppmi as number[][]).flat().filter((value) => value > 0).length);
  });

  it('left and right contexts apart give (V, D) vectors too', async () => {
    const { vectors } = await countVectors(corpus, { ...options, directional: true }, limits);
    expect(vectors.matrix.length).toBe(40 * 6);
    expect(vectors.matrix.some((value) => value !== 0)).toBe(true);
  });

  it('the sparse matrices keep their words', async () => {
    const counts = await countMatrix(corpus, options, limits);
    expect(dense(counts.vectors.matrix)).toEqual(golden.cooccurrence.flat);
    const positive = await ppmiMatrix(corpus, { ...options, shift: 2, cds: 1 }, limits);
    expect(positive.vectors.words).toBe(corpus.vocabulary.words);
    expect(positive.report.nonzeros).toBe((golden.shifted as number[][]).flat().filter((value) => value > 0).length);
  });

  it('phases come in order: count, ppmi, svd', async () => {
    const phases: string[] = [];
    await countVectors(corpus, options, {
      ...limits,
      onProgress: ({ phase }) => phases.at(-1) !== phase && phases.push(phase),
    });
    expect(phases).toEqual(['count', 'ppmi', 'svd']);
  });

  it('limits have defaults', async () => {
    const given = await countVectors(corpus, options, limits);
    expect((await countVectors(corpus, options)).vectors).toEqual(given.vectors);
    expect((await countVectors(corpus, options, { onProgress() {} })).vectors).toEqual(given.vectors);
  });

  it('one or two words are too small a text, not a wrong command', async () => {
    for (const [words, told] of [
      [1, 'one word'],
      [2, '2 words'],
    ] as const) {
      const few = memoryCorpus([[0, words - 1, 0, words - 1]], words);
      await expect(countVectors(few, { dim: 4 }, limits)).rejects.toMatchObject({
        code: 'corpus-empty',
        message: `the vocabulary has ${told}, too few for vectors`,
      });
    }
  });

  it('are never NaN or infinite: a base next to 1 and a high power diverge', async () => {
    await expect(countVectors(corpus, { ...options, base: 1 + 2 ** -52, eig: 10 }, limits)).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringContaining('infinite or not a number (base 1.0000000000000002, eig 10)'),
      hint: 'leave out { base }, or give a lower { eig }',
    });
    const { vectors } = await countVectors(corpus, { ...options, base: 1.0000000001 }, limits);
    expect(vectors.matrix.every(Number.isFinite)).toBe(true);
  });

  it('refuses what cannot be before it counts', async () => {
    const fails = (changed: CountOptions) => expect(countVectors(corpus, { ...options, ...changed }, limits)).rejects;
    await fails({ dim: 41 }).toMatchObject({
      code: 'usage',
      message: 'dim is 41, but a vocabulary of 40 words has at most 40 dimensions',
      hint: 'give { dim: 40 } or less, or a longer text',
    });
    await fails({ eig: -1 }).toMatchObject({ message: 'eig is -1: expected a number from 0 to 10' });
    await fails({ addContext: true, directional: true }).toMatchObject({
      message:
        'addContext and directional exclude each other: with directional contexts each word has two context vectors',
    });
  });
});
