// The layout of the memory that the training threads share.

import { outOfMemory, type W2vError } from '../../base/errors.ts';
import { byteSize } from '../../base/format-numbers.ts';
import type { WordPaths } from '../../corpus/huffman.ts';
import { createLayout, LARGEST_MEMORY } from '../../kernels/load.ts';
import type { Loss, Model } from '../settings.ts';

export interface MemoryShape {
  model: Model;
  loss: Loss;
  /** V and D */
  words: number;
  dim: number;
  window: number;
  negative: number;
  /** Of hierarchical softmax's tree. */
  paths?: WordPaths | undefined;
  threads: number;
  /** Entries of the longest chunk. */
  chunk: number;
  /** Whether some rows of the input matrix do not move. */
  hasFrozen?: boolean;
  /** With subwords: the rows of the input matrix, and the entries of the table of the words' rows. */
  inputRows?: number;
  subwordRows?: number;
}

/** Addresses of a thread's own areas, see the kernel; most of them serve one of the models alone. */
export interface Scratch {
  tokens: number;
  kept: number;
  ids: number;
  /** A row of zeros. */
  spare: number;
  /** Takes what would move a frozen row. */
  sink: number;
  queries: number;
  // Skip-gram
  centerRows: number;
  places: number;
  starts: number;
  ends: number;
  counts: number;
  contexts: number;
  contextNoise: number;
  columnRows: number;
  columnWeights: number;
  columnNoise: number;
  mean: number;
  meanBefore: number;
  moves: number;
  scores: number;
  weights: number;
  inward: number;
  outward: number;
  mayEqual: number;
  // Hierarchical softmax
  pathRows: number;
  pathSigns: number;
  pathGradients: number;
  // CBOW
  outputRows: number;
  rates: number;
  gradients: number;
  errors: number;
  rowList: number;
  errorList: number;
  shares: number;
  /** CBOW with subwords */
  wordRows: number;
}

export interface TrainingMemory {
  /** Bytes of a row: D floats and zeros up to a multiple of four. */
  row: number;
  /** (V, row / 4) floats each; with subwords the input matrix has more rows. */
  input: number;
  output: number;
  /** (V) uint32: a word is kept where a random word is not above it. */
  keeps: number;
  /** Negative sampling: (V) pairs of uint32, an alias table's threshold and alias. */
  aliases: number;
  /** (V) float32: the noise distribution, and the mean of the output rows by it, (row / 4) float32. */
  noise: number;
  sharedMean: number;
  /**
   * (V + 1) uint32, and one for each decision: the paths of hierarchical softmax's tree (`pathsOf`,
   * src/corpus/huffman.ts).
   */
  pathStarts: number;
  pathLinks: number;
  /** (V) bytes: 1 where the word's input row does not move; 0 bytes long where all move. */
  frozen: number;
  /**
   * (V + 1) uint32: where the lists of words start in the table of subwords' rows, and the table, addresses (uint32).
   */
  subwordStarts: number;
  subwordRows: number;
  /** T; the columns of a block's scores, K + 1 or 4; and G, see the kernel. */
  blockSize: number;
  columns: number;
  groups: number;
  scratch: Scratch[];
  bytes: number;
}

const BLOCK = 16; // T, the centers of a block
const GROUP = 6; // CBOW processes output rows in groups of six
const SPARE_ROWS = 8; // after a path
const RATES = 32; // bytes of a group's rates

const WIDEST_WHOLE = 20; // a window above it has its centers cut, see training-skipgram.assembly.ts

/**
 * K, the negatives that a block of skip-gram shares: about 2 negative + 1, so that with the mean they fill whole groups
 * of four, and up to twice as many for the more pairs of windows of 6 to 20. A negative stands for negative / K draws
 * of each pair. Measured in docs/algorithms.md.
 */
export function sharedNegatives(negative: number, window: number): number {
  const wider = window > WIDEST_WHOLE ? 1 : Math.min(2, Math.max(1, window / 5));
  return 4 * Math.ceil((2 * negative * wider + 2) / 4) - 1;
}

/** @throws W2vError 'out-of-memory' if it exceeds a 32-bit memory */
export function layOutMemory(shape: MemoryShape): TrainingMemory {
  const memory = layOut(shape);
  if (memory.bytes > LARGEST_MEMORY) throw tooLarge(shape, memory);
  return memory;
}

function layOut(shape: MemoryShape): TrainingMemory {
  const { words: V, dim, window, loss, negative, paths, threads, chunk } = shape;
  const { inputRows = V, subwordRows = 0 } = shape;
  const row = 16 * Math.ceil(dim / 4);
  const T = BLOCK;
  const columns = loss === 'ns' ? sharedNegatives(negative, window) + 1 : 4;
  const scored = loss === 'softmax' ? 4 * Math.ceil(V / 4) : columns;
  const groups = Math.ceil((1 + negative) / GROUP);
  const path = pathSizes(paths);
  const layout = createLayout();
  const memory = {
    row,
    blockSize: T,
    columns,
    groups,
    input: layout.take(inputRows * row),
    output: layout.take(V * row),
    keeps: layout.take(V * 4),
    aliases: layout.take(loss === 'ns' ? V * 8 : 0),
    noise: layout.take(loss === 'ns' ? V * 4 : 0),
    sharedMean: layout.take(row),
    pathStarts: layout.take(loss === 'hs' ? (V + 1) * 4 : 0),
    pathLinks: layout.take(loss === 'hs' ? 4 * Math.ceil(V * path.mean) + 16 : 0), // read four at a time
    frozen: layout.take(shape.hasFrozen ? V : 0),
    subwordStarts: layout.take(subwordRows > 0 ? (V + 1) * 4 : 0),
    subwordRows: layout.take(subwordRows * 4),
    scratch: Array.from({ length: threads }, () => ({
      tokens: layout.take(chunk * 4),
      kept: layout.take((window + chunk + window) * 4),
      ids: layout.take(Math.max(columns, T * negative) * 4),
      spare: layout.take(row),
      sink: layout.take(row),
      queries: layout.take((T + 1) * row),
      centerRows: layout.take(T * 4),
      places: layout.take(T * 4),
      starts: layout.take(T * 4),
      ends: layout.take(T * 4),
      counts: layout.take(T * 4),
      contexts: layout.take((2 * window + GROUP) * 4),
      contextNoise: layout.take((2 * window + GROUP + 2) * 4),
      columnRows: layout.take(columns * 4),
      columnWeights: layout.take(columns * 4),
      columnNoise: layout.take(columns * 4),
      mean: layout.take(row),
      meanBefore: layout.take(row),
      moves: layout.take(T * 4),
      scores: layout.take(T * scored * 4),
      weights: layout.take(T * columns * 4),
      inward: layout.take(T * columns * 16),
      outward: layout.take(T * columns * 16),
      mayEqual: layout.take(256),
      pathRows: layout.take((path.longest + SPARE_ROWS) * 4),
      pathGradients: layout.take((path.longest + SPARE_ROWS) * 4),
      pathSigns: layout.take((path.longest + SPARE_ROWS) * 4),
      outputRows: layout.take(T * groups * GROUP * 4),
      rates: layout.take(T * groups * RATES),
      gradients: layout.take(RATES),
      errors: layout.take(T * row),
      rowList: layout.take((T + 2 * window) * 4),
      errorList: layout.take((T + 4 * window) * 4),
      shares: layout.take(T * 4),
      wordRows: layout.take(subwordRows > 0 && shape.model === 'cbow' ? (T + 2 * window) * row : 0),
    })),
  };
  return { ...memory, bytes: layout.end() };
}

/** Decisions on the longest path, and in the mean of all words. */
function pathSizes(paths: WordPaths | undefined): { longest: number; mean: number } {
  if (paths === undefined) return { longest: 0, mean: 0 };
  const { starts } = paths;
  const V = starts.length - 1;
  let longest = 0;
  for (let word = 0; word < V; word++) longest = Math.max(longest, starts[word + 1] - starts[word]);
  return { longest, mean: starts[V] / V };
}

function tooLarge(shape: MemoryShape, { bytes, row }: TrainingMemory): W2vError {
  const { words: V, dim, inputRows } = shape;
  const counted = (count: number) => count.toLocaleString('en');
  if (inputRows !== undefined) {
    return outOfMemory(
      `the portable engine needs ${byteSize(bytes)} in one piece and can have ${byteSize(LARGEST_MEMORY)}: vectors of ` +
        `${counted(V)} words and ${counted(inputRows - V)} buckets of n-grams, and ${counted(V)} of contexts, ` +
        `x ${dim} dimensions x 4 bytes are ${byteSize((inputRows + V) * row)}`,
      'take fewer { buckets }, keep fewer words ({ maxVocab, minCount }), or use fewer dimensions ({ dim })',
    );
  }
  const words = largestThatFits(V, (count) => layOut({ ...shape, words: count }).bytes);
  const dimensions = largestThatFits(dim, (count) => layOut({ ...shape, dim: count }).bytes);
  const orFewer = dimensions > 0 ? `, or ${counted(dimensions)} dimensions of ${counted(V)} words` : '';
  return outOfMemory(
    `the portable engine needs ${byteSize(bytes)} in one piece and can have ${byteSize(LARGEST_MEMORY)}: ` +
      `two matrices of ${counted(V)} words x ${dim} dimensions x 4 bytes are ${byteSize(2 * V * row)}; ` +
      `${counted(words)} words of ${dim} dimensions fit${orFewer}`,
    "keep fewer words ({ maxVocab, minCount }), use fewer dimensions ({ dim }), or give { engine: 'tensorflow' }",
  );
}

/** The largest number below `above` whose layout fits; 0 if there is none. */
function largestThatFits(above: number, bytesOf: (count: number) => number): number {
  let low = 0;
  let high = above;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (bytesOf(middle) <= LARGEST_MEMORY) low = middle;
    else high = middle;
  }
  return low;
}
