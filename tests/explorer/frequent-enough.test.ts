import { describe, expect, it } from 'vitest';
import { frequencySteps } from '../../src/explorer/frequent-enough.ts';

describe('frequencySteps', () => {
  const V = 200;
  const rows = Int32Array.from({ length: V }, (_, row) => (row % 10 === 3 ? -1 : row));
  const counts = Float64Array.from({ length: V }, (_, row) => Math.round(4000 / (row + 1)));
  const halves = counts.map((count) => Math.round(count / 2));

  it('goes by the smaller of two counts, and starts where enough words are left', () => {
    const { by, steps, start, isEnough } = frequencySteps(rows, [counts, halves]);
    expect(by).toBe('count');
    expect(steps).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]);
    // 36 common words occur 50 times in the second file, 90 at least 20 times.
    expect(steps[start]).toBe(20);
    expect([isEnough(0, 2000), isEnough(0, 2001), isEnough(1, 1000)]).toEqual([true, false, true]);
  });

  it('goes by place where counts are unknown', () => {
    const turned = rows.map((row) => (row < 0 ? row : V - 1 - row));
    const { by, steps, start, isEnough } = frequencySteps(turned, [counts, undefined]);
    expect(by).toBe('rank');
    expect(steps).toEqual([200, 100, 50, 20, 10]);
    expect(start).toBe(0);
    expect([isEnough(20, 100), isEnough(110, 111), isEnough(110, 110)]).toEqual([false, true, false]);
  });

  it('takes few words as they are', () => {
    expect(
      frequencySteps(
        [0, 1],
        [
          [9, 9],
          [9, 9],
        ],
      ),
    ).toMatchObject({ steps: [1, 2, 5], start: 2 });
    expect(frequencySteps([-1], [[9], [9]])).toMatchObject({ steps: [1], start: 0 });
  });
});
