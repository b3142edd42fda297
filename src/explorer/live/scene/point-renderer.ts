// What draws points on a canvas: the WebGL2 and the Canvas 2D renderer.
import type { PlacedSprite } from './label-sprites.ts';
import type { PointCloud } from './point-cloud.ts';
import type { PointFrame } from './point-frame.ts';
import type { Viewport } from './view-transform.ts';

export interface PointRenderer {
  readonly kind: 'webgl2' | 'canvas';
  readonly canvas: HTMLCanvasElement;
  /** Takes over the points, and whatever has changed of them. */
  setCloud(cloud: PointCloud): void;
  /** Points drawn larger, above the others, which are then drawn fainter; undefined: none. */
  setMarked(marked: PointCloud | undefined): void;
  draw(frame: PointFrame): void;
  /** Draws labels over the points just drawn, where this is quicker than a canvas above. */
  drawLabels?(sprites: readonly PlacedSprite[]): void;
  dispose(): void;
}

/** Marked points are this much larger, in CSS pixels; the others keep this share of their opacity. */
export const MARKED_LARGER = 3;
export const OTHERS_OPACITY = 0.35;

/** Sets the size of a canvas in device pixels, which clears it, only where it has changed. */
export function fitCanvas(canvas: HTMLCanvasElement, { width, height }: Viewport, ratio: number): void {
  const [across, down] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width === across && canvas.height === down) return;
  canvas.width = across;
  canvas.height = down;
}
