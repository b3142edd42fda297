// What lies over the points: lines from the word asked for, rings, labels, the lasso and the keyboard's cursor.
import type { Point, Viewport } from './camera.ts';
import type { LabelSprites } from './label-sprites.ts';
import type { Chosen, ShownLabel } from './labels.ts';
import type { Polygon } from './picking.ts';
import { cssColor, type TextStyle, type Theme } from './theme.ts';

export interface OverlayFrame {
  viewport: Viewport;
  ratio: number;
  theme: Theme;
  /** Diameter of a point in CSS pixels. */
  size: number;
  labels: readonly ShownLabel[];
  sprites: LabelSprites;
  styleOf(row: number): TextStyle;
  textOf(row: number): string;
  /** In CSS pixels. */
  pointOf(row: number): Point;
  chosen: Chosen;
  lasso: Polygon | undefined;
  cursor: boolean;
}

export function drawOverlay(context: Context, frame: OverlayFrame): void {
  const { ratio, theme, labels, sprites, textOf, styleOf } = frame;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  drawLines(context, frame);
  drawRings(context, frame);
  if (frame.cursor) drawCursor(context, frame);
  drawLeaders(context, frame);
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const label of labels) sprites.draw(context, textOf(label.row), styleOf(label.row), label);
  context.globalAlpha = 1;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (frame.lasso) drawLasso(context, frame.lasso, theme);
}

type Context = CanvasRenderingContext2D;

function drawLines(context: Context, { chosen, pointOf, theme }: OverlayFrame): void {
  context.strokeStyle = cssColor(theme.accent, 0.65);
  context.lineWidth = 1.3;
  context.beginPath();
  for (const from of chosen.focus.map(pointOf)) {
    for (const to of chosen.to.map(pointOf)) {
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
  }
  context.stroke();
}

/** Around the words asked for, those that lines lead to, and the one under the pointer. */
function drawRings(context: Context, frame: OverlayFrame): void {
  const ring = (row: number, larger: number, width: number, filled: boolean) => {
    const { x, y } = frame.pointOf(row);
    context.beginPath();
    context.arc(x, y, frame.size / 2 + larger, 0, 2 * Math.PI);
    if (filled) {
      context.fillStyle = cssColor(frame.theme.accent);
      context.fill();
    }
    context.strokeStyle = cssColor(filled ? frame.theme.panel : frame.theme.accent);
    context.lineWidth = width;
    context.stroke();
  };
  const { focus, to, hovered } = frame.chosen;
  for (const row of to) ring(row, 1.5, 1.2, true);
  for (const row of focus) ring(row, 3.5, 1.5, true);
  for (const row of focus) ring(row, 6, 1.5, false);
  if (hovered !== undefined) ring(hovered, 3, 1.8, false);
}

/** Thin lines to labels that had to move away from their points. */
function drawLeaders(context: Context, { labels, pointOf, theme, textOf, styleOf }: OverlayFrame): void {
  context.strokeStyle = cssColor(theme.soft, 0.6);
  context.lineWidth = 0.8;
  context.beginPath();
  for (const { row, left, middle, side } of labels) {
    if (side <= 3) continue;
    const point = pointOf(row);
    context.moveTo(point.x, point.y);
    const right = left + textOf(row).length * styleOf(row).size * 0.5;
    context.lineTo(left > point.x ? left - 2 : Math.min(point.x, right), middle);
  }
  context.stroke();
}

function drawCursor(context: Context, { viewport, theme }: OverlayFrame): void {
  const [x, y] = [viewport.width / 2, viewport.height / 2];
  context.strokeStyle = cssColor(theme.ink, 0.8);
  context.lineWidth = 1.2;
  context.beginPath();
  for (const [across, down] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    context.moveTo(x + across * 6, y + down * 6);
    context.lineTo(x + across * 14, y + down * 14);
  }
  context.stroke();
}

function drawLasso(context: Context, polygon: Polygon, theme: Theme): void {
  context.beginPath();
  for (const { x, y } of polygon) context.lineTo(x, y);
  context.closePath();
  context.fillStyle = cssColor(theme.accent, 0.1);
  context.fill();
  context.strokeStyle = cssColor(theme.accent);
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.stroke();
  context.setLineDash([]);
}
