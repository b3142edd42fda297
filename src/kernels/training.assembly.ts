// Trains skip-gram and CBOW with negative sampling (Mikolov et al. 2013b) in f32x4, on rows that all threads update
// without locks (Hogwild, Recht et al. 2011). The contexts of a centre share its negatives, so that scores and updates
// are small matrix products (pWord2Vec: Ji et al. 2016). With X the centre's m = 1 + K output rows, E its context rows:
//   skip-gram: S = E X^T,  G = rate (labels - sigmoid(S)),  E += G X,  X += G^T E   (old X and E on the right; but with one
//              group of rows, the second occurrence of a context word uses the row that the first has updated)
//   CBOW:      h = mean of E (or sum),  s = X h,  g = rate (labels - sigmoid(s)),  each row of E += X^T g,  X += g h^T

import { mix } from './training-arithmetic.assembly';
import { cbow } from './training-cbow.assembly';
import {
  addressAt,
  begin,
  contexts,
  draw,
  drawOutputs,
  inputs,
  keeps,
  kept,
  model,
  row,
  spare,
  window,
} from './training-example.assembly';
import { skipgram } from './training-skipgram.assembly';

export { lossOfChunk } from './training-example.assembly';

const LOSS_EVERY: u32 = 8; // centres

let words: u32, centres: u32, examples: u32;

/** Trains on the line kept[line .. end - 1], with the words in first .. last - 1 as centres. */
function trainLine(line: u32, end: u32, first: u32, last: u32): void {
  const from = max(line, first),
    to = min(end, last);
  for (let t = from; t < to; t++) {
    const width = <u32>(((draw() >> 32) * <u64>window) >> 32) + 1;
    const left = t - line > width ? t - width : line;
    const right = min(end, t + width + 1);
    let count: u32 = 0;
    for (let u = left; u < right; u++) {
      if (u == t) continue;
      store<u32>(contexts + ((<usize>count) << 2), <u32>(inputs + addressAt(kept, u) * row));
      count++;
    }
    if (count == 0) continue;
    store<u32>(contexts + ((<usize>count) << 2), <u32>spare);
    drawOutputs(load<u32>(kept + ((<usize>t) << 2)));
    const measure = centres++ % LOSS_EVERY == 0;
    if (measure) examples += model == 0 ? count : 1;
    if (model == 0) skipgram(count, measure);
    else cbow(count, measure);
  }
}

/**
 * Subsampling: copies the kept ones of `total` tokens (ids, -1 at line ends) to `to`, which may be `tokens`; the first
 * is at `position` of the corpus. Keeping a token depends only on `keepSeed` and its position, so that chunks agree on
 * the words they share. Returns the number copied.
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

/** Trains on the first `total` tokens of `kept`, with `first` .. `last` - 1 as centres. */
export function trainKept(total: u32, first: u32, last: u32, drawSeed: u64, learningRate: f32): void {
  begin(drawSeed, learningRate);
  examples = 0;
  centres = 0;
  for (let line: u32 = 0; line < total; ) {
    let end = line;
    while (end < total && load<i32>(kept + ((<usize>end) << 2)) >= 0) end++;
    trainLine(line, end, first, last);
    line = end + 1;
  }
}

/**
 * Results of the last `keepTokens`: words, kept or not; of the last `trainKept`: measured examples, and trained
 * centres.
 */
export function wordsSeen(): u32 {
  return words;
}
export function examplesOfChunk(): u32 {
  return examples;
}
export function centresOfChunk(): u32 {
  return centres;
}
