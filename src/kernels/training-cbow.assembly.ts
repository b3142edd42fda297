// CBOW: products of the mean (or sum) h of a centre's context rows with its m output rows X. See training.assembly.ts.
import { madd, sums } from './training-arithmetic.assembly';
import {
  addLoss,
  addressAt,
  contexts,
  error,
  GROUP,
  gradients,
  groups,
  hidden,
  model,
  outputRows,
  row,
  toGradients,
} from './training-example.assembly';

/** h = share times the sum of the context rows, four vectors at a time. */
function averageContexts(count: u32): void {
  const share = f32x4.splat(model == 1 ? 1 / <f32>count : 1),
    zero = f32x4.splat(0);
  const end = row,
    list = contexts,
    listEnd = contexts + ((<usize>count) << 2);
  let i: usize = 0;
  for (; i + 64 <= end; i += 64) {
    let a = zero,
      b = zero,
      c = zero,
      d = zero;
    for (let entry = list; entry < listEnd; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      a = f32x4.add(a, v128.load(at));
      b = f32x4.add(b, v128.load(at, 16));
      c = f32x4.add(c, v128.load(at, 32));
      d = f32x4.add(d, v128.load(at, 48));
    }
    const to = hidden + i;
    v128.store(to, f32x4.mul(a, share));
    v128.store(to, f32x4.mul(b, share), 16);
    v128.store(to, f32x4.mul(c, share), 32);
    v128.store(to, f32x4.mul(d, share), 48);
  }
  for (; i < end; i += 16) {
    let a = zero;
    for (let entry = list; entry < listEnd; entry += 4) a = f32x4.add(a, v128.load(<usize>load<u32>(entry) + i));
    v128.store(hidden + i, f32x4.mul(a, share));
  }
}

/** Adds the error to every context row. */
function correctContexts(count: u32): void {
  const end = row,
    list = contexts,
    listEnd = contexts + ((<usize>count) << 2);
  let i: usize = 0;
  for (; i + 64 <= end; i += 64) {
    const from = error + i;
    const a = v128.load(from),
      b = v128.load(from, 16),
      c = v128.load(from, 32),
      d = v128.load(from, 48);
    for (let entry = list; entry < listEnd; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      v128.store(at, f32x4.add(v128.load(at), a));
      v128.store(at, f32x4.add(v128.load(at, 16), b), 16);
      v128.store(at, f32x4.add(v128.load(at, 32), c), 32);
      v128.store(at, f32x4.add(v128.load(at, 48), d), 48);
    }
  }
  for (; i < end; i += 16) {
    const a = v128.load(error + i);
    for (let entry = list; entry < listEnd; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      v128.store(at, f32x4.add(v128.load(at), a));
    }
  }
}

/** Scores and update of one group, and its part of the error (separate until all groups are done). */
function updateOutputs(group: u32, measure: bool): void {
  const table = outputRows + <usize>group * (GROUP << 2),
    end = row;
  const o0 = addressAt(table, 0),
    o1 = addressAt(table, 1),
    o2 = addressAt(table, 2);
  const o3 = addressAt(table, 3),
    o4 = addressAt(table, 4),
    o5 = addressAt(table, 5);
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0,
    s4 = s0,
    s5 = s0;
  for (let i: usize = 0; i < end; i += 16) {
    const h = v128.load(hidden + i);
    s0 = madd(h, v128.load(o0 + i), s0);
    s1 = madd(h, v128.load(o1 + i), s1);
    s2 = madd(h, v128.load(o2 + i), s2);
    s3 = madd(h, v128.load(o3 + i), s3);
    s4 = madd(h, v128.load(o4 + i), s4);
    s5 = madd(h, v128.load(o5 + i), s5);
  }
  const low = sums(s0, s1, s2, s3),
    high = sums(s4, s5, s4, s5);
  toGradients(low, group, 0, gradients);
  toGradients(high, group, 1, gradients);
  if (measure) {
    addLoss(low, group, 0);
    addLoss(high, group, 1);
  }
  const q0 = v128.load32_splat(gradients),
    q1 = v128.load32_splat(gradients, 4),
    q2 = v128.load32_splat(gradients, 8);
  const q3 = v128.load32_splat(gradients, 12),
    q4 = v128.load32_splat(gradients, 16),
    q5 = v128.load32_splat(gradients, 20);
  for (let i: usize = 0; i < end; i += 16) {
    const h = v128.load(hidden + i);
    let e = group == 0 ? f32x4.splat(0) : v128.load(error + i);
    let o = v128.load(o0 + i);
    e = madd(q0, o, e);
    v128.store(o0 + i, madd(q0, h, o));
    o = v128.load(o1 + i);
    e = madd(q1, o, e);
    v128.store(o1 + i, madd(q1, h, o));
    o = v128.load(o2 + i);
    e = madd(q2, o, e);
    v128.store(o2 + i, madd(q2, h, o));
    o = v128.load(o3 + i);
    e = madd(q3, o, e);
    v128.store(o3 + i, madd(q3, h, o));
    o = v128.load(o4 + i);
    e = madd(q4, o, e);
    v128.store(o4 + i, madd(q4, h, o));
    o = v128.load(o5 + i);
    e = madd(q5, o, e);
    v128.store(o5 + i, madd(q5, h, o));
    v128.store(error + i, e);
  }
}

export function cbow(count: u32, measure: bool): void {
  averageContexts(count);
  for (let group: u32 = 0; group < groups; group++) updateOutputs(group, measure);
  correctContexts(count);
}
