// Places the entries (row, column, sum) of a group of merged parts in the co-occurrence matrix. They arrive sorted by
// (row, column), so each is appended to its rows.

import type { Steps } from '../../base/steps.ts';
import type { SparseMatrix } from '../../vectors/sparse-matrix.ts';
import type { CountingPlan } from './counting-plan.ts';
import type { Extents } from './counting-worker.ts';
import { type SpillFile, transfer } from './spill-file.ts';
import { partsOf, type Tallies } from './tallies.ts';

export interface Placing {
  spill: SpillFile;
  plan: CountingPlan;
  parts: Extents[];
  tallies: Tallies;
  /** Sums are multiples of 1 / unit. */
  unit: number;
  /** (V) probability of keeping each word: counts become expected counts. */
  keep?: Float64Array;
  /** With the starts of its rows; indices and values are filled here. */
  matrix: SparseMatrix;
}

const TURN = 1 << 18; // bytes of a part between yields to the event loop

/** Places all parts of a group. Other groups may be placed at the same time. */
export function* placeGroup(placing: Placing, group: number): Steps<void> {
  const { plan, parts, spill, tallies } = placing;
  const places = placesOf(placing, group);
  const { first, end } = partsOf(group, tallies, plan);
  for (let part = first; part < end; part++) {
    const placer = createPlacer(placing, readExtents(spill, parts[part]), plan.partRows[part] - 1, places);
    for (let to = TURN; placer(to); to += TURN) yield;
    yield;
  }
}

interface Places {
  /** (V) position of the row's next entry that is mirrored: undirected, for a column before the row. */
  mirrored: Float64Array;
  /** (V) position of the row's next other entry, after all those that are mirrored. */
  own: Float64Array;
}

function placesOf({ plan, tallies, matrix }: Placing, group: number): Places {
  const own = matrix.starts.slice(0, plan.words);
  const mirrored = own.slice();
  for (const [number, asColumn] of tallies.asColumn.entries()) {
    for (let word = 0; word < plan.words; word++) {
      own[word] += asColumn[word];
      if (number < group) mirrored[word] += asColumn[word];
    }
  }
  return { mirrored, own };
}

/**
 * Places the rows of a part in order; each call continues until `end` bytes are used and returns whether more are left.
 */
function createPlacer(
  { plan, unit, keep, matrix: { indices, values } }: Placing,
  bytes: Uint8Array,
  rowBefore: number,
  { mirrored, own }: Places,
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
    let place = own[row] as number;
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
      const twin = mirrored[column] as number;
      mirrored[column] = twin + 1;
      indices[twin] = row;
      values[twin] = value;
    }
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
