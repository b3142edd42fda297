// What draws the words of one map: interface of the WebGL2 and the Canvas 2D renderer.
import type { Camera } from '../../state.ts';
import type { ScenePoints } from './map-points.ts';

export type { ScenePoints } from './map-points.ts';

export interface Scene {
  /** The element with the canvases; it fills its parent. */
  readonly element: HTMLElement;
  readonly renderer: 'webgl2' | 'canvas';
  /**
   * Shows other points; where their number is the same, they move there in 250 ms unless the user wants less motion.
   */
  setPoints(points: ScenePoints): void;
  /** (V, 3) red, green and blue, 0 .. 255; undefined: the style's own colour. */
  setColors(colors: Uint8Array | undefined): void;
  /** Rows that are marked (lasso): they are drawn larger, above the others. */
  setMarked(rows: readonly number[]): void;
  /** The word asked for and lines to others, such as its true neighbours, with their labels; undefined: none. */
  setFocus(focus: { rows: readonly number[]; to: readonly number[] } | undefined): void;
  readonly camera: Camera;
  /** `smooth`: moves there in 250 ms. */
  setCamera(camera: Camera, options?: { smooth?: boolean }): void;
  /** Moves so that the whole map is in sight, but for a few words far from all others. */
  showWhole(): void;
  /** Moves so that these rows are in sight. */
  bringIntoSight(rows: readonly number[]): void;
  /** Whether dragging moves the map or draws a lasso. */
  setTool(tool: 'move' | 'lasso'): void;
  /** Row near a place on the element, in CSS pixels. */
  rowAt(x: number, y: number): number | undefined;
  /** Rows whose points are in the picture, in the order of rows. */
  rowsInView(): number[];
  /** Draws again, for instance after the colour scheme has changed. */
  redraw(): void;
  /**
   * Share of the points in the last picture, 0 .. 1: less than 1 only while a picture moves that all of them would make
   * slow.
   */
  readonly share: number;
  /** How long the last frames took, in milliseconds between frames. */
  frameTimes(): number[];
  dispose(): void;
}

/** `auto`: WebGL2 on a graphics card, else Canvas 2D. `webgl2`: also in software. */
export type RendererChoice = 'auto' | 'webgl2' | 'canvas';

export interface SceneEvents {
  /** A click, a tap, or Enter on the point under the keyboard's cursor. */
  picked(row: number | undefined): void;
  hovered(row: number | undefined): void;
  lassoed(rows: number[]): void;
  /** In each picture in which the user moves the camera, and after `bringIntoSight` and a change of axes. */
  moved(camera: Camera): void;
}
