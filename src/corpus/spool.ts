// The spool: the provisional ids of a text, as the reader gives them, until the words that are kept are known.
import type { EncodeOptions } from './count-words.ts';
import type { IdStore } from './id-store.ts';
import type { ReadingThreads } from './reading-threads.ts';
import { type Run, rewrite } from './rewrite.ts';
import type { EntrySink, TextReader } from './text-reader.ts';

export interface Spool {
  store: IdStore;
  sink: EntrySink;
  /**
   * Ends reading, and maps every entry to `ids[t]`, where t is the id of its type in the final form; -1: dropped. Lines
   * without words are dropped too.
   */
  mapTypes(reader: TextReader, ids: Int32Array, threads: ReadingThreads, options: EncodeOptions): Promise<void>;
  /** Later: maps every entry t to `ids[t]`. */
  map(ids: Int32Array, threads: ReadingThreads, options: EncodeOptions): Promise<void>;
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
  if (table) for (let i = 0; i < size; i++) shared[i] = ids[table[i]!]!;
  else shared.set(ids);
  return shared;
}
