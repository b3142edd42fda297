import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { predictWord } from '../../src/query/predict-word.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

interface Pair {
  by: 'gensim' | 'numpy';
  settings: { sg: number; cbow_mean: number };
  words: string[];
  labels: string[];
  input: number[];
  output: number[];
  answers: { context: string[]; predictions: [string, number][] }[];
}

const golden: { dimensions: number; pairs: Pair[] } = JSON.parse(
  readFileSync(new URL('../golden/predict.json', import.meta.url), 'utf8'),
);
const { dimensions } = golden;

const pairOf = ({ words, labels, input, output }: Pair): [WordVectors, WordVectors] => [
  { words, matrix: Float32Array.from(input), dimensions },
  { words: labels, matrix: Float32Array.from(output), dimensions },
];

describe.each(golden.pairs)('a pair by gensim, its answers by $by: $settings', (pair) => {
  const model = pair.settings.sg === 1 ? 'skipgram' : 'cbow';
  const cbowSum = pair.settings.cbow_mean === 0;

  it.each(pair.answers)('predicts the same word amid $context', ({ context, predictions }) => {
    const found = predictWord(...pairOf(pair), context, { k: predictions.length, model, cbowSum });
    expect(found.map(({ word }) => word)).toEqual(predictions.map(([word]) => word));
    for (const [at, { probability }] of found.entries()) expect(probability / predictions[at][1]).toBeCloseTo(1, 4);
  });

  it('gives probabilities that add up to 1, the likeliest first', () => {
    const all = predictWord(...pairOf(pair), ['the', 'cat'], { k: 1000, model, cbowSum });
    expect(all.map(({ word }) => word).sort()).toEqual([...pair.words].sort());
    expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    for (const [at, { probability }] of all.slice(1).entries()) {
      expect(probability).toBeLessThanOrEqual(all[at].probability);
    }
  });
});

// Skip-gram: the normalized geometric mean of what each context word says alone.
it.each(golden.pairs.filter(({ settings }) => settings.sg === 1))('skip-gram pools log-probabilities ($by)', (pair) => {
  const of = (context: string[]) =>
    new Map(
      predictWord(...pairOf(pair), context, { k: 1000, model: 'skipgram' }).map((one) => [one.word, one.probability]),
    );
  const [the, sat, both] = [of(['the']), of(['sat']), of(['the', 'sat'])];
  const pooled = pair.words.map((word) => Math.sqrt(the.get(word)! * sat.get(word)!));
  const total = pooled.reduce((sum, each) => sum + each, 0);
  for (const [row, word] of pair.words.entries()) expect(both.get(word)! / (pooled[row] / total)).toBeCloseTo(1, 9);
});

describe('predictWord refuses', () => {
  const [input, output] = pairOf(golden.pairs[0]);
  const attempt = (given: { input?: object; output?: object; context?: string[]; k?: number }) => () =>
    predictWord(
      { ...input, ...given.input },
      { ...output, ...given.output },
      given.context ?? ['the'],
      given.k === undefined ? {} : { k: given.k },
    );

  it.each([
    ['an unknown word', { context: ['the', 'unicorn'] }, 'word-unknown', "'unicorn' is not in the vocabulary"],
    ['no context', { context: [] }, 'usage', 'the context has no word'],
    ['k = 0', { k: 0 }, 'usage', 'k is 0'],
    ['k = 1.5', { k: 1.5 }, 'usage', 'k is 1.5'],
    [
      'other words',
      { output: { words: [...output.words].reverse() } },
      'usage',
      'the output matrix (13 rows x 5) is not the output matrix of the input matrix (13 rows x 5): their words differ',
    ],
    [
      'other dimensions',
      { output: { matrix: new Float32Array(26), dimensions: 2, source: 'o.bin' } },
      'usage',
      'o.bin (13 rows x 2) is not the output matrix of the input matrix (13 rows x 5)',
    ],
    [
      'another number of words',
      { output: { words: ['a'], matrix: new Float32Array(5) } },
      'usage',
      'the output matrix (1 rows x 5) is not the output matrix of the input matrix (13 rows x 5)',
    ],
    ['NaN', { output: { matrix: output.matrix.map(() => Number.NaN) } }, 'file-malformed', 'not finite'],
    [
      'a tree that is none',
      { output: { words: output.words.slice(1).map(() => '1,2'), matrix: new Float32Array(60) } },
      'file-malformed',
      'not the inner nodes of a Huffman tree',
    ],
  ])('%s', (_, given, code, message) => {
    expect(attempt(given)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });

  it('a misspelled option', () => {
    const options = { topn: 3 } as object;
    expect(() => predictWord(input, output, ['the'], options)).toThrow("predictWord has no option 'topn'");
  });
});
