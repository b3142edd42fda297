import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { dequantized, quantize } from '../../src/explorer/quantized.ts';
import { agreementOf } from '../../src/explorer/space-data.ts';

const D = 20;
function randomVectors(V: number) {
  const { float } = createRandom(1, 2);
  const words = Array.from({ length: V }, (_, row) => `w${row}`);
  // Lengths differ a thousandfold, as those of frequent and rare words may.
  const matrix = Float32Array.from({ length: V * D }, (_, at) => (float() - 0.5) * 10 ** (3 * ((at / D / V) % 1)));
  return { words, matrix, dimensions: D };
}

describe('vectors in 8 bits', () => {
  it('are off by half a step of their own row at most', () => {
    const vectors = randomVectors(50);
    const quantized = quantize(vectors, 50);
    const back = dequantized(quantized, D);
    for (const [at, value] of vectors.matrix.entries()) {
      const step = quantized.scales[Math.floor(at / D)];
      expect(Math.abs(back[at] - value)).toBeLessThanOrEqual(0.501 * step);
    }
  });

  it('keep zeros, and that a row is not finite', () => {
    const matrix = Float32Array.of(0, 0, Number.NaN, 1, Number.POSITIVE_INFINITY, 1, 3e38, -3e38, 1e-44, 0);
    const words = ['zero', 'nan', 'infinite', 'huge', 'tiny'];
    const back = dequantized(quantize({ words, matrix, dimensions: 2 }, 5), 2);
    expect(Array.from(back.subarray(0, 2))).toEqual([0, 0]);
    expect(back.subarray(2, 6).every(Number.isNaN)).toBe(true);
    expect(back[6] / 3e38).toBeCloseTo(1, 5);
    expect(back.subarray(8).every(Number.isFinite)).toBe(true);
  });

  it('take the first rows only, if they are asked for', () => {
    const { numbers, scales } = quantize(randomVectors(10), 3);
    expect([numbers.length, scales.length]).toEqual([3 * D, 3]);
  });

  it('have nearly the neighbors of the full vectors; other vectors do not', () => {
    const vectors = randomVectors(400);
    const rounded = dequantized(quantize(vectors, 400), D);
    expect(finish(agreementOf(vectors, vectors.matrix))).toBe(1);
    expect(finish(agreementOf(vectors, rounded))).toBeGreaterThan(0.95);
    expect(
      finish(
        agreementOf(
          vectors,
          rounded.map((value, at) => (at % 2 ? value : 0)),
        ),
      ),
    ).toBeLessThan(0.7);
    expect(finish(agreementOf({ ...vectors, words: ['only'] }, rounded.subarray(0, D)))).toBe(1);
  });
});
