// Several changes of one matrix, each learned from another part of the text, combined to one: Adasum (Maleki et al.
// 2021), row by row. Of two changes a and b of a row:
//
//   a' = (1 - a.b / 2 a.a) a + (1 - a.b / 2 b.b) b
//
// Changes at right angles are added; changes that agree are averaged. So a rare word, which few parts have, keeps all
// that was learned of it, and a frequent one, on which all parts agree, does not move N times as far. More than two
// changes are combined in pairs, in the order of the parts: ((0, 1), (2, 3)), ((4, 5), 6); always the same pairs, so
// always the same bytes.
import type { Steps } from '../../base/steps.ts';
import type { ResultMatrices } from '../result-memory.ts';
import { rowBlocks } from '../row-blocks.ts';

/**
 * Combines two changes (n, D) into `a`. A row that is zero in one of them is the other's. Products are summed in double
 * precision.
 */
export function adasum(a: Float32Array, b: Float32Array, D: number): void {
  for (let row = 0; row < a.length; row += D) {
    let aa = 0;
    let bb = 0;
    let ab = 0;
    for (let j = row; j < row + D; j++) {
      const x = a[j];
      const y = b[j];
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
    const ofA = aa > 0 ? 1 - ab / (2 * aa) : 1;
    const ofB = bb > 0 ? 1 - ab / (2 * bb) : 1;
    for (let j = row; j < row + D; j++) a[j] = ofA * a[j] + ofB * b[j];
  }
}

/** Combines changes in the order in which they come, and keeps at most log2 N + 1 of them. */
export interface ChangeTree {
  /** Takes the next change, and writes into it or into one before it. */
  add(change: ResultMatrices): Steps<void>;
  /** All of them combined; one alone is as it came. At least one has come. */
  finish(): Steps<ResultMatrices>;
}

/** @param D of both matrices */
export function createChangeTree(D: number): ChangeTree {
  /** Each combines 2^level changes, or, at the end, those that are left; the levels fall. */
  const kept: { level: number; change: ResultMatrices }[] = [];

  function* combineLast(): Steps<void> {
    const last = kept.pop()!;
    const before = kept.at(-1)!;
    yield* combine(before.change, last.change, D);
    before.level++;
  }

  return {
    *add(change) {
      kept.push({ level: 0, change });
      while (kept.length > 1 && kept.at(-2)!.level === kept.at(-1)!.level) yield* combineLast();
    },
    *finish() {
      while (kept.length > 1) yield* combineLast();
      return kept[0].change;
    },
  };
}

function* combine(a: ResultMatrices, b: ResultMatrices, D: number): Steps<void> {
  for (const [block, other] of blocksOf(a, b, D)) {
    adasum(block, other, D);
    yield;
  }
}

/** A trained model becomes its change. */
export function* subtractModel(trained: ResultMatrices, model: ResultMatrices, D: number): Steps<void> {
  for (const [block, before] of blocksOf(trained, model, D)) {
    for (let i = 0; i < block.length; i++) block[i] -= before[i];
    yield;
  }
}

/** A change becomes the changed model. */
export function* addModel(change: ResultMatrices, model: ResultMatrices, D: number): Steps<void> {
  for (const [block, before] of blocksOf(change, model, D)) {
    for (let i = 0; i < block.length; i++) block[i] += before[i];
    yield;
  }
}

/** The same rows of both, some thousand at a time. */
function* blocksOf(a: ResultMatrices, b: ResultMatrices, D: number): Generator<[Float32Array, Float32Array]> {
  for (const matrix of ['input', 'output'] as const) {
    for (const { first, count } of rowBlocks(a[matrix].length / D, D)) {
      const block = (of: ResultMatrices) => of[matrix].subarray(first * D, (first + count) * D);
      yield [block(a), block(b)];
    }
  }
}
