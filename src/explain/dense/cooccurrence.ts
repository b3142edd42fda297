// The counting route on a small text, with dense matrices: src/count does the same for large ones, sparsely, and tests
// compare the two. Counts of neighbors, and their positive pointwise mutual information.
import { filled, type Matrix, mapped, rowOf, rowsSummed, transposed } from '../matrix.ts';

/** What a neighbor at distance 1 .. window counts: 1, or in expectation what word2vec.c's drawn windows make of it. */
export type DenseWeighting = 'flat' | 'dynamic';

/** (V, V) symmetric: how often word j occurred within `window` words of word i on a line. */
export function cooccurrences(
  lines: readonly (readonly number[])[],
  V: number,
  window: number,
  weighting: DenseWeighting,
): Matrix {
  const counts = filled(V, V);
  for (const line of lines) {
    for (const [i, word] of line.entries()) {
      for (let j = Math.max(0, i - window); j <= Math.min(line.length - 1, i + window); j++) {
        if (j === i) continue;
        const weight = weighting === 'flat' ? 1 : (window + 1 - Math.abs(i - j)) / window;
        counts.values[word * V + line[j]] += weight;
      }
    }
  }
  return counts;
}

export interface DensePpmiSettings {
  /** Exponent of the contexts' counts (Levy, Goldberg & Dagan 2015, section 3.2); 1 disables smoothing. */
  cds: number;
  base: number;
}

/** (V, V): max(0, log(#(i, j) sum_c #(c)^cds / (#(i) #(j)^cds))); 0 if i and j never occur together. */
export function densePpmi(counts: Matrix, { cds, base }: DensePpmiSettings): Matrix {
  const ofRow = rowsSummed(transposed(counts)).values;
  const ofColumn = rowsSummed(counts).values.map((count) => count ** cds);
  const total = ofColumn.reduce((sum, each) => sum + each, 0);
  return mapped(counts, (count, index) => {
    if (count === 0) return 0;
    const row = Math.floor(index / counts.columns);
    const expected = (ofRow[row] * ofColumn[index % counts.columns]) / total;
    return Math.max(0, Math.log(count / expected) / Math.log(base));
  });
}

/** The cosine of two rows; 0 where one of them is all 0. */
export function rowCosine(matrix: Matrix, i: number, j: number): number {
  const [a, b] = [rowOf(matrix, i), rowOf(matrix, j)];
  const product = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, d) => sum + value * y[d], 0);
  const lengths = Math.sqrt(product(a, a) * product(b, b));
  return lengths === 0 ? 0 : product(a, b) / lengths;
}
