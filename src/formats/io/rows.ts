// Collects words and vectors while a file is read, directly in the matrix of the result, so that nothing is copied.
import { isUtf8 } from 'node:buffer';
import { malformedAt } from '../../base/errors.ts';
import { type HeapUse, type WordRoom, wordRoom } from '../../base/heap.ts';
import { createWordIndex, type GrowingWordIndex } from '../../vectors/word-index.ts';
import { rememberIndex } from '../../vectors/word-vectors.ts';
import type { LoadedVectors, RowOptions } from '../format.ts';
import { allocate } from './allocate.ts';
import { quote } from './shown.ts';

export interface Rows {
  /** (capacity, D); a new array after growth. */
  matrix: Float32Array;
  /** Rows kept so far; the next row goes to count * D. */
  count: number;
  dimensions: number;
  duplicates: number;
  /** Rows skipped because they are not among the words that are asked for. */
  skipped: number;
  only: RowOptions['only'];
  words: string[];
  /** Index of `words`; adding to it appends to `words`. */
  index: GrowingWordIndex;
  /** Remaining heap for words; undefined if the words are already in memory. */
  room: WordRoom | undefined;
}

/**
 * Allocates `capacity` rows. The system provides memory on first write, so unused rows cost nothing.
 * `wordsThere`: the words are already in memory, in another list. `only`: rows of other words are not kept.
 */
export function createRows(
  dimensions: number,
  capacity: number,
  { wordsThere = false, only }: { wordsThere?: boolean } & Pick<RowOptions, 'only'> = {},
): Rows {
  const matrix = matrixOf(Math.max(1, only ? Math.min(capacity, FIRST_OF_SOME) : capacity) * dimensions);
  const words: string[] = [];
  const room = wordsThere ? undefined : wordRoom(() => heapUseOf(`at least ${words.length}`));
  return { matrix, count: 0, dimensions, duplicates: 0, skipped: 0, only, words, index: createWordIndex(words), room };
}

const FIRST_OF_SOME = 1024; // rows, where few may be kept

/** The words of a file in an error about the heap. */
export function heapUseOf(words: number | string): HeapUse {
  return { what: `the file has ${words} words`, advice: 'use a file with fewer words' };
}

/** Makes room for the next row; returns its offset in `rows.matrix`. */
export function nextRow(rows: Rows): number {
  const offset = rows.count * rows.dimensions;
  if (offset + rows.dimensions > rows.matrix.length) {
    const wider = matrixOf(2 * rows.matrix.length);
    wider.set(rows.matrix);
    rows.matrix = wider;
  }
  return offset;
}

/**
 * Keeps the row just written, unless its word is not asked for, or occurred before: the first row is kept. Throws
 * `out-of-memory`.
 */
export function keepRow(rows: Rows, word: string): void {
  if (rows.only && !rows.only.has(word)) {
    rows.skipped++;
    return;
  }
  if (!rows.index.add(word)) {
    rows.duplicates++;
    return;
  }
  rows.count++;
  rows.room?.take(word);
}

export function finishRows(rows: Rows, source: string, format: string): LoadedVectors {
  const { words, index, dimensions, duplicates, count } = rows;
  rememberIndex(words, index);
  const used = count * dimensions;
  // A few unused rows are not worth a copy, which would need the memory twice.
  const matrix = used < rows.matrix.length * 0.9 ? rows.matrix.slice(0, used) : rows.matrix.subarray(0, used);
  return { words, matrix, dimensions, source, format, duplicates };
}

/** The word in bytes[start .. end - 1]. Throws `file-malformed` at `where()` if it is not valid UTF-8. */
export function decodeWord(bytes: Buffer, start: number, end: number, ascii: boolean, where: () => string): string {
  if (ascii) return bytes.toString('latin1', start, end);
  if (!isUtf8(bytes.subarray(start, end))) {
    throw malformedAt(
      where(),
      `the word ${quote(bytes.subarray(start, end))} is not valid UTF-8`,
      'convert the file to UTF-8, or check that it is complete',
    );
  }
  return bytes.toString('utf8', start, end);
}

function matrixOf(length: number): Float32Array {
  return allocate('the matrix', 4 * length, () => new Float32Array(length));
}
