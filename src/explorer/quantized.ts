// Vectors in 8 bits: row i is scale[i] times whole numbers of -127 .. 127, with scale[i] = max |row i| / 127. A tenth
// of the rounding error of the usual one scale a matrix, since lengths of rows differ by frequency.
import type { WordVectors } from '../vectors/word-vectors.ts';

export interface Quantized {
  /** (V, D) */
  numbers: Int8Array<ArrayBuffer>;
  /** (V) NaN for a row with NaN or infinity. */
  scales: Float32Array<ArrayBuffer>;
}

const LARGEST = 127;

/** The first `rows` rows. */
export function quantize({ matrix, dimensions }: WordVectors, rows: number): Quantized {
  const numbers = new Int8Array(rows * dimensions);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const values = matrix.subarray(row * dimensions, (row + 1) * dimensions);
    let largest = 0;
    for (const value of values) largest = Math.max(largest, Math.abs(value)); // NaN stays NaN
    const scale = Math.fround(largest / LARGEST);
    scales[row] = Number.isFinite(largest) ? scale : Number.NaN;
    if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) continue;
    for (let at = 0; at < dimensions; at++) {
      const rounded = Math.round(values[at] / scale);
      numbers[row * dimensions + at] = Math.max(-LARGEST, Math.min(LARGEST, rounded));
    }
  }
  return { numbers, scales };
}

/** (V, D) the vectors made back. */
export function dequantized({ numbers, scales }: Quantized, dimensions: number): Float32Array {
  const matrix = new Float32Array(numbers.length);
  for (let row = 0; row < scales.length; row++) {
    const scale = scales[row];
    const end = (row + 1) * dimensions;
    for (let at = row * dimensions; at < end; at++) matrix[at] = numbers[at] * scale;
  }
  return matrix;
}
