// CBOW with negative sampling or the full softmax, by blocks of up to T neighboring centers of a line, which have one
// window width w. With the old rows on the right:
//   h_t = share (sum of the input rows from t - w to t + w, without t)            share: 1 / their number, or 1 for the
//   sum e_t = X_t^T g_t, g_t = rate (labels - sigmoid(X_t h_t)), X_t += g_t h_t^T     center by center, X_t its output
//   rows
//                                                                               (the full softmax: all centers at once)
//   row u += sum of the e_t from u - w to u + w, without u                        once a block
// The two window sums slide (window-sums.assembly.ts), so that a wide window costs no more than a narrow one.
// With subwords (subwords.assembly.ts) a word's row in the first sum is the sum of its rows, share is 1 / the
// number of rows in the window, as in fastText, and the second sum is added to every row of u.

import { drawOutputs, updateOutputs } from './cbow-outputs.assembly';
import {
  drawWidth,
  entryAt,
  hasFrozen,
  inputRow,
  kept,
  LOSS_EVERY,
  loss,
  model,
  movedRow,
  NEGATIVE_SAMPLING,
  row,
  SOFTMAX,
  setEntry,
  spare,
} from './chunk.assembly';
import { addTarget, measureTarget, scoreWords, spreadTargets, updateWords } from './softmax.assembly';
import { gatherWord, hasSubwords, scatterWord, subwordCount } from './subwords.assembly';
import { addWindowSums, storeWindowSums } from './window-sums.assembly';

export declare const queries: usize; // (T + 1, row / 4) f32: h
declare const errors: usize; // (T, row / 4) f32: e
declare const rowList: usize; // (T + 2 W) u32: addresses of the input rows from first - w on
declare const errorList: usize; // (T + 4 W) u32: addresses of the errors from first - 2 w on
declare const shares: usize; // (T) f32
declare const centerRows: usize; // (T) u32: addresses of the errors
declare const wordRows: usize; // (T + 2 W, row / 4) f32: with subwords the sums of the words' rows, then what these move by

/**
 * Trains on the centers first .. last - 1 of the line [line, end), T at most; `before`: centers of the chunk so far.
 * Returns how many were measured.
 */
export function trainCbowBlock(line: u32, end: u32, first: u32, last: u32, before: u32): u32 {
  const w = min(drawWidth(), end - line - 1),
    n = last - first,
    rows = n + 2 * w;
  for (let j: u32 = 0; j < rows; j++) {
    const u = first + j; // w places further on
    const inLine = u >= line + w && u < end + w;
    if (hasSubwords && inLine) gatherPlace(j, u - w);
    else setEntry(rowList, j, inLine ? inputRow(entryAt(kept, u - w)) : <u32>spare);
  }
  if (hasSubwords) shareSubwords(line, end, first, n, w);
  else {
    for (let j: u32 = 0; j < n; j++) {
      const count = min(first + j - line, w) + min(end - 1 - first - j, w);
      store<f32>(shares + ((<usize>j) << 2), model == 1 ? 1 / <f32>count : 1);
    }
  }
  storeWindowSums(rowList, n, w, shares, queries);
  if (hasSubwords) memory.fill(wordRows, 0, <usize>rows * row);
  if (hasFrozen) {
    for (let j: u32 = 0; j < rows; j++) {
      const u = first + j;
      if (u >= line + w && u < end + w) setEntry(rowList, j, movedRow(entryAt(kept, u - w)));
    }
  }

  const measured = trainOutputs(first, n, before);

  for (let j: u32 = 0; j < rows + 2 * w; j++) {
    const inBlock = j >= 2 * w && j < 2 * w + n;
    setEntry(errorList, j, inBlock ? <u32>(errors + <usize>(j - 2 * w) * row) : <u32>spare);
  }
  const skipped = first - line < w ? w - (first - line) : 0; // places before the line
  const inLine = min(end + w, first + rows) - first - skipped;
  const from = (<usize>skipped) << 2;
  addWindowSums(errorList + from, inLine, w, rowList + from);
  if (hasSubwords) {
    for (let j = skipped; j < skipped + inLine; j++)
      scatterWord(entryAt(kept, first + j - w), wordRows + <usize>j * row);
  }
  return measured;
}

/** The sum of the rows of the word at a place, as row j of the block. */
function gatherPlace(j: u32, place: u32): void {
  const at = wordRows + <usize>j * row;
  gatherWord(entryAt(kept, place), 1, at);
  setEntry(rowList, j, <u32>at);
}

/** 1 / the number of rows in each of the n windows, whose number slides as the sums do. */
function shareSubwords(line: u32, end: u32, first: u32, n: u32, w: u32): void {
  let u = first - line < w ? line : first - w, // from here ...
    next = u, // ... to before here
    count: u32 = 0;
  for (let t = first; t < first + n; t++) {
    for (; next < end && next <= t + w; next++) count += subwordCount(entryAt(kept, next));
    for (; u + w < t; u++) count -= subwordCount(entryAt(kept, u));
    store<f32>(shares + ((<usize>(t - first)) << 2), 1 / <f32>(count - subwordCount(entryAt(kept, t))));
  }
}

/** Output rows, h -> e, for the n centers from place `first` on. Returns how many were measured. */
function trainOutputs(first: u32, n: u32, before: u32): u32 {
  if (loss == NEGATIVE_SAMPLING) drawOutputs(first, n);
  if (loss == SOFTMAX) scoreWords(n);
  let measured: u32 = 0;
  for (let j: u32 = 0; j < n; j++) {
    const measure = (before + j) % LOSS_EVERY == 0,
      id = entryAt(kept, first + j),
      h = queries + <usize>j * row,
      e = errors + <usize>j * row;
    if (loss == NEGATIVE_SAMPLING) updateOutputs(j, h, e, measure);
    else predict(j, id, e, measure);
    if (measure) measured++;
  }
  if (loss == SOFTMAX) updateWords(n, centerRows);
  return measured;
}

/** The full softmax's gradients of center j of the block, with word `id` as its only target. */
function predict(j: u32, id: u32, e: usize, measure: bool): void {
  if (measure) measureTarget(j, id);
  spreadTargets(j, 1, measure);
  addTarget(j, id);
  setEntry(centerRows, j, <u32>e);
  memory.fill(e, 0, row);
}
