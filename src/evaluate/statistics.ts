// Statistics: ranks with ties, Spearman's rank correlation (1904), quantiles, Holm's correction.

/** What part of it all a result is about, and how it was resampled. */
export interface Interval {
  low: number;
  high: number;
}

/** (n) ranks 1 .. n; equal values get the mean of their ranks, as in scipy's `rankdata`. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const { codes, groups } = orderCodes(values);
  const all = Int32Array.from(codes, (_, at) => at);
  return ranksOfDraw(codes, all, new Float64Array(groups), new Float64Array(codes.length));
}

/** (n) codes 0 .. groups - 1 in the order of the values; equal values have the same code. */
export function orderCodes(values: ArrayLike<number>): { codes: Int32Array; groups: number } {
  const order = Array.from({ length: values.length }, (_, at) => at).sort((a, b) => values[a] - values[b]);
  const codes = new Int32Array(values.length);
  let groups = 0;
  order.forEach((at, place) => {
    if (place === 0 || values[at] !== values[order[place - 1]]) groups++;
    codes[at] = groups - 1;
  });
  return { codes, groups };
}

/**
 * The ranks of the values at the indices in `draw` (with repetitions), computed by counting, so that a resample needs
 * no sort. `scratch` has one number per group; the result goes to `out`, which has the length of `draw`.
 */
export function ranksOfDraw(
  codes: Int32Array,
  draw: Int32Array,
  scratch: Float64Array,
  out: Float64Array,
): Float64Array {
  scratch.fill(0);
  for (let at = 0; at < draw.length; at++) scratch[codes[draw[at]]] += 1;
  let below = 0;
  for (let group = 0; group < scratch.length; group++) {
    const count = scratch[group];
    scratch[group] = below + (count + 1) / 2;
    below += count;
  }
  for (let at = 0; at < draw.length; at++) out[at] = scratch[codes[draw[at]]];
  return out;
}

/** Pearson's correlation of two rank vectors (both have the mean (n + 1) / 2); NaN if one is constant. */
export function correlationOfRanks(first: Float64Array, second: Float64Array): number {
  const mean = (first.length + 1) / 2;
  let product = 0;
  let square1 = 0;
  let square2 = 0;
  for (let at = 0; at < first.length; at++) {
    const x = first[at] - mean;
    const y = second[at] - mean;
    product += x * y;
    square1 += x * x;
    square2 += y * y;
  }
  return square1 === 0 || square2 === 0
    ? Number.NaN
    : Math.max(-1, Math.min(1, product / Math.sqrt(square1 * square2)));
}

/**
 * Spearman's rank correlation, -1 .. 1: Pearson's over average ranks. NaN for fewer than 2 values or a constant side.
 */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length) throw new RangeError(`${first.length} values against ${second.length}`);
  return correlationOfRanks(ranks(first), ranks(second));
}

/** The p-quantile of ascending values, 0 <= p <= 1, linear between neighbors (numpy's default); NaN for none. */
export function quantile(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const value = sorted[below];
  return below + 1 < sorted.length ? value + (place - below) * (sorted[below + 1] - value) : value;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n - 1); undefined for fewer than two values. */
export function deviation(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

/**
 * p-values corrected for multiple comparisons, in their order (Holm 1979): the probability that any true null
 * hypothesis of the family falls below a level is at most that level. The i-th smallest of m is multiplied by m + 1 -
 * i, made monotonic, and limited to 1.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, at) => at).sort((a, b) => pValues[a] - pValues[b]);
  const corrected = new Array<number>(pValues.length);
  let highest = 0;
  order.forEach((at, place) => {
    highest = Math.max(highest, Math.min(1, pValues[at] * (pValues.length - place)));
    corrected[at] = highest;
  });
  return corrected;
}
