import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { type LabelRequest, type PlacedLabel, placeLabels } from '../../../src/explorer/live/scene/label-placement.ts';
import { labelBoard } from '../../../src/explorer/live/scene/labels.ts';

const viewport = { width: 800, height: 600 };
const label = (row: number, x: number, y: number, pinned = false): LabelRequest => ({
  ...{ row, x, y, pinned },
  width: 60,
  gap: 4,
});
const overlap = (a: PlacedLabel, b: PlacedLabel) =>
  Math.abs(a.left - b.left) < 60 && Math.abs(a.middle - b.middle) < 16;

function someLabels(count: number, pinned: (row: number) => boolean): LabelRequest[] {
  const random = createRandom(5);
  return Array.from({ length: count }, (_, row) =>
    label(row, random.float() * viewport.width, random.float() * viewport.height, pinned(row)),
  );
}

describe('labels', () => {
  it('never overlap, and stay inside the picture', () => {
    const placed = placeLabels(
      someLabels(500, () => false),
      viewport,
      new Map(),
      1000,
    );
    expect(placed.length).toBeGreaterThan(80);
    expect(placed.length).toBeLessThan(500);
    for (const [at, a] of placed.entries()) {
      expect(a.left >= 0 && a.left + 60 <= 800 && a.middle >= 8 && a.middle <= 592).toBe(true);
      for (const b of placed.slice(at + 1)) expect(overlap(a, b)).toBe(false);
    }
  });

  it('of earlier words win', () => {
    const placed = placeLabels(
      [0, 1, 2, 3, 4, 5, 6].map((row) => label(row, 400 + row / 10, 300)),
      viewport,
      new Map(),
      99,
    );
    // To the right and the left of the point: above and below they would touch these two.
    expect(placed.map(({ row, side }) => [row, side])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('that must be seen are all there, beside the others', () => {
    const requests = someLabels(200, (row) => row < 12).map((one) => (one.pinned ? { ...one, x: 400, y: 300 } : one));
    const placed = placeLabels(requests, viewport, new Map(), 20);
    expect(placed.slice(0, 12).map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    for (const [at, a] of placed.entries()) for (const b of placed.slice(at + 1)) expect(overlap(a, b)).toBe(false);
    expect(placed.length).toBeLessThanOrEqual(32);
    // Even where there is no place at all.
    expect(
      placeLabels([label(1, 10, 5, true), label(2, 10, 5, true)], { width: 70, height: 20 }, new Map(), 0),
    ).toHaveLength(2);
  });

  it('keep the side that they had', () => {
    expect(placeLabels([label(7, 400, 300)], viewport, new Map([[7, 3]]), 9)[0]).toMatchObject({ side: 3 });
  });
});

describe('from picture to picture', () => {
  const update = (board: ReturnType<typeof labelBoard>, requests: LabelRequest[], now: number, pinned: number[] = []) =>
    board.update(
      pinned,
      requests.map(({ row }) => row),
      (row, mustBeSeen) => ({ ...requests.find((one) => one.row === row)!, pinned: mustBeSeen }),
      { viewport, now, softly: true },
    );

  it('the same labels are shown while the map moves', () => {
    const board = labelBoard();
    const requests = someLabels(300, () => false).map((one) => ({ ...one, row: one.row + 1000 }));
    const rows = (shift: number, now: number) =>
      update(
        board,
        requests.map((one) => ({ ...one, x: one.x + shift, y: one.y + shift / 2 })),
        now,
      ).labels;
    let before = rows(0, 0);
    for (let turn = 1; turn <= 20; turn++) {
      const now = rows(turn * 3, turn * 16);
      const kept = new Map(now.map((one) => [one.row, one]));
      for (const one of before) {
        const inside = one.left > 70 && one.left < 660 && one.middle > 30 && one.middle < 570;
        if (!inside || one.opacity < 0.2) continue;
        // Where it was, moved with the map.
        expect(kept.get(one.row)?.left).toBeCloseTo(one.left + 3);
      }
      before = now.filter(({ opacity }) => opacity > 0.2);
    }
  });

  it('a label comes and goes softly, one that must be seen at once', () => {
    const board = labelBoard();
    const one = [label(3, 400, 300)];
    expect(update(board, one, 1000)).toMatchObject({ labels: [{ row: 3 }], changing: false });
    const two = [...one, label(90, 100, 100)];
    const coming = update(board, two, 1040);
    expect(coming.changing).toBe(true);
    expect(coming.labels.find(({ row }) => row === 90)!.opacity).toBeCloseTo(40 / 140);
    expect(update(board, two, 1300).changing).toBe(false);
    const going = board.update([], [3], (row) => two.find((request) => request.row === row), {
      ...{ viewport, now: 1350, softly: true },
    });
    expect(going.labels.map(({ row }) => row)).toEqual([90, 3]);
    expect(going.labels[0].opacity).toBeCloseTo(1 - 50 / 140);
    const pinned = update(board, two, 1360, [90]);
    expect(pinned.labels.find(({ row }) => row === 90)!.opacity).toBe(1);
  });

  it('a much more frequent word takes the place of a shown one, a slightly more frequent one does not', () => {
    const crowd = (rows: number[]) => rows.map((row) => label(row, 400, 300));
    const board = labelBoard();
    update(board, crowd([100, 110, 120, 130]), 0);
    const then = update(board, crowd([10, 90, 100, 110, 120, 130]), 5000).labels.filter(({ opacity }) => opacity > 0);
    expect(then.map(({ row }) => row).filter((row) => row < 100)).toEqual([10]);
  });
});
