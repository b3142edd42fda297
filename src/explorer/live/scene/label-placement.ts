// Where labels go: beside their points, without overlaps. Earlier labels win; those that must be seen move aside
// instead.

export interface LabelRequest {
  row: number;
  /** The point, in CSS pixels. */
  x: number;
  y: number;
  /** Of the text, in CSS pixels. */
  width: number;
  /** From the point to the text. */
  gap: number;
  /** Must be seen. */
  pinned: boolean;
}

export interface PlacedLabel {
  row: number;
  /** Left end and middle of the text. */
  left: number;
  middle: number;
  /** Number of the place that it has beside its point: the same place is tried first the next time. */
  side: number;
}

/** Height of a label's box, and the free space around it, in CSS pixels. */
const HEIGHT = 16;
const SPACE = { across: 5, down: 2 };

/**
 * From the point to the middle of the text: in widths of the text, in gaps, and in heights. Right, left, above, below.
 */
const BESIDE = [
  { widths: 0.5, gaps: 1, heights: 0 },
  { widths: -0.5, gaps: -1, heights: 0 },
  { widths: 0, gaps: 0, heights: -0.95 },
  { widths: 0, gaps: 0, heights: 0.95 },
];
/** Farther places for labels that must be seen: around the point, then around that. */
const ASIDE = [1.4, 2.6, 3.8, 5].flatMap((heights) =>
  [-1, 1].flatMap((up) => [
    { widths: 0.5, gaps: 1, heights: up * heights },
    { widths: -0.5, gaps: -1, heights: up * heights },
  ]),
);

const PLACES = [...BESIDE, ...ASIDE];

/** `sides`: the side each row had before. At most `most` labels besides those that must be seen. */
export function placeLabels(
  requests: readonly LabelRequest[],
  viewport: { width: number; height: number },
  sides: ReadonlyMap<number, number>,
  most: number,
): PlacedLabel[] {
  const board = new TakenBoxes();
  const placed: PlacedLabel[] = [];
  let left = most;
  for (const request of requests) {
    if (!request.pinned && left <= 0) continue;
    const label = firstFree(request, viewport, board, sides.get(request.row));
    if (label === undefined) continue;
    board.take(label, request.width);
    placed.push(label);
    if (!request.pinned) left--;
  }
  return placed;
}

/** At one of the places around the point. */
export function labelBeside({ row, x, y, width, gap }: LabelRequest, side: number): PlacedLabel {
  const { widths, gaps, heights } = PLACES[side];
  return { row, left: x + (widths - 0.5) * width + gaps * gap, middle: y + heights * HEIGHT, side };
}

function firstFree(
  request: LabelRequest,
  viewport: { width: number; height: number },
  board: TakenBoxes,
  before: number | undefined,
): PlacedLabel | undefined {
  // What moves out of the picture stays beside its point until the end.
  if (before !== undefined) {
    const label = labelBeside(request, before);
    if (board.isFree(label.left, label.middle, request.width)) return label;
  }
  const places = request.pinned ? PLACES.length : BESIDE.length;
  for (let side = 0; side < places; side++) {
    const label = labelBeside(request, side);
    const { left, middle } = label;
    const inside =
      left >= 2 && left + request.width <= viewport.width - 2 && middle >= 8 && middle <= viewport.height - 8;
    if (inside && board.isFree(left, middle, request.width)) return label;
  }
  if (!request.pinned) return undefined;
  // No place is free: over others, and inside the picture.
  const left = Math.min(Math.max(2, request.x + request.gap), viewport.width - request.width - 2);
  return { row: request.row, left, middle: request.y, side: 0 };
}

/** Boxes in bands as high as a label: a box can only touch those in its own band and the two next to it. */
class TakenBoxes {
  private readonly bands = new Map<number, { left: number; right: number; middle: number }[]>();

  take({ left, middle }: PlacedLabel, width: number): void {
    const band = Math.floor(middle / HEIGHT);
    const box = { left, right: left + width, middle };
    const boxes = this.bands.get(band);
    if (boxes) boxes.push(box);
    else this.bands.set(band, [box]);
  }

  isFree(left: number, middle: number, width: number): boolean {
    const band = Math.floor(middle / HEIGHT);
    for (let near = band - 2; near <= band + 2; near++) {
      for (const box of this.bands.get(near) ?? []) {
        const apart = box.left > left + width + SPACE.across || box.right < left - SPACE.across;
        if (!apart && Math.abs(box.middle - middle) < HEIGHT + SPACE.down) return false;
      }
    }
    return true;
  }
}
