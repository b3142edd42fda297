// Where training starts: input vectors uniform over (-1/2, 1/2) / D, output vectors zero (word2vec.c).
import { createRandom } from '../random.ts';

/** @returns two (V, D) row-major matrices */
export function initialMatrices(V: number, D: number, seed: number): { input: Float32Array; output: Float32Array } {
  const random = createRandom(seed);
  const input = new Float32Array(V * D);
  for (let i = 0; i < input.length; i++) input[i] = (random.float() - 0.5) / D;
  return { input, output: new Float32Array(V * D) };
}
