// What all parts of the training kernel share: the host's constants, and the current chunk's random numbers, learning
// rate and loss. Rows are padded with zeros to whole vectors.
import { mix, negativeLogSigmoid } from './arithmetic.assembly';

// Given by the host (src/train/wasm/training-kernel.ts). V words, W the window, D dimensions, T centers of a block.
export declare const inputs: usize; // (V, row / 4) f32
export declare const outputs: usize; // (V, row / 4) f32
export declare const row: usize; // bytes: D floats, and zeros up to a multiple of four
export declare const keeps: usize; // (V) u32: a word is kept where a random word is not above it
export declare const hasFrozen: bool; // whether some input rows do not move
declare const frozen: usize; // (V) u8: 1 for their words
declare const aliases: usize; // (V) pairs of u32: threshold, alias
export declare const noise: usize; // (V) f32: P, the noise distribution
export declare const vocabulary: u32; // V
export declare const window: u32; // W
export declare const negatives: u32; // of an example
export declare const model: i32; // 0 skip-gram, 1 CBOW with the mean, 2 CBOW with the sum
export declare const loss: i32; // NEGATIVE_SAMPLING, TREE (hierarchical softmax) or SOFTMAX
export declare const blockSize: u32; // T, even
// This thread's own areas, zero at first.
export declare const kept: usize; // (tokens) i32: the chunk's tokens that subsampling keeps
export declare const spare: usize; // (row / 4) f32: zeros, read in place of a row that is missing
export declare const sink: usize; // (row / 4) f32: receives the updates of frozen rows
export declare const ids: usize; // u32: words drawn as negatives

export const NEGATIVE_SAMPLING: i32 = 0;
export const TREE: i32 = 1;
export const SOFTMAX: i32 = 2;

export const LOSS_EVERY: u32 = 8; // blocks of skip-gram; centers of CBOW, and of the tree
export const MOST: f32 = 4; // a row's weight times the rate in updates made from the same old rows, which overshoot beyond

export let rate: f32;
let random: u64, lossSums: v128, lossSum: f64;

/** Before each chunk: its random numbers and learning rate. */
export function begin(seed: u64, learningRate: f32): void {
  random = seed;
  rate = learningRate;
  lossSums = f32x4.splat(0);
  lossSum = 0;
}

/** A whole number from 1 to W. */
export function drawWidth(): u32 {
  random += 0x9e3779b97f4a7c15;
  return <u32>(((mix(random) >> 32) * <u64>window) >> 32) + 1;
}

/** Draws `count` words from the noise distribution -> ids. Which of a slot's two words it is takes no branch. */
export function drawNegatives(count: u32): void {
  let state = random;
  const end = ids + ((<usize>count) << 2);
  for (let to = ids; to < end; to += 4) {
    state += 0x9e3779b97f4a7c15;
    const bits = mix(state);
    const slot = <u32>(((bits >> 32) * <u64>vocabulary) >> 32);
    const entry = aliases + ((<usize>slot) << 3);
    const isAlias = 0 - <u32>(<u32>bits > load<u32>(entry)); // all bits 1, or 0
    store<u32>(to, slot ^ ((slot ^ load<u32>(entry, 4)) & isAlias));
  }
  random = state;
}

/** Adds -weights log sigmoid(scores) to the loss; the difference is 0, or NaN where a score is not a finite number. */
export function addLoss(scores: v128, weights: v128): void {
  const loss = f32x4.mul(weights, negativeLogSigmoid(scores));
  lossSums = f32x4.add(lossSums, f32x4.add(loss, f32x4.sub(scores, scores)));
}

/** Adds one number to the loss. */
export function addToLoss(value: f64): void {
  lossSum += value;
}

/** The sum of the losses added since `begin`. */
export function lossOfChunk(): f64 {
  return (
    lossSum +
    <f64>f32x4.extract_lane(lossSums, 0) +
    <f64>f32x4.extract_lane(lossSums, 1) +
    <f64>f32x4.extract_lane(lossSums, 2) +
    <f64>f32x4.extract_lane(lossSums, 3)
  );
}

@inline
export function entryAt(table: usize, index: u32): u32 {
  return load<u32>(table + ((<usize>index) << 2));
}

@inline
export function addressAt(table: usize, index: u32): usize {
  return <usize>entryAt(table, index);
}

@inline
export function setEntry(table: usize, index: u32, value: u32): void {
  store<u32>(table + ((<usize>index) << 2), value);
}

/** The addresses of an input and of an output row. */
@inline
export function inputRow(id: u32): u32 {
  return <u32>(inputs + <usize>id * row);
}

@inline
export function outputRow(id: u32): u32 {
  return <u32>(outputs + <usize>id * row);
}

/** Where an input row's update goes: to the row, or if it is frozen to the sink. */
export function movedRow(id: u32): u32 {
  return load<u8>(frozen + id) != 0 ? <u32>sink : inputRow(id);
}

export function copyRow(from: usize, to: usize): void {
  for (let i: usize = 0; i < row; i += 16) v128.store(to + i, v128.load(from + i));
}
