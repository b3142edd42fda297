// Assembles the co-occurrence matrix in CSR from its merged half H, entries (row, column, sum) in row order.
// Undirected, H has row <= column and the matrix is H + H^T; directional, H has (first word, second word) and the
// matrix is [H^T | H]. The tallies of H say where each row begins, and where each group of parts continues it.
import { finishInTurns } from '../../base/steps.ts';
import { packageFile } from '../../package-file.ts';
import type { SparseMatrix } from '../../vectors/sparse-matrix.ts';
import { startPool } from '../../workers/pool.ts';
import { checkMemory, THREAD_BYTES } from './counting-plan.ts';
import { type Placing, placeGroup } from './place-counts.ts';

export interface MergedCounts extends Omit<Placing, 'matrix'> {
  memory: number;
  signal: AbortSignal | undefined;
}

const FEW = 1 << 21; // entries that are placed sooner than threads start

/** Throws `out-of-memory`, with the memory needed, if the matrix alone exceeds the memory limit. */
export async function assembleCounts({ memory, signal, ...merged }: MergedCounts): Promise<SparseMatrix> {
  const { words, directional } = merged.plan;
  const { asRow, asColumn } = merged.tallies;
  const starts = new Float64Array(new SharedArrayBuffer(8 * (words + 1)));
  for (let word = 0; word < words; word++) {
    starts[word + 1] = asColumn.reduce((sum, ofGroup) => sum + ofGroup[word], starts[word] + asRow[word]);
  }
  const total = starts[words];
  const groups = [...asColumn.keys()];
  const needed = total * 12 + groups.length * (words * 20 + THREAD_BYTES);
  checkMemory(`the co-occurrence matrix has ${total} nonzeros`, needed, memory);
  const matrix = {
    ...{ rows: words, columns: directional ? 2 * words : words, starts },
    indices: new Int32Array(new SharedArrayBuffer(4 * total)),
    values: new Float64Array(new SharedArrayBuffer(8 * total)),
  };
  const placing: Placing = { ...merged, matrix };
  if (total < FEW || groups.length === 1) {
    for (const group of groups) await finishInTurns(placeGroup(placing, group), signal);
    return matrix;
  }
  const workers = groups.map(() => placing);
  const pool = startPool<number, void>(packageFile('dist/placing-worker.js'), workers);
  try {
    await pool.run(groups, undefined, signal);
  } finally {
    await pool.close();
  }
  return matrix;
}
