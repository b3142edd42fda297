// The dense counting of the lesson against src/count, which does the same for large corpora.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import { countMatrix, countVectors, ppmiMatrix } from '../../src/count/count-vectors.ts';
import { cooccurrences, densePpmi } from '../../src/explain/dense/cooccurrence.ts';
import { denseSvd } from '../../src/explain/dense/svd.ts';
import { generated, product, toRows, transposed } from '../../src/explain/matrix.ts';
import type { SparseMatrix } from '../../src/vectors/sparse-matrix.ts';

const text = `the cat sat on the mat and the dog sat on the cat
the dog ran after the cat over the mat and then the cat ran home
a mat on a mat is a mat too many for a cat and a dog`;

function dense({ rows, columns, starts, indices, values }: SparseMatrix): number[] {
  const cells = new Array<number>(rows * columns).fill(0);
  for (let row = 0; row < rows; row++) {
    for (let k = starts[row]; k < starts[row + 1]; k++) cells[row * columns + indices[k]] = values[k];
  }
  return cells;
}

/** The text with w2v's own ids. */
async function encoded() {
  const corpus = await encodeText(text, { minCount: 1 });
  const { words } = corpus.vocabulary;
  const lines = text.split('\n').map((line) => line.split(' ').map((word) => words.indexOf(word)));
  return { corpus, lines, V: words.length };
}

describe.each([
  { window: 1, weighting: 'flat', cds: 1, base: 2 },
  { window: 3, weighting: 'flat', cds: 0.75, base: Math.E },
  { window: 4, weighting: 'dynamic', cds: 0.75, base: Math.E },
] as const)('window $window, $weighting, cds $cds', ({ window, weighting, cds, base }) => {
  it('equals the counts and PPMI of src/count', async () => {
    const { corpus, lines, V } = await encoded();
    const counts = cooccurrences(lines, V, window, weighting);
    const weights = densePpmi(counts, { cds, base });
    const settings = { window, weighting, cds, base };
    const wantedCounts = dense((await countMatrix(corpus, settings)).vectors.matrix);
    const wantedWeights = dense((await ppmiMatrix(corpus, settings)).vectors.matrix);
    for (const [i, count] of wantedCounts.entries()) expect(counts.values[i]).toBeCloseTo(count, 6);
    for (const [i, weight] of wantedWeights.entries()) expect(weights.values[i]).toBeCloseTo(weight, 5);
  });
});

it('the SVD equals that of src/count', async () => {
  const { corpus, lines, V } = await encoded();
  const settings = { window: 2, weighting: 'dynamic', cds: 0.75, eig: 0.5, dim: 4 } as const;
  const { vectors, report } = await countVectors(corpus, settings);
  const { u, singularValues } = denseSvd(densePpmi(cooccurrences(lines, V, 2, 'dynamic'), { cds: 0.75, base: Math.E }));
  for (let d = 0; d < 4; d++) {
    expect(singularValues[d]).toBeCloseTo(report.singularValues[d], 4);
    for (let row = 0; row < V; row++) {
      expect(u.values[row * V + d] * singularValues[d] ** 0.5).toBeCloseTo(vectors.matrix[row * 4 + d], 3);
    }
  }
});

it('the SVD of any matrix gives it back, also where its rank is lower', () => {
  const random = createRandom(3);
  const factor = generated(6, 3, () => random.normal());
  for (const a of [
    generated(6, 6, () => random.normal()),
    product(factor, transposed(generated(6, 3, () => random.normal()))),
  ]) {
    const { u, singularValues } = denseSvd(a);
    // U U^T A is A where U spans what A reaches; singular values are the lengths of A^T U.
    const back = product(u, product(transposed(u), a));
    for (const [i, value] of a.values.entries()) expect(back.values[i]).toBeCloseTo(value, 10);
    const lengths = toRows(product(transposed(u), a)).map((row) => Math.hypot(...row));
    for (const [i, length] of lengths.entries()) expect(length).toBeCloseTo(singularValues[i], 10);
  }
});
