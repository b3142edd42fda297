// The exact k nearest points of points of a map, with a k-d tree (Bentley 1975): the points are
// halved at the median of the widest axis until few are left; a search skips a half that lies beyond the k-th best so
// far.
import type { Steps } from '../base/steps.ts';

const LEAF = 12;

export interface MapNeighbors {
  /** Writes the k nearest other points of `point` to `found` from `at` on, nearest first; returns their number. */
  nearest(point: number, k: number, found: Int32Array, at?: number): number;
}

/** A tree of those points for which `has` is above 0; `positions` is (V, 2) row-major, all of them finite. */
export function* createMapNeighbors(positions: ArrayLike<number>, has: ArrayLike<number>): Steps<MapNeighbors> {
  const V = positions.length / 2;
  const order = new Int32Array(V);
  let size = 0;
  for (let point = 0; point < V; point++) if (has[point] > 0) order[size++] = point;
  // Node i has the children 2 i + 1 and 2 i + 2; all leaves are on the last level.
  const depth = Math.max(0, Math.ceil(Math.log2(Math.max(1, size) / LEAF)));
  const splitAxis = new Uint8Array(2 ** depth - 1);
  const splitValue = new Float64Array(2 ** depth - 1);

  function split(node: number, from: number, end: number): void {
    let axis = 0;
    let widest = -1;
    for (let each = 0; each < 2; each++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let at = from; at < end; at++) {
        const value = positions[order[at] * 2 + each];
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (high - low <= widest) continue;
      widest = high - low;
      axis = each;
    }
    select(order, from, end - 1, (from + end) >> 1, (point) => positions[point * 2 + axis]);
    splitAxis[node] = axis;
    splitValue[node] = positions[order[(from + end) >> 1] * 2 + axis];
  }
  function* build(node: number, from: number, end: number): Steps<void> {
    if (node >= splitAxis.length) return;
    split(node, from, end);
    yield;
    const middle = (from + end) >> 1;
    yield* build(2 * node + 1, from, middle);
    yield* build(2 * node + 2, middle, end);
  }
  yield* build(0, 0, size);

  let distances = new Float64Array(0);
  return {
    nearest(point, k, found, at = 0) {
      if (distances.length < k) distances = new Float64Array(k);
      let count = 0;
      const visit = (node: number, from: number, end: number): void => {
        if (node < splitAxis.length) {
          const beyond = positions[point * 2 + splitAxis[node]] - splitValue[node];
          const middle = (from + end) >> 1;
          if (beyond < 0) visit(2 * node + 1, from, middle);
          else visit(2 * node + 2, middle, end);
          if (count === k && beyond * beyond >= distances[k - 1]) return;
          if (beyond < 0) visit(2 * node + 2, middle, end);
          else visit(2 * node + 1, from, middle);
          return;
        }
        for (let i = from; i < end; i++) {
          const other = order[i];
          if (other === point) continue;
          const distance =
            (positions[other * 2] - positions[point * 2]) ** 2 +
            (positions[other * 2 + 1] - positions[point * 2 + 1]) ** 2;
          if (count === k && distance >= distances[k - 1]) continue;
          let to = count < k ? count++ : k - 1;
          for (; to > 0 && distances[to - 1] > distance; to--) {
            distances[to] = distances[to - 1];
            found[at + to] = found[at + to - 1];
          }
          distances[to] = distance;
          found[at + to] = other;
        }
      };
      visit(0, 0, size);
      return count;
    },
  };
}

/**
 * Reorders items first .. last so that item `wanted` has the place it would have if sorted (quickselect: Hoare 1961).
 */
function select(items: Int32Array, first: number, last: number, wanted: number, key: (item: number) => number): void {
  let [low, high] = [first, last];
  while (low < high) {
    const pivot = key(items[(low + high) >> 1]);
    let [i, j] = [low, high];
    while (i <= j) {
      while (key(items[i]) < pivot) i++;
      while (key(items[j]) > pivot) j--;
      if (i > j) break;
      const item = items[i];
      items[i++] = items[j];
      items[j--] = item;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else return;
  }
}
