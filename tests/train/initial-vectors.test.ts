import { describe, expect, it } from 'vitest';
import { encodeText } from '../../src/corpus/encode.ts';
import { matchVectors, startFrom } from '../../src/train/initial-vectors.ts';
import type { TrainOptions } from '../../src/train/train.ts';
import { trainWordVectors } from '../../src/train/train.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

const vectors = (words: string[], D: number, matrix?: number[]): WordVectors => ({
  words,
  dimensions: D,
  matrix: Float32Array.from(matrix ?? Array.from({ length: words.length * D }, (_, i) => i + 1)),
  source: 'start.vec',
});

describe('words that start from vectors', () => {
  it('are those that stand there as written, or in lower case as the tokenizer writes them', () => {
    const start = matchVectors(vectors(['a', 'king', 'The'], 2), ['the', 'King', 'a', 'KING', 'x'], 2);
    expect([...start.rows]).toEqual([-1, 1, 0, 1, -1]);
    expect(start.matched).toBe(3);
  });

  it('have their rows in every block of the input matrix; the others and the output matrix are as without', () => {
    const start = matchVectors(vectors(['b', 'd'], 2), ['a', 'b', 'c', 'd'], 2);
    const output = () => undefined;
    const initial = startFrom(start, { input: (rows) => void rows.fill(0.5), output });
    const rows = new Float32Array(8);
    initial.input(rows.subarray(0, 6), 0);
    initial.input(rows.subarray(6), 3);
    expect([...rows]).toEqual([0.5, 0.5, 1, 2, 0.5, 0.5, 3, 4]);
    expect(initial.output).toBe(output);
  });
});

describe('trainWordVectors', () => {
  const train = async (options: TrainOptions) =>
    trainWordVectors(
      await encodeText('one two three one two', { minCount: 1 }),
      { dim: 2, epochs: 1, sample: 0, threads: 1 },
      { engine: 'wasm', ...options },
    );

  it.each([
    [vectors(['one'], 3), 'usage', 'start.vec has vectors of 3 dimensions, the training has 2', '{ dim: 3 }'],
    [vectors(['four'], 2), 'usage', 'none of the 3 words of the vocabulary is in start.vec', 'same language'],
    [
      vectors(['one'], 2, [1, Number.NaN]),
      'file-malformed',
      "start.vec: the vector of 'one' holds NaN or infinity",
      'other',
    ],
    [{ words: ['one'] } as WordVectors, 'usage', 'the value is not word vectors', 'matrix'],
  ])('refuses vectors it cannot start from: %#', async (initVectors, code, message, hint) => {
    const error = await train({ initVectors }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code, message, hint: expect.stringContaining(hint) });
  });

  it('refuses to freeze without vectors to keep', async () => {
    await expect(train({ freeze: true })).rejects.toMatchObject({ code: 'usage' });
  });

  it('ignores vectors of words that do not occur, whatever they hold', async () => {
    const { initWords } = await train({ initVectors: vectors(['one', 'x'], 2, [1, 1, Number.NaN, 0]) });
    expect(initWords).toBe(1);
  });
});
