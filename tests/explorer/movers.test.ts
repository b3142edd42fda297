import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { movers, relativeShifts } from '../../src/explorer/movers.ts';

const random = createRandom(5);
const V = 40;

describe('relativeShifts', () => {
  const first = Float32Array.from({ length: V * 2 }, () => random.normal());
  const rows = Int32Array.from({ length: V }, (_, row) => (row === 7 ? -1 : V - 1 - row));
  /** The first map reflected, turned, scaled and moved, in the order of `rows`. */
  function moved(change: (row: number, axis: number) => number): Float32Array {
    const second = new Float32Array(V * 2).fill(9);
    const [cosine, sine] = [Math.cos(2), Math.sin(2)];
    for (let row = 0; row < V; row++) {
      if (rows[row] < 0) continue;
      const p = Array.from({ length: 2 }, (_, axis) => first[row * 2 + axis] + change(row, axis));
      const turned = [-(cosine * p[0] - sine * p[1]), sine * p[0] + cosine * p[1]];
      second.set(
        turned.map((value, axis) => 0.3 * value + axis - 0.5),
        rows[row] * 2,
      );
    }
    return second;
  }

  it('is zero where the whole map moved, and unknown for a word that one file lacks', () => {
    const shifts = relativeShifts(
      first,
      moved(() => 0),
      rows,
    );
    expect(shifts[7]).toBeNaN();
    for (const [row, shift] of shifts.entries()) if (row !== 7) expect(shift).toBeLessThan(1e-5);
  });

  it('finds the word that moved against the others', () => {
    const shifts = relativeShifts(
      first,
      moved((row, axis) => (row === 11 && axis === 0 ? 4 : 0)),
      rows,
    );
    expect(movers(shifts, 3, () => true)[0]).toBe(11);
    expect(movers(shifts, 3, (row) => row !== 11)).not.toContain(11);
    expect(movers(shifts, 99, () => true)).toHaveLength(V - 1);
    expect(shifts[11]).toBeGreaterThan(1.5);
    const still = shifts.filter((shift, row) => row !== 11 && !Number.isNaN(shift));
    expect(Math.max(...still)).toBeLessThan(shifts[11] / 2);
  });

  it('knows nothing without common words, and of words at one place', () => {
    expect([...relativeShifts(first, first, new Int32Array(V).fill(-1))]).toEqual(new Array(V).fill(Number.NaN));
    const same = new Float32Array(V * 2).fill(0.5);
    const shifts = relativeShifts(
      same,
      same,
      Int32Array.from({ length: V }, (_, row) => row),
    );
    expect(shifts[3]).toBeLessThan(1e-9);
  });
});
