// Skip-gram and CBOW with negative sampling (Mikolov et al. 2013b), f32x4, on rows that all threads share (Hogwild,
// Recht et al. 2011). A centre draws its negatives once for all its contexts, so that scores and updates are small
// matrix products (pWord2Vec: Ji et al. 2016). With X the centre's m = 1 + K output rows, E its context rows:
//   skip-gram: S = E X^T,  G = rate (labels - sigmoid(S)),  E += G X,  X += G^T E   (old X and E on the right; but with one
//              group of rows a word that is twice in the context is seen by X the second time as the first has left it)
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

let centres: u32, examples: u32;

/** Trains on kept[line .. end - 1], a line, with those of first .. last - 1 as centres. */
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
 * Trains on `total` tokens (ids, -1 at line ends), those from `first` to `last` - 1 as centres; the first stands at
 * `position` of the corpus. Whether a token is kept depends on `keepSeed` and its position alone, so that chunks agree
 * on the words they share. Returns the words among the centres, before subsampling.
 */
export function trainChunk(
  tokens: usize,
  total: u32,
  first: u32,
  last: u32,
  position: u64,
  keepSeed: u64,
  drawSeed: u64,
  learningRate: f32,
): u32 {
  begin(drawSeed, learningRate);
  examples = 0;
  centres = 0;
  let words: u32 = 0,
    m: u32 = 0,
    firstKept: u32 = 0,
    lastKept: u32 = 0;
  for (let i: u32 = 0; i < total; i++) {
    if (i == first) firstKept = m;
    if (i == last) lastKept = m;
    const id = load<i32>(tokens + ((<usize>i) << 2));
    if (id >= 0) {
      if (i - first < last - first) words++;
      const chance = <u32>(mix(keepSeed + (position + <u64>i + 1) * 0x9e3779b97f4a7c15) >> 32);
      if (chance > load<u32>(keeps + ((<usize>id) << 2))) continue;
    }
    store<i32>(kept + ((<usize>m) << 2), id);
    m++;
  }
  if (last >= total) lastKept = m;
  for (let line: u32 = 0; line < m; ) {
    let end = line;
    while (end < m && load<i32>(kept + ((<usize>end) << 2)) >= 0) end++;
    trainLine(line, end, firstKept, lastKept);
    line = end + 1;
  }
  return words;
}

/** Of the last chunk: the examples whose loss was measured, and the centres trained on. */
export function examplesOfChunk(): u32 {
  return examples;
}
export function centresOfChunk(): u32 {
  return centres;
}
