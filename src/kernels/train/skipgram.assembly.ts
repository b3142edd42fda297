// Skip-gram by blocks: up to T kept centers, across line ends. A center's row is an input row, those of the words it
// predicts are output rows. With negative sampling the centers share K negatives, which come first
// (negatives.assembly.ts), from the old rows of both; then each center's context words
// (contexts.assembly.ts), from its old row. With the full softmax (softmax.assembly.ts) all come from
// the old rows of both.
//
// A block adds up updates made from the same old rows, which overshoot where a row's weight in the block times the rate
// is large. So a block ends before a row passes MOST, and a center with more context words than that is in several
// blocks. The context words of a center pull its row the same way: where there are more than WHOLE, each block takes
// PART of them.
//
// With subwords a center's row is the mean of several (subwords.assembly.ts), taken once a block; what it
// moves by is collected in a row of zeros and added to all of them at the block's end.

import {
  blockSize,
  copyRow,
  entryAt,
  hasFrozen,
  inputRow,
  kept,
  LOSS_EVERY,
  loss,
  MOST,
  movedRow,
  negatives,
  noise,
  outputRow,
  rate,
  row,
  SOFTMAX,
  setEntry,
  spare,
} from './chunk.assembly';
import { trainContexts } from './contexts.assembly';
import { beginNegatives, followMean, noteMove, shareMean, trainNegatives } from './negatives.assembly';
import { addTarget, measureTarget, scoreWords, spreadTargets, updateWords } from './softmax.assembly';
import { gatherWord, hasSubwords, scatterWord, subwordCount } from './subwords.assembly';

const WHOLE: f32 = 0.5; // a center's context words, times the rate
const PART: f32 = 0.25;

declare const heaviest: f32; // the largest share of the draws of one negative: 1 / K, or the largest P(v)
declare const queries: usize; // (T + 1, row / 4) f32: the centers' old rows
declare const errors: usize; // (T, row / 4) f32: with subwords what the centers' rows move by
declare const centerRows: usize; // (T) u32: addresses of the centers' rows
declare const places: usize; // (T) u32: places of the centers among the kept tokens
declare const starts: usize; // (T) u32: their context words are those from here ...
declare const ends: usize; // (T) u32: ... to before here, without the center
declare const counts: usize; // (T) u32: how many these are
declare const contexts: usize; // (2 W + 6) u32: addresses of a center's context rows
declare const contextNoise: usize; // (2 W + 6) f32: P of these words

let n: u32, pairs: u32, blocks: u32, measured: u32;
let pairsOfBlock: f32, pairsOfWord: f32; // at most

/** Before each chunk. */
export function beginSkipgram(): void {
  n = 0;
  pairs = 0;
  blocks = 0;
  measured = 0;
  pairsOfBlock = MOST / (rate * <f32>negatives * heaviest);
  pairsOfWord = MOST / (rate * (<f32>negatives + 1));
  if (loss != SOFTMAX) beginNegatives();
}

/** Adds the center at place `t`, whose context words are those from `left` to `right` - 1. */
export function addCenter(t: u32, left: u32, right: u32): void {
  const isCut = loss != SOFTMAX && <f32>(right - left - 1) * rate > WHOLE;
  const most = <u32>max(1, min(<f32>(right - left), isCut ? min(pairsOfWord, PART / rate) : pairsOfWord));
  for (let start = left; start < right; start += most) {
    const end = min(right, start + most);
    const count = end - start - <u32>(t >= start && t < end);
    if (count > 0) addPart(t, start, end, count);
    if (isCut && n > 0) endBlock();
  }
}

function addPart(t: u32, start: u32, end: u32, count: u32): void {
  const center = inputRow(entryAt(kept, t));
  let ofWord = count;
  for (let j: u32 = 0; j < n; j++) {
    if (entryAt(centerRows, j) == center) ofWord += entryAt(counts, j);
  }
  if (n > 0 && (<f32>ofWord > pairsOfWord || <f32>(pairs + count) > pairsOfBlock)) endBlock();
  setEntry(centerRows, n, center);
  setEntry(places, n, t);
  setEntry(starts, n, start);
  setEntry(ends, n, end);
  setEntry(counts, n, count);
  pairs += count;
  if (++n == blockSize) endBlock();
}

function endBlock(): void {
  const measure = blocks++ % LOSS_EVERY == 0;
  if (measure) measured += pairs;
  if (hasSubwords) for (let j: u32 = 0; j < n; j++) gatherCenter(j);
  else for (let j: u32 = 0; j < n; j++) copyRow(entryAt(centerRows, j), queries + <usize>j * row);
  if (hasFrozen) for (let j: u32 = 0; j < n; j++) setEntry(centerRows, j, movedRow(entryAt(kept, entryAt(places, j))));
  if (loss == SOFTMAX) trainOnAll(measure);
  else trainOnSome(measure);
  if (hasSubwords) for (let j: u32 = 0; j < n; j++) scatterWord(centerOf(j), errors + <usize>j * row);
  n = 0;
  pairs = 0;
}

@inline
function centerOf(j: u32): u32 {
  return entryAt(kept, entryAt(places, j));
}

/** The mean of a center's rows -> its query, and zeros for what it moves by. */
function gatherCenter(j: u32): void {
  const id = centerOf(j),
    move = errors + <usize>j * row;
  gatherWord(id, 1 / <f32>subwordCount(id), queries + <usize>j * row);
  memory.fill(move, 0, row);
  setEntry(centerRows, j, <u32>move);
}

/** Negative sampling. */
function trainOnSome(measure: bool): void {
  if (n & 1) copyRow(spare, queries + <usize>n * row); // centers are scored in pairs
  trainNegatives(n, measure);
  for (let j: u32 = 0; j < n; j++) {
    const count = listContexts(j);
    noteMove(
      j,
      trainContexts(contexts, contextNoise, count, queries + <usize>j * row, entryAt(centerRows, j), measure),
    );
  }
  followMean(n);
}

/** The full softmax. */
function trainOnAll(measure: bool): void {
  scoreWords(n);
  for (let j: u32 = 0; j < n; j++) {
    const place = entryAt(places, j),
      start = entryAt(starts, j),
      end = entryAt(ends, j);
    for (let u = start; measure && u < end; u++) if (u != place) measureTarget(j, entryAt(kept, u));
    spreadTargets(j, <f32>entryAt(counts, j), measure);
    for (let u = start; u < end; u++) if (u != place) addTarget(j, entryAt(kept, u));
  }
  updateWords(n, centerRows);
}

/** The output rows of center j's context words -> contexts, with spare rows behind them. */
function listContexts(j: u32): u32 {
  const place = entryAt(places, j),
    end = entryAt(ends, j);
  let count: u32 = 0;
  for (let u = entryAt(starts, j); u < end; u++) {
    if (u == place) continue;
    const id = entryAt(kept, u);
    setEntry(contexts, count, outputRow(id));
    store<f32>(contextNoise + ((<usize>count) << 2), load<f32>(noise + ((<usize>id) << 2)));
    count++;
  }
  for (let k: u32 = 0; k < 6; k++) setEntry(contexts, count + k, <u32>spare);
  return count;
}

/** The last block of a chunk. Returns the pairs measured in it. */
export function endSkipgram(): u32 {
  if (n > 0) endBlock();
  if (loss != SOFTMAX) shareMean();
  return measured;
}
