// JavaScript's view of the types in the tokenizer kernel's hash table (src/kernels/read/type-table.assembly.ts).
import type { CountedTypes } from './vocabulary.ts';

// Public types name these two, which TypeScript declares for browsers only.
declare global {
  namespace WebAssembly {
    interface Module {}
    interface Memory {}
  }
}

export interface TypeTable {
  intern(word: string): number;
  /** Interns the types of records from another table (`made` in the kernel); returns their ids here, in order. */
  internRecords(records: Uint8Array): Int32Array;
  size(): number;
  /** Reports the new records (`made` in the kernel). */
  reportRecords(): void;
  /** Calls `visit` with the id and the occurrences of each type in the table, in any order. */
  each(visit: (id: number, count: number) => void): void;
  /** Removes all other types. Ids stay as they are, and those of removed types are not given again. */
  keep(isKept: (id: number, count: number) => boolean): void;
  /** Everything counted so far; removed types have count 0 and no word. Valid until the table changes. */
  counted(): CountedTypes;
  /** Removes all types; ids start at 0 again. */
  clear(): void;
}

export interface TypeTableKernel {
  room(length: number): number;
  intern(length: number): number;
  internRecords(length: number): number;
  restoreRecords(length: number): void;
  reportRecords(): void;
  typeCount(): number;
  tableSize(): number;
  clear(firstId: number): void;
  slotsAt(): number;
  slotsInTable(): number;
}

// Layout of a record: occurrences as Float64 at byte 0, id and length as Uint32, then the bytes of the type in blocks
// of 16.
const ID = 8;
const LENGTH = 12;
const BYTES = 16;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // a U+FEFF inside the text is a character

/** The text of `length` bytes at `start`. */
export function textAt(memory: WebAssembly.Memory, start: number, length: number): string {
  return decoder.decode(new Uint8Array(memory.buffer, start, length));
}

export function createTypeTable(memory: WebAssembly.Memory, kernel: TypeTableKernel): TypeTable {
  /** Puts `bytes` where the kernel finds them. */
  function give(bytes: Uint8Array): number {
    const start = kernel.room(bytes.length) >>> 0;
    new Uint8Array(memory.buffer).set(bytes, start);
    return start;
  }

  /** Visits the records' addresses, which are multiples of 16. */
  function eachRecord(visit: (record: number, integers: Uint32Array, numbers: Float64Array) => void): void {
    const slots = new Uint32Array(memory.buffer, kernel.slotsAt() >>> 0, 2 * kernel.slotsInTable());
    const integers = new Uint32Array(memory.buffer);
    const numbers = new Float64Array(memory.buffer);
    for (let slot = 0; slot < slots.length; slot += 2) {
      const record = slots[slot + 1];
      if (record !== 0) visit(record, integers, numbers);
    }
  }

  return {
    intern(word) {
      const bytes = Buffer.from(word);
      give(bytes);
      return kernel.intern(bytes.length);
    },
    internRecords(records) {
      const start = give(records);
      return new Int32Array(memory.buffer, start, kernel.internRecords(records.length)).slice();
    },
    size: () => kernel.tableSize(),
    reportRecords: () => kernel.reportRecords(),
    each(visit) {
      eachRecord((record, integers, numbers) => visit(integers[(record + ID) / 4], numbers[record / 8]));
    },
    keep(isKept) {
      const kept: number[] = [];
      let words = 0; // of 4 bytes
      eachRecord((record, integers, numbers) => {
        if (!isKept(integers[(record + ID) / 4], numbers[record / 8])) return;
        kept.push(record);
        words += recordWords(integers[(record + LENGTH) / 4]);
      });
      const records = new Uint32Array(words);
      const integers = new Uint32Array(memory.buffer);
      let out = 0;
      for (const record of kept) {
        const from = record / 4;
        const end = from + recordWords(integers[(record + LENGTH) / 4]);
        for (let at = from; at < end; at++) records[out++] = integers[at];
      }
      kernel.clear(kernel.typeCount());
      give(new Uint8Array(records.buffer));
      kernel.restoreRecords(4 * words);
    },
    counted() {
      const size = kernel.typeCount();
      const integers = new Uint32Array(memory.buffer);
      const records = new Uint32Array(size);
      const counts = new Float64Array(size);
      eachRecord((record, _, numbers) => {
        const id = integers[(record + ID) / 4];
        records[id] = record;
        counts[id] = numbers[record / 8];
      });
      const word = (id: number) => textAt(memory, records[id] + BYTES, integers[(records[id] + LENGTH) / 4]);
      return { size, counts, word };
    },
    clear: () => kernel.clear(0),
  };
}

function recordWords(length: number): number {
  return (BYTES + 16 * Math.max(1, (length + 15) >> 4)) / 4;
}
