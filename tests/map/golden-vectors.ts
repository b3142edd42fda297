// The vectors of tests/golden/layout.py, number for number.
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

const [V, D, CLUSTERS] = [1000, 20, 25];

export function goldenVectors(): WordVectors {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const centers = Array.from({ length: CLUSTERS * D }, next);
  const matrix = new Float32Array(V * D);
  for (let at = 0; at < V * D; at++) {
    matrix[at] = centers[(Math.floor(at / D) % CLUSTERS) * D + (at % D)] + 0.8 * next();
  }
  return { words: Array.from({ length: V }, (_, row) => `w${row}`), matrix, dimensions: D };
}
