import { expect, it } from 'vitest';
import { principalCoordinates } from '../../src/layout/principal-axes.ts';
import { finish } from '../../src/steps.ts';
import { golden } from './golden.ts';
import { goldenVectors } from './golden-vectors.ts';

const coordinatesOf = (vectors: ReturnType<typeof goldenVectors>, axes: number) =>
  finish(principalCoordinates(vectors, axes));

it('are those of scikit-learn on unit rows, up to the sign of an axis', () => {
  const found = coordinatesOf(goldenVectors(), 3);
  for (let axis = 0; axis < 3; axis++) {
    const first = golden.pca.coordinates[0]!;
    const sign = Math.sign(first.at[axis]! * found[first.row * 3 + axis]!);
    for (const { row, at } of golden.pca.coordinates) expect(found[row * 3 + axis]! * sign).toBeCloseTo(at[axis]!, 5);
  }
});

it('do not depend on the lengths of the rows', () => {
  const vectors = goldenVectors();
  const longer = vectors.matrix.map((value, at) => value * (1 + (Math.floor(at / 20) % 7)));
  const found = coordinatesOf({ ...vectors, matrix: longer }, 2);
  const wanted = coordinatesOf(vectors, 2);
  for (let at = 0; at < 200; at++) expect(found[at]).toBeCloseTo(wanted[at]!, 5);
});

it('leaves words without a direction at the origin, and out of the mean', () => {
  const vectors = goldenVectors();
  const extended = {
    words: [...vectors.words, 'zeros', 'nan', 'infinite'],
    matrix: new Float32Array(1003 * 20),
    dimensions: 20,
  };
  extended.matrix.set(vectors.matrix);
  extended.matrix[1001 * 20 + 3] = Number.NaN;
  extended.matrix[1002 * 20] = Number.POSITIVE_INFINITY;
  const found = coordinatesOf(extended, 2);
  expect([...found.slice(2000)]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(found.slice(0, 2000)).toEqual(coordinatesOf(vectors, 2));
});

it('has zeros for axes that the vectors do not have', () => {
  const found = coordinatesOf({ words: ['a', 'b', 'c'], matrix: Float32Array.of(1, -1, 1), dimensions: 1 }, 3);
  expect([0, 1, 2].map((row) => [found[3 * row + 1], found[3 * row + 2]])).toEqual([[0, 0], [0, 0], [0, 0]]); // biome-ignore format: a matrix
  expect(found[0]).toBeCloseTo(2 / 3, 6);
  expect(found[3]).toBeCloseTo(-4 / 3, 6);
});
