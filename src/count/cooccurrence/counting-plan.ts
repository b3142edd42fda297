// Plans the memory of counting: the buffers of each worker thread, their sizes and their addresses.

import { outOfMemory } from '../../base/errors.ts';
import { byteSize } from '../../base/format-numbers.ts';
import { LINE_END } from '../../corpus/encoded-corpus.ts';
import { createLayout, LARGEST_MEMORY } from '../../kernels/load.ts';
import type { WindowWeights } from './window-weights.ts';

/** Corpus entries per task. */
export const TASK_TOKENS = 1 << 18;
/** Entries per read when looking for the words after a task; subsampling may drop some. */
export const LOOK_AHEAD = 1024;

const OUTPUT_BYTES = 1 << 20;
const SMALLEST_WORKSPACE = 1 << 20;
const LARGEST_DENSE_BYTES = 1 << 26;
const LARGEST_KEYS = 1 << 24;
const PARTS = 32;

/**
 * Bytes that a matrix may take beyond the memory limit. The whole process stays within the limit plus 350 MB: 150 MB
 * are for Node, the words, and garbage that is not yet collected.
 */
const ALLOWANCE = 200e6;

/** Memory of a worker thread without its buffers: each has its own JavaScript engine. */
export const THREAD_BYTES = 8e6;

/** Number of threads whose own memory is at most a quarter of the limit. */
export function threadsWithin({ threads, memory }: { threads: number; memory: number }): number {
  return Math.max(1, Math.min(threads, Math.floor((memory + ALLOWANCE) / (4 * THREAD_BYTES))));
}

/** Throws `out-of-memory` if `needed` bytes exceed the memory limit. */
export function checkMemory(what: string, needed: number, memory: number): void {
  const least = needed - ALLOWANCE;
  if (least <= memory) return;
  throw outOfMemory(
    `${what}, which takes ${byteSize(least)} of memory; the limit is ${byteSize(memory)}`,
    `give { memory: ${wholeMegabytes(least)} }, or keep fewer words ({ minCount, maxVocab })`,
  );
}

export interface CountingPlan {
  threads: number;
  window: number;
  directional: boolean;
  words: number;
  columnBits: number;
  distanceBits: number;
  /** Whether dense cells have 64 bits, because weights in units would soon overflow 32 bits. */
  wideCells: boolean;
  /** Tokens a worker may count before 32-bit cells could overflow. */
  tokensPerDrain: number;
  multiples: bigint[];
  /** (V) columns below this are counted in the dense block. */
  denseLimits: Uint32Array;
  /** (V) cell number of the row's column 0, modulo 2^32. */
  denseStarts: Uint32Array;
  denseCells: number;
  keyCapacity: number;
  outputBytes: number;
  /** First row of each part of a run, then V. */
  partRows: number[];
  at: Record<
    | 'tokens'
    | 'kept'
    | 'keep'
    | 'weights'
    | 'limits'
    | 'starts'
    | 'asRow'
    | 'asColumn'
    | 'histogram'
    | 'output'
    | 'dense'
    | 'keys'
    | 'spareKeys'
    | 'end',
    number
  >;
}

export interface PlanInput {
  counts: Float64Array;
  tokens: number;
  window: number;
  weights: WindowWeights;
  directional: boolean;
  /** Whether tokens are dropped at random (needs a second buffer and the probabilities). */
  drawn: boolean;
  memory: number;
  threads: number;
  /** Parts of a run, at most; default 32. */
  parts?: number | undefined;
  /** Smaller in tests: see CountingPlan. */
  tokensPerDrain?: number | undefined;
}

/**
 * The layout for at most `memory` bytes and at most `threads` workers (fewer if memory is short).
 * Throws `out-of-memory`, with the memory needed, if even one worker does not fit.
 */
export function planCounting(input: PlanInput): CountingPlan {
  const { counts, window, weights, directional, drawn } = input;
  const words = counts.length;
  const threads = Math.min(threadsWithin(input), Math.max(1, Math.ceil(input.tokens / TASK_TOKENS)));
  const sumOfWeights = Number(weights.multiples.slice(1).reduce((a, b) => a + b, 0n));
  const wideCells = sumOfWeights > 64;
  const bufferTokens = TASK_TOKENS + window + LOOK_AHEAD;
  const layout = createLayout();
  const fixed = {
    tokens: layout.take(bufferTokens * 4),
    kept: drawn ? layout.take(bufferTokens * 4) : 0,
    keep: drawn ? layout.take(words * 8) : 0,
    weights: layout.take((window + 1) * 8),
    limits: layout.take(words * 4),
    starts: layout.take(words * 4),
    asRow: layout.take(words * 4),
    asColumn: layout.take(words * 4),
    histogram: layout.take(2048 * 4),
    output: layout.take(OUTPUT_BYTES),
  };
  const smallest = layout.end() + SMALLEST_WORKSPACE + window * 16;
  const ofThreads = Math.max(0, threads * THREAD_BYTES - ALLOWANCE / 2);
  const budget = Math.min(Math.floor((input.memory - ofThreads) / threads), LARGEST_MEMORY);
  if (budget < smallest) {
    if (threads > 1) return planCounting({ ...input, threads: threads - 1 });
    throw outOfMemory(
      `counting ${words} words needs at least ${byteSize(smallest)}; the limit is ${byteSize(input.memory)}`,
      `give { memory: ${wholeMegabytes(smallest)} }, or keep fewer words ({ minCount, maxVocab })`,
    );
  }
  const workspace = budget - layout.end();
  const cellBytes = wideCells ? 8 : 4;
  const block = denseBlock(words, directional, Math.floor(Math.min(workspace / 2, LARGEST_DENSE_BYTES) / cellBytes));
  const dense = layout.take(block.cells * cellBytes);
  const mostKeys = Math.min(LARGEST_KEYS, Math.ceil(input.tokens / threads + TASK_TOKENS) * window);
  const keyCapacity = Math.min(Math.floor((budget - layout.end()) / 16) - 16, mostKeys + window);
  const keys = layout.take(keyCapacity * 8);
  const spareKeys = layout.take(keyCapacity * 8);
  return {
    threads,
    window,
    directional,
    words,
    columnBits: bitsFor(words),
    distanceBits: weights.varies ? bitsFor(window) : 0,
    wideCells,
    tokensPerDrain: Math.min(
      input.tokensPerDrain ?? Number.POSITIVE_INFINITY,
      wideCells ? Number.POSITIVE_INFINITY : Math.floor(0xffffffff / sumOfWeights),
    ),
    multiples: weights.multiples,
    denseLimits: block.limits,
    denseStarts: block.starts,
    denseCells: block.cells,
    keyCapacity,
    outputBytes: OUTPUT_BYTES,
    partRows: partRows(counts, window, input.parts),
    at: { ...fixed, dense, keys, spareKeys, end: layout.end() },
  };
}

/** Smallest read buffer of a run during merging, and the other memory per run. */
const SMALLEST_WINDOW = 1 << 14;
export const RUN_STATE_BYTES = 32;

/** Runs that one merge can read at once in the memory that counting no longer uses. */
export function mostRunsMerged({ at }: CountingPlan): number {
  return Math.floor((at.end - at.dense - 64) / (SMALLEST_WINDOW + RUN_STATE_BYTES + 4));
}

/** Bits needed for 0 .. values - 1. */
export function bitsFor(values: number): number {
  return Math.max(1, Math.ceil(Math.log2(values)));
}

function wholeMegabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6) * 1e6;
}

/**
 * Chooses the pairs with a dense cell: those whose product of ranks (1 is the most frequent word) is at most a bound,
 * the largest for which the cells fit. By Zipf's law these are approximately the most frequent pairs.
 */
function denseBlock(words: number, directional: boolean, mostCells: number) {
  const limit = (row: number, bound: number) => Math.min(words, Math.floor(bound / (row + 1)));
  const first = (row: number) => (directional ? 0 : row);
  const cellsFor = (bound: number) => {
    let cells = 0;
    for (let row = 0; row < words && limit(row, bound) > first(row); row++) cells += limit(row, bound) - first(row);
    return cells;
  };
  let bound = 0;
  for (let step = 2 ** Math.ceil(Math.log2(words) * 2); step >= 1; step /= 2) {
    if (cellsFor(bound + step) <= mostCells) bound += step;
  }
  const limits = new Uint32Array(words);
  const starts = new Uint32Array(words);
  let cells = 0;
  for (let row = 0; row < words && limit(row, bound) > first(row); row++) {
    limits[row] = limit(row, bound);
    starts[row] = cells - first(row);
    cells += (limits[row] as number) - first(row);
  }
  return { limits, starts, cells };
}

/** Entries of all rows, at most. */
export function mostEntries(counts: Float64Array, window: number): number {
  return counts.reduce((sum, count, row) => sum + Math.min(count * 2 * window, counts.length - row), 0);
}

/**
 * Splits the rows into parts with similar numbers of entries: a word has at most 2 W entries per occurrence, V in
 * total.
 */
function partRows(counts: Float64Array, window: number, parts = PARTS): number[] {
  const words = counts.length;
  const entries = (row: number) => Math.min((counts[row] as number) * 2 * window, words - row);
  const total = mostEntries(counts, window);
  const rows = [0];
  let sum = 0;
  for (let row = 0; row < words; row++) {
    if (row > 0 && sum >= (total * rows.length) / parts) rows.push(row);
    sum += entries(row);
  }
  return [...rows, words];
}

/** Whether the entries contain the end of a line. */
export function hasLineEnd(ids: Int32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (ids[i] === LINE_END) return true;
  return false;
}
