// A (V, D) matrix a few thousand rows at a time: work on millions of rows yields to the event loop (steps.ts),
// and needs no second matrix.
import type { Steps } from '../base/steps.ts';
import type { FillRows } from './initialize.ts';

const NUMBERS = 262_144; // of a block: 1 MB, a millisecond of work

export interface RowBlock {
  first: number;
  count: number;
}

export function* rowBlocks(V: number, D: number): Generator<RowBlock, void, void> {
  const most = Math.max(1, Math.floor(NUMBERS / D));
  for (let first = 0; first < V; first += most) yield { first, count: Math.min(most, V - first) };
}

/** A (V, D) matrix block by block: each is filled, then given to `place`, which may not keep it. */
export function* fillBlocks(
  V: number,
  D: number,
  fill: FillRows,
  place: (rows: Float32Array, first: number) => void,
): Steps<void> {
  let block = new Float32Array(0);
  for (const { first, count } of rowBlocks(V, D)) {
    if (block.length < count * D) block = new Float32Array(count * D);
    const rows = block.subarray(0, count * D);
    fill(rows, first);
    place(rows, first);
    yield;
  }
}
