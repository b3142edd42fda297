// Skip-gram and CBOW with negative sampling (Mikolov et al. 2013b), f32x4, on rows that all threads share (Hogwild,
// Recht et al. 2011). A centre draws its negatives once for all its contexts, so that scores and updates are small
// matrix products (pWord2Vec: Ji et al. 2016). With X the centre's m = 1 + K output rows, E its context rows:
//   skip-gram: S = E X^T,  G = rate (labels - sigmoid(S)),  E += G X,  X += G^T E   (old X and E on the right)
//   CBOW:      h = mean of E (or sum),  s = X h,  g = rate (labels - sigmoid(s)),  each row of E += X^T g,  X += g h^T
// Rows are padded with zeros to whole vectors. Output rows come in groups of six (rows and sums of a group fill the
// registers); a missing one is the spare row, all zero, with a rate of 0. Draws that repeat are one row with a multiple rate;
// draws of the centre itself are left out, as in word2vec.c.

import { madd, mix, negativeLogSigmoid, sigmoid, sums } from './training-arithmetic.assembly';

const GROUP: usize = 6; // output rows
const PART: usize = 32; // bytes of a group in the tables of rates and gradients: 6 floats and 2 of padding
const LOSS_EVERY: u32 = 8; // centres

let inputs: usize, outputs: usize, row: usize; // row: bytes
let keeps: usize, aliases: usize, vocabulary: u32; // (V) u32 thresholds; (V) pairs of u32: threshold, alias
let window: u32, negatives: u32, model: i32; // model: 0 skip-gram, 1 CBOW with the mean, 2 CBOW with the sum
let kept: usize, contexts: usize, outputRows: usize, ids: usize, rates: usize, gradients: usize;
let copies: usize, hidden: usize, error: usize, spare: usize;
let random: u64, rate: f32, groups: u32, centres: u32, lossSums: v128, examples: u32;

/** `scratch`: this thread's own memory, zero at first: see training-memory.ts for its areas. */
export function configure(
  inputs_: usize, outputs_: usize, row_: usize, keeps_: usize, aliases_: usize, vocabulary_: u32,
  window_: u32, negatives_: u32, model_: i32, kept_: usize, contexts_: usize, outputRows_: usize, ids_: usize,
  rates_: usize, gradients_: usize, copies_: usize, hidden_: usize, error_: usize, spare_: usize,
): void {
  inputs = inputs_; outputs = outputs_; row = row_; keeps = keeps_; aliases = aliases_; vocabulary = vocabulary_;
  window = window_; negatives = negatives_; model = model_; kept = kept_; contexts = contexts_; outputRows = outputRows_;
  ids = ids_; rates = rates_; gradients = gradients_; copies = copies_; hidden = hidden_; error = error_; spare = spare_;
}

@inline function draw(): u64 {
  random += 0x9e3779b97f4a7c15;
  return mix(random);
}

/** Scores of an example -> its gradients; `half` 0 or 1: which four rows of the group. */
@inline function toGradients(scores: v128, group: u32, half: u32, to: usize): void {
  const weights = v128.load(rates + <usize>group * PART + <usize>(half << 4));
  const label = (group | half) == 0 ? f32x4(1, 0, 0, 0) : f32x4.splat(0);
  v128.store(to + <usize>(half << 4), f32x4.mul(f32x4.mul(weights, f32x4.splat(rate)), f32x4.sub(label, sigmoid(scores))));
}

/** Adds to the loss; the difference is 0, or NaN where a score is not a finite number. */
function addLoss(scores: v128, group: u32, half: u32): void {
  const weights = v128.load(rates + <usize>group * PART + <usize>(half << 4));
  const signs = (group | half) == 0 ? f32x4(1, -1, -1, -1) : f32x4.splat(-1);
  const loss = f32x4.mul(weights, negativeLogSigmoid(f32x4.mul(scores, signs)));
  lossSums = f32x4.add(lossSums, f32x4.add(loss, f32x4.sub(scores, scores)));
}

@inline function addressAt(table: usize, index: u32): usize {
  return <usize>load<u32>(table + (<usize>index << 2));
}

/** The centre's row and its negatives -> outputRows, rates, groups. */
function drawOutputs(centre: u32): void {
  store<u32>(ids, centre);
  store<u32>(outputRows, <u32>(outputs + <usize>centre * row));
  store<f32>(rates, 1);
  let m: u32 = 1;
  for (let k: u32 = 0; k < negatives; k++) {
    const bits = draw();
    const slot = <u32>(((bits >> 32) * <u64>vocabulary) >> 32);
    const entry = aliases + (<usize>slot << 3);
    const id = <u32>bits <= load<u32>(entry) ? slot : load<u32>(entry, 4);
    if (id == centre) continue;
    let same: u32 = 1;
    while (same < m && load<u32>(ids + (<usize>same << 2)) != id) same++;
    const weight = rates + <usize>(same / <u32>GROUP) * PART + (<usize>(same % <u32>GROUP) << 2);
    if (same < m) {
      store<f32>(weight, load<f32>(weight) + 1);
      continue;
    }
    store<u32>(ids + (<usize>m << 2), id);
    store<u32>(outputRows + (<usize>m << 2), <u32>(outputs + <usize>id * row));
    store<f32>(weight, 1);
    m++;
  }
  groups = (m + <u32>GROUP - 1) / <u32>GROUP;
  for (; m < groups * <u32>GROUP; m++) {
    store<u32>(outputRows + (<usize>m << 2), <u32>spare);
    store<f32>(rates + <usize>(m / <u32>GROUP) * PART + (<usize>(m % <u32>GROUP) << 2), 0);
  }
}

/** Where the gradients of a group begin: 8 floats a context. */
@inline function gradientsOf(group: u32): usize {
  return gradients + <usize>(group * (2 * window + 2)) * PART;
}

/** S = E X^T and G for one group: two contexts at a time against six output rows. */
function scoreContexts(count: u32, group: u32, measure: bool): void {
  const table = outputRows + <usize>group * (GROUP << 2), from = gradientsOf(group), end = row;
  const o0 = addressAt(table, 0), o1 = addressAt(table, 1), o2 = addressAt(table, 2);
  const o3 = addressAt(table, 3), o4 = addressAt(table, 4), o5 = addressAt(table, 5);
  for (let j: u32 = 0; j < count; j += 2) {
    const a = addressAt(contexts, j), b = addressAt(contexts, j + 1);
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0, b4 = a0, b5 = a0;
    for (let i: usize = 0; i < end; i += 16) {
      const x = v128.load(a + i), y = v128.load(b + i);
      let o = v128.load(o0 + i); a0 = madd(x, o, a0); b0 = madd(y, o, b0);
      o = v128.load(o1 + i); a1 = madd(x, o, a1); b1 = madd(y, o, b1);
      o = v128.load(o2 + i); a2 = madd(x, o, a2); b2 = madd(y, o, b2);
      o = v128.load(o3 + i); a3 = madd(x, o, a3); b3 = madd(y, o, b3);
      o = v128.load(o4 + i); a4 = madd(x, o, a4); b4 = madd(y, o, b4);
      o = v128.load(o5 + i); a5 = madd(x, o, a5); b5 = madd(y, o, b5);
    }
    const aLow = sums(a0, a1, a2, a3), aHigh = sums(a4, a5, a4, a5), bLow = sums(b0, b1, b2, b3), bHigh = sums(b4, b5, b4, b5);
    const g = from + <usize>j * PART;
    toGradients(aLow, group, 0, g);
    toGradients(aHigh, group, 1, g);
    toGradients(bLow, group, 0, g + PART);
    toGradients(bHigh, group, 1, g + PART);
    if (measure) {
      addLoss(aLow, group, 0);
      addLoss(aHigh, group, 1);
      if (j + 1 < count) {
        addLoss(bLow, group, 0);
        addLoss(bHigh, group, 1);
      }
    }
  }
}

/** E += G X, X += G^T E, a vector of each row at a time; `several` groups need the E that was there before the first. */
@inline function updateRows(count: u32, group: u32, i: usize, several: bool): void {
  const table = outputRows + <usize>group * (GROUP << 2), from = gradientsOf(group);
  const o0 = addressAt(table, 0) + i, o1 = addressAt(table, 1) + i, o2 = addressAt(table, 2) + i;
  const o3 = addressAt(table, 3) + i, o4 = addressAt(table, 4) + i, o5 = addressAt(table, 5) + i;
  const x0 = v128.load(o0), x1 = v128.load(o1), x2 = v128.load(o2), x3 = v128.load(o3), x4 = v128.load(o4), x5 = v128.load(o5);
  let d0 = x0, d1 = x1, d2 = x2, d3 = x3, d4 = x4, d5 = x5;
  for (let j: u32 = 0; j < count; j++) {
    const g = from + <usize>j * PART, at = addressAt(contexts, j) + i;
    let y = v128.load(at);
    const e = several ? v128.load(copies + (<usize>j << 4)) : y;
    let q = v128.load32_splat(g); y = madd(q, x0, y); d0 = madd(q, e, d0);
    q = v128.load32_splat(g, 4); y = madd(q, x1, y); d1 = madd(q, e, d1);
    q = v128.load32_splat(g, 8); y = madd(q, x2, y); d2 = madd(q, e, d2);
    q = v128.load32_splat(g, 12); y = madd(q, x3, y); d3 = madd(q, e, d3);
    q = v128.load32_splat(g, 16); y = madd(q, x4, y); d4 = madd(q, e, d4);
    q = v128.load32_splat(g, 20); y = madd(q, x5, y); d5 = madd(q, e, d5);
    v128.store(at, y);
  }
  v128.store(o0, d0);
  v128.store(o1, d1);
  v128.store(o2, d2);
  v128.store(o3, d3);
  v128.store(o4, d4);
  v128.store(o5, d5);
}

function skipgram(count: u32, measure: bool): void {
  for (let group: u32 = 0; group < groups; group++) scoreContexts(count, group, measure);
  if (groups == 1) {
    for (let i: usize = 0; i < row; i += 16) updateRows(count, 0, i, false);
    return;
  }
  for (let i: usize = 0; i < row; i += 16) {
    for (let j: u32 = 0; j < count; j++) v128.store(copies + (<usize>j << 4), v128.load(addressAt(contexts, j) + i));
    for (let group: u32 = 0; group < groups; group++) updateRows(count, group, i, true);
  }
}

function cbow(count: u32, measure: bool): void {
  const share = f32x4.splat(model == 1 ? 1 / <f32>count : 1);
  for (let i: usize = 0; i < row; i += 16) {
    let h = f32x4.splat(0);
    for (let j: u32 = 0; j < count; j++) h = f32x4.add(h, v128.load(addressAt(contexts, j) + i));
    v128.store(hidden + i, f32x4.mul(h, share));
    v128.store(error + i, f32x4.splat(0));
  }
  for (let group: u32 = 0; group < groups; group++) {
    const table = outputRows + <usize>group * (GROUP << 2), end = row;
    const o0 = addressAt(table, 0), o1 = addressAt(table, 1), o2 = addressAt(table, 2);
    const o3 = addressAt(table, 3), o4 = addressAt(table, 4), o5 = addressAt(table, 5);
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0;
    for (let i: usize = 0; i < end; i += 16) {
      const h = v128.load(hidden + i);
      s0 = madd(h, v128.load(o0 + i), s0);
      s1 = madd(h, v128.load(o1 + i), s1);
      s2 = madd(h, v128.load(o2 + i), s2);
      s3 = madd(h, v128.load(o3 + i), s3);
      s4 = madd(h, v128.load(o4 + i), s4);
      s5 = madd(h, v128.load(o5 + i), s5);
    }
    const low = sums(s0, s1, s2, s3), high = sums(s4, s5, s4, s5);
    toGradients(low, group, 0, gradients);
    toGradients(high, group, 1, gradients);
    if (measure) {
      addLoss(low, group, 0);
      addLoss(high, group, 1);
    }
    const q0 = v128.load32_splat(gradients), q1 = v128.load32_splat(gradients, 4), q2 = v128.load32_splat(gradients, 8);
    const q3 = v128.load32_splat(gradients, 12), q4 = v128.load32_splat(gradients, 16), q5 = v128.load32_splat(gradients, 20);
    for (let i: usize = 0; i < end; i += 16) {
      const h = v128.load(hidden + i);
      let e = v128.load(error + i);
      let o = v128.load(o0 + i); e = madd(q0, o, e); v128.store(o0 + i, madd(q0, h, o));
      o = v128.load(o1 + i); e = madd(q1, o, e); v128.store(o1 + i, madd(q1, h, o));
      o = v128.load(o2 + i); e = madd(q2, o, e); v128.store(o2 + i, madd(q2, h, o));
      o = v128.load(o3 + i); e = madd(q3, o, e); v128.store(o3 + i, madd(q3, h, o));
      o = v128.load(o4 + i); e = madd(q4, o, e); v128.store(o4 + i, madd(q4, h, o));
      o = v128.load(o5 + i); e = madd(q5, o, e); v128.store(o5 + i, madd(q5, h, o));
      v128.store(error + i, e);
    }
  }
  for (let j: u32 = 0; j < count; j++) {
    const at = addressAt(contexts, j), end = row;
    for (let i: usize = 0; i < end; i += 16) v128.store(at + i, f32x4.add(v128.load(at + i), v128.load(error + i)));
  }
}

/** Trains on kept[line .. end - 1], a line, with those of first .. last - 1 as centres. */
function trainLine(line: u32, end: u32, first: u32, last: u32): void {
  const from = max(line, first), to = min(end, last);
  for (let t = from; t < to; t++) {
    const width = <u32>(((draw() >> 32) * <u64>window) >> 32) + 1;
    const left = t - line > width ? t - width : line;
    const right = min(end, t + width + 1);
    let count: u32 = 0;
    for (let u = left; u < right; u++) {
      if (u != t) store<u32>(contexts + (<usize>(count++) << 2), <u32>(inputs + addressAt(kept, u) * row));
    }
    if (count == 0) continue;
    store<u32>(contexts + (<usize>count << 2), <u32>spare);
    drawOutputs(load<u32>(kept + (<usize>t << 2)));
    const measure = centres++ % LOSS_EVERY == 0;
    if (measure) examples += model == 0 ? count : 1;
    if (model == 0) skipgram(count, measure);
    else cbow(count, measure);
  }
}

/**
 * Trains on `total` tokens (ids, -1 at line ends), those from `first` to `last` - 1 as centres; the first stands at
 * `position` of the corpus. Whether a token is kept depends on `keepSeed` and its position alone, so that chunks agree
 * on the words they share. Returns the words among the centres, before subsampling.
 */
export function trainChunk(
  tokens: usize, total: u32, first: u32, last: u32, position: u64, keepSeed: u64, drawSeed: u64, learningRate: f32,
): u32 {
  random = drawSeed;
  rate = learningRate;
  lossSums = f32x4.splat(0);
  examples = 0;
  centres = 0;
  let words: u32 = 0, m: u32 = 0, firstKept: u32 = 0, lastKept: u32 = 0;
  for (let i: u32 = 0; i < total; i++) {
    if (i == first) firstKept = m;
    if (i == last) lastKept = m;
    const id = load<i32>(tokens + (<usize>i << 2));
    if (id >= 0) {
      if (i - first < last - first) words++;
      const chance = <u32>(mix(keepSeed + (position + <u64>i + 1) * 0x9e3779b97f4a7c15) >> 32);
      if (chance > load<u32>(keeps + (<usize>id << 2))) continue;
    }
    store<i32>(kept + (<usize>(m++) << 2), id);
  }
  if (last >= total) lastKept = m;
  for (let line: u32 = 0; line < m; ) {
    let end = line;
    while (end < m && load<i32>(kept + (<usize>end << 2)) >= 0) end++;
    trainLine(line, end, firstKept, lastKept);
    line = end + 1;
  }
  return words;
}

/** Of the last chunk: the sum of the losses of the examples measured, how many those were, and the centres trained on. */
export function lossOfChunk(): f64 {
  return <f64>f32x4.extract_lane(lossSums, 0) + <f64>f32x4.extract_lane(lossSums, 1) +
    <f64>f32x4.extract_lane(lossSums, 2) + <f64>f32x4.extract_lane(lossSums, 3);
}
export function examplesOfChunk(): u32 { return examples; }
export function centresOfChunk(): u32 { return centres; }
