import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keepProbabilities } from '../../src/corpus/subsample.ts';
import { vocabularyOf } from '../../src/corpus/vocabulary.ts';

const golden = JSON.parse(readFileSync(new URL('../golden/subsample.json', import.meta.url), 'utf8')) as {
  counts: number[];
  cases: { sample: number; keep: number[] }[];
};
const vocabulary = vocabularyOf(golden.counts.map(String), Float64Array.from(golden.counts));

it.each(golden.cases)('keeps as gensim does at $sample', ({ sample, keep }) => {
  const found = keepProbabilities(vocabulary, sample);
  keep.forEach((expected, id) => {
    expect(found[id]).toBeCloseTo(expected, 8);
  });
});

it('keeps everything at 0', () => {
  expect(keepProbabilities(vocabulary, 0)).toEqual(new Float64Array(golden.counts.length).fill(1));
});
