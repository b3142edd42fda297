import { expect, it } from 'vitest';
import { createMapNeighbors } from '../../src/layout/map-neighbors.ts';
import { createRandom } from '../../src/random.ts';
import { finish } from '../../src/steps.ts';

const random = createRandom(3);

function naive(positions: number[], axes: number, point: number, k: number, has: number[]): number[] {
  const distance = (other: number) => {
    let sum = 0;
    for (let axis = 0; axis < axes; axis++)
      sum += (positions[other * axes + axis]! - positions[point * axes + axis]!) ** 2;
    return sum;
  };
  const others = has.flatMap((value, at) => (value > 0 && at !== point ? at : []));
  return others.map(distance).sort((a, b) => a - b).slice(0, k); // biome-ignore format: a chain
}

it.each([
  ['one point', 1, 2, () => random.normal()],
  ['fewer than k', 5, 3, () => random.normal()],
  ['2 axes', 700, 2, () => random.normal()],
  ['3 axes', 700, 3, () => random.normal()],
  ['many equal coordinates', 600, 2, () => random.below(5)],
  ['all in one place', 300, 2, () => 1],
  ['on a line', 500, 2, () => 0],
])('finds the distances of a plain search: %s', (_, V, axes, coordinate) => {
  const positions = Array.from({ length: V * axes }, coordinate);
  const has = Array.from({ length: V }, (_, at) => (at % 7 === 3 ? 0 : 1));
  const tree = finish(createMapNeighbors(positions, axes, has));
  const found = new Int32Array(10);
  for (let point = 0; point < V; point += 3) {
    const count = tree.nearest(point, 10, found);
    const wanted = naive(positions, axes, point, 10, has);
    const others = [...found.subarray(0, count)];
    const distances = others.map((other) => {
      let sum = 0;
      for (let axis = 0; axis < axes; axis++)
        sum += (positions[other * axes + axis]! - positions[point * axes + axis]!) ** 2;
      return sum;
    });
    expect(distances).toEqual(wanted);
    expect(new Set(others).size).toBe(count);
    expect(others.every((other) => has[other]! > 0 && other !== point)).toBe(true);
  }
});
