// The k nearest rows of every row, by cosine.

export interface NeighborGraph {
  /** n, the rows with a direction (unit-rows.ts); the graph counts only those. */
  count: number;
  /** Neighbors of a row, itself not included. */
  k: number;
  /** (n, k) row-major, nearest first. */
  neighbors: Int32Array;
  /** (n, k) the cosine of each. */
  cosines: Float32Array;
}
