// Positive pointwise mutual information (Church & Hanks 1990; Bullinaria & Levy 2007), with the context distribution
// smoothing and the shift of Levy, Goldberg & Dagan 2015 (sections 3.1, 3.2):
//   PPMI(w, c) = max(0, log(#(w, c) * sum_c' #(c')^cds / (#(w) * #(c)^cds)) - log k)
// From and to CSR in time proportional to the nonzeros; no V x V matrix is ever made.
import { throwIfAborted, W2vError } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { columnSums, nonzeros, rowSums, type SparseMatrix } from '../vectors/sparse-matrix.ts';

export interface PpmiSettings {
  /** Exponent of the contexts' counts, above 0 to 1; 1 smooths nothing. */
  cds: number;
  /** k >= 1: log k is taken off each value; 1 takes nothing off. */
  shift: number;
  /** Base of the logarithm; e where not given. */
  base?: number;
}

/**
 * (V, C) float32 PPMI of co-occurrence counts; cells that come to 0 are not stored.
 * Throws `usage` for settings out of range, or where no cell is above 0.
 */
export function ppmi(
  counts: SparseMatrix,
  settings: PpmiSettings,
  progress: { onProgress?: OnProgress; signal?: AbortSignal } = {},
): SparseMatrix {
  const { cds, shift, base = Math.E } = settings;
  if (!(cds > 0 && cds <= 1)) {
    throw new W2vError('usage', `cds is ${cds}; it must be above 0 and at most 1`, 'give --cds 0.75, or 1 for none');
  }
  if (!(shift >= 1 && shift < Number.POSITIVE_INFINITY)) {
    throw new W2vError('usage', `shift is ${shift}; it must be 1 or more`, 'give --shift 1 for none');
  }
  if (!(base > 1 && base < Number.POSITIVE_INFINITY)) {
    throw new W2vError('usage', `the base of the logarithm is ${base}; it must be above 1`, 'leave it out for e');
  }
  const { rows, columns, starts, indices, values } = counts;
  const ofRow = rowSums(counts).map(Math.log);
  const smoothed = columnSums(counts).map((count) => (count > 0 ? count ** cds : 0));
  const total = Math.log(smoothed.reduce((sum, each) => sum + each, 0));
  const ofColumn = smoothed.map((each) => Math.log(each) - total);
  const scale = 1 / Math.log(base);
  const logShift = Math.log(shift);

  const logOf = logarithms();

  const keptIndices = new Int32Array(nonzeros(counts));
  const keptValues = new Float32Array(nonzeros(counts));
  const keptStarts = new Float64Array(rows + 1);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    const offRow = (ofRow[row] as number) + logShift;
    const end = starts[row + 1] as number;
    for (let k = starts[row] as number; k < end; k++) {
      const column = indices[k] as number;
      const value = Math.fround((logOf(values[k] as number) - offRow - (ofColumn[column] as number)) * scale);
      if (value > 0) {
        keptIndices[kept] = column;
        keptValues[kept] = value;
        kept++;
      }
    }
    keptStarts[row + 1] = kept;
    if ((row & 0xfff) === 0) {
      throwIfAborted(progress.signal);
      progress.onProgress?.({ phase: 'ppmi', done: end, total: starts[rows] as number });
    }
  }
  if (kept === 0) {
    throw new W2vError(
      'usage',
      `no pair of words has a pointwise mutual information above log ${shift}: all ${nonzeros(counts)} cells are empty after the shift`,
      shift > 1 ? 'give a smaller --shift' : 'give a longer text',
    );
  }
  progress.onProgress?.({ phase: 'ppmi', done: starts[rows] as number, total: starts[rows] as number });
  return {
    rows,
    columns,
    starts: keptStarts,
    indices: keptIndices.subarray(0, kept),
    values: keptValues.subarray(0, kept),
  };
}

/** Most counts are small whole numbers: their logarithms come from a table. */
function logarithms(): (value: number) => number {
  const table = Float64Array.from({ length: 4096 }, (_, value) => Math.log(value));
  return (value) => {
    const whole = value | 0;
    return whole === value && whole < 4096 ? (table[whole] as number) : Math.log(value);
  };
}
