// One training example of the kernel: its rows, negatives, gradients and loss. Rows are padded with zeros to whole
// vectors. Output rows form groups of six (the rows and sums of a group fill the registers); a missing row is the spare
// row, all zero, with rate 0. Repeated draws are one row with a multiple of the rate; draws of the centre itself are
// skipped, as in word2vec.c.
import { mix, negativeLogSigmoid, sigmoid } from './training-arithmetic.assembly';

export const GROUP: usize = 6; // output rows
export const PART: usize = 32; // bytes of a group in the tables of rates and gradients: 6 floats and 2 of padding

// Given by the host (src/predict/wasm/training-kernel.ts). V words, K negatives, W the window; G groups of output rows.
export declare const inputs: usize; // (V, row / 4) f32
export declare const outputs: usize; // (V, row / 4) f32
export declare const row: usize; // bytes: D floats, and zeros up to a multiple of four
export declare const keeps: usize; // (V) u32: a word is kept where a random word is not above it
declare const aliases: usize; // (V) pairs of u32: threshold, alias
declare const vocabulary: u32; // V
export declare const window: u32; // W
declare const negatives: u32; // K
export declare const model: i32; // 0 skip-gram, 1 CBOW with the mean, 2 CBOW with the sum
// Areas of this thread, initially zero.
export declare const kept: usize; // (tokens) i32: the chunk's tokens that subsampling keeps
export declare const contexts: usize; // (2 W + 2) u32: addresses of the context rows
export declare const outputRows: usize; // (G, 6) u32: addresses of the centre's and the negatives' rows
declare const ids: usize; // (G, 6) u32: their words
declare const rates: usize; // (G, 8) f32: how often each was drawn
export declare const gradients: usize; // (G, 2 W + 2, 8) f32
export declare const copies: usize; // (2 W + 2, 4) f32: four columns of the context rows
export declare const hidden: usize; // (row / 4) f32: h
export declare const error: usize; // (row / 4) f32: the gradient of h
export declare const spare: usize; // (row / 4) f32: zeros

export let groups: u32; // G of this example
let random: u64, rate: f32, lossSums: v128;

/** Call before each chunk: sets its random numbers and learning rate. */
export function begin(seed: u64, learningRate: f32): void {
  random = seed;
  rate = learningRate;
  lossSums = f32x4.splat(0);
}

@inline
export function draw(): u64 {
  random += 0x9e3779b97f4a7c15;
  return mix(random);
}

/** Scores of an example -> its gradients; `half` 0 or 1: which four rows of the group. */
@inline
export function toGradients(scores: v128, group: u32, half: u32, to: usize): void {
  const weights = v128.load(rates + <usize>group * PART + <usize>(half << 4));
  const label = (group | half) == 0 ? f32x4(1, 0, 0, 0) : f32x4.splat(0);
  v128.store(
    to + <usize>(half << 4),
    f32x4.mul(f32x4.mul(weights, f32x4.splat(rate)), f32x4.sub(label, sigmoid(scores))),
  );
}

/** Adds to the loss; the difference is 0, or NaN if a score is not finite. */
export function addLoss(scores: v128, group: u32, half: u32): void {
  const weights = v128.load(rates + <usize>group * PART + <usize>(half << 4));
  const signs = (group | half) == 0 ? f32x4(1, -1, -1, -1) : f32x4.splat(-1);
  const loss = f32x4.mul(weights, negativeLogSigmoid(f32x4.mul(scores, signs)));
  lossSums = f32x4.add(lossSums, f32x4.add(loss, f32x4.sub(scores, scores)));
}

@inline
export function addressAt(table: usize, index: u32): usize {
  return <usize>load<u32>(table + ((<usize>index) << 2));
}

/** The centre's row and its negatives -> outputRows, rates, groups. */
export function drawOutputs(centre: u32): void {
  store<u32>(ids, centre);
  store<u32>(outputRows, <u32>(outputs + <usize>centre * row));
  store<f32>(rates, 1);
  let m: u32 = 1;
  for (let k: u32 = 0; k < negatives; k++) {
    const bits = draw();
    const slot = <u32>(((bits >> 32) * <u64>vocabulary) >> 32);
    const entry = aliases + ((<usize>slot) << 3);
    const id = <u32>bits <= load<u32>(entry) ? slot : load<u32>(entry, 4);
    if (id == centre) continue;
    let same: u32 = 1;
    while (same < m && load<u32>(ids + ((<usize>same) << 2)) != id) same++;
    const weight = rates + <usize>(same / <u32>GROUP) * PART + ((<usize>(same % <u32>GROUP)) << 2);
    if (same < m) {
      store<f32>(weight, load<f32>(weight) + 1);
      continue;
    }
    store<u32>(ids + ((<usize>m) << 2), id);
    store<u32>(outputRows + ((<usize>m) << 2), <u32>(outputs + <usize>id * row));
    store<f32>(weight, 1);
    m++;
  }
  groups = (m + <u32>GROUP - 1) / <u32>GROUP;
  for (; m < groups * <u32>GROUP; m++) {
    store<u32>(outputRows + ((<usize>m) << 2), <u32>spare);
    store<f32>(rates + <usize>(m / <u32>GROUP) * PART + ((<usize>(m % <u32>GROUP)) << 2), 0);
  }
}

/** Address of the gradients of a group: 8 floats per context. */
@inline
export function gradientsOf(group: u32): usize {
  return gradients + <usize>(group * (2 * window + 2)) * PART;
}

/** The sum of losses since `begin`. */
export function lossOfChunk(): f64 {
  return (
    <f64>f32x4.extract_lane(lossSums, 0) +
    <f64>f32x4.extract_lane(lossSums, 1) +
    <f64>f32x4.extract_lane(lossSums, 2) +
    <f64>f32x4.extract_lane(lossSums, 3)
  );
}
