import { describe, expect, it } from 'vitest';
import { nearestRotation, rotationOnto, times } from '../../src/algebra/procrustes.ts';
import { createRandom } from '../../src/base/random.ts';

const random = createRandom(1);
const points = (n: number, d: number) => Array.from({ length: n * d }, () => random.normal());
const turned = (list: readonly number[], rotation: Float64Array, d: number) =>
  Array.from({ length: list.length / d }, (_, at) => [...times(rotation, list.slice(at * d, (at + 1) * d))]).flat();

/** A product of reflections, as many as given. */
function someRotation(d: number, reflections: number): Float64Array {
  let result = Float64Array.from({ length: d * d }, (_, at) => Number(at % (d + 1) === 0));
  for (let each = 0; each < reflections; each++) {
    const u = points(1, d);
    const square = u.reduce((sum, value) => sum + value * value, 0);
    const before = result;
    result = new Float64Array(d * d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        for (let k = 0; k < d; k++) {
          result[i * d + j] += (Number(i === k) - (2 * u[i] * u[k]) / square) * before[k * d + j];
        }
      }
    }
  }
  return result;
}

function expectOrthonormal(rotation: Float64Array, d: number) {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += rotation[i * d + k] * rotation[j * d + k];
      expect(sum).toBeCloseTo(Number(i === j), 9);
    }
  }
}

describe('orthogonal Procrustes', () => {
  it.each([1e-320, 1e-200, 1e-150, 1e150])('numbers of the size %d do not overflow or vanish', (size) => {
    const rotation = nearestRotation(Float64Array.of(2 * size, -size, size, 2 * size), 2);
    expectOrthonormal(rotation, 2);
    const cosine = 2 / Math.sqrt(5);
    if (size > 1e-290) expect(rotation[0]).toBeCloseTo(cosine, 9);
  });

  it.each([
    [2, 1],
    [2, 2],
    [3, 1],
    [3, 2],
    [3, 3],
  ])('finds a known rotation or reflection in %d dimensions, made of %d reflections', (d, reflections) => {
    const a = points(40, d);
    const rotation = someRotation(d, reflections);
    const found = rotationOnto(a, turned(a, rotation, d), d);
    found.forEach((value, at) => {
      expect(value).toBeCloseTo(rotation[at], 6);
    });
  });

  it('is better than rotations nearby where nothing fits exactly', () => {
    const [a, b] = [points(30, 3), points(30, 3)];
    const error = (rotation: Float64Array) =>
      turned(b, rotation, 3).reduce((sum, value, at) => sum + (value - a[at]) ** 2, 0);
    const found = rotationOnto(b, a, 3);
    expectOrthonormal(found, 3);
    for (let trial = 0; trial < 50; trial++) {
      const other = someRotation(3, 1 + (trial % 3));
      expect(error(found)).toBeLessThan(error(other));
    }
  });

  it.each([
    ['nothing', [0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['one direction', [1, 2, 3, 2, 4, 6, 3, 6, 9]],
    ['one direction onto another', [0, 0, 1, 0, 0, 0, 0, 0, 0]],
    ['one coordinate reflected', [-5, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['two directions', [1, 0, 0, 0, -2, 0, 0, 0, 0]],
  ])('is orthonormal where the points span less than the space: %s', (_, m) => {
    expectOrthonormal(nearestRotation(Float64Array.from(m), 3), 3);
  });

  it('leaves everything in place where nothing is known', () => {
    expect([...nearestRotation(new Float64Array(4), 2)].map(Math.abs)).toEqual([1, 0, 0, 1]);
  });
});
