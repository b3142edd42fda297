// The spool: the provisional ids of a text, as the reader gives them, until the words that are kept are known. Then it
// is rewritten in place: through a table provisional id -> final id (or dropped), on the threads that read the text, or
// on this one.
import { throwIfAborted } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import type { IdStore } from './id-store.ts';
import { lineJoiner, mapIds } from './map-ids.ts';
import { PART, type ReadingThreads } from './reading-threads.ts';
import type { EntrySink, TextReader } from './text-reader.ts';

export interface RewriteOptions {
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface Spool {
  store: IdStore;
  sink: EntrySink;
  /**
   * Ends reading, and maps every entry to `ids[t]`, where t is the id of its type in the final form; -1: dropped. Lines
   * without words are dropped too.
   */
  mapTypes(reader: TextReader, ids: Int32Array, threads: ReadingThreads, options: RewriteOptions): Promise<void>;
  /** Later: maps every entry t to `ids[t]`. */
  map(ids: Int32Array, threads: ReadingThreads, options: RewriteOptions): Promise<void>;
}

/** Entries of one table of provisional ids, from the end of the run before to `end`. */
interface Run {
  table: number;
  end: number;
}

interface Provisional {
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

export function spoolIn(store: IdStore): Spool {
  const runs: Run[] = [];
  return {
    store,
    sink(entries, table) {
      store.append(entries);
      const last = runs.at(-1);
      if (last?.table === table) last.end += entries.length;
      else runs.push({ table, end: (last?.end ?? 0) + entries.length });
    },
    async mapTypes(reader, ids, threads, options) {
      store.finish();
      const all = reader.types.resolve(ids);
      const finalIds = [undefined, ...reader.tables()].map((table) => inShared(all, table));
      await rewrite(store, { runs, finalIds, threads }, options);
    },
    async map(ids, threads, options) {
      const runs = [{ table: 0, end: store.length() }];
      await rewrite(store, { runs, finalIds: [inShared(ids, undefined)], threads }, options);
    },
  };
}

/** The ids of a table whose ids are `table` in `ids`, in shared memory, which every thread reads. */
function inShared(ids: Int32Array, table: Int32Array | undefined): Int32Array {
  const size = table?.length ?? ids.length;
  const shared = new Int32Array(new SharedArrayBuffer(4 * size));
  if (table) for (let i = 0; i < size; i++) shared[i] = ids[table[i]];
  else shared.set(ids);
  return shared;
}

/** Maps every entry of `spool`; removes dropped words and lines without any kept word. */
async function rewrite(
  spool: IdStore,
  { runs, finalIds, threads }: Provisional,
  { signal, onProgress }: RewriteOptions,
): Promise<void> {
  const total = spool.length();
  const storage = spool.storage();
  const join = lineJoiner();
  let written = 0;
  /** Safe in place: pieces come in order, so the write position never passes the end of this piece. */
  const write = ({ position, count }: Piece, mapped: Int32Array) => {
    const entries = join(mapped);
    spool.write(written, entries, entries.length);
    written += entries.length;
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
      yield { position, count, finalIds: finalIds[table] };
      position += count;
    }
  }
}
