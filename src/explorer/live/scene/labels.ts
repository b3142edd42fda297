// Which words get labels, and how they are written: those asked for and marked always, others by frequency while there
// is room. From picture to picture a label stays where it is while it can, and comes and goes softly.
import { onMap, onScreen, type View, type Viewport } from './camera.ts';
import { type LabelRequest, labelBeside, type PlacedLabel, placeLabels } from './label-placement.ts';
import { type PlacedPoints, placeOf } from './points.ts';
import type { TextStyle, Theme } from './theme.ts';

export interface Chosen {
  focus: readonly number[];
  to: readonly number[];
  marked: readonly number[];
  hovered: number | undefined;
}

export interface ShownLabel extends PlacedLabel {
  /** 0 .. 1 */
  opacity: number;
}

interface LabelView {
  view: View;
  viewport: Viewport;
  /** Diameter of a point in CSS pixels. */
  size: number;
  now: number;
  softly: boolean;
}

/** Candidates for a picture; more are looked at than there is room for. */
const CANDIDATES = 700;
/** Words with labels in the largest letters, and in larger ones. */
const LARGEST = 50;
const LARGE = 500;
/** Marked words that are always labeled; further ones are where there is room. */
const MARKED = 60;

/** The labels of the next picture; `changing`: the one after it differs. */
export function chooseLabels(
  board: LabelBoard,
  points: PlacedPoints,
  { focus, to, marked, hovered }: Chosen,
  shown: LabelView,
  widthOf: (row: number) => number,
): { labels: ShownLabel[]; changing: boolean } {
  const { view, viewport, size } = shown;
  const { width, height } = viewport;
  const request = (row: number, pinned: boolean): LabelRequest | undefined => {
    const { x, y } = onScreen(view, placeOf(points, row));
    if (x < 0 || y < 0 || x > width || y > height) return undefined;
    return { row, x, y, width: widthOf(row), gap: size / 2 + (pinned ? 7 : 4), pinned };
  };
  const pinned = [...(hovered === undefined ? [] : [hovered]), ...focus, ...to, ...marked.slice(0, MARKED)];
  const [{ x: left, y: top }, { x: right, y: bottom }] = [
    onMap(view, { x: 0, y: 0 }),
    onMap(view, { x: width, y: height }),
  ];
  const inSight = points.grid.rowsIn({ left, right, bottom, top }, CANDIDATES);
  const others = inSight.filter((row) => points.unlabeled?.[row] !== 1);
  return board.update(pinned, others, request, shown);
}

/** The most frequent words that have labels are written larger. */
export function labelStyles(
  { focus, to, marked, hovered }: Chosen,
  theme: Theme,
  unlabeled?: Uint8Array,
): (row: number) => TextStyle {
  const [strong, near, inLasso] = [new Set(focus), new Set(to), new Set(marked)];
  const [first, second] = [rowAfter(LARGEST, unlabeled), rowAfter(LARGE, unlabeled)];
  return (row) => {
    if (row === hovered || strong.has(row)) return { size: 15, bold: true, color: theme.ink };
    if (near.has(row)) return { size: 13.5, bold: true, color: theme.accent };
    if (inLasso.has(row)) return { size: 13, bold: true, color: theme.marked };
    return { size: row < first ? 15 : row < second ? 13.5 : 12.5, bold: row < first, color: theme.ink };
  };
}

/** The row after so many labeled ones. */
function rowAfter(count: number, unlabeled: Uint8Array | undefined): number {
  let row = 0;
  for (let left = count; left > 0; row++) if (unlabeled?.[row] !== 1) left--;
  return row;
}

/** A shown label gives way only to words this many times nearer to the start of the list. */
const STAYS = 4;
/** Milliseconds a label takes to come and to go. */
const FADE = 140;
/** CSS pixels of the picture for each label. */
const AREA = 8500;

export interface LabelBoard {
  /**
   * `pinned` before all others. `softly`: with time to come and go; then `changing` says that the next picture differs.
   */
  update(
    pinned: readonly number[],
    others: readonly number[],
    request: (row: number, pinned: boolean) => LabelRequest | undefined,
    options: { viewport: Viewport; now: number; softly: boolean },
  ): { labels: ShownLabel[]; changing: boolean };
  clear(): void;
}

export function labelBoard(): LabelBoard {
  const sides = new Map<number, number>();
  const opacities = new Map<number, number>();
  let before = 0;

  return {
    clear() {
      sides.clear();
      opacities.clear();
    },
    update(pinned, others, request, { viewport, now, softly }) {
      const step = softly ? Math.min(1, Math.max(0, now - before) / FADE) : 1;
      before = now;
      const first = new Set(pinned);
      const rank = (row: number) => (sides.has(row) ? row / STAYS : row);
      const rest = others.filter((row) => !first.has(row)).sort((a, b) => rank(a) - rank(b) || a - b);
      const requests = [
        ...[...first].map((row) => request(row, true)),
        ...rest.map((row) => request(row, false)),
      ].filter((one) => one !== undefined);
      const placed = placeLabels(requests, viewport, sides, Math.round((viewport.width * viewport.height) / AREA));
      const wasAt = new Map(sides);
      sides.clear();
      for (const { row, side } of placed) sides.set(row, side);

      const labels: ShownLabel[] = placed.map((label) => {
        const opacity = first.has(label.row) ? 1 : Math.min(1, (opacities.get(label.row) ?? 0) + step);
        return { ...label, opacity };
      });
      for (const [row, opacity] of opacities) {
        if (sides.has(row) || opacity <= step) continue;
        const going = request(row, false);
        const side = wasAt.get(row) ?? 0;
        if (going) labels.unshift({ ...labelBeside(going, side), opacity: opacity - step });
      }
      opacities.clear();
      for (const { row, opacity } of labels) opacities.set(row, opacity);
      return { labels, changing: labels.some(({ row, opacity }) => opacity < 1 || !sides.has(row)) };
    },
  };
}
