// What lies over the points: lines from the word asked for, rings, labels, the lasso and the keyboard's cursor.
import type { ShownLabel } from './label-board.ts';
import type { PlacedSprite, TextStyle } from './label-sprites.ts';
import type { Polygon } from './lasso.ts';
import { fitCanvas } from './point-renderer.ts';
import { cssColor, type Theme } from './theme.ts';
import type { ScreenPoint, Viewport } from './view-transform.ts';

export interface OverlayFrame {
  viewport: Viewport;
  ratio: number;
  theme: Theme;
  /** Diameter of a point in CSS pixels. */
  size: number;
  labels: readonly ShownLabel[];
  /** The labels' texts. */
  sprites: readonly PlacedSprite[];
  styleOf(row: number): TextStyle;
  textOf(row: number): string;
  /** Undefined where the point is behind the eye. */
  pointOf(row: number): ScreenPoint | undefined;
  lines: { from: readonly number[]; to: readonly number[] };
  hovered: number | undefined;
  lasso: Polygon | undefined;
  cursor: boolean;
}

export interface Overlay {
  readonly canvas: HTMLCanvasElement;
  draw(frame: OverlayFrame): void;
  /** While there is nothing to show: a canvas costs time, even an empty one. */
  hide(): void;
}

export function overlay(): Overlay {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  return {
    canvas,
    hide() {
      canvas.style.visibility = 'hidden';
    },
    draw(frame) {
      canvas.style.visibility = '';
      fitCanvas(canvas, frame.viewport, frame.ratio);
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
      drawLines(context, frame);
      drawRings(context, frame);
      if (frame.cursor) drawCursor(context, frame);
      drawLeaders(context, frame);
      context.setTransform(1, 0, 0, 1, 0, 0);
      for (const sprite of frame.sprites) {
        context.globalAlpha = sprite.opacity;
        context.drawImage(sprite.canvas, sprite.x, sprite.y);
      }
      context.globalAlpha = 1;
      context.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
      if (frame.lasso) drawLasso(context, frame.lasso, frame.theme);
    },
  };
}

type Context = CanvasRenderingContext2D;

function drawLines(context: Context, { lines, pointOf, theme }: OverlayFrame): void {
  context.strokeStyle = cssColor(theme.accent, 0.65);
  context.lineWidth = 1.3;
  context.beginPath();
  for (const from of lines.from.map(pointOf)) {
    for (const to of lines.to.map(pointOf)) {
      if (from === undefined || to === undefined) continue;
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
    }
  }
  context.stroke();
}

/** Around the words asked for, those that lines lead to, and the one under the pointer. */
function drawRings(context: Context, frame: OverlayFrame): void {
  const ring = (row: number, larger: number, width: number, filled: boolean) => {
    const point = frame.pointOf(row);
    if (point === undefined) return;
    context.beginPath();
    context.arc(point.x, point.y, Math.min(20, frame.size / point.w) / 2 + larger, 0, 2 * Math.PI);
    if (filled) {
      context.fillStyle = cssColor(frame.theme.accent);
      context.fill();
    }
    context.strokeStyle = cssColor(filled ? frame.theme.panel : frame.theme.accent);
    context.lineWidth = width;
    context.stroke();
  };
  for (const row of frame.lines.to) ring(row, 1.5, 1.2, true);
  for (const row of frame.lines.from) ring(row, 3.5, 1.5, true);
  for (const row of frame.lines.from) ring(row, 6, 1.5, false);
  if (frame.hovered !== undefined) ring(frame.hovered, 3, 1.8, false);
}

/** Thin lines to labels that had to move away from their points. */
function drawLeaders(context: Context, { labels, pointOf, theme, textOf, styleOf }: OverlayFrame): void {
  context.strokeStyle = cssColor(theme.soft, 0.6);
  context.lineWidth = 0.8;
  context.beginPath();
  for (const { row, left, middle, side } of labels) {
    const point = side > 3 ? pointOf(row) : undefined;
    if (point === undefined) continue;
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
