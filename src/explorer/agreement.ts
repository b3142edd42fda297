// What 8 bits lose: the share of the ten nearest words that they and the full vectors have in common.
import { neighborRows } from '../compare/neighbors.ts';
import type { Steps } from '../steps.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

const SAMPLE = 200;
const K = 10;

/** 0 .. 1, over a sample of words at equal distances in the file; 1 where there is nothing to compare. */
export function* agreementOf(vectors: WordVectors, rounded: Float32Array): Steps<number> {
  const rows = rounded.length / vectors.dimensions;
  const words = vectors.words.slice(0, rows);
  const sample = Math.min(SAMPLE, rows);
  const asked = Array.from({ length: sample }, (_, at) => Math.floor((at * rows) / sample));
  const k = Math.min(K, rows - 1);
  if (k < 1) return 1;
  const full = { ...vectors, words, matrix: vectors.matrix.subarray(0, rounded.length) };
  const before = yield* neighborRows(full, asked, k);
  const after = yield* neighborRows({ ...full, matrix: rounded }, asked, k);
  let [kept, found] = [0, 0];
  for (const [at, { rows: nearest }] of before.entries()) {
    const others = new Set(after[at]!.rows);
    found += nearest.length;
    for (const row of nearest) if (others.has(row)) kept++;
  }
  return found === 0 ? 1 : kept / found;
}
