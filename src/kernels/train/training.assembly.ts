// Skip-gram and CBOW (Mikolov et al. 2013a) with negative sampling, hierarchical softmax (2013b) or the full softmax,
// f32x4, on rows that all threads share (Hogwild, Recht et al. 2011), mostly by blocks of T centers: scores and updates
// are small matrix products, or sums over windows that slide. Read the plain form first (skipgram.plain.ts,
// cbow.plain.ts, softmax.plain.ts, over chunk.plain.ts): the same arithmetic, one number at a time, which the tests hold
// this kernel against. skipgram, cbow, tree and softmax.assembly.ts have the formulas.

import { mix } from './arithmetic.assembly';
import { trainCbowBlock } from './cbow.assembly';
import {
  begin,
  blockSize,
  drawWidth,
  keeps,
  kept,
  LOSS_EVERY,
  loss,
  MOST,
  model,
  rate,
  SOFTMAX,
  TREE,
} from './chunk.assembly';
import { addCenter, beginSkipgram, endSkipgram } from './skipgram.assembly';
import { trainCbowPath, trainPath } from './tree.assembly';

export { lossOfChunk } from './chunk.assembly';
export { blocksDone, resumeBlocks } from './negatives.assembly';

let words: u32, centers: u32, examples: u32, cbowBlock: u32;

/** Trains on kept[line .. end - 1], a line of two words or more, with those of first .. last - 1 as centers. */
function trainLine(line: u32, end: u32, first: u32, last: u32): void {
  const from = max(line, first),
    to = min(end, last);
  if (model == 0 || loss == TREE) {
    for (let t = from; t < to; t++) {
      const width = drawWidth(),
        left = t - line > width ? t - width : line,
        right = min(end, t + width + 1);
      if (loss == TREE) decide(t, left, right, (centers + t - from) % LOSS_EVERY == 0);
      else addCenter(t, left, right);
    }
  } else {
    for (let t = from; t < to; t += cbowBlock) {
      examples += trainCbowBlock(line, end, t, min(to, t + cbowBlock), centers + t - from);
    }
  }
  if (from < to) centers += to - from;
}

/** Trains on the path of the center at place `t`, with the words from `left` to `right` - 1 as its context. */
function decide(t: u32, left: u32, right: u32, measure: bool): void {
  let pairs: u32 = 1;
  if (model == 0) pairs = trainPath(t, left, right, measure);
  else trainCbowPath(t, left, right, measure);
  if (measure) examples += pairs;
}

/**
 * Subsampling: copies those of `total` tokens (ids, -1 at line ends) that are kept to `to`, which may be `tokens`; the
 * first stands at `position` of the corpus. Whether a token is kept depends on `keepSeed` and its position alone, so
 * that chunks agree on the words they share. Returns how many were copied.
 */
export function keepTokens(tokens: usize, total: u32, position: u64, keepSeed: u64, to: usize): u32 {
  let m: u32 = 0;
  words = 0;
  for (let i: u32 = 0; i < total; i++) {
    const id = load<i32>(tokens + ((<usize>i) << 2));
    if (id >= 0) {
      words++;
      const chance = <u32>(mix(keepSeed + (position + <u64>i + 1) * 0x9e3779b97f4a7c15) >> 32);
      if (chance > load<u32>(keeps + ((<usize>id) << 2))) continue;
    }
    store<i32>(to + ((<usize>m) << 2), id);
    m++;
  }
  return m;
}

/** Trains on the first `total` tokens of `kept`, those from `first` to `last` - 1 as centers. */
export function trainKept(total: u32, first: u32, last: u32, drawSeed: u64, learningRate: f32): void {
  begin(drawSeed, learningRate);
  examples = 0;
  centers = 0;
  cbowBlock = loss == SOFTMAX ? <u32>max(1, min(<f32>blockSize, MOST / (2 * rate))) : blockSize;
  if (model == 0 && loss != TREE) beginSkipgram();
  for (let line: u32 = 0; line < total; ) {
    let end = line;
    while (end < total && load<i32>(kept + ((<usize>end) << 2)) >= 0) end++;
    if (end - line > 1) trainLine(line, end, first, last);
    line = end + 1;
  }
  if (model == 0 && loss != TREE) examples = endSkipgram();
}

/**
 * Of the last `keepTokens`: the words, kept or not. Of the last `trainKept`: examples measured, and centers trained on.
 */
export function wordsSeen(): u32 {
  return words;
}
export function examplesOfChunk(): u32 {
  return examples;
}
export function centersOfChunk(): u32 {
  return centers;
}
