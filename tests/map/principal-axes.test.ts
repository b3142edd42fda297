import { expect, it } from 'vitest';
import { finish } from '../../src/base/steps.ts';
import { principalCoordinates } from '../../src/map/principal-axes.ts';
import { golden } from './golden.ts';
import { goldenVectors } from './golden-vectors.ts';

const coordinatesOf = (vectors: ReturnType<typeof goldenVectors>) => finish(principalCoordinates(vectors));

it('are those of scikit-learn on unit rows, up to the sign of an axis', () => {
  const found = coordinatesOf(goldenVectors());
  for (let axis = 0; axis < 2; axis++) {
    const first = golden.pca.coordinates[0];
    const sign = Math.sign(first.at[axis] * found[first.row * 2 + axis]);
    for (const { row, at } of golden.pca.coordinates) expect(found[row * 2 + axis] * sign).toBeCloseTo(at[axis], 5);
  }
});

it('do not depend on the lengths of the rows', () => {
  const vectors = goldenVectors();
  const longer = vectors.matrix.map((value, at) => value * (1 + (Math.floor(at / 20) % 7)));
  const found = coordinatesOf({ ...vectors, matrix: longer });
  const wanted = coordinatesOf(vectors);
  for (let at = 0; at < 200; at++) expect(found[at]).toBeCloseTo(wanted[at], 5);
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
  const found = coordinatesOf(extended);
  expect([...found.slice(2000)]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(found.slice(0, 2000)).toEqual(coordinatesOf(vectors));
});

it('has zeros for an axis that the vectors do not have', () => {
  const found = coordinatesOf({ words: ['a', 'b', 'c'], matrix: Float32Array.of(1, -1, 1), dimensions: 1 });
  expect([0, 1, 2].map((row) => found[2 * row + 1])).toEqual([0, 0, 0]);
  expect(found[0]).toBeCloseTo(2 / 3, 6);
  expect(found[2]).toBeCloseTo(-4 / 3, 6);
});
