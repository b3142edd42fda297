// Reads a text on several threads. This thread cuts it into parts after spaces or line ends (with a segmenter, only
// after line ends), where every tokenizer starts afresh; the others tokenize them; their tables of types are merged
// (merged-types.ts) in the order of the text. Ids, counts, errors and their order are those of one thread.
import type { OrderedTasks } from '../workers/ordered-tasks.ts';
import { mergedTypes } from './merged-types.ts';
import { PART, type Piece, type ReadingResult, type ReadingTask, type ReadingThreads } from './reading-threads.ts';
import { createReadingTokenizer } from './reading-tokenizer.ts';
import type { EntrySink, TextReader } from './text-reader.ts';
import type { TokenRules } from './token-rules.ts';

const LINE_FEED = 0x0a;
const SPACE = 0x20;
// Of a smaller text, starting threads costs more than it saves.
const FEW_BYTES = 1 << 23;
const FEW_TO_SEGMENT = 2 * PART;

export interface ParallelReaderOptions {
  /** These words have the ids 0, 1, 2 ... */
  words: readonly string[];
  /** Bytes that are known to come; 0 if unknown. */
  expected: number;
}

/** Starts the threads when the text is known to be long. Close them after use, also after an error. */
export function createParallelReader(
  rules: TokenRules,
  sink: EntrySink,
  threads: ReadingThreads,
  { words, expected }: ParallelReaderOptions,
): TextReader {
  const own = createReadingTokenizer(rules, (entries) => sink(entries, 0), { words });
  const merged = mergedTypes(own);
  const sums = { lines: 0, invalidBytes: 0, overlongTokens: 0 };
  let tasks: OrderedTasks<ReadingTask, ReadingResult> | undefined;
  let alone = false; // the system has no memory for more threads
  let seen = 0; // bytes
  /** The file that is open, from the first byte that is in no piece yet. */
  let file: Pick<Piece, 'name' | 'offset' | 'insideLine' | 'continues'> | undefined;

  // The part that is being filled, at its place: finished pieces, and the current one from `start` to `filled`.
  let place = -1;
  let pieces: Piece[] = [];
  let start = 0;
  let filled = 0;
  let pinned: number | undefined; // the thread that must read the next part, because the last one ended inside a token

  async function startPart(): Promise<Uint8Array> {
    place = await tasks!.place();
    start = 0;
    filled = 0;
    return threads.place(place).input;
  }

  function endPiece(end: number, last: boolean): void {
    if (!file || (end === start && !last)) return;
    pieces.push({ ...file, start, end, last });
    const { name, offset, insideLine } = file;
    const lastByte = threads.place(place).input[end - 1];
    file = {
      name,
      offset: offset + end - start,
      insideLine: end > start ? lastByte !== LINE_FEED : insideLine,
      continues: false,
    };
    start = end;
  }

  function sendPart(): void {
    const { output } = threads.place(place);
    const use = (part: ReadingResult, worker: number) => {
      const table = merged.merge(worker, part);
      if (part.entries > 0) sink(output.subarray(0, part.entries), table);
      for (const entries of part.more) sink(entries, table);
    };
    const worker = tasks!.push({ kind: 'read', place, pieces }, use, pinned);
    pinned = file?.continues ? worker : undefined;
    pieces = [];
    place = -1;
  }

  /** Sends the full part up to its last break; the rest begins the next part. */
  async function sendFullPart(): Promise<void> {
    const { input } = threads.place(place);
    const end = start + lengthToBreak(input.subarray(start, filled), rules);
    const isUnbroken = end === 0; // inside a long token
    endPiece(isUnbroken ? filled : end, false);
    if (isUnbroken) file!.continues = true;
    const rest = input.slice(start, filled);
    sendPart();
    (await startPart()).set(rest);
    filled = rest.length;
  }

  /** The free end of the part, never empty. */
  async function free(): Promise<Uint8Array> {
    if (place < 0) await startPart();
    if (filled === PART) await sendFullPart();
    return threads.place(place).input.subarray(filled);
  }

  async function fill(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      const room = await free();
      const more = bytes.subarray(from, from + room.length);
      const isThere = more.buffer === room.buffer && more.byteOffset === room.byteOffset;
      if (!isThere) room.set(more);
      filled += more.length;
      from += more.length;
    }
  }

  function readHere(bytes: Uint8Array): void {
    own.write(bytes);
    file!.offset += bytes.length;
    if (bytes.length > 0) file!.insideLine = bytes[bytes.length - 1] !== LINE_FEED;
  }

  async function settle(): Promise<void> {
    if (place >= 0) {
      endPiece(filled, false);
      sendPart();
    }
    await tasks?.drain();
  }

  return {
    types: own.types,
    pruned: own.pruned,
    startFile(name, offset) {
      own.startFile(name, offset);
      file = { name, offset, insideLine: false, continues: false };
      start = filled;
    },
    free: async () => (tasks ? free() : undefined),
    async write(chunk) {
      seen += chunk.length;
      let rest = chunk;
      if (!tasks) {
        const isLong = !alone && Math.max(seen, expected) > (rules.segmenter ? FEW_TO_SEGMENT : FEW_BYTES);
        // This thread's tokenizer reads up to a break.
        const length = !isLong ? chunk.length : seen === chunk.length ? 0 : lengthToBreak(chunk, rules) || chunk.length;
        readHere(chunk.subarray(0, length));
        if (length === chunk.length) return;
        rest = chunk.subarray(length);
        tasks = threads.start();
        alone = !tasks;
      }
      if (tasks) await fill(rest);
      else readHere(rest);
    },
    async endFile() {
      if (!tasks) own.endFile();
      else if (file) {
        if (place < 0) await startPart();
        endPiece(filled, true);
      }
      file = undefined;
    },
    settle,
    async finish() {
      await settle();
      if (!tasks) return;
      for (const [worker, result] of (await threads.runOnEach({ kind: 'counts' })).entries()) {
        merged.merge(worker, result);
        for (const key of ['lines', 'invalidBytes', 'overlongTokens'] as const) sums[key] += result[key];
      }
    },
    tables: () => merged.tables(),
    lines: () => own.lines() + sums.lines,
    invalidBytes: () => own.invalidBytes() + sums.invalidBytes,
    overlongTokens: () => own.overlongTokens() + sums.overlongTokens,
  };
}

/** Bytes up to the last place where any tokenizer of this kind starts afresh; 0 if there is none. */
function lengthToBreak(bytes: Uint8Array, { segmenter }: TokenRules): number {
  return 1 + Math.max(segmenter ? -1 : bytes.lastIndexOf(SPACE), bytes.lastIndexOf(LINE_FEED));
}
