// Places the labels of points so that they do not overlap: a label goes to the first free side of its point.
import { textWidth } from './svg.ts';

export interface PlacedLabel {
  /** Index of its point, or of the first that shares it. */
  at: number;
  x: number;
  y: number;
  anchor: 'start' | 'end' | 'middle';
  text: string;
}

/** In pixels. */
export interface LabelSize {
  width(text: string): number;
  /** From the base line of the text to its upper and its lower edge. */
  up: number;
  down: number;
  /** From the point to the base line of the text. */
  beside: number;
  above: number;
  below: number;
  /** Half the height of a point. */
  point: number;
}

const usual: LabelSize = { width: textWidth, up: 11, down: 3, beside: 9, above: 10, below: 18, point: 5 };
const NEAR = 2; // pixels: points closer than this share a label

interface Placing {
  size?: LabelSize;
  /** Of the picture; default: labels may go as far up and down as they like. */
  height?: number;
  /** Whether a label without room is left out, or else overlaps. */
  omit?: boolean;
  /** Whether points at the same place share a label. */
  share?: boolean;
}

/** `width`: of the picture. Earlier points choose first. */
export function placedLabels(
  points: readonly { x: number; y: number; label: string }[],
  width: number,
  { size = usual, height, omit = false, share = true }: Placing = {},
): PlacedLabel[] {
  const groups: { at: number; x: number; y: number; text: string }[] = [];
  for (const [at, { x, y, label }] of points.entries()) {
    const same = groups.find((group) => share && Math.abs(group.x - x) < NEAR && Math.abs(group.y - y) < NEAR);
    if (same) same.text += `, ${label}`;
    else groups.push({ at, x, y, text: label });
  }
  const taken = groups.map(
    ({ x, y }): Box => ({ left: x - 5, right: x + 5, top: y - size.point, bottom: y + size.point }),
  );
  const isFree = (box: Box) => {
    const isInside = box.left >= 0 && box.right <= width && (height === undefined || isWithin(box, height));
    return isInside && !taken.some((other) => overlap(box, other));
  };
  return groups.flatMap(({ at, x, y, text }) => {
    const choices: PlacedLabel[] = [
      { at, x: x + size.beside, y: y + 4, anchor: 'start', text },
      { at, x: x - size.beside, y: y + 4, anchor: 'end', text },
      { at, x, y: y - size.above, anchor: 'middle', text },
      { at, x, y: y + size.below, anchor: 'middle', text },
    ];
    const free = choices.find((choice) => isFree(boxOf(choice, size))) ?? (omit ? undefined : choices[0]);
    if (free === undefined) return [];
    taken.push(boxOf(free, size));
    return [free];
  });
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function boxOf({ x, y, anchor, text }: PlacedLabel, { width, up, down }: LabelSize): Box {
  const across = width(text);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - across : x - across / 2;
  return { left, right: left + across, top: y - up, bottom: y + down };
}

const isWithin = ({ top, bottom }: Box, height: number): boolean => top >= 0 && bottom <= height;

function overlap(one: Box, other: Box): boolean {
  return one.right > other.left && one.left < other.right && one.bottom > other.top && one.top < other.bottom;
}
