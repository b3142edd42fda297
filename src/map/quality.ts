// What a map keeps of the neighbors by cosine. With r(i, j) the rank of word j among the others by cosine to word i,
// and U(i) the words that are among the k nearest of i on the map but not in truth:
//   kept            = mean over i of (k - |U(i)|) / k
//   trustworthiness = 1 - 2 / (n k (2 n' - 3 k - 1)) sum over i, j in U(i) of (r(i, j) - k)
// over a sample of n of the n' words (Venna & Kaski 2001; scikit-learn's `trustworthiness` with n = n').
import type { OnProgress } from '../base/progress.ts';
import type { Steps } from '../base/steps.ts';
import { createCosineBlocks } from '../vectors/cosine-blocks.ts';
import { inverseNormSteps, withNorms } from '../vectors/norms.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { LayoutQuality } from './layout-types.ts';
import { createMapNeighbors } from './map-neighbors.ts';
import type { NeighborGraph } from './neighbor-graph.ts';

const K = 10;
const MOST_SAMPLED = 1000;
const LEAST_SAMPLED = 200;
const WORK = 3e10; // multiplications: some seconds
const BATCH_NUMBERS = 2 ** 25; // cosines held at a time

export interface QualityOptions {
  /** Neighbors to compare; default 10. */
  k?: number;
  /** Words in the sample, evenly spaced over the file; by default as many of 200 .. 1,000 as take some seconds. */
  sample?: number;
  /** An approximate neighbor graph, whose recall is measured too; `rows` are its words, increasing. */
  approximate?: { graph: NeighborGraph; rows: Int32Array } | undefined;
  onProgress?: OnProgress | undefined;
}

/** Measures a map, (V, 2), of all words of `vectors`; words without a direction take no part. */
export function* measureQuality(
  given: WordVectors,
  positions: ArrayLike<number>,
  options: QualityOptions = {},
): Steps<LayoutQuality> {
  const vectors = withNorms(given);
  const { dimensions, words } = vectors;
  const V = words.length;
  const inverse = yield* inverseNormSteps(vectors);
  const placed = Int32Array.from(words.keys()).filter((row) => inverse[row] > 0);
  const n = placed.length;
  // A rank beyond k must be possible, and the measure needs k < n / 2.
  const k = Math.min(options.k ?? K, Math.ceil(n / 2) - 1);
  if (k < 1) return { k: 0, sample: 0, kept: 1, trustworthiness: 1 };
  const affordable = Math.max(LEAST_SAMPLED, Math.floor(WORK / (V * dimensions)));
  const sample = Math.min(options.sample ?? Math.min(MOST_SAMPLED, affordable), n);
  const asked = Array.from({ length: sample }, (_, i) => placed[Math.floor((i * n) / sample)]);
  const onMap = yield* createMapNeighbors(positions, inverse);
  const near = new Int32Array(k);
  const undirected = Int32Array.from(words.keys()).filter((row) => inverse[row] === 0);
  const batch = Math.max(4, Math.min(256, sample, Math.floor(BATCH_NUMBERS / V)));
  const blocks = createCosineBlocks(vectors, asked.slice(0, batch));
  const cosines = new Float32Array(batch * V);
  const { approximate, onProgress } = options;
  let hits = 0;
  let excess = 0;
  let found = 0;
  for (let start = 0; start < sample; start += batch) {
    const queries = asked.slice(start, start + batch);
    blocks.ask(queries);
    for (let first = 0; first < V; first += blocks.columns) {
      const done = start + Math.round((queries.length * first) / V);
      onProgress?.({ phase: 'quality', done, total: sample, unit: 'words' });
      const count = yield* blocks.load(first);
      queries.forEach((_, query) => {
        const from = query * blocks.columns;
        cosines.set(blocks.cosines.subarray(from, from + count), query * V + first);
      });
    }
    for (const [query, row] of queries.entries()) {
      const own = cosines.subarray(query * V, (query + 1) * V);
      own[row] = Number.NaN; // no neighbor of itself
      for (const other of undirected) own[other] = Number.NaN;
      onMap.nearest(row, k, near);
      for (const rank of ranksOf(near, own)) {
        if (rank <= k) hits++;
        else excess += rank - k;
      }
      if (approximate !== undefined) {
        const { graph, rows } = approximate;
        const at = placed.indexOf(row) * graph.k;
        const listed = graph.neighbors.subarray(at, at + Math.min(k, graph.k)).map((other) => rows[other]);
        for (const rank of ranksOf(listed, own)) if (rank <= k) found++;
      }
      yield;
    }
  }
  const worst = (sample * k * (2 * n - 3 * k - 1)) / 2;
  const quality = { k, sample, kept: hits / (sample * k), trustworthiness: 1 - excess / worst };
  return approximate === undefined ? quality : { ...quality, recall: found / (sample * k) };
}

/**
 * The ranks of the words, best first, among all by decreasing cosine, from 1; equal cosines in the order of the file.
 * NaN has no rank. One pass: `before[i]` counts those that come before word i and not before word i - 1.
 */
function ranksOf(words: Int32Array, cosines: Float32Array): number[] {
  const ordered = words.filter((word) => !Number.isNaN(cosines[word]));
  ordered.sort((a, b) => cosines[b] - cosines[a] || a - b);
  const limits = Array.from(ordered, (word) => cosines[word]);
  const lowest = limits.at(-1)!;
  const before = new Array<number>(ordered.length).fill(0);
  for (let at = 0; at < cosines.length; at++) {
    const cosine = cosines[at];
    if (!(cosine >= lowest)) continue;
    let place = ordered.length;
    while (place > 0 && (cosine > limits[place - 1] || (cosine === limits[place - 1] && at < ordered[place - 1])))
      place--;
    if (place < ordered.length) before[place]++;
  }
  let rank = 1;
  return before.map((count) => {
    rank += count;
    return rank;
  });
}
