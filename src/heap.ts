// Checks the JavaScript heap before words are stored on it, because V8 ends the process when the heap is full.
import { getHeapStatistics } from 'node:v8';
import { W2vError } from './errors.ts';

/** Heap bytes of a word without its letters: its list entry and its string header. */
const WORD_BYTES = 40;
/** Heap bytes of a typical word, if only the number of words is known. */
const USUAL_WORD_BYTES = 48;

/** For messages: what is stored ('the vocabulary has 5 words'), and how to store less. */
export interface HeapUse {
  what: string;
  advice: string;
}

/** Throws `out-of-memory` if the heap has no room for this many typical words. */
export function checkWordsFit(words: number, use: HeapUse): void {
  checkHeap(words * USUAL_WORD_BYTES, use);
}

// The part of V8's limit for young objects: three times --max-semi-space-size, by default at most 16 MB.
const YOUNG_BYTES = 48 * 2 ** 20;
const SHARE = 7 / 8; // of the rest; with less free space V8 aborts

/** Used bytes, and bytes of the limit. */
function heapRoom(): { used: number; room: number } {
  const { heap_size_limit, used_heap_size: used } = getHeapStatistics();
  return { used, room: Math.max(0, SHARE * (heap_size_limit - YOUNG_BYTES) - used) };
}

/** Throws `out-of-memory` if the heap has no room for this many bytes. */
export function checkHeap(bytes: number, use: HeapUse): void {
  const { room, used } = heapRoom();
  if (bytes > room) throw heapFull(bytes, room, used, use);
}

/** For an unknown number of words: `take` throws `out-of-memory` at the first word that does not fit. */
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
