// Bytes of UTF-8 text, in chunks cut anywhere -> provisional ids of its tokens, and line ends. No string a token: a compiled
// kernel (src/kernels/tokens.assembly.ts) finds, folds, hashes and counts them. What a token is: token-rules.ts.
import { W2vError } from '../errors.ts';
import { createLayout, sharedMemory } from '../kernels/load.ts';
import { startKernel } from '../kernels/start.ts';
import { quotable } from '../printable.ts';
import { LONGEST_TOKEN, type TokenRules } from './token-rules.ts';
import { createTypeCounter, type TypeCounter } from './type-counter.ts';
import { createTypeTable, type TypeTableKernel, textAt } from './type-table.ts';

/**
 * Takes the next entries: a provisional id for each token, LINE_END after each line that has one (and after the last one of a
 * file even if no \n follows). They are valid until the call returns.
 */
export type TokenSink = (entries: Int32Array) => void;

export interface Tokenizer {
  /** `name` and `offset`, the place of the first byte to come, are for errors. */
  startFile(name: string, offset: number): void;
  /**
   * Takes the next bytes of the file. Throws `not-text` at a NUL byte, naming the file and the offset, and `out-of-memory` where
   * there are more types than the kernel's memory holds.
   */
  write(chunk: Uint8Array): void;
  /** Ends the file, which ends its last token and line. */
  endFile(): void;
  /** Counts the types, and says what the provisional ids stand for. */
  types: TypeCounter;
  invalidBytes(): number;
  overlongTokens(): number;
  lines(): number;
}

interface Kernel extends TypeTableKernel {
  start(): void;
  scan(start: number, end: number, last: number): number;
  endLine(): void;
  entryCount(): number;
  invalidByteCount(): number;
  overlongTokenCount(): number;
  lineCount(): number;
}

const WORK = 1 << 18; // bytes scanned in one go
const SLOTS = 1 << 14; // of the hash table, to start with
const LINE_FEED = 0x0a;

/**
 * A tokenizer that hands `sink` what it found after each piece of text; `words` already have the ids 0, 1, 2 ... The result does
 * not depend on how the bytes are cut.
 */
export function createTokenizer(rules: TokenRules, words: readonly string[], sink: TokenSink): Tokenizer {
  // The carried start of an unfinished token, then new bytes, then room for the kernel to read on.
  const capacity = LONGEST_TOKEN + 16 + WORK;
  const layout = createLayout();
  const textStart = layout.take(capacity + 16);
  const byteClassAt = layout.take(256);
  const plainAt = layout.take(16);
  const masksAt = layout.take(32);
  const knownAt = layout.take(0x110000);
  const entriesAt = layout.take(4 * (capacity + 1));
  const tableAt = layout.take(8 * SLOTS);
  const memory = sharedMemory(layout.end());
  const bytes = new Uint8Array(memory.buffer, textStart, capacity);
  const entries = new Int32Array(memory.buffer, entriesAt, capacity + 1);
  new Uint8Array(memory.buffer).set(rules.byteClass, byteClassAt);
  const kernel = startKernel('tokens', {
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
    },
    constants: {
      byteClass: byteClassAt,
      lowerCase: rules.lowerCase,
      known: knownAt,
      invalidClass: rules.invalidClass,
      longest: LONGEST_TOKEN,
      out: entriesAt,
      plain: plainAt,
      masks: masksAt,
      firstSlots: tableAt,
      firstSlotCount: SLOTS,
    },
  }) as unknown as Kernel;
  kernel.start();
  const types = createTypeCounter(rules, createTypeTable(memory, kernel), words);

  let carried = 0;
  let name = '';
  let scannedBefore = 0; // bytes of this file before bytes[0]
  let lineOpen = false;

  /** Scans bytes[0 .. end) and moves what the next chunk must tell about to the front. */
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
    invalidBytes: () => kernel.invalidByteCount(),
    overlongTokens: () => kernel.overlongTokenCount(),
    lines: () => kernel.lineCount(),
  };
}

function notText(name: string, offset: number): W2vError {
  return new W2vError(
    'not-text',
    `${quotable(name)} is not text: byte ${offset} is NUL`,
    'give plain text in UTF-8 (or gzip of it); for UTF-16 text run: iconv -f UTF-16LE -t UTF-8',
  );
}

function tooManyTypes(size: number): W2vError {
  return new W2vError(
    'out-of-memory',
    `the corpus has more than ${size} different words, more than one table holds`,
    'is this text? split it into words first, or train on a part of it',
  );
}
