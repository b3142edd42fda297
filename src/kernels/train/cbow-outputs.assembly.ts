// CBOW's output side: each center's own negatives, drawn for a block at once, and the update of a center's output rows
// by its h. The rows come in groups of six (the rows and sums of a group fill the registers); a missing one is the
// spare row with a rate of 0. Draws that repeat are one row with a multiple rate; draws of the center itself are left
// out, as in word2vec.c.
import { madd, sigmoid, sums } from './arithmetic.assembly';
import {
  addLoss,
  addressAt,
  drawNegatives,
  entryAt,
  ids,
  kept,
  negatives,
  outputRow,
  rate,
  row,
  setEntry,
  spare,
} from './chunk.assembly';

const GROUP: u32 = 6; // output rows
const RATES: usize = 32; // bytes of a group's rates and gradients: 6 floats and 2 of padding

declare const groups: u32; // G of a center
declare const outputRows: usize; // (T, G, 6) u32: addresses of the center's and its negatives' rows
declare const rates: usize; // (T, G, 8) f32: how often each was drawn
declare const gradients: usize; // (8) f32

@inline
function rowsOf(j: u32): usize {
  return outputRows + ((<usize>(j * groups * GROUP)) << 2);
}

@inline
function rateAt(j: u32, k: u32): usize {
  return rates + <usize>(j * groups + k / GROUP) * RATES + ((<usize>(k % GROUP)) << 2);
}

/** The output rows and rates of the n centers from place `first` on. */
export function drawOutputs(first: u32, n: u32): void {
  drawNegatives(n * negatives);
  const all = groups * GROUP;
  for (let j: u32 = 0; j < n; j++) {
    const rows = rowsOf(j),
      own = ids + ((<usize>(j * negatives)) << 2);
    setEntry(rows, 0, outputRow(entryAt(kept, first + j)));
    store<f32>(rateAt(j, 0), 1);
    for (let k: u32 = 1; k < all; k++) {
      const exists = k <= negatives;
      setEntry(rows, k, exists ? outputRow(entryAt(own, k - 1)) : <u32>spare);
      store<f32>(rateAt(j, k), exists ? 1 : 0);
    }
    if (hasRepeats(rows)) mergeRepeats(j, rows);
  }
}

/** Whether two of the 1 + K rows are the same: compared without a branch, as it is rare. */
function hasRepeats(rows: usize): bool {
  let repeats: u32 = 0;
  for (let k: u32 = 1; k <= negatives; k++) {
    const address = entryAt(rows, k);
    for (let i: u32 = 0; i < k; i++) repeats |= <u32>(entryAt(rows, i) == address);
  }
  return repeats != 0;
}

function mergeRepeats(j: u32, rows: usize): void {
  for (let k: u32 = 1; k <= negatives; k++) {
    let i: u32 = 0;
    while (entryAt(rows, i) != entryAt(rows, k)) i++;
    if (i == k) continue;
    if (i > 0) store<f32>(rateAt(j, i), load<f32>(rateAt(j, i)) + 1);
    setEntry(rows, k, <u32>spare);
    store<f32>(rateAt(j, k), 0);
  }
}

/** One update of the output rows of center j of the block by its h, which also gives e. */
export function updateOutputs(j: u32, h: usize, e: usize, measure: bool): void {
  for (let group: u32 = 0; group < groups; group++) {
    updateGroup(rowsOf(j) + ((<usize>(group * GROUP)) << 2), rateAt(j, group * GROUP), group == 0, h, e, measure);
  }
}

/** `hasCenter`: the first of the six rows is the center's, and e starts here. */
function updateGroup(rows: usize, weights: usize, hasCenter: bool, h: usize, e: usize, measure: bool): void {
  const o0 = addressAt(rows, 0),
    o1 = addressAt(rows, 1),
    o2 = addressAt(rows, 2),
    o3 = addressAt(rows, 3),
    o4 = addressAt(rows, 4),
    o5 = addressAt(rows, 5);
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0,
    s4 = s0,
    s5 = s0;
  for (let i: usize = 0; i < row; i += 16) {
    const x = v128.load(h + i);
    s0 = madd(x, v128.load(o0 + i), s0);
    s1 = madd(x, v128.load(o1 + i), s1);
    s2 = madd(x, v128.load(o2 + i), s2);
    s3 = madd(x, v128.load(o3 + i), s3);
    s4 = madd(x, v128.load(o4 + i), s4);
    s5 = madd(x, v128.load(o5 + i), s5);
  }
  const label = hasCenter ? f32x4(1, 0, 0, 0) : f32x4.splat(0);
  toGradients(sums(s0, s1, s2, s3), v128.load(weights), label, gradients, measure);
  toGradients(sums(s4, s5, s4, s5), v128.load(weights, 16), f32x4.splat(0), gradients + 16, measure);
  const q0 = v128.load32_splat(gradients),
    q1 = v128.load32_splat(gradients, 4),
    q2 = v128.load32_splat(gradients, 8),
    q3 = v128.load32_splat(gradients, 12),
    q4 = v128.load32_splat(gradients, 16),
    q5 = v128.load32_splat(gradients, 20);
  for (let i: usize = 0; i < row; i += 16) {
    const x = v128.load(h + i);
    let step = hasCenter ? f32x4.splat(0) : v128.load(e + i);
    let o = v128.load(o0 + i);
    step = madd(q0, o, step);
    v128.store(o0 + i, madd(q0, x, o));
    o = v128.load(o1 + i);
    step = madd(q1, o, step);
    v128.store(o1 + i, madd(q1, x, o));
    o = v128.load(o2 + i);
    step = madd(q2, o, step);
    v128.store(o2 + i, madd(q2, x, o));
    o = v128.load(o3 + i);
    step = madd(q3, o, step);
    v128.store(o3 + i, madd(q3, x, o));
    o = v128.load(o4 + i);
    step = madd(q4, o, step);
    v128.store(o4 + i, madd(q4, x, o));
    o = v128.load(o5 + i);
    step = madd(q5, o, step);
    v128.store(o5 + i, madd(q5, x, o));
    v128.store(e + i, step);
  }
}

/** `label` 1 in the lane of the center's own row. */
@inline
function toGradients(scores: v128, weights: v128, label: v128, to: usize, measure: bool): void {
  v128.store(to, f32x4.mul(f32x4.mul(weights, f32x4.splat(rate)), f32x4.sub(label, sigmoid(scores))));
  if (measure) {
    const sign = f32x4.sub(f32x4.add(label, label), f32x4.splat(1)); // 1 for the center, -1 for its negatives
    addLoss(f32x4.mul(sign, scores), weights);
  }
}
