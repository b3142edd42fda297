import { expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { createMapNeighbors } from '../../src/map/map-neighbors.ts';

const random = createRandom(3);

const squared = (positions: number[], a: number, b: number) =>
  (positions[a * 2] - positions[b * 2]) ** 2 + (positions[a * 2 + 1] - positions[b * 2 + 1]) ** 2;

function naive(positions: number[], point: number, k: number, has: number[]): number[] {
  const distance = (other: number) => squared(positions, other, point);
  const others = has.flatMap((value, at) => (value > 0 && at !== point ? at : []));
  return others.map(distance).sort((a, b) => a - b).slice(0, k); // biome-ignore format: a chain
}

it.each([
  ['one point', 1, () => random.normal()],
  ['fewer than k', 5, () => random.normal()],
  ['a cloud', 700, () => random.normal()],
  ['many equal coordinates', 600, () => random.below(5)],
  ['all in one place', 300, () => 1],
  ['on a line', 500, () => 0],
])('finds the distances of a plain search: %s', (_, V, coordinate) => {
  const positions = Array.from({ length: 2 * V }, coordinate);
  const has = Array.from({ length: V }, (_, at) => (at % 7 === 3 ? 0 : 1));
  const tree = finish(createMapNeighbors(positions, has));
  const found = new Int32Array(10);
  for (let point = 0; point < V; point += 3) {
    const count = tree.nearest(point, 10, found);
    const wanted = naive(positions, point, 10, has);
    const others = [...found.subarray(0, count)];
    const distances = others.map((other) => squared(positions, other, point));
    expect(distances).toEqual(wanted);
    expect(new Set(others).size).toBe(count);
    expect(others.every((other) => has[other] > 0 && other !== point)).toBe(true);
  }
});
