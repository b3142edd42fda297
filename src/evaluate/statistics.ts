// Statistics: ranks with ties, Spearman's rank correlation (1904), quantiles, Holm's correction.

/** What part of it all a result is about, and how it was resampled. */
export interface Interval {
  low: number;
  high: number;
}

/** (n) ranks 1 .. n; equal values get the mean of their ranks, as in scipy's `rankdata`. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const { items, ends } = orderOf(values);
  const found = new Float64Array(items.length);
  let from = 0;
  for (const end of ends) {
    for (let place = from; place < end; place++) found[items[place]] = (from + 1 + end) / 2;
    from = end;
  }
  return found;
}

/** The indices of the values in ascending order, and where each group of equal values ends. */
function orderOf(values: ArrayLike<number>): { items: Int32Array; ends: Int32Array } {
  const items = Int32Array.from({ length: values.length }, (_, at) => at).sort((a, b) => values[a] - values[b]);
  const places = Int32Array.from(items, (_, place) => place + 1);
  return { items, ends: places.filter((end) => end === items.length || values[items[end - 1]] !== values[items[end]]) };
}

/**
 * A function that returns Spearman's correlation of the values at the indices in a draw (as many as there are values,
 * with repetitions), NaN if one side is constant. It equals `spearman` of these values, but does not sort: the orders
 * of all values and the numbers of draws give the ranks.
 */
export function correlatorOfDraws(first: ArrayLike<number>, second: ArrayLike<number>): (draw: Int32Array) => number {
  const order1 = orderOf(first);
  const order2 = orderOf(second);
  const placeOf = new Int32Array(first.length); // items are known by their places in the order of `first`
  order1.items.forEach((item, place) => {
    placeOf[item] = place;
  });
  const places2 = order2.items.map((item) => placeOf[item]);
  const draws = new Float64Array(first.length);
  const sums = new Float64Array(first.length);
  return (draw) => {
    draws.fill(0);
    countDraws(draw, placeOf, draws);
    const square1 = weighByRanks(order1.ends, draws, sums);
    const { product, square: square2 } = productWithRanks(places2, order2.ends, draws, sums);
    if (square1 === 0 || square2 === 0) return Number.NaN;
    return Math.max(-1, Math.min(1, product / Math.sqrt(square1 * square2)));
  };
}

// Loops of their own, which engines compile once for all correlators. They use twice the centered ranks, 2 rank - (n +
// 1): whole numbers, whose sums are exact in any order.

function countDraws(draw: Int32Array, placeOf: Int32Array, draws: Float64Array): void {
  for (let at = 0; at < draw.length; at++) draws[placeOf[draw[at]]] += 1;
}

/** sums[place] = the rank of its value times its draws. Returns the sum of the squared ranks of all draws. */
function weighByRanks(ends: Int32Array, draws: Float64Array, sums: Float64Array): number {
  let from = 0;
  let below = 0;
  let square = 0;
  for (let group = 0; group < ends.length; group++) {
    const end = ends[group];
    let equal = 0;
    for (let place = from; place < end; place++) equal += draws[place];
    const rank = 2 * below + equal - draws.length;
    for (let place = from; place < end; place++) sums[place] = rank * draws[place];
    square += equal * rank * rank;
    below += equal;
    from = end;
  }
  return square;
}

/** The sum of the ranks in another order times `sums`, and of the squared ranks of all draws. */
function productWithRanks(places: Int32Array, ends: Int32Array, draws: Float64Array, sums: Float64Array) {
  let from = 0;
  let below = 0;
  let square = 0;
  let product = 0;
  for (let group = 0; group < ends.length; group++) {
    const end = ends[group];
    let equal = 0;
    let sum = 0;
    for (let at = from; at < end; at++) {
      equal += draws[places[at]];
      sum += sums[places[at]];
    }
    const rank = 2 * below + equal - draws.length;
    product += rank * sum;
    square += equal * rank * rank;
    below += equal;
    from = end;
  }
  return { product, square };
}

/**
 * Spearman's rank correlation, -1 .. 1: Pearson's over average ranks. NaN for fewer than 2 values or a constant side.
 */
export function spearman(first: ArrayLike<number>, second: ArrayLike<number>): number {
  if (first.length !== second.length) throw new RangeError(`${first.length} values against ${second.length}`);
  const all = Int32Array.from({ length: first.length }, (_, at) => at);
  return correlatorOfDraws(first, second)(all);
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
