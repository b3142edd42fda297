// Places the labels of points so that they do not overlap: words at the same place share a label, and a label goes to
// the first free side of its point.
import { textWidth } from './svg.ts';

export interface PlacedLabel {
  x: number;
  y: number;
  anchor: 'start' | 'end' | 'middle';
  text: string;
}

const NEAR = 2; // pixels: points closer than this share a label
const HALF = 7; // half the height of a label

/** `omit`: whether a label without room is left out, or else overlaps. Earlier points choose first. */
export function placedLabels(
  points: readonly { x: number; y: number; label: string }[],
  width: number,
  { omit = false } = {},
): PlacedLabel[] {
  const groups: { x: number; y: number; labels: string[] }[] = [];
  for (const { x, y, label } of points) {
    const same = groups.find((group) => Math.abs(group.x - x) < NEAR && Math.abs(group.y - y) < NEAR);
    if (same) same.labels.push(label);
    else groups.push({ x, y, labels: [label] });
  }
  const taken: Box[] = groups.map(({ x, y }) => ({ left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 }));
  return groups.flatMap(({ x, y, labels }) => {
    const text = labels.join(', ');
    const choices: PlacedLabel[] = [
      { x: x + 9, y: y + 4, anchor: 'start', text },
      { x: x - 9, y: y + 4, anchor: 'end', text },
      { x, y: y - 10, anchor: 'middle', text },
      { x, y: y + 18, anchor: 'middle', text },
    ];
    const free = choices.find((choice) => isFree(boxOf(choice), taken, width)) ?? (omit ? undefined : choices[0]!);
    if (free === undefined) return [];
    taken.push(boxOf(free));
    return [free];
  });
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function boxOf({ x, y, anchor, text }: PlacedLabel): Box {
  const size = textWidth(text);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - size : x - size / 2;
  return { left, right: left + size, top: y - 4 - HALF, bottom: y - 4 + HALF };
}

function isFree(box: Box, taken: readonly Box[], width: number): boolean {
  if (box.left < 0 || box.right > width) return false;
  return taken.every(
    (other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom,
  );
}
