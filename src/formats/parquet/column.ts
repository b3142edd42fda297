// Decodes a column of a row group in pieces, so that memory grows with what is kept of it, not with what a page promises.
import { throwIfAborted } from '../../base/errors.ts';
import type { Group, Leaf } from './footer.ts';
import { type Levels, type Page, pagesOf } from './pages.ts';
import type { ParquetFile } from './parquet-file.ts';
import type { NextValues } from './values.ts';

const PIECE = 1 << 16;
/** Pieces between two moments in which timers and signals have their turn. */
const PIECES_AT_ONCE = 16;

export interface ColumnPiece<T> extends Levels {
  /** Those that are not null. */
  values: T;
  damaged(what: string): Error;
}

export interface ColumnOptions<T> {
  /** Reads the values of a page. */
  decode(page: Page, dictionary: T | undefined): NextValues<T>;
  /** How many values may still follow, given the size of the file. */
  most(): number;
  signal?: AbortSignal | undefined;
}

/** The values of a column in order. Throws `file-malformed`, `interrupted`. */
export async function* readColumn<T>(
  file: ParquetFile,
  group: Group,
  leaf: Leaf,
  { decode, most, signal }: ColumnOptions<T>,
): AsyncGenerator<ColumnPiece<T>> {
  let dictionary: T | undefined;
  let pieces = 0;
  for await (const page of pagesOf(file, group.chunk(leaf), leaf, most)) {
    throwIfAborted(signal);
    const next = decode(page, dictionary);
    if (page.isDictionary) {
      dictionary = next(page.count);
      continue;
    }
    for (let left = page.count; left > 0; ) {
      const levels = page.levels(Math.min(left, PIECE));
      yield { ...levels, values: next(levels.present), damaged: (what) => page.content.damaged(what) };
      left -= levels.count;
      if (++pieces % PIECES_AT_ONCE !== 0) continue;
      await new Promise(setImmediate);
      throwIfAborted(signal);
    }
  }
}
