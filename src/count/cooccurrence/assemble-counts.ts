// Assembles the co-occurrence matrix in CSR from its merged half H, entries (row, column, sum) in row order.
// Undirected, H has row <= column and the matrix is H + H^T; directional, H has (first word, second word) and the
// matrix is [H^T | H]. Entries arrive sorted by (row, column), so each is appended to its rows.
import { finishInTurns, type Steps } from '../../steps.ts';
import type { SparseMatrix } from '../../vectors/sparse-matrix.ts';
import { type CountingPlan, checkMemory } from './counting-plan.ts';
import type { CountingResult, Extents } from './counting-worker.ts';
import { type SpillFile, transfer } from './spill-file.ts';

export interface MergedCounts {
  spill: SpillFile;
  plan: CountingPlan;
  parts: Extents[];
  tallies: CountingResult[];
  /** Sums are multiples of 1 / unit. */
  unit: number;
  /** Probability of keeping each word: counts become expected counts. */
  keep?: Float64Array;
  memory: number;
  signal: AbortSignal | undefined;
}

/** Throws `out-of-memory`, with the memory needed, if the matrix alone exceeds the memory limit. */
export async function assembleCounts(merged: MergedCounts): Promise<SparseMatrix> {
  const { words, directional } = merged.plan;
  const starts = new Float64Array(words + 1);
  const before = new Float64Array(words); // position of the row's next entry for a context before the word
  const after = directional ? new Float64Array(words) : before;
  const tally = (key: 'asRow' | 'asColumn', word: number) =>
    merged.tallies.reduce((sum, each) => sum + ((each[key] as Uint32Array)[word] as number), 0);
  for (let word = 0; word < words; word++) {
    const start = starts[word] as number;
    before[word] = start;
    if (directional) after[word] = start + tally('asColumn', word);
    starts[word + 1] = start + tally('asRow', word) + tally('asColumn', word);
  }
  const total = starts[words] as number;
  checkMemory(`the co-occurrence matrix has ${total} nonzeros`, total * 12 + words * 24, merged.memory);
  const matrix = {
    ...{ rows: words, columns: directional ? 2 * words : words, starts },
    ...{ indices: new Int32Array(total), values: new Float64Array(total) },
  };
  await finishInTurns(placeParts(merged, matrix, before, after), merged.signal);
  return matrix;
}

const TURN = 1 << 18; // bytes of a part between yields to the event loop

function* placeParts(
  merged: MergedCounts,
  matrix: { indices: Int32Array; values: Float64Array },
  before: Float64Array,
  after: Float64Array,
): Steps<void> {
  const { partRows } = merged.plan;
  for (const [part, extents] of merged.parts.entries()) {
    const bytes = readExtents(merged.spill, extents);
    const placer = createPlacer(merged, bytes, (partRows[part] as number) - 1, matrix, before, after);
    for (let end = TURN; placer(end); end += TURN) yield;
    yield;
  }
}

/**
 * Places the rows of a part in order; each call continues until `end` bytes are used and returns whether more are left.
 */
function createPlacer(
  { plan, unit, keep }: MergedCounts,
  bytes: Uint8Array,
  rowBefore: number,
  { indices, values }: { indices: Int32Array; values: Float64Array },
  before: Float64Array,
  after: Float64Array,
): (end: number) => boolean {
  const { words, directional } = plan;
  const offset = directional ? words : 0;
  let next = 0;
  let row = rowBefore;
  /** The remaining bytes of a multi-byte number; moves `next` past them. */
  const long = (first: number, from: number) => {
    let byte = first;
    let value = byte & 127;
    next = from;
    for (let scale = 128; byte >= 128; scale *= 128) {
      byte = bytes[next++] as number;
      value += (byte & 127) * scale;
    }
    return value;
  };
  /** Places the row whose difference to the previous row is at `from`; returns the position of the next row. */
  const placeRow = (from: number) => {
    let at = from;
    let step = bytes[at++] as number;
    if (step >= 128) {
      step = long(step, at);
      at = next;
    }
    row += step;
    const rowScale = keep ? (keep[row] as number) : 1;
    let place = after[row] as number;
    for (let column = -1; ; ) {
      step = bytes[at++] as number;
      if (step >= 128) {
        step = long(step, at);
        at = next;
      }
      if (step === 0) break;
      column += step;
      let sum = bytes[at++] as number;
      if (sum >= 128) {
        sum = long(sum, at);
        at = next;
      }
      const same = column === row && !directional;
      const count = ((same ? 2 : 1) * sum) / unit;
      const value = keep ? count * (rowScale * (keep[column] as number)) : count;
      indices[place] = offset + column;
      values[place] = value;
      place++;
      if (same) continue;
      const mirrored = before[column] as number;
      before[column] = mirrored + 1;
      indices[mirrored] = row;
      values[mirrored] = value;
    }
    after[row] = place;
    return at;
  };
  let at = 0;
  return (end) => {
    while (at < end && at < bytes.length) at = placeRow(at);
    return at < bytes.length;
  };
}

function readExtents(spill: SpillFile, extents: Extents): Uint8Array {
  let total = 0;
  for (let i = 1; i < extents.length; i += 2) total += extents[i] as number;
  const bytes = new Uint8Array(total);
  let filled = 0;
  for (let i = 0; i < extents.length; i += 2) {
    const length = extents[i + 1] as number;
    transfer('read', spill, bytes, filled, length, extents[i] as number);
    filled += length;
  }
  return bytes;
}
