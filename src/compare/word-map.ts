// Maps words to two dimensions by classical scaling of their similarities G,
//   J G J = V L V',  J = I - 1/n,  coordinates V L^(1/2)     (Torgerson 1952)
// which needs only similarities and so works for sparse vectors and a thesaurus too. With cosines it is PCA of the unit
// vectors (Gower 1966). Similarities of a thesaurus are not inner products, so some eigenvalues are negative; these are
// dropped. Each map is rotated onto the first by orthogonal Procrustes (Schoenemann 1966), because the axes of a PCA
// have arbitrary orientation.

import { rotationOnto, times } from '../algebra/procrustes.ts';
import { symmetricEigen } from '../algebra/symmetric-eigen.ts';
import type { Steps } from '../base/steps.ts';
import type { SimilarityMeasure } from '../evaluate/similarity-measure.ts';

export interface MapWord {
  word: string;
  /** A class of the thesaurus ('animal'); undefined without one. */
  group?: string | undefined;
}

export interface RouteMap {
  route: string;
  /** One point for each word of the map, about -1 .. 1. */
  points: { x: number; y: number }[];
  /** Share of the sum of positive eigenvalues (with cosines: of the variance) in two dimensions, 0 .. 1. */
  kept: number;
  /** Mean share of a word's 5 nearest words that belong to its group, 0 .. 1; undefined without groups. */
  purity: number | undefined;
}

export interface WordMap {
  words: MapWord[];
  groups: string[];
  /** Expected purity by chance. */
  purityByChance: number | undefined;
  maps: RouteMap[];
}

const PURITY_NEIGHBORS = 5;

/** Maps of the same words by several measures; a pair without a value has similarity 0. Needs at least three words. */
export function* mapWords(
  measures: readonly { name: string; similarityOf: SimilarityMeasure }[],
  words: readonly MapWord[],
): Steps<WordMap> {
  const groups = [...new Set(words.flatMap(({ group }) => group ?? []))];
  const maps: RouteMap[] = [];
  for (const { name, similarityOf } of measures) {
    const cosines = yield* similarityMatrix(similarityOf, words);
    const purity = groups.length > 1 ? purityOf(cosines, words) : undefined;
    yield;
    maps.push({ route: name, ...(yield* project(cosines, words.length)), purity });
  }
  for (const map of maps.slice(1)) turnOnto(map.points, maps[0].points);
  for (const { points } of maps) scaleToOne(points);
  return { words: [...words], groups, purityByChance: groups.length > 1 ? chanceOf(words) : undefined, maps };
}

/** (n, n) row-major. */
function* similarityMatrix(similarityOf: SimilarityMeasure, words: readonly MapWord[]): Steps<Float64Array> {
  const n = words.length;
  const cosines = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    cosines[row * n + row] = 1;
    for (let column = 0; column < row; column++) {
      const value = similarityOf(words[row].word, words[column].word) ?? 0;
      cosines[row * n + column] = value;
      cosines[column * n + row] = value;
    }
    yield;
  }
  return cosines;
}

function* project(cosines: Float64Array, n: number): Steps<Pick<RouteMap, 'points' | 'kept'>> {
  const { values, vectors } = yield* symmetricEigen(centerd(cosines, n), n);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const [width, height] = [0, 1].map((at) => Math.sqrt(Math.max(0, values[at]))) as [number, number];
  const points = Array.from({ length: n }, (_, at) => ({ x: vectors[at] * width, y: vectors[n + at] * height }));
  return { points, kept: total > 0 ? (width ** 2 + height ** 2) / total : 0 };
}

/** J G J: the mean of every row and of every column is 0. */
function centerd(matrix: Float64Array, n: number): Float64Array {
  const result = matrix.slice();
  const center = (start: number, step: number) => {
    let sum = 0;
    for (let at = 0; at < n; at++) sum += result[start + at * step];
    for (let at = 0; at < n; at++) result[start + at * step] -= sum / n;
  };
  for (let row = 0; row < n; row++) center(row * n, 1);
  for (let column = 0; column < n; column++) center(column, n);
  return result;
}

/** Rotates, and if necessary reflects, `points` to be as close as possible to `target`. */
export function turnOnto(points: { x: number; y: number }[], target: readonly { x: number; y: number }[]): void {
  const flat = (list: readonly { x: number; y: number }[]) => list.flatMap(({ x, y }) => [x, y]);
  const rotation = rotationOnto(flat(points), flat(target), 2);
  for (const point of points) [point.x, point.y] = times(rotation, [point.x, point.y]) as unknown as [number, number];
}

function scaleToOne(points: { x: number; y: number }[]): void {
  const largest = points.reduce((most, { x, y }) => Math.max(most, Math.abs(x), Math.abs(y)), 0) || 1;
  for (const point of points) {
    point.x /= largest;
    point.y /= largest;
  }
}

function purityOf(cosines: Float64Array, words: readonly MapWord[]): number {
  const n = words.length;
  const k = Math.min(PURITY_NEIGHBORS, n - 1);
  const shares = words.map(({ group }, row) => {
    const others = words.map((_, at) => at).filter((at) => at !== row);
    others.sort((a, b) => cosines[row * n + b] - cosines[row * n + a] || a - b);
    return others.slice(0, k).filter((at) => words[at].group === group).length / k;
  });
  return shares.reduce((sum, share) => sum + share, 0) / n;
}

function chanceOf(words: readonly MapWord[]): number {
  const sizes = new Map<string | undefined, number>();
  for (const { group } of words) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  let sum = 0;
  for (const size of sizes.values()) sum += (size * (size - 1)) / (words.length - 1);
  return sum / words.length;
}
