// Hierarchical softmax (Morin & Bengio 2005; Mikolov et al. 2013b, section 2.1): a word is a path of decisions from the root of a
// Huffman tree (src/corpus/huffman.ts), each with an output row o_n. With h the hidden vector, s_n = 1 for bit 0 and -1 for bit 1:
//   P(word | h) = product of sigmoid(s_n h . o_n),  q_n = rate s_n sigmoid(-s_n h . o_n),  h += sum q_n o_n,  o_n += q_n h
// Skip-gram: each of a centre's context words predicts the centre, so that they share its path: their scores and updates are
// small matrix products, from the old rows of both. CBOW: one path a centre, a centre at a time.
import { sigmoid, storeSplats } from './training-arithmetic.assembly';
import {
  addLoss,
  blockSize,
  copyRow,
  entryAt,
  hasFrozen,
  inputRow,
  kept,
  MOST,
  movedRow,
  outputRow,
  rate,
  row,
  setEntry,
  spare,
  vocabulary,
} from './training-chunk.assembly';
import { exchangeFour, scoreFour } from './training-contexts.assembly';
import { scoreRows, updateRows } from './training-negative-rows.assembly';

const ROOT: u32 = 0xffffffff;

declare const parents: usize; // (2 V - 1) u32: for each word, then each inner node: twice its parent's number, plus its own bit
declare const pathRows: usize; // u32: addresses of the output rows on a word's path, spare rows up to a multiple of four
declare const pathSigns: usize; // f32: s of these, 0 for spare rows
declare const queries: usize; // (T + 1, row / 4) f32: old rows of context words
declare const centreRows: usize; // (T) u32: addresses of their rows
declare const scores: usize; // (T, 4) f32
declare const inward: usize; // (T, 4, 4) f32: q, each four times

let length: u32; // of the path

/** Lists the path of a word, from below. */
function listPath(id: u32): void {
  length = 0;
  let link = entryAt(parents, id);
  while (link != ROOT) {
    setEntry(pathRows, length, outputRow(link >> 1));
    store<f32>(pathSigns + ((<usize>length) << 2), link & 1 ? -1 : 1);
    link = entryAt(parents, vocabulary + (link >> 1));
    length++;
  }
  for (let k = length; k & 3; k++) {
    setEntry(pathRows, k, <u32>spare);
    store<f32>(pathSigns + ((<usize>k) << 2), 0);
  }
}

/** q of four decisions, from their scores and signs. */
@inline
function toGradients(score: v128, signs: v128, measure: bool): v128 {
  const right = f32x4.mul(signs, score);
  if (measure) addLoss(right, f32x4.abs(signs));
  return f32x4.mul(f32x4.mul(f32x4.splat(rate), signs), sigmoid(f32x4.neg(right)));
}

/** CBOW: one update of the rows on the path of word `id` by h, which also gives e. */
export function updatePath(id: u32, h: usize, e: usize, measure: bool): void {
  listPath(id);
  memory.fill(e, 0, row);
  for (let k: u32 = 0; k < length; k += 4) {
    const at = (<usize>k) << 2;
    const q = toGradients(scoreFour(pathRows + at, h), v128.load(pathSigns + at), measure);
    exchangeFour(pathRows + at, q, h, e);
  }
}

/** Skip-gram: trains on the centre at place `t` and its context words, from `left` to `right` - 1. Returns its pairs. */
export function trainPath(t: u32, left: u32, right: u32, measure: bool): u32 {
  listPath(entryAt(kept, t));
  const most = <u32>max(1, min(<f32>blockSize, MOST / (rate * <f32>length)));
  let n: u32 = 0;
  for (let u = left; u < right; u++) {
    if (u == t) continue;
    const address = inputRow(entryAt(kept, u));
    setEntry(centreRows, n, hasFrozen ? movedRow(entryAt(kept, u)) : address);
    copyRow(address, queries + <usize>n * row);
    if (++n < most) continue;
    updateContexts(n, measure);
    n = 0;
  }
  if (n > 0) updateContexts(n, measure);
  return right - left - 1;
}

function updateContexts(n: u32, measure: bool): void {
  if (n & 1) copyRow(spare, queries + <usize>n * row); // rows are scored in pairs
  for (let k: u32 = 0; k < length; k += 4) {
    const at = (<usize>k) << 2;
    scoreRows(n, pathRows + at, scores);
    const signs = v128.load(pathSigns + at);
    for (let j: u32 = 0; j < n; j++) {
      const score = v128.load(scores + ((<usize>j) << 4));
      storeSplats(toGradients(score, signs, measure), inward + ((<usize>j) << 6));
    }
    updateRows(n, centreRows, pathRows + at, inward, inward);
  }
}
