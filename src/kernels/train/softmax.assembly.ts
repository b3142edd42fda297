// The full softmax over all V words, for n examples at once from the old rows of both sides. h_j an example's hidden
// vector, m_jv how often word v is a target of it, m_j the sum of these:
//   p_j = softmax(O h_j),  q_jv = rate (m_jv - m_j p_jv),  h_j += sum_v q_jv o_v,  o_v += sum_j q_jv h_j
// O is taken four rows at a time, so scores lie in groups of four words: (V / 4, T, 4).
import { exp, storeSplats } from './arithmetic.assembly';
import { addToLoss, blockSize, copyRow, outputRow, rate, row, setEntry, spare, vocabulary } from './chunk.assembly';
import { scoreRows, updateRows } from './negative-rows.assembly';

declare function logarithm(value: f64): f64;
declare const queries: usize; // (T + 1, row / 4) f32: h
declare const columnRows: usize; // (4) u32: addresses of four output rows, the spare one behind the last
declare const scores: usize; // (V / 4, T, 4) f32: scores, then q
declare const inward: usize; // (T, 4, 4) f32: q of four words, each four times

/** The scores of all words for the n examples at `queries`. */
export function scoreWords(n: u32): void {
  if (n & 1) copyRow(spare, queries + <usize>n * row); // examples are scored in pairs
  for (let v: u32 = 0; v < vocabulary; v += 4) {
    listRows(v);
    scoreRows(n, columnRows, scoresAt(0, v));
  }
}

/** Before `spreadTargets`: takes the score of a target of example j off the loss. */
export function measureTarget(j: u32, id: u32): void {
  addToLoss(-load<f32>(scoreAt(j, id)));
}

/**
 * Scores of example j -> q as if none of its `targets` were right. With `measureTarget`, the loss is that of all
 * targets.
 */
export function spreadTargets(j: u32, targets: f32, measure: bool): void {
  let most = f32x4.splat(-f32.MAX_VALUE);
  for (let v: u32 = 0; v < vocabulary; v += 4) {
    most = f32x4.pmax(most, v128.bitselect(v128.load(scoresAt(j, v)), most, wordsFrom(v)));
  }
  const largest = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  let sum = f32x4.splat(0);
  for (let v: u32 = 0; v < vocabulary; v += 4) {
    const at = scoresAt(j, v),
      less = f32x4.sub(v128.load(at), f32x4.splat(largest)),
      e = v128.and(exp(less), wordsFrom(v));
    v128.store(at, e);
    sum = f32x4.add(sum, f32x4.add(e, f32x4.sub(less, less))); // NaN where a score is not a finite number
  }
  const total =
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3);
  if (measure) addToLoss(<f64>targets * (<f64>largest + logarithm(total)));
  const share = f32x4.splat((-rate * targets) / total);
  for (let v: u32 = 0; v < vocabulary; v += 4) {
    const at = scoresAt(j, v);
    v128.store(at, f32x4.mul(share, v128.load(at)));
  }
}

/** After `spreadTargets`: word `id` is a target of example j. */
export function addTarget(j: u32, id: u32): void {
  store<f32>(scoreAt(j, id), load<f32>(scoreAt(j, id)) + rate);
}

/** Rows (n addresses) += q O, and O += q^T h. */
export function updateWords(n: u32, rows: usize): void {
  for (let v: u32 = 0; v < vocabulary; v += 4) {
    listRows(v);
    for (let j: u32 = 0; j < n; j++) storeSplats(v128.load(scoresAt(j, v)), inward + ((<usize>j) << 6));
    updateRows(n, rows, columnRows, inward, inward);
  }
}

function listRows(v: u32): void {
  for (let k: u32 = 0; k < 4; k++) setEntry(columnRows, k, v + k < vocabulary ? outputRow(v + k) : <u32>spare);
}

/** All bits 1 in the lanes of v .. v + 3 that are words. */
@inline
function wordsFrom(v: u32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(vocabulary - v));
}

@inline
function scoresAt(j: u32, v: u32): usize {
  return scores + (<usize>(v >> 2) * blockSize + j) * 16;
}

@inline
function scoreAt(j: u32, id: u32): usize {
  return scoresAt(j, id) + ((<usize>(id & 3)) << 2);
}
