// The permutation test of a difference of means (Fisher 1935): the share of partitions of all values into two sets of
// the given sizes whose difference is as large as the given one. Of all partitions if they are few, else of drawn ones.
import type { Steps } from '../base/steps.ts';

export interface Partitions {
  /** One-sided p, above 0. */
  p: number;
  /** Number of partitions that p is from. */
  permutations: number;
  /** Whether these are all partitions; if not, they were drawn at random. */
  exact: boolean;
}

const STEP = 10_000; // partitions between yields

/**
 * All partitions if there are at most `most`; else p = (1 + those of `most` drawn partitions that are as large) / (1 +
 * `most`), which counts the given one. `below` draws a number 0 .. bound - 1.
 */
export function* partitionShare(
  first: readonly number[],
  second: readonly number[],
  most: number,
  below: (bound: number) => number,
): Steps<Partitions> {
  const values = Float64Array.from([...first, ...second]);
  const size = first.length;
  // The sum of the first set decides: the larger it is, the larger is the difference of means. Sums of the same numbers
  // in another order differ by rounding.
  const rounding = 1e-12 * values.reduce((sum, value) => sum + Math.abs(value), 0);
  const enough = first.reduce((sum, value) => sum + value, 0) - rounding;
  const all = binomial(values.length, size, most);
  const exact = all <= most;
  let reached = 0;
  let done = 0;
  for (const sum of exact ? subsetSums(values, size) : drawnSums(values, size, most, below)) {
    if (sum >= enough) reached++;
    if (++done % STEP === 0) yield;
  }
  return exact
    ? { p: reached / all, permutations: all, exact }
    : { p: (1 + reached) / (1 + most), permutations: most, exact };
}

/** n choose k; above `most` only that it is above. */
function binomial(n: number, k: number, most: number): number {
  let value = 1;
  const few = Math.min(k, n - k);
  for (let i = 1; i <= few && value <= most; i++) value = Math.round((value * (n - few + i)) / i);
  return value;
}

/** The sum of each subset of `size` values, in lexicographic order of their places. */
function* subsetSums(values: Float64Array, size: number): Generator<number> {
  const places = Array.from({ length: size }, (_, i) => i);
  // sums[i]: of the values at the first i places.
  const sums = new Float64Array(size + 1);
  let changed = 0;
  for (;;) {
    for (let i = changed; i < size; i++) sums[i + 1] = sums[i] + values[places[i]];
    yield sums[size];
    changed = size - 1;
    while (changed >= 0 && places[changed] === values.length - size + changed) changed--;
    if (changed < 0) return;
    places[changed]++;
    for (let i = changed + 1; i < size; i++) places[i] = places[i - 1] + 1;
  }
}

/** The sums of `count` subsets drawn with equal chances (Fisher & Yates, the first `size` places). */
function* drawnSums(
  values: Float64Array,
  size: number,
  count: number,
  below: (bound: number) => number,
): Generator<number> {
  const shuffled = values.slice();
  for (let draw = 0; draw < count; draw++) {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const other = i + below(shuffled.length - i);
      const value = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = value;
      sum += value;
    }
    yield sum;
  }
}
