// Skip-gram: products of a centre's context rows E (input) with its m output rows X, in blocks. See
// training.assembly.ts. A wide window is processed in groups of AT_ONCE contexts: with more updates from the same old
// X, their sum would overshoot and training would diverge.
import { madd, sums } from './training-arithmetic.assembly';
import {
  addLoss,
  addressAt,
  contexts,
  copies,
  GROUP,
  gradientsOf,
  groups,
  outputRows,
  PART,
  row,
  toGradients,
} from './training-example.assembly';

/** S = E X^T and G for one group: two contexts at a time against six output rows. */
function scoreContexts(list: usize, count: u32, group: u32, measure: bool): void {
  const table = outputRows + <usize>group * (GROUP << 2),
    from = gradientsOf(group),
    end = row;
  const o0 = addressAt(table, 0),
    o1 = addressAt(table, 1),
    o2 = addressAt(table, 2);
  const o3 = addressAt(table, 3),
    o4 = addressAt(table, 4),
    o5 = addressAt(table, 5);
  for (let j: u32 = 0; j < count; j += 2) {
    const a = addressAt(list, j),
      b = addressAt(list, j + 1);
    let a0 = f32x4.splat(0),
      a1 = a0,
      a2 = a0,
      a3 = a0,
      a4 = a0,
      a5 = a0,
      b0 = a0,
      b1 = a0,
      b2 = a0,
      b3 = a0,
      b4 = a0,
      b5 = a0;
    for (let i: usize = 0; i < end; i += 16) {
      const x = v128.load(a + i),
        y = v128.load(b + i);
      let o = v128.load(o0 + i);
      a0 = madd(x, o, a0);
      b0 = madd(y, o, b0);
      o = v128.load(o1 + i);
      a1 = madd(x, o, a1);
      b1 = madd(y, o, b1);
      o = v128.load(o2 + i);
      a2 = madd(x, o, a2);
      b2 = madd(y, o, b2);
      o = v128.load(o3 + i);
      a3 = madd(x, o, a3);
      b3 = madd(y, o, b3);
      o = v128.load(o4 + i);
      a4 = madd(x, o, a4);
      b4 = madd(y, o, b4);
      o = v128.load(o5 + i);
      a5 = madd(x, o, a5);
      b5 = madd(y, o, b5);
    }
    const aLow = sums(a0, a1, a2, a3),
      aHigh = sums(a4, a5, a4, a5),
      bLow = sums(b0, b1, b2, b3),
      bHigh = sums(b4, b5, b4, b5);
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

/**
 * E += G X, X += G^T E, a vector of each row at a time; `several` groups need the E that was there before the first.
 */
@inline
function updateRows(list: usize, count: u32, group: u32, i: usize, several: bool): void {
  const table = outputRows + <usize>group * (GROUP << 2),
    from = gradientsOf(group);
  const o0 = addressAt(table, 0) + i,
    o1 = addressAt(table, 1) + i,
    o2 = addressAt(table, 2) + i;
  const o3 = addressAt(table, 3) + i,
    o4 = addressAt(table, 4) + i,
    o5 = addressAt(table, 5) + i;
  const x0 = v128.load(o0),
    x1 = v128.load(o1),
    x2 = v128.load(o2),
    x3 = v128.load(o3),
    x4 = v128.load(o4),
    x5 = v128.load(o5);
  let d0 = x0,
    d1 = x1,
    d2 = x2,
    d3 = x3,
    d4 = x4,
    d5 = x5;
  for (let j: u32 = 0; j < count; j++) {
    const g = from + <usize>j * PART,
      at = addressAt(list, j) + i;
    let y = v128.load(at);
    const e = several ? v128.load(copies + ((<usize>j) << 4)) : y;
    let q = v128.load32_splat(g);
    y = madd(q, x0, y);
    d0 = madd(q, e, d0);
    q = v128.load32_splat(g, 4);
    y = madd(q, x1, y);
    d1 = madd(q, e, d1);
    q = v128.load32_splat(g, 8);
    y = madd(q, x2, y);
    d2 = madd(q, e, d2);
    q = v128.load32_splat(g, 12);
    y = madd(q, x3, y);
    d3 = madd(q, e, d3);
    q = v128.load32_splat(g, 16);
    y = madd(q, x4, y);
    d4 = madd(q, e, d4);
    q = v128.load32_splat(g, 20);
    y = madd(q, x5, y);
    d5 = madd(q, e, d5);
    v128.store(at, y);
  }
  v128.store(o0, d0);
  v128.store(o1, d1);
  v128.store(o2, d2);
  v128.store(o3, d3);
  v128.store(o4, d4);
  v128.store(o5, d5);
}

const AT_ONCE: u32 = 32; // even, because contexts are scored in pairs

/** `list`: addresses of `count` context rows, and after an odd number of them the spare row. */
function trainPart(list: usize, count: u32, measure: bool): void {
  for (let group: u32 = 0; group < groups; group++) scoreContexts(list, count, group, measure);
  if (groups == 1) {
    for (let i: usize = 0; i < row; i += 16) updateRows(list, count, 0, i, false);
    return;
  }
  for (let i: usize = 0; i < row; i += 16) {
    for (let j: u32 = 0; j < count; j++) v128.store(copies + ((<usize>j) << 4), v128.load(addressAt(list, j) + i));
    for (let group: u32 = 0; group < groups; group++) updateRows(list, count, group, i, true);
  }
}

export function skipgram(count: u32, measure: bool): void {
  for (let from: u32 = 0; from < count; from += AT_ONCE) {
    trainPart(contexts + ((<usize>from) << 2), min(AT_ONCE, count - from), measure);
  }
}
