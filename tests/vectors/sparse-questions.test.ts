import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { analogies } from '../../src/vectors/analogy.ts';
import { nearestWords } from '../../src/vectors/nearest.ts';
import { similarity } from '../../src/vectors/similarity.ts';
import { sparseAnalogies, sparseNearestWords, sparseSimilarity } from '../../src/vectors/sparse-questions.ts';
import { sparse } from '../count/dense.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/count-route.json', import.meta.url), 'utf8'));
const words = Array.from({ length: 41 }, (_, i) => `w${i}`);
const rows: number[][] = [...golden.ppmi, new Array(40).fill(0)]; // the last word has an empty row
const matrix = { ...sparse(rows), columns: 40 };
const vectors = { words, matrix };
const asDense = { words, matrix: Float32Array.from(rows.flat()), dimensions: 40 };

it('gives the answers that the same rows give when they are dense', () => {
  const queries = ['w0', 'w7', 'w39'];
  for (const options of [{}, { k: 3 }, { k: 50, restrictVocab: 12 }]) {
    const expected = nearestWords(asDense, queries, options);
    const observed = sparseNearestWords(vectors, queries, options);
    expect(observed.map((answers) => answers.map(({ word }) => word))).toEqual(
      expected.map((answers) => answers.map(({ word }) => word)),
    );
    observed.flat().forEach(({ similarity: found }, i) => {
      expect(found).toBeCloseTo(expected.flat()[i]!.similarity, 6);
    });
  }
  const question = [['w1', 'w2', 'w3']] as const;
  const [expected, observed] = [analogies(asDense, question)[0]!, sparseAnalogies(vectors, question)[0]!];
  expect(observed.map(({ word }) => word)).toEqual(expected.map(({ word }) => word));
  observed.forEach(({ score }, i) => {
    expect(score).toBeCloseTo(expected[i]!.score, 6);
  });
  expect(sparseSimilarity(vectors, 'w1', 'w5')).toBeCloseTo(similarity(asDense, 'w1', 'w5')!, 6);
});

it('knows an empty row', () => {
  expect(sparseSimilarity(vectors, 'w40', 'w5')).toBe(0);
  expect(sparseNearestWords(vectors, ['w40'])).toEqual([[]]);
});

it('names an unknown word and a wrong k', () => {
  expect(() => sparseNearestWords({ ...vectors, source: 'ppmi.npz' }, ['nope'])).toThrow(
    "'nope' is not in the vocabulary of ppmi.npz (41 words)",
  );
  expect(() => sparseNearestWords(vectors, ['w1'], { k: 0 })).toThrow('k is 0, expected a whole number of at least 1');
});
