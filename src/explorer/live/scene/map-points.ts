// The words of a map and where they are.

export interface ScenePoints {
  /** 2 or 3 coordinates a word. */
  axes: 2 | 3;
  /** (V, axes) row-major, -1 .. 1. */
  positions: Float32Array;
  /** V words; labels of earlier words come first. */
  words: readonly string[];
}
