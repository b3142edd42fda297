// Hierarchical softmax (Morin & Bengio 2005; Mikolov et al. 2013b, section 2.1): a word is a path of decisions from the
// root of a Huffman tree (src/corpus/huffman.ts), each with an output row o_n. With h the hidden vector, s_n = 1 for
// bit 0 and -1 for bit 1:
//   P(word | h) = product of sigmoid(s_n h . o_n),  q_n = rate s_n sigmoid(-s_n h . o_n),  e = sum q_n o_n,  o_n += q_n
//   h
// Skip-gram: each of a center's context words predicts the center, h its row, so that they share its path: their scores
// and updates are small matrix products, from the old rows of both; h += e. CBOW: h is the mean of the context words'
// rows (or their sum), each of which moves by e before the next center.
import { sigmoid, storeSplats } from './arithmetic.assembly';
import {
  addLoss,
  blockSize,
  copyRow,
  entryAt,
  hasFrozen,
  inputRow,
  kept,
  MOST,
  model,
  movedRow,
  outputRow,
  rate,
  row,
  setEntry,
  spare,
} from './chunk.assembly';
import { exchangeFour, exchangeSix, highScores, lowScores, scoreFour, scoreSix } from './contexts.assembly';
import { scoreRows, updateRows } from './negative-rows.assembly';
import { addToRows, storeSum } from './row-sums.assembly';

declare const pathStarts: usize; // (V + 1) u32: where each word's path starts in pathLinks
declare const pathLinks: usize; // u32: for each decision on a word's path twice the number of its inner node, plus its bit
declare const pathRows: usize; // u32: addresses of the output rows on a word's path, then of spare rows
declare const pathSigns: usize; // f32: s of these, 0 for spare rows
declare const pathGradients: usize; // f32: q
declare const queries: usize; // (T + 1, row / 4) f32: old rows of context words; h
declare const errors: usize; // (T, row / 4) f32: e
declare const rowList: usize; // (T + 2 W) u32: addresses of the context words' rows
declare const centerRows: usize; // (T) u32: the same, T at most
declare const scores: usize; // (T, 4) f32
declare const inward: usize; // (T, 4, 4) f32: q, each four times

const FIRST_TWO = i32x4(-1, -1, 0, 0); // lanes

let length: u32; // of the path

/** Lists the rows and signs on the path of a word, and eight spare rows. */
function listPath(id: u32): void {
  const start = entryAt(pathStarts, id);
  length = entryAt(pathStarts, id + 1) - start;
  const from = pathLinks + ((<usize>start) << 2),
    end = (<usize>length) << 2,
    one = i32x4.splat(1);
  for (let at: usize = 0; at < end; at += 16) {
    const links = v128.load(from + at),
      nodes = i32x4.mul(i32x4.shr_u(links, 1), i32x4.splat(<i32>row)),
      bits = v128.and(links, one);
    v128.store(pathRows + at, i32x4.add(nodes, i32x4.splat(<i32>outputRow(0))));
    v128.store(pathSigns + at, f32x4.convert_i32x4_s(i32x4.sub(one, i32x4.add(bits, bits))));
  }
  for (let at = end; at < end + 32; at += 16) {
    v128.store(pathRows + at, i32x4.splat(<i32>spare));
    v128.store(pathSigns + at, i32x4.splat(0));
  }
}

/** How many rows come next where `left` are left: six or four, so that few spare rows follow the last one. */
@inline
function groupOf(left: i32): i32 {
  return left > 8 || left == 6 || left == 5 ? 6 : 4;
}

/** q of the path's rows. */
function scorePath(h: usize, measure: bool): void {
  for (let left = <i32>length, at: usize = 0; left > 0; ) {
    const group = groupOf(left),
      signs = pathSigns + at,
      q = pathGradients + at;
    if (group == 6) {
      scoreSix(pathRows + at, h);
      v128.store(q, toGradients(lowScores, v128.load(signs), measure));
      v128.store(q, toGradients(highScores, v128.and(v128.load(signs, 16), FIRST_TWO), measure), 16);
    } else v128.store(q, toGradients(scoreFour(pathRows + at, h), v128.load(signs), measure));
    left -= group;
    at += (<usize>group) << 2;
  }
}

/** e += q o and o += q h for the path's rows. */
function movePath(h: usize, e: usize): void {
  for (let left = <i32>length, at: usize = 0; left > 0; ) {
    const group = groupOf(left),
      q = v128.load(pathGradients + at);
    if (group == 6) exchangeSix(pathRows + at, q, v128.load(pathGradients + at, 16), h, e);
    else exchangeFour(pathRows + at, q, h, e);
    left -= group;
    at += (<usize>group) << 2;
  }
}

/** q of four decisions: their `signs` s, 0 where there is none. */
@inline
function toGradients(scores: v128, signs: v128, measure: bool): v128 {
  const right = f32x4.mul(signs, scores);
  if (measure) addLoss(right, f32x4.abs(signs));
  return f32x4.mul(f32x4.mul(f32x4.splat(rate), signs), sigmoid(f32x4.neg(right)));
}

/** CBOW: trains on the center at place `t` and its context words, from `left` to `right` - 1. */
export function trainCbowPath(t: u32, left: u32, right: u32, measure: bool): void {
  listPath(entryAt(kept, t));
  let n: u32 = 0;
  for (let u = left; u < right; u++) if (u != t) setEntry(rowList, n++, inputRow(entryAt(kept, u)));
  storeSum(rowList, n, model == 1 ? 1 / <f32>n : 1, queries);
  copyRow(spare, errors);
  scorePath(queries, measure);
  movePath(queries, errors);
  if (hasFrozen) {
    n = 0;
    for (let u = left; u < right; u++) if (u != t) setEntry(rowList, n++, movedRow(entryAt(kept, u)));
  }
  addToRows(errors, rowList, n);
}

/**
 * Skip-gram: trains on the center at place `t` and its context words, from `left` to `right` - 1. Returns its pairs.
 */
export function trainPath(t: u32, left: u32, right: u32, measure: bool): u32 {
  listPath(entryAt(kept, t));
  const most = <u32>max(1, min(<f32>blockSize, MOST / (rate * <f32>length)));
  let n: u32 = 0;
  for (let u = left; u < right; u++) {
    if (u == t) continue;
    const address = inputRow(entryAt(kept, u));
    setEntry(centerRows, n, hasFrozen ? movedRow(entryAt(kept, u)) : address);
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
    updateRows(n, centerRows, pathRows + at, inward, inward);
  }
}
