// Takes counts as rows (row, column, units) in any order, and packs them part by part (packed-counts.ts). They wait in a
// temporary file, so that memory holds one part at a time.
import { closeSync } from 'node:fs';
import { throwIfAborted } from '../../base/errors.ts';
import { checkMemory } from './counting-plan.ts';
import { packRows } from './pack-rows.ts';
import type { PackedPiece } from './packed-counts.ts';
import { openSpillFile, transfer } from './spill-file.ts';

export interface EntrySpool {
  add(row: number, column: number, units: number): void;
  /** What was added. Throws as `RowPacker.add`, and `out-of-memory` for a part that exceeds the memory limit. */
  pieces(signal?: AbortSignal): AsyncGenerator<PackedPiece>;
  /** Closes the temporary file. */
  close(): void;
}

/** An entry: row and column in 32 bits each, units in a double. */
const BYTES = 16;
const BLOCK = { least: 256 * BYTES, most: 4096 * BYTES };

/** `partRows`: the first row of each part, then V. Throws `file-unwritable`. */
export function openEntrySpool(
  partRows: readonly number[],
  {
    directional,
    memory,
    temporaryDirectory,
  }: { directional: boolean; memory: number; temporaryDirectory: string | undefined },
): EntrySpool {
  const spill = openSpillFile(temporaryDirectory);
  const V = partRows.at(-1)!;
  const parts = partRows.length - 1;
  const share = Math.floor(memory / 8 / parts / BYTES) * BYTES;
  const blockBytes = Math.min(BLOCK.most, Math.max(BLOCK.least, share));
  const blocks = partRows.slice(1).map((): { bytes?: Uint8Array; filled: number; at: number[] } => {
    return { filled: 0, at: [] };
  });
  const partOf = new Int32Array(V);
  for (let part = 0; part < parts; part++) partOf.fill(part, partRows[part], partRows[part + 1]);
  const words = new Uint32Array(2);
  const [entry, units64] = [new Uint8Array(BYTES), new Float64Array(1)];
  const [ofWords, ofUnits] = [new Uint8Array(words.buffer), new Uint8Array(units64.buffer)];
  let end = 0;

  return {
    add(row, column, units) {
      const block = blocks[partOf[row]];
      block.bytes ??= new Uint8Array(blockBytes);
      [words[0], words[1], units64[0]] = [row, column, units];
      entry.set(ofWords, 0);
      entry.set(ofUnits, 8);
      block.bytes.set(entry, block.filled);
      block.filled += BYTES;
      if (block.filled < blockBytes) return;
      transfer('write', spill, block.bytes, 0, blockBytes, end);
      block.at.push(end);
      end += blockBytes;
      block.filled = 0;
    },
    async *pieces(signal) {
      for (const [part, block] of blocks.entries()) {
        const { bytes, filled, at } = block;
        delete block.bytes;
        await new Promise(setImmediate); // lets Ctrl-C and the progress display run
        throwIfAborted(signal);
        const size = at.length * blockBytes + filled;
        if (size === 0) continue;
        checkMemory(`counts of ${size / BYTES} pairs in one of ${parts} parts`, size * 1.25, memory); // and their order
        const all = new Uint8Array(size);
        for (const [number, position] of at.entries()) {
          transfer('read', spill, all, number * blockBytes, blockBytes, position);
        }
        if (bytes) all.set(bytes.subarray(0, filled), at.length * blockBytes);
        const packer = packRows(partRows, V, directional);
        const [first, last] = [partRows[part], partRows[part + 1]];
        const [ids, units] = [new Uint32Array(all.buffer), new Float64Array(all.buffer)];
        for (const n of orderOf(ids, first, last)) packer.add(ids[4 * n], ids[4 * n + 1], units[2 * n + 1]);
        yield* packer.pieces();
      }
    },
    close: () => closeSync(spill.file),
  };
}

/** The entries in the order of row and column: a counting sort by row, then each row by column. */
function orderOf(ids: Uint32Array, first: number, last: number): Uint32Array {
  const entries = ids.length / 4;
  const starts = new Uint32Array(last - first + 1);
  for (let n = 0; n < entries; n++) starts[ids[4 * n] - first + 1]++;
  for (let row = 0; row < last - first; row++) starts[row + 1] += starts[row];
  const order = new Uint32Array(entries);
  const next = starts.slice();
  for (let n = 0; n < entries; n++) order[next[ids[4 * n] - first]++] = n;
  const column = (n: number) => ids[4 * n + 1];
  for (let row = 0; row < last - first; row++) {
    const ofRow = order.subarray(starts[row], starts[row + 1]);
    const isSorted = ofRow.every((n, at) => at === 0 || column(ofRow[at - 1]) <= column(n));
    if (!isSorted) ofRow.sort((a, b) => column(a) - column(b));
  }
  return order;
}
