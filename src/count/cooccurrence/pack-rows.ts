// Packs counts that come as rows (row, column, units), in the order of row and column, into the bytes of
// packed-counts.ts.
import { malformed, type W2vError } from '../../base/errors.ts';
import type { PackedPiece } from './packed-counts.ts';

export interface RowPacker {
  /** Throws `file-malformed` for a pair that cannot be, comes twice, or comes before one that was there. */
  add(row: number, column: number, units: number): void;
  /** What was packed. */
  pieces(): PackedPiece[];
}

const BLOCK = 1 << 20; // bytes
const LONGEST = 32; // bytes: three numbers and the end of a row

/** `partRows`: the first row of each part, then V. */
export function packRows(partRows: readonly number[], words: number, directional: boolean): RowPacker {
  const done: PackedPiece[] = [];
  let block = new Uint8Array(BLOCK);
  let filled = 0;
  let part = 0;
  let [row, column] = [-1, -1];
  let isOpen = false; // whether the row has entries, which a 0 has to end

  const put = (value: number) => {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) block[filled++] = (rest % 128) | 128;
    block[filled++] = rest;
  };
  const flush = () => {
    if (filled > 0) done.push({ part, bytes: block.subarray(0, filled) });
    block = new Uint8Array(BLOCK);
    filled = 0;
  };
  const endRow = () => {
    if (isOpen) put(0);
    isOpen = false;
  };

  return {
    add(nextRow, nextColumn, units) {
      const isPair = nextRow >= 0 && nextRow < words && nextColumn >= (directional ? 0 : nextRow) && nextColumn < words;
      if (!isPair || !Number.isSafeInteger(units) || units < 1) throw impossiblePair(nextRow, nextColumn, units, words);
      if (nextRow < row || (nextRow === row && nextColumn <= column))
        throw impossiblePair(nextRow, nextColumn, units, words);
      if (filled + LONGEST > BLOCK) flush();
      if (nextRow !== row) {
        endRow();
        let before = row;
        if (nextRow >= partRows[part + 1]) {
          flush();
          while (nextRow >= partRows[part + 1]) part++;
          before = -1;
        }
        put(nextRow - Math.max(before, partRows[part] - 1));
        column = -1;
      }
      put(nextColumn - column);
      put(units);
      [row, column, isOpen] = [nextRow, nextColumn, true];
    },
    pieces() {
      endRow();
      flush();
      return done;
    },
  };
}

function impossiblePair(row: number, column: number, units: number, words: number): W2vError {
  return malformed(
    `row ${row}, col ${column}, units ${units}: expected whole numbers in order, ids below ${words}, each pair once, row <= col unless directional`,
    'count again, with the same vocabulary and settings',
  );
}
