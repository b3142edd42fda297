// The fuzzy set of the neighbor graph (McInnes, Healy & Melville 2018, algorithms 2 and 3): word j belongs to the
// neighborhood of i with
//   w(i, j) = exp(-max(0, d(i, j) - rho_i) / sigma_i),   d = 1 - cosine
// with rho_i the distance of the nearest word that is not in the same place, and sigma_i such that the memberships add
// up to log2 of the neighborhood's size. Both sides together: w(i, j) + w(j, i) - w(i, j) w(j, i).
import type { Steps } from '../base/steps.ts';
import type { NeighborGraph } from './neighbor-graph.ts';

const BISECTIONS = 64;
const TOLERANCE = 1e-5;
/** sigma is at least this part of the mean distance. */
const LEAST_SCALE = 1e-3;
/** Distances below are 0: float32 rounding of the cosine of equal rows. */
const SAME = 1e-6;

export interface Smoothed {
  /** (n) */
  sigmas: Float64Array;
  /** (n) */
  rhos: Float64Array;
}

/** The cosine distance. */
export function distanceOf(cosine: number): number {
  const distance = 1 - cosine;
  return distance < SAME ? 0 : distance;
}

/** rho and sigma of each word. The mean distances count the word itself, at 0, as in umap-learn. */
export function* smoothDistances({ count, k, cosines }: NeighborGraph): Steps<Smoothed> {
  const sigmas = new Float64Array(count);
  const rhos = new Float64Array(count);
  const distances = new Float64Array(cosines.length);
  for (let at = 0; at < cosines.length; at++) distances[at] = distanceOf(cosines[at]);
  const meanOfAll = distances.reduce((sum, distance) => sum + distance, 0) / (count * (k + 1));
  const target = Math.log2(k + 1);
  for (let row = 0; row < count; row++) {
    const own = distances.subarray(row * k, (row + 1) * k);
    const rho = own.find((distance) => distance > 0) ?? 0;
    const mean = rho > 0 ? own.reduce((sum, distance) => sum + distance, 0) / (k + 1) : meanOfAll;
    rhos[row] = rho;
    sigmas[row] = Math.max(bisect(own, rho, target), LEAST_SCALE * mean);
    if (row % 1024 === 0) yield;
  }
  return { sigmas, rhos };
}

function bisect(distances: Float64Array, rho: number, target: number): number {
  let [low, high, sigma] = [0, Number.POSITIVE_INFINITY, 1];
  for (let step = 0; step < BISECTIONS; step++) {
    let sum = 0;
    for (const distance of distances) sum += distance > rho ? Math.exp((rho - distance) / sigma) : 1;
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Number.POSITIVE_INFINITY ? 2 * sigma : (low + high) / 2;
  }
  return sigma;
}

/** Edges in both directions, those of one head after those of another. */
export interface FuzzySet {
  /** (E) */
  heads: Uint32Array;
  /** (E) */
  tails: Uint32Array;
  /** (E) 0 .. 1 */
  weights: Float32Array;
}

export function* fuzzySet(graph: NeighborGraph): Steps<FuzzySet> {
  const { count, k, neighbors } = graph;
  const own = yield* memberships(graph);
  const reverse = new Int32Array(count * k); // position of (j, i) for each (i, j), or -1
  const starts = new Float64Array(count + 1);
  for (let row = 0; row < count; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = neighbors[at];
      const back = neighbors.subarray(other * k, (other + 1) * k).indexOf(row);
      reverse[at] = back < 0 ? -1 : other * k + back;
      starts[row + 1] += 1;
      if (back < 0) starts[other + 1] += 1;
    }
    if (row % 1024 === 0) yield;
  }
  for (let row = 0; row < count; row++) starts[row + 1] += starts[row];
  const E = starts[count];
  const set = { heads: new Uint32Array(E), tails: new Uint32Array(E), weights: new Float32Array(E) };
  const next = starts.slice(0, count);
  const add = (head: number, tail: number, weight: number) => {
    const at = next[head]++;
    set.heads[at] = head;
    set.tails[at] = tail;
    set.weights[at] = weight;
  };
  for (let row = 0; row < count; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const here = own[at];
      const there = reverse[at] < 0 ? 0 : own[reverse[at]];
      const weight = here + there - here * there;
      add(row, neighbors[at], weight);
      if (reverse[at] < 0) add(neighbors[at], row, weight);
    }
    if (row % 4096 === 0) yield;
  }
  return set;
}

/** (n, k) w(i, j) */
function* memberships(graph: NeighborGraph): Steps<Float64Array> {
  const { count, k, cosines } = graph;
  const { sigmas, rhos } = yield* smoothDistances(graph);
  const own = new Float64Array(count * k);
  for (let row = 0; row < count; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const beyond = distanceOf(cosines[at]) - rhos[row];
      own[at] = beyond <= 0 || sigmas[row] === 0 ? 1 : Math.exp(-beyond / sigmas[row]);
    }
    if (row % 4096 === 0) yield;
  }
  return own;
}
