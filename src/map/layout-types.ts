// The types of a layout: where every word lies on a flat map.
import type { OnProgress } from '../base/progress.ts';

/** Principal axes, or neighborhoods (McInnes et al. 2018). */
export type LayoutMethod = 'pca' | 'umap';

/** Words placed on a map. */
export interface Layout {
  method: LayoutMethod;
  /**
   * (V, 2) row-major, -1 .. 1: centerd, the largest absolute coordinate 1. A map laid out beside another one has the
   * other's center and scale instead, and so may be somewhat larger. A word without a direction (a row of zeros, NaN or
   * infinity) lies at the origin.
   */
  positions: Float32Array;
  /** What the map keeps, measured on a sample of words against exact neighbors among all words. */
  quality: LayoutQuality;
  /**
   * (V) Share of each word's `quality.k` true neighbors that are among as many nearest on the map, 0 .. 1; NaN for a
   * word without a direction. From the neighbor graph of UMAP; PCA has none.
   */
  keptByWord?: Float32Array;
  /** Why this is PCA though UMAP was asked for: so many words need the package usearch, which does not load. */
  notUmap?: string;
}

/** What a map keeps of the true neighbors. */
export interface LayoutQuality {
  /** Neighbors of a word that are compared: 10, or fewer where there are fewer than 21 words. */
  k: number;
  /** Words in the sample; 0 where there is nothing to measure, and both measures are then 1. */
  sample: number;
  /** Mean share of the true k nearest words (by cosine) that are among the k nearest on the map, 0 .. 1. */
  kept: number;
  /**
   * 0 .. 1: lower if words are near on the map that are not near in truth (Venna & Kaski 2001, as scikit-learn's
   * `trustworthiness`).
   */
  trustworthiness: number;
  /**
   * Of a map by UMAP from an approximate neighbor graph (usearch): the share of the true k nearest words that the graph has, 0
   * .. 1. Undefined where the graph is exact, and of PCA.
   */
  recall?: number;
}

/** A layout with its words, for a second one to be laid out beside it. */
export type PlacedWords = Pick<Layout, 'positions'> & { words: readonly string[] };

/** How words are placed; the same options and vectors give the same map. */
export interface LayoutOptions {
  /** Default 'umap'. */
  method?: LayoutMethod | undefined;
  /** Default 1. */
  seed?: number | undefined;
  /** UMAP: the words of a neighborhood, the word itself included; default 15. */
  neighbors?: number | undefined;
  /** UMAP: how near words may be to each other on the map, 0 .. 1; default 0.1. */
  minDist?: number | undefined;
  /** UMAP: passes of the optimizer; default 200 above 10,000 words, otherwise 500. */
  epochs?: number | undefined;
  /** Default: as many as the machine runs at the same time. The result does not depend on it. */
  threads?: number | undefined;
  /** Another layout, which this one is turned onto by the words they share. UMAP starts from it, too. */
  beside?: PlacedWords | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}
