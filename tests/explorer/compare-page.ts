// A page of two small files with known vectors, for tests of the views that compare.

import { createRandom } from '../../src/base/random.ts';
import { compareSpaces, type SpacesComparison } from '../../src/compare/compare-spaces.ts';
import { associationSets } from '../../src/explorer/association-sets.ts';
import { wordsIn } from '../../src/explorer/formulas.ts';
import { layoutsOf } from '../../src/explorer/layouts.ts';
import { explorerPage } from '../../src/explorer/page.ts';
import { pageDataOf } from '../../src/explorer/page-data-of.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

export const hostileWord = '<img src=x onerror=alert(1)>';
const D = 16;
const random = createRandom(11);

export interface ComparePage {
  html: string;
  first: WordVectors;
  second: WordVectors;
  comparison: SpacesComparison;
  /** Counts in the first file. */
  counts: Float64Array;
}

/** The first file has all words of a test of the paper but `hers`; the second one lacks some words and has its own. */
export async function comparePage(): Promise<ComparePage> {
  const set = associationSets.find(({ number }) => number === 7)!;
  const tested = [...set.targets, ...set.attributes].flatMap(([, words]) => wordsIn(words));
  const words = ['the', 'king', hostileWord, ...tested.filter((word) => word !== 'hers'), ...names('x', 90)];
  const first = {
    words,
    dimensions: D,
    matrix: Float32Array.from({ length: words.length * D }, () => random.normal()),
  };
  const second = changed(first, [...words.filter((word) => word !== 'x5'), ...names('own', 20)], 0.45);
  const seeds = changed(first, words, 0.15);
  const counts = Float64Array.from(words, (_, row) => Math.round(9000 / (row + 1)));
  const comparison = await compareSpaces(first, second, { seeds, threads: 1 });
  const settings = [{ method: 'pca', seed: 1 } as const];
  const mapped = [first, second].map((vectors, at) => ({ vectors, path: `${at}`, stamp: undefined }));
  const layouts = await layoutsOf(mapped, settings);
  const files = [first, second].map((vectors, at) => ({
    name: ['a.bin', 'b.bin'][at],
    vectors,
    counts: Float64Array.from(vectors.words, (word) => counts[words.indexOf(word)] ?? 3),
    layouts: layouts[at],
  }));
  const options = { version: '1.2.3', answeredBy: 'page', vectorBytes: 1e6, comparison, seedsName: 's.bin' } as const;
  const { data, blobs } = await pageDataOf(files, options);
  const html = explorerPage(data, { blobs, firstWords: [['the'], ['the']] });
  return { html, first, second, comparison, counts };
}

const names = (stem: string, count: number) => Array.from({ length: count }, (_, at) => `${stem}${at}`);

/** The vectors of `of` with noise, and random ones of new words. */
function changed(of: WordVectors, words: string[], noise: number): WordVectors {
  const matrix = words.flatMap((word) => {
    const row = of.words.indexOf(word);
    return Array.from(
      { length: D },
      (_, d) => (row < 0 ? 0 : of.matrix[row * D + d]) + (row < 0 ? 1 : noise) * random.normal(),
    );
  });
  return { words, dimensions: D, matrix: Float32Array.from(matrix) };
}
