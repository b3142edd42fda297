// Which labels are shown, from picture to picture: a label stays where it is while it can, and comes and goes softly.
import { type LabelRequest, labelBeside, type PlacedLabel, placeLabels } from './label-placement.ts';
import type { Viewport } from './view-transform.ts';

export interface ShownLabel extends PlacedLabel {
  /** 0 .. 1 */
  opacity: number;
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
