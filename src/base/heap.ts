// Checks the JavaScript heap before words are stored on it, because V8 ends the process when the heap is full.
import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { outOfMemory, type W2vError } from './errors.ts';

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

interface HeapRoom {
  used: number; // bytes
  room: number; // bytes
  /** The system allows less than V8 does. */
  isSystems: boolean;
}

function heapRoom(): HeapRoom {
  const { heap_size_limit, used_heap_size: used } = getHeapStatistics();
  const room = SHARE * (heap_size_limit - YOUNG_BYTES) - used;
  const addresses = SHARE * (freeAddresses() - YOUNG_BYTES);
  return { used, room: Math.max(0, Math.min(room, addresses)), isSystems: addresses < room };
}

/** Bytes that the process may still map where that is limited (ulimit -v); told by Linux alone. */
function freeAddresses(): number {
  try {
    const limit = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    if (limit === undefined) return Number.POSITIVE_INFINITY;
    const kilobytes = /^VmSize:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))![1];
    return Number(limit) - 1024 * Number(kilobytes);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Throws `out-of-memory` if the heap has no room for this many bytes. */
export function checkHeap(bytes: number, use: HeapUse): void {
  const heap = heapRoom();
  if (bytes > heap.room) throw heapFull(bytes, heap, use);
}

/** For an unknown number of words: `take` throws `out-of-memory` at the first word that does not fit. */
export interface WordRoom {
  take(word: string): void;
}

/** `use` is asked when it is needed. */
export function wordRoom(use: () => HeapUse): WordRoom {
  const heap = heapRoom();
  let taken = 0;
  return {
    take(word) {
      taken += WORD_BYTES + word.length;
      if (taken > heap.room) throw heapFull(taken, heap, use());
    },
  };
}

function heapFull(bytes: number, { room, used, isSystems }: HeapRoom, { what, advice }: HeapUse): W2vError {
  const megabytes = (count: number) => Math.ceil(count / 1e6);
  return outOfMemory(
    `${what}, which take about ${megabytes(bytes)} MB of JavaScript's heap; it has room for ${megabytes(room)} MB`,
    `${advice}, or raise the limit: ${isSystems ? 'ulimit -v unlimited' : `NODE_OPTIONS=--max-old-space-size=${megabytes(2 * (bytes + used))}`}`,
  );
}
