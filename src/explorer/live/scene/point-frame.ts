// What a renderer needs to know to draw the points once.
import type { PointLook } from './point-look.ts';
import type { Theme } from './theme.ts';
import type { Viewport } from './view-transform.ts';

export interface PointFrame extends PointLook {
  viewport: Viewport;
  /** Device pixels per CSS pixel. */
  ratio: number;
  matrix: Float64Array;
  /** 0 .. 1: how far the points have moved to their new places. */
  moved: number;
  /** Share of the points to draw, 0 .. 1: less than 1 only while the picture moves and is slow. */
  share: number;
  theme: Theme;
}
