// Values of umap-learn and scikit-learn (tests/golden/layout.py).
import { readFileSync } from 'node:fs';

interface Measured {
  kept: number;
  trustworthiness: number;
}

export const golden = JSON.parse(readFileSync(new URL('../golden/layout.json', import.meta.url), 'utf8')) as {
  /** min_dist, a, b */
  curves: [number, number, number][];
  neighbors: { row: number; rows: number[] }[];
  smooth: { row: number; sigma: number; rho: number }[];
  fuzzy: { nonzeros: number; sum: number; rows: { row: number; columns: number[]; weights: number[] }[] };
  pca: { variance: number[]; coordinates: { row: number; at: number[] }[] };
  firstTwoColumns: Measured;
  umap: { 2: Measured; 3: Measured };
};
