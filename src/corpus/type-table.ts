// JavaScript's view of the types in the tokenizer kernel's hash table (src/kernels/type-table.assembly.ts).
import type { CountedTypes } from './vocabulary.ts';

export interface TypeTable {
  intern(word: string): number;
  /** Everything counted so far. Valid until the table changes. */
  counted(): CountedTypes;
}

export interface TypeTableKernel {
  roomForWord(length: number): number;
  intern(length: number): number;
  typeCount(): number;
  slotsAt(): number;
  slotsInTable(): number;
}

// Layout of a record: occurrences as Float64 at byte 0, id and length as Uint32, then the bytes of the type.
const ID = 8;
const LENGTH = 12;
const BYTES = 16;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // a U+FEFF inside the text is a character

/** The text of `length` bytes at `start`. */
export function textAt(memory: WebAssembly.Memory, start: number, length: number): string {
  return decoder.decode(new Uint8Array(memory.buffer, start, length));
}

export function createTypeTable(memory: WebAssembly.Memory, kernel: TypeTableKernel): TypeTable {
  return {
    intern(word) {
      const bytes = Buffer.from(word);
      const start = kernel.roomForWord(bytes.length) >>> 0;
      new Uint8Array(memory.buffer).set(bytes, start);
      return kernel.intern(bytes.length);
    },
    counted() {
      const size = kernel.typeCount();
      const slots = new Uint32Array(memory.buffer, kernel.slotsAt() >>> 0, 2 * kernel.slotsInTable());
      const integers = new Uint32Array(memory.buffer);
      const numbers = new Float64Array(memory.buffer);
      const records = new Uint32Array(size);
      const counts = new Float64Array(size);
      for (let slot = 0; slot < slots.length; slot += 2) {
        const record = slots[slot + 1]!;
        if (record === 0) continue;
        const id = integers[(record + ID) / 4]!;
        records[id] = record;
        counts[id] = numbers[record / 8]!;
      }
      const word = (id: number) => textAt(memory, records[id]! + BYTES, integers[(records[id]! + LENGTH) / 4]!);
      return { size, counts, word };
    },
  };
}
