// Words live on JavaScript's heap, and V8 ends the process where that is full: what is known to be too much is refused before.
import { getHeapStatistics } from 'node:v8';
import { W2vError } from './errors.ts';

/** A word's place in a list and its string, in bytes of heap, letters apart. */
const WORD_BYTES = 40;
/** Of a usual word, where only the number of words is known. */
const USUAL_WORD_BYTES = 48;

/** What is kept: 'the vocabulary has 5 words', and what one can do to keep less. */
export interface HeapUse {
  what: string;
  advice: string;
}

/** Throws `out-of-memory` where the heap has no room for so many usual words. */
export function checkWordsFit(words: number, use: HeapUse): void {
  checkHeap(words * USUAL_WORD_BYTES, use);
}

// Of V8's limit, what is for young objects only: three times --max-semi-space-size, which is 16 MB at most unless set.
const YOUNG_BYTES = 48 * 2 ** 20;
const SHARE = 7 / 8; // of the rest; with less to spare V8 gives up

/** Bytes that are used, and that there is room for. */
function heapRoom(): { used: number; room: number } {
  const { heap_size_limit, used_heap_size: used } = getHeapStatistics();
  return { used, room: Math.max(0, SHARE * (heap_size_limit - YOUNG_BYTES) - used) };
}

/** Throws `out-of-memory` where the heap has no room for so many bytes. */
export function checkHeap(bytes: number, use: HeapUse): void {
  const { room, used } = heapRoom();
  if (bytes > room) throw heapFull(bytes, room, used, use);
}

/** For words whose number is not known before: `take` throws `out-of-memory` at the first one that does not fit. */
export interface WordRoom {
  take(word: string): void;
}

/** `use` is asked when it is needed. */
export function wordRoom(use: () => HeapUse): WordRoom {
  const { room, used } = heapRoom();
  let taken = 0;
  return {
    take(word) {
      taken += WORD_BYTES + word.length;
      if (taken > room) throw heapFull(taken, room, used, use());
    },
  };
}

function heapFull(bytes: number, room: number, used: number, { what, advice }: HeapUse): W2vError {
  const megabytes = (count: number) => Math.ceil(count / 1e6);
  return new W2vError(
    'out-of-memory',
    `${what}, which take about ${megabytes(bytes)} MB of JavaScript's heap; it has room for ${megabytes(room)} MB`,
    `${advice}, or raise the limit: NODE_OPTIONS=--max-old-space-size=${megabytes(2 * (bytes + used))}`,
  );
}
