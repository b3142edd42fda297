// What the user of the explorer's page can change, and the URL's hash that stores it, so that a view can be bookmarked.

export type View = 'map' | 'analogy' | 'axes' | 'words' | 'compare' | 'association';
export type Coloring = 'frequency' | 'class' | 'kept' | 'overlap' | 'none';

export interface ExplorerState {
  view: View;
  /** The file whose map and answers are shown: 0 or 1. */
  file: number;
  layout: 'pca' | 'umap';
  axes: 2 | 3;
  coloring: Coloring;
  /** A word or a sum of words; empty for none. */
  query: string;
  /** Words marked with the lasso, most frequent first. */
  marked: string[];
  /** Where the camera is; undefined: everything is in sight. */
  camera?: Camera | undefined;
  /** Fields of single views (analogy, axes, association, compare), by name. */
  fields: Record<string, string>;
}

/** The part of the map in sight. */
export interface Camera {
  /** The point in the middle, in the map's coordinates. */
  x: number;
  y: number;
  z: number;
  /** 1: the whole map fits; 2: twice as large. */
  zoom: number;
  /** Turns of a map of three axes, in radians: around the vertical axis, and up. */
  yaw: number;
  pitch: number;
}
