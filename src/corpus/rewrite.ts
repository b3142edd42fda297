// Rewrites the spool of provisional ids in place: through a table provisional id -> final id (or dropped), on the
// threads that read the text, or on this one.
import { throwIfAborted } from '../errors.ts';
import type { EncodeOptions } from './count-words.ts';
import { LINE_END } from './encoded-corpus.ts';
import type { IdStore } from './id-store.ts';
import { mapIds } from './map-ids.ts';
import { PART, type ReadingThreads } from './reading-threads.ts';

/** Entries of one table of provisional ids, from the end of the run before to `end`. */
export interface Run {
  table: number;
  end: number;
}

export interface Provisional {
  runs: readonly Run[];
  /** By table: final ids of its ids; in shared memory, except table 0. */
  finalIds: readonly Int32Array[];
  threads: ReadingThreads;
}

interface Piece {
  position: number;
  count: number;
  finalIds: Int32Array;
}

/** Maps every entry of `spool`; removes dropped words and lines without any kept word. */
export async function rewrite(
  spool: IdStore,
  { runs, finalIds, threads }: Provisional,
  { signal, onProgress }: EncodeOptions,
): Promise<void> {
  const total = spool.length();
  const storage = spool.storage();
  let written = 0;
  let lineIsOpen = false; // whether the last line has a word so far
  /** Safe in place: pieces come in order, so the write position never passes the end of this piece. */
  const write = ({ position, count }: Piece, mapped: Int32Array) => {
    // A piece keeps its first line end, because it does not know about the words before.
    const entries = mapped[0] === LINE_END && !lineIsOpen ? mapped.subarray(1) : mapped;
    spool.write(written, entries, entries.length);
    written += entries.length;
    if (mapped.length > 0) lineIsOpen = mapped.at(-1) !== LINE_END;
    onProgress?.({ phase: 'encode', done: position + count, total, unit: 'words' });
  };

  const tasks = 'file' in storage ? threads.started() : undefined;
  const own = new Int32Array(Math.min(PART, total));
  for (const piece of piecesOf(runs, finalIds)) {
    throwIfAborted(signal);
    const { position, count, finalIds: ids } = piece;
    if (tasks && 'file' in storage) {
      const place = await tasks.place();
      const { output } = threads.place(place);
      const task = { kind: 'map' as const, place, file: storage.file, position, count, finalIds: ids };
      tasks.push(task, ({ entries }) => write(piece, output.subarray(0, entries)));
    } else {
      spool.read(position, own, 0, count);
      write(piece, own.subarray(0, mapIds(own, count, ids)));
      await new Promise(setImmediate); // lets Ctrl-C and the progress display run
    }
  }
  await tasks?.drain();
  spool.truncate(written);
}

function* piecesOf(runs: readonly Run[], finalIds: readonly Int32Array[]): Generator<Piece> {
  let position = 0;
  for (const { table, end } of runs) {
    while (position < end) {
      const count = Math.min(PART, end - position);
      yield { position, count, finalIds: finalIds[table]! };
      position += count;
    }
  }
}
