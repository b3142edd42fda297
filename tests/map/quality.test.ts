import { describe, expect, it } from 'vitest';
import { finish } from '../../src/base/steps.ts';
import { measureQuality } from '../../src/map/quality.ts';
import { golden } from './golden.ts';
import { goldenVectors } from './golden-vectors.ts';

const vectors = goldenVectors();
const firstTwo = Float32Array.from({ length: 2000 }, (_, at) => vectors.matrix[Math.floor(at / 2) * 20 + (at % 2)]);

describe('what a map keeps', () => {
  it("is scikit-learn's trustworthiness, and the share of neighbors kept, over all words", () => {
    const { kept, trustworthiness, ...rest } = finish(measureQuality(vectors, firstTwo, { sample: 1000 }));
    expect(rest).toEqual({ k: 10, sample: 1000 });
    expect(kept).toBeCloseTo(golden.firstTwoColumns.kept, 4);
    expect(trustworthiness).toBeCloseTo(golden.firstTwoColumns.trustworthiness, 5);
  });

  it('is about the same on a sample', () => {
    const found = finish(measureQuality(vectors, firstTwo, { sample: 300 }));
    expect(found.sample).toBe(300);
    expect(Math.abs(found.kept - golden.firstTwoColumns.kept)).toBeLessThan(0.02);
    expect(Math.abs(found.trustworthiness - golden.firstTwoColumns.trustworthiness)).toBeLessThan(0.03);
  });

  it('is 1 where map and vectors have the same neighbors', () => {
    const angles = Array.from({ length: 60 }, (_, at) => ((at * 37) % 60) * 0.03 + 0.0001 * at);
    const matrix = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
    const words = angles.map((_, at) => `w${at}`);
    const found = finish(measureQuality({ words, matrix, dimensions: 2 }, matrix));
    expect(found).toEqual({ k: 10, sample: 60, kept: 1, trustworthiness: 1 });
  });

  it('leaves out words without a direction', () => {
    const words = [...vectors.words, ...Array.from({ length: 50 }, (_, at) => `z${at}`)];
    const matrix = new Float32Array(1050 * 20);
    matrix.set(vectors.matrix);
    matrix.fill(Number.NaN, 1025 * 20);
    const positions = new Float32Array(2100);
    positions.set(firstTwo);
    const found = finish(measureQuality({ words, matrix, dimensions: 20 }, positions, { sample: 1000 }));
    expect(found.kept).toBeCloseTo(golden.firstTwoColumns.kept, 4);
    expect(found.trustworthiness).toBeCloseTo(golden.firstTwoColumns.trustworthiness, 5);
  });

  it.each([0, 1, 2])('has nothing to measure with %d words', (V) => {
    const few = { words: vectors.words.slice(0, V), matrix: vectors.matrix.slice(0, V * 20), dimensions: 20 };
    const found = finish(measureQuality(few, new Float32Array(2 * V)));
    expect(found).toEqual({ k: 0, sample: 0, kept: 1, trustworthiness: 1 });
  });
});
