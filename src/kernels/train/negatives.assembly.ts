// Skip-gram's negatives: the n centers of a block against K words drawn for all of them, all from the old rows. C the
// centers' old rows, x_k the old row of negative k, drawn r_k times (repeats are one row), f_j the context words of
// center j, m_jk those of them that equal negative k (for these it is no negative, as in word2vec.c); N = --negative:
//   M_jk = r_k N / K (f_j - m_jk),  q_jk = -rate M_jk sigmoid(C_j . x_k)
//   x_k += sum_j q_jk C_j
//   center j += S_j mean + K / (K - 1) sum_k (q_jk - S_j r_k / K) x_k,   S_j = sum_k q_jk
// The plain step of center j, sum_k q_jk x_k, estimates K E[q] E[x] + K Cov(q, x). The sample mean of few x is noisy,
// so the first term takes the true mean of the output rows for E[x] (a control variate), the second the sample
// covariance. See docs/algorithms.md. The mean is one more column, K, with no weight of its own: K + 1 is a multiple of
// four.
import { madd, sigmoid, storeSplats, sums } from './arithmetic.assembly';
import {
  addLoss,
  copyRow,
  drawNegatives,
  entryAt,
  ids,
  kept,
  negatives,
  noise,
  outputRow,
  rate,
  row,
  setEntry,
  spare,
  vocabulary,
} from './chunk.assembly';
import { addRow, addToRow, scoreRows, updateRows } from './negative-rows.assembly';

declare const columns: u32; // K + 1
declare const columnRows: usize; // (K + 1) u32: addresses of the rows x_k, and of the mean
declare const columnWeights: usize; // (K + 1) f32: r_k / K, and 0
declare const columnNoise: usize; // (K + 1) f32: P of the rows, and 0
declare const sharedMean: usize; // (row / 4) f32: sum of P(v) times output row v, of all threads
declare const mean: usize; // (row / 4) f32: this thread's copy of it
declare const meanBefore: usize; // (row / 4) f32: the copy as it was when threads last exchanged
declare const moves: usize; // (T) f32: how much of C_j the block adds to the mean
declare const scores: usize; // (T, K + 1) f32
declare const weights: usize; // (T, K + 1) f32: M
declare const inward: usize; // (T, K + 1, 4) f32: how much of row k is added to center j, four times
declare const outward: usize; // (T, K + 1, 4) f32: how much of C_j is added to row k, four times
declare const mayEqual: usize; // (256) u8: by the low bits of a word, so that few words are compared with all K
// Of the block's centers (skipgram.assembly.ts).
declare const centerRows: usize;
declare const places: usize;
declare const starts: usize;
declare const ends: usize;
declare const counts: usize;

const SHARE_EVERY: u32 = 8; // blocks

let blocks: u32; // of this thread

/**
 * What has to go on where a training does, beside the means: they are computed anew at the first block, and every so
 * many.
 */
export function blocksDone(): u32 {
  return blocks;
}

export function resumeBlocks(done: u32): void {
  blocks = done;
}

/** Before each chunk. */
export function beginNegatives(): void {
  if (blocks == 0) computeMean();
  shareMean();
}

/** The mean from all output rows: what threads overwrite of one another's sums does not last. */
function computeMean(): void {
  memory.fill(mean, 0, row);
  for (let v: u32 = 0; v < vocabulary; v++) addRow(load<f32>(noise + ((<usize>v) << 2)), outputRow(v), mean);
  copyRow(mean, sharedMean);
  copyRow(mean, meanBefore);
}

/** Gives the other threads what this one has added to the mean, and takes what they have. */
export function shareMean(): void {
  for (let i: usize = 0; i < row; i += 16) {
    const step = f32x4.sub(v128.load(mean + i), v128.load(meanBefore + i)),
      sum = f32x4.add(v128.load(sharedMean + i), step);
    v128.store(sharedMean + i, sum);
    v128.store(mean + i, sum);
    v128.store(meanBefore + i, sum);
  }
}

/** Trains the n centers of a block, C at `queries`, on negatives of their own. */
export function trainNegatives(n: u32, measure: bool): void {
  drawColumns();
  for (let k: u32 = 0; k < columns; k += 4) scoreRows(n, columnRows + ((<usize>k) << 2), scores + ((<usize>k) << 2));
  for (let j: u32 = 0; j < n; j++) weigh(j);
  leaveOutPositives(n);
  for (let j: u32 = 0; j < n; j++) toGradients(j, measure);
  for (let k: u32 = 0; k < columns; k += 4) {
    const from = (<usize>k) << 4;
    updateRows(n, centerRows, columnRows + ((<usize>k) << 2), inward + from, outward + from);
  }
}

/** Draws K words -> ids, columnRows, columnWeights. A repeat is a spare row with no weight. */
function drawColumns(): void {
  const K = columns - 1,
    share = <f32>1 / <f32>K;
  drawNegatives(K);
  for (let k: u32 = 0; k < K; k++) {
    const id = entryAt(ids, k);
    let same: u32 = 0;
    while (entryAt(ids, same) != id) same++;
    setEntry(columnRows, k, same == k ? outputRow(id) : <u32>spare);
    store<f32>(columnWeights + ((<usize>k) << 2), 0);
    store<f32>(columnNoise + ((<usize>k) << 2), load<f32>(noise + ((<usize>id) << 2)));
    const weight = columnWeights + ((<usize>same) << 2);
    store<f32>(weight, load<f32>(weight) + share);
  }
  setEntry(columnRows, K, <u32>mean);
}

/** What the context words' rows add to the mean with C_j; what the negatives' add is in `moves` already. */
export function noteMove(j: u32, factor: f32): void {
  const at = moves + ((<usize>j) << 2);
  store<f32>(at, load<f32>(at) + factor);
}

/**
 * After each block: its rows x moved by multiples of the C_j, so that the mean moved by sum_j (sum_x P(x) q_jx) C_j.
 */
export function followMean(n: u32): void {
  addToRow(n, moves, mean);
  blocks++;
  if (blocks % max(SHARE_EVERY, vocabulary / 8) == 0)
    computeMean(); // one row operation in a hundred
  else if (blocks % SHARE_EVERY == 0) shareMean();
}

/** M of center j as if it had none of the negatives in its context. */
function weigh(j: u32): void {
  const factor = f32x4.splat(<f32>negatives * <f32>entryAt(counts, j)),
    to = weights + ((<usize>(j * columns)) << 2),
    end = (<usize>columns) << 2;
  for (let k: usize = 0; k < end; k += 16) v128.store(to + k, f32x4.mul(factor, v128.load(columnWeights + k)));
}

/** Takes out of M the draws that equal a word of the center's context. */
function leaveOutPositives(n: u32): void {
  const K = columns - 1;
  for (let k: u32 = 0; k < K; k++) store<u8>(mayEqual + (entryAt(ids, k) & 255), 1);
  for (let j: u32 = 0; j < n; j++) {
    const place = entryAt(places, j),
      end = entryAt(ends, j);
    for (let u = entryAt(starts, j); u < end; u++) {
      const id = entryAt(kept, u);
      if (load<u8>(mayEqual + (id & 255)) != 0 && u != place) leaveOut(j, id);
    }
  }
  for (let k: u32 = 0; k < K; k++) store<u8>(mayEqual + (entryAt(ids, k) & 255), 0);
}

function leaveOut(j: u32, id: u32): void {
  const K = columns - 1;
  for (let k: u32 = 0; k < K; k++) {
    if (entryAt(ids, k) != id) continue;
    const at = weights + ((<usize>(j * columns + k)) << 2);
    store<f32>(at, load<f32>(at) - <f32>negatives * load<f32>(columnWeights + ((<usize>k) << 2)));
    return;
  }
}

/** Scores of center j -> q in `outward`, and with the control variate in `inward`. */
function toGradients(j: u32, measure: bool): void {
  const from = (<usize>(j * columns)) << 2,
    to = (<usize>(j * columns)) << 4,
    end = (<usize>columns) << 2,
    K = <f32>(columns - 1),
    unbias = f32x4.splat(K / (K - 1)),
    down = f32x4.splat(-rate);
  let sum = f32x4.splat(0),
    move = sum;
  for (let k: usize = 0; k < end; k += 16) {
    const score = v128.load(scores + from + k),
      weight = v128.load(weights + from + k),
      q = f32x4.mul(f32x4.mul(down, weight), sigmoid(score));
    if (measure) addLoss(f32x4.neg(score), weight);
    sum = f32x4.add(sum, q);
    move = madd(q, v128.load(columnNoise + k), move);
    v128.store(scores + from + k, q);
    storeSplats(q, outward + to + (k << 2));
  }
  sum = sums(sum, sum, sum, sum);
  store<f32>(moves + ((<usize>j) << 2), f32x4.extract_lane(sums(move, move, move, move), 0));
  for (let k: usize = 0; k < end; k += 16) {
    const q = v128.load(scores + from + k),
      about = f32x4.sub(q, f32x4.mul(sum, v128.load(columnWeights + k)));
    storeSplats(f32x4.mul(unbias, about), inward + to + (k << 2));
  }
  v128.store(inward + to + ((<usize>(columns - 1)) << 4), sum);
}
