// Which words get labels, and how they are written: those asked for and marked always, others by frequency while there
// is room.
import { labelBoard, type ShownLabel } from './label-board.ts';
import type { LabelRequest } from './label-placement.ts';
import type { TextStyle } from './label-sprites.ts';
import { rowsInBox, rowsInSpace } from './rows-in-sight.ts';
import { type PlacedPoints, screenPoint } from './scene-points.ts';
import type { Theme } from './theme.ts';
import type { Viewport } from './view-transform.ts';

export interface Chosen {
  focus: readonly number[];
  to: readonly number[];
  marked: readonly number[];
  hovered: number | undefined;
}

interface LabelView {
  matrix: Float64Array;
  viewport: Viewport;
  theme: Theme;
  size: number;
  now: number;
  softly: boolean;
  /** Of a map of three axes: how many rows to look at. */
  looked: number;
}

/** Candidates for a picture; more are looked at than there is room for. */
const CANDIDATES = 700;
/** Marked words that are always labelled; further ones are where there is room. */
const MARKED = 60;

export interface SceneLabels {
  update(
    points: PlacedPoints,
    chosen: Chosen,
    view: LabelView,
    widthOf: (text: string, style: TextStyle) => number,
  ): { labels: ShownLabel[]; changing: boolean; styleOf: (row: number) => TextStyle };
  clear(): void;
}

export function sceneLabels(): SceneLabels {
  const board = labelBoard();
  return {
    clear: board.clear,
    update(points, chosen, view, widthOf) {
      const { matrix, viewport, size } = view;
      const pinned = [
        ...(chosen.hovered === undefined ? [] : [chosen.hovered]),
        ...chosen.focus,
        ...chosen.to,
        ...chosen.marked.slice(0, MARKED),
      ];
      const styleOf = labelStyles(chosen, view.theme);
      const request = (row: number, mustBeSeen: boolean): LabelRequest | undefined => {
        const point = screenPoint(points, row, matrix, viewport);
        if (point === undefined || isOutside(point, viewport)) return undefined;
        const width = widthOf(points.words[row] ?? '', styleOf(row));
        const gap = Math.min(20, size / point.w) / 2 + (mustBeSeen ? 7 : 4);
        return { row, x: point.x, y: point.y, width, gap, pinned: mustBeSeen };
      };
      const shown = board.update(pinned, rowsInSight(points, view), request, view);
      return { ...shown, styleOf };
    },
  };
}

function isOutside({ x, y }: { x: number; y: number }, { width, height }: Viewport): boolean {
  return x < 0 || y < 0 || x > width || y > height;
}

function rowsInSight(points: PlacedPoints, { matrix: m, viewport, looked }: LabelView): number[] {
  if (points.axes === 3) return rowsInSpace(points.positions, m, viewport, CANDIDATES, looked);
  const [left, right] = [(-1 - m[12]!) / m[0]!, (1 - m[12]!) / m[0]!];
  const [bottom, top] = [(-1 - m[13]!) / m[5]!, (1 - m[13]!) / m[5]!];
  return rowsInBox(points.positions, points.grid, { left, right, bottom, top }, CANDIDATES);
}

/** The most frequent words are written larger. */
function labelStyles({ focus, to, marked, hovered }: Chosen, theme: Theme): (row: number) => TextStyle {
  const [strong, near, inLasso] = [new Set(focus), new Set(to), new Set(marked)];
  return (row) => {
    if (row === hovered || strong.has(row)) return { size: 15, bold: true, color: theme.ink };
    if (near.has(row)) return { size: 13.5, bold: true, color: theme.accent };
    if (inLasso.has(row)) return { size: 13, bold: true, color: theme.marked };
    return { size: row < 50 ? 15 : row < 500 ? 13.5 : 12.5, bold: row < 50, color: theme.ink };
  };
}
