// Positive pointwise mutual information (Church & Hanks 1990; Bullinaria & Levy 2007), with context distribution
// smoothing and the shift by log k (Levy, Goldberg & Dagan 2015, sections 3.1 and 3.2):
//   PPMI(w, c) = max(0, log(#(w, c) * sum_c' #(c')^cds / (#(w) * #(c)^cds)) - log k)
// Input and output are CSR; the time is proportional to the nonzeros, and no dense V x V matrix is made.
import { countRanges } from '../base/defaults.ts';
import { W2vError } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { checkRanges } from '../base/ranges.ts';
import { finishInTurns, type Steps } from '../base/steps.ts';
import { columnSums, nonzeros, rowSums, type SparseMatrix } from '../vectors/sparse-matrix.ts';

export interface PpmiSettings {
  /** Exponent of context distribution smoothing, above 0 and at most 1; 1 disables smoothing. */
  cds: number;
  /** k >= 1: log k is subtracted from each value; 1 disables the shift. */
  shift: number;
  /** Base of the logarithm; default e. */
  base?: number;
}

/**
 * (V, C) float32 PPMI of co-occurrence counts; zeros are not stored. The result overwrites `counts`, which cannot be
 * used afterwards. Throws `usage` for settings out of range or a shift that leaves no value above 0, `corpus-empty` if
 * there is none even without a shift, `interrupted`.
 */
export async function ppmi(
  counts: SparseMatrix,
  settings: PpmiSettings,
  progress: { onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined } = {},
): Promise<SparseMatrix> {
  const { cds, shift, base = Math.E } = settings;
  checkRanges(countRanges, { cds, shift, base });
  return finishInTurns(weigh(counts, { cds, shift, base }, progress.onProgress), progress.signal);
}

const TURN = 1 << 16; // at most this many cells between yields to the event loop

function* weigh(
  counts: SparseMatrix,
  { cds, shift, base }: Required<PpmiSettings>,
  onProgress: OnProgress | undefined,
): Steps<SparseMatrix> {
  const { rows, columns, starts, indices, values } = counts;
  const total = nonzeros(counts);
  const ofRow = (yield* rowSums(counts)).map(Math.log);
  const smoothed = (yield* columnSums(counts)).map((count) => (count > 0 ? count ** cds : 0));
  yield;
  const logTotal = Math.log(smoothed.reduce((sum, each) => sum + each, 0));
  const ofColumn = smoothed.map((each) => Math.log(each) - logTotal);
  const scale = 1 / Math.log(base);
  const logShift = Math.log(shift);

  const logOf = logarithms();

  // The write position never passes the read position, so the result can overwrite the counts.
  const keptValues = new Float32Array(values.buffer, values.byteOffset, total);
  const weighRow = (row: number, start: number, end: number, first: number) => {
    const offRow = (ofRow[row] as number) + logShift;
    let next = first;
    for (let k = start; k < end; k++) {
      const column = indices[k] as number;
      const value = Math.fround((logOf(values[k] as number) - offRow - (ofColumn[column] as number)) * scale);
      if (value > 0) {
        indices[next] = column;
        keptValues[next] = value;
        next++;
      }
    }
    return next;
  };
  let kept = 0;
  let start = 0;
  let sinceTurn = 0;
  for (let row = 0; row < rows; row++) {
    const end = starts[row + 1] as number;
    kept = weighRow(row, start, end, kept);
    starts[row + 1] = kept;
    sinceTurn += end - start + 1;
    start = end;
    if (sinceTurn < TURN) continue;
    onProgress?.({ phase: 'ppmi', done: end, total });
    sinceTurn = 0;
    yield;
  }
  if (kept === 0) {
    throw new W2vError(
      shift > 1 ? 'usage' : 'corpus-empty',
      `no pair of words has a pointwise mutual information above log ${shift}: all ${total} cells are empty after the shift`,
      shift > 1 ? 'give a smaller { shift }' : 'give a longer text',
    );
  }
  onProgress?.({ phase: 'ppmi', done: total, total });
  return { rows, columns, starts, indices: indices.subarray(0, kept), values: keptValues.subarray(0, kept) };
}

/** Logarithm of a count; most counts are small whole numbers, so a table is faster. */
function logarithms(): (value: number) => number {
  const table = Float64Array.from({ length: 4096 }, (_, value) => Math.log(value));
  return (value) => {
    const whole = value | 0;
    return whole === value && whole < 4096 ? (table[whole] as number) : Math.log(value);
  };
}
