// Merges the tables of types that threads make from parts of a text into one table, with the ids that one thread would
// give. The parts are merged in the order of the text. A type that is new to the text is new to the thread that finds
// it, and a thread reads its parts in order too; so the order of first appearance is that of the text.
import type { ReadingResult } from './reading-threads.ts';
import type { Tokenizer } from './tokenize.ts';
import { NO_WORD } from './type-counter.ts';

export interface MergedTypes {
  /** Merges the next part, which thread `worker` has read; returns the number of the thread's table, from 1. */
  merge(worker: number, part: ReadingResult): number;
  /** For each ended table, from number 1, the merged id of each of its ids. */
  tables(): Int32Array[];
}

interface Table {
  number: number;
  /** Merged ids, by id in the thread's table. */
  ids: Int32Array;
  size: number;
}

export function mergedTypes({ types, table: merged }: Pick<Tokenizer, 'types' | 'table'>): MergedTypes {
  const open = new Map<number, Table>(); // by worker
  const closed: Int32Array[] = [];
  let tables = 0;

  return {
    merge(worker, { records, links, counts }) {
      let table = open.get(worker);
      if (!table) {
        table = { number: ++tables, ids: new Int32Array(1 << 12), size: 0 };
        open.set(worker, table);
      }
      append(table, merged.internRecords(records));
      const { ids } = table;
      for (let i = 0; i < links.length; i += 2) {
        const form = links[i + 1];
        types.link(ids[links[i]], form === NO_WORD ? NO_WORD : ids[form]);
      }
      if (counts) {
        const all = ids.slice(0, table.size);
        types.add(all, counts);
        closed[table.number - 1] = all;
        open.delete(worker);
      }
      return table.number;
    },
    tables: () => closed,
  };
}

function append(table: Table, ids: Int32Array): void {
  const size = table.size + ids.length;
  if (size > table.ids.length) {
    const longer = new Int32Array(2 * size);
    longer.set(table.ids);
    table.ids = longer;
  }
  table.ids.set(ids, table.size);
  table.size = size;
}
