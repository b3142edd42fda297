// Subwords (Bojanowski et al. 2017): a word's vector is made of several input rows, its own and those of its n-grams. A model
// takes their mean (skip-gram) or their sum (CBOW, which divides by all rows of a window), once for each place of a block, and
// what this vector moves by is added to every one of its rows, as in fastText (Model::update). Four vectors of the rows at a time.
import { row } from './training-chunk.assembly';

export declare const hasSubwords: bool;
declare const subwordStarts: usize; // (V + 1) u32: where the words' lists start in the table of rows, and its end
declare const subwordRows: usize; // (all) u32: addresses of the input rows of a word, its own first

@inline
function listOf(id: u32): usize {
  return subwordRows + ((<usize>load<u32>(subwordStarts + ((<usize>id) << 2))) << 2);
}

/** How many rows a word has. */
@inline
export function subwordCount(id: u32): u32 {
  const at = subwordStarts + ((<usize>id) << 2);
  return load<u32>(at, 4) - load<u32>(at);
}

/** to = share times the sum of the rows of a word. */
export function gatherWord(id: u32, share: f32, to: usize): void {
  const list = listOf(id),
    end = listOf(id + 1),
    s = f32x4.splat(share);
  let i: usize = 0;
  for (; i + 64 <= row; i += 64) {
    let a = f32x4.splat(0),
      b = a,
      c = a,
      d = a;
    for (let entry = list; entry < end; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      a = f32x4.add(a, v128.load(at));
      b = f32x4.add(b, v128.load(at, 16));
      c = f32x4.add(c, v128.load(at, 32));
      d = f32x4.add(d, v128.load(at, 48));
    }
    v128.store(to + i, f32x4.mul(s, a));
    v128.store(to + i, f32x4.mul(s, b), 16);
    v128.store(to + i, f32x4.mul(s, c), 32);
    v128.store(to + i, f32x4.mul(s, d), 48);
  }
  for (; i < row; i += 16) {
    let a = f32x4.splat(0);
    for (let entry = list; entry < end; entry += 4) a = f32x4.add(a, v128.load(<usize>load<u32>(entry) + i));
    v128.store(to + i, f32x4.mul(s, a));
  }
}

/** Every row of a word += move. */
export function scatterWord(id: u32, move: usize): void {
  const list = listOf(id),
    end = listOf(id + 1);
  let i: usize = 0;
  for (; i + 64 <= row; i += 64) {
    const a = v128.load(move + i),
      b = v128.load(move + i, 16),
      c = v128.load(move + i, 32),
      d = v128.load(move + i, 48);
    for (let entry = list; entry < end; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      v128.store(at, f32x4.add(v128.load(at), a));
      v128.store(at, f32x4.add(v128.load(at, 16), b), 16);
      v128.store(at, f32x4.add(v128.load(at, 32), c), 32);
      v128.store(at, f32x4.add(v128.load(at, 48), d), 48);
    }
  }
  for (; i < row; i += 16) {
    const a = v128.load(move + i);
    for (let entry = list; entry < end; entry += 4) {
      const at = <usize>load<u32>(entry) + i;
      v128.store(at, f32x4.add(v128.load(at), a));
    }
  }
}
