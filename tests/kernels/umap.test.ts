import { describe, expect, it } from 'vitest';
import { createRandom, restoreRandom } from '../../src/base/random.ts';
import { sharedMemory } from '../../src/kernels/load.ts';
import { startKernel } from '../../src/kernels/start.ts';

interface Kernel {
  start(a: number, b: number, ...state: number[]): void;
  epoch(points: number, V: number, heads: number, tails: number, periods: number, due: number, E: number, now: number, rate: number): void; // biome-ignore format: one call
  powerOf(x: number): number;
}

const memory = sharedMemory(1 << 20);
const kernel = startKernel('umap', { memory }) as unknown as Kernel;

describe("the optimizer's power", () => {
  it.each([0.3, 0.79, 0.895, 1, 1.33, 1.92])('x ^ %d has five digits over all distances', (b) => {
    kernel.start(1, b, 1, 2, 3, 4);
    for (let exponent = -30; exponent <= 30; exponent += 0.37) {
      const x = Math.fround(2 ** exponent);
      expect(Math.abs(kernel.powerOf(x) / x ** b - 1)).toBeLessThan(3e-5);
    }
  });

  it('is tiny for 0', () => {
    kernel.start(1, 0.9, 1, 2, 3, 4);
    expect(kernel.powerOf(0)).toBeLessThan(1e-30);
  });
});

/** An edge as in umap-learn, in doubles, but with three of the five others at once with the neighbor, and then two. */
function naiveEdge(
  points: number[][],
  head: number,
  tail: number,
  a: number,
  b: number,
  rate: number,
  other: () => number,
) {
  const clip = (value: number) => Math.max(-4, Math.min(4, value));
  const gradient = (from: number[], to: number[], pull: boolean) => {
    const x = from.reduce((sum, value, axis) => sum + (value - to[axis]) ** 2, 0);
    if (x === 0) return from.map(() => 0);
    const force = pull ? (-2 * a * b * x ** (b - 1)) / (1 + a * x ** b) : (2 * b) / ((0.001 + x) * (1 + a * x ** b));
    return from.map((value, axis) => clip(force * (value - to[axis])));
  };
  const step = (from: number[], gradients: number[][]) =>
    from.map((value, axis) => value + rate * gradients.reduce((sum, each) => sum + each[axis], 0));
  const from = points[head];
  const pull = gradient(from, points[tail], true);
  const three = [other(), other(), other()].map((at) => gradient(from, points[at], false));
  points[tail] = points[tail].map((value, axis) => value - rate * pull[axis]);
  const moved = step(from, [pull, ...three]);
  const [fourth, fifth] = [points[other()], points[other()]];
  points[head] = step(step(moved, [gradient(moved, fourth, false)]), [gradient(moved, fifth, false)]);
}

describe('an epoch of the optimizer', () => {
  it.each([2, 3])('moves points as the plain form does, with %d coordinates', (axes) => {
    const [V, E, a, b] = [40, 150, 1.577, 0.895];
    const random = createRandom(11);
    const points = Array.from({ length: V }, () => Array.from({ length: axes }, () => 10 * random.float()));
    points[7] = [...points[8]]; // in the same place
    const edges = Array.from({ length: E }, () => {
      const head = random.below(V);
      return { head, tail: (head + 1 + random.below(V - 1)) % V, period: 1 + random.below(4) };
    });
    const [pointsAt, headsAt, tailsAt, periodsAt, dueAt] = [1024, 4096, 8192, 16384, 32768] as const;
    const moving = new Float32Array(memory.buffer, pointsAt, 4 * V).fill(0);
    points.forEach((point, at) => {
      moving.set(point, 4 * at);
    });
    new Uint32Array(memory.buffer, headsAt, E).set(edges.map(({ head }) => head));
    new Uint32Array(memory.buffer, tailsAt, E).set(edges.map(({ tail }) => tail));
    for (const at of [periodsAt, dueAt]) new Float32Array(memory.buffer, at, E).set(edges.map(({ period }) => period));
    const state = createRandom(5).state();
    const twin = restoreRandom(state);
    kernel.start(a, b, ...state);
    const due = edges.map(({ period }) => period);
    for (let now = 0; now < 6; now++) {
      kernel.epoch(pointsAt, V, headsAt, tailsAt, periodsAt, dueAt, E, now, 0.2);
      edges.forEach(({ head, tail, period }, edge) => {
        if (due[edge] > now) return;
        due[edge] += period;
        naiveEdge(points, head, tail, a, b, 0.2, () => twin.below(V));
      });
    }
    points.forEach((point, at) => {
      point.forEach((value, axis) => {
        expect(moving[4 * at + axis]).toBeCloseTo(value, 2);
      });
      if (axes === 2) expect(moving[4 * at + 2]).toBe(0);
    });
  });
});
