// Tokenizes UTF-8 bytes, in chunks of any size, into provisional word ids and line ends. A compiled kernel
// (src/kernels/read/tokens.assembly.ts) finds, folds, hashes and counts tokens without making strings; token-rules.ts has
// the rules.
import { outOfMemory, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { createLayout, loadKernel, sharedMemory } from '../kernels/load.ts';
import { startKernel } from '../kernels/start.ts';
import { iconvCommand } from './encoding/encodings.ts';
import { LONGEST_TOKEN, type TokenRules } from './token-rules.ts';
import { createTypeCounter, type TypeCounter } from './type-counter.ts';
import { createTypeTable, type TypeTable, type TypeTableKernel, textAt } from './type-table.ts';

/**
 * Receives the next entries: a provisional id for each token, and LINE_END after each line with at least one token
 * (also after the last line of a file without \n). The entries are valid until the call returns.
 */
export type TokenSink = (entries: Int32Array) => void;

export interface Tokenizer {
  /** `name`, and `offset` of the next byte, are for error messages. */
  startFile(name: string, offset: number): void;
  /** The same inside a file: the next bytes begin a word, in a line that began before if `insideLine`. */
  startPart(name: string, offset: number, insideLine: boolean): void;
  /**
   * Processes the next bytes of the file. Throws `not-text` at a NUL byte, with the file and the offset, and
   * `out-of-memory` if the kernel's memory cannot hold all types.
   */
  write(chunk: Uint8Array): void;
  /** Ends the file and with it the last token and line. */
  endFile(): void;
  /** The counted types, and the meaning of the provisional ids. */
  types: TypeCounter;
  table: TypeTable;
  /** What was removed because there were more than `mostTypes` types. */
  pruned(): { types: number; tokens: number };
  invalidBytes(): number;
  overlongTokens(): number;
  lines(): number;
}

export interface TokenizerOptions {
  /** These words already have the ids 0, 1, 2 ... */
  words?: readonly string[];
  /**
   * With more types than that in the table, all that occurred once so far are removed, the next time all that occurred
   * at most twice, and so on: ReduceVocab of word2vec.c.
   */
  mostTypes?: number | undefined;
  /** The compiled kernel; default: compiled once for each thread. */
  kernel?: WebAssembly.Module | undefined;
  /** From `tokenizerMemory`, which is the default. */
  memory?: WebAssembly.Memory | undefined;
  /** Receives the records of new types when `table.reportRecords` is called, or before. Valid until it returns. */
  onRecords?: (records: Uint8Array) => void;
  /** Receives each new type that is not in its final form, and the id of that form. */
  onLink?: (id: number, formId: number) => void;
}

interface Kernel extends TypeTableKernel {
  start(): void;
  startPart(insideLine: number): void;
  scan(start: number, end: number, last: number): number;
  endLine(): void;
  entryCount(): number;
  invalidByteCount(): number;
  overlongTokenCount(): number;
  lineCount(): number;
}

const WORK = 1 << 18; // bytes per scan
const SLOTS = 1 << 14; // initial size of the hash table
const LINE_FEED = 0x0a;
// The start of an unfinished token from the previous chunk, new bytes, padding that the kernel may read.
const CAPACITY = LONGEST_TOKEN + 16 + WORK;

const areas = createLayout();
const layout = {
  textStart: areas.take(CAPACITY + 16),
  byteClassAt: areas.take(256),
  plainAt: areas.take(16),
  masksAt: areas.take(32),
  knownAt: areas.take(0x110000),
  entriesAt: areas.take(4 * (CAPACITY + 1)),
  tableAt: areas.take(8 * SLOTS),
};

/** The memory of one tokenizer; it grows with the types. Throws `out-of-memory` if the system refuses it. */
export const tokenizerMemory = (): WebAssembly.Memory => sharedMemory(areas.end());

/**
 * A tokenizer that passes entries to `sink` after each piece of text. The result does not depend on where the chunks
 * end.
 */
export function createTokenizer(
  rules: TokenRules,
  sink: TokenSink,
  {
    words = [],
    mostTypes = 0xffffffff,
    kernel: module = loadKernel('tokens'),
    memory = tokenizerMemory(),
    onRecords,
    onLink,
  }: TokenizerOptions = {},
): Tokenizer {
  const { textStart, byteClassAt, plainAt, masksAt, knownAt, entriesAt, tableAt } = layout;
  const bytes = new Uint8Array(memory.buffer, textStart, CAPACITY);
  const entries = new Int32Array(memory.buffer, entriesAt, CAPACITY + 1);
  new Uint8Array(memory.buffer).set(rules.byteClass, byteClassAt);
  const kernel = startKernel(module, {
    memory,
    functions: {
      classify: rules.classOf,
      settle: (id, start, length) => types.settle(id, textAt(memory, start >>> 0, length)),
      forbidden(start) {
        throw notText(name, scannedBefore + (start - textStart));
      },
      full() {
        throw tooManyTypes(kernel.typeCount());
      },
      made: (start, end) => onRecords?.(new Uint8Array(memory.buffer, start >>> 0, (end >>> 0) - (start >>> 0))),
      prune() {
        const lost = types.prune(++least);
        pruned.types += lost.types;
        pruned.tokens += lost.tokens;
      },
    },
    constants: {
      byteClass: byteClassAt,
      lowerCase: rules.lowerCase,
      known: knownAt,
      invalidClass: rules.invalidClass,
      longest: LONGEST_TOKEN,
      mostTypes,
      out: entriesAt,
      plain: plainAt,
      masks: masksAt,
      firstSlots: tableAt,
      firstSlotCount: SLOTS,
    },
  }) as unknown as Kernel;
  kernel.start();
  const table = createTypeTable(memory, kernel);
  const types = createTypeCounter(rules, table, words, onLink);

  const pruned = { types: 0, tokens: 0 };
  let least = 0; // ReduceVocab's min_reduce
  let carried = 0;
  let name = '';
  let scannedBefore = 0; // bytes of this file before bytes[0]
  let lineOpen = false;

  /** Scans bytes[0 .. end) and moves the unfinished rest to the front, where the next chunk continues it. */
  function scan(end: number, last: boolean): void {
    const from = kernel.scan(textStart, textStart + end, Number(last)) - textStart;
    bytes.copyWithin(0, from, end);
    carried = end - from;
    scannedBefore += from;
  }

  return {
    startFile(fileName, offset) {
      name = fileName;
      scannedBefore = offset;
    },
    startPart(fileName, offset, insideLine) {
      name = fileName;
      scannedBefore = offset;
      lineOpen = insideLine;
      kernel.startPart(Number(insideLine));
    },
    write(chunk) {
      for (let from = 0; from < chunk.length; from += WORK) {
        const piece = chunk.subarray(from, from + WORK);
        bytes.set(piece, carried);
        lineOpen = piece[piece.length - 1] !== LINE_FEED;
        scan(carried + piece.length, false);
        sink(entries.subarray(0, kernel.entryCount()));
      }
    },
    endFile() {
      scan(carried, true);
      if (lineOpen) kernel.endLine();
      sink(entries.subarray(0, kernel.entryCount()));
      lineOpen = false;
    },
    types,
    table,
    pruned: () => pruned,
    invalidBytes: () => kernel.invalidByteCount(),
    overlongTokens: () => kernel.overlongTokenCount(),
    lines: () => kernel.lineCount(),
  };
}

/** The error for a NUL byte at `offset` of a file. */
export function notText(name: string, offset: number): W2vError {
  const encoding = offset % 2 === 1 ? 'utf-16le' : 'utf-16be'; // the NUL is half of an ASCII character
  const convert = iconvCommand(encoding, name === '-' ? 'FILE' : quotable(name));
  return new W2vError(
    'not-text',
    `${quotable(name)} is not text: byte ${offset} is NUL`,
    `give plain text; if this is UTF-16, give { encoding: '${encoding}' }, or convert it: ${convert}`,
  );
}

function tooManyTypes(size: number): W2vError {
  return outOfMemory(
    `the corpus has more than ${size} different words, the limit of the table`,
    'check that this is text with spaces between words, or use a part of it',
  );
}
