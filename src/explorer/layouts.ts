// The maps of one file or two: each method, the second file laid out beside the first.

import type { OnProgress } from '../base/progress.ts';
import type { FileStamp } from '../files/side-file.ts';
import { type Layout, type LayoutMethod, layOut } from '../map/layout.ts';
import { layoutBeside } from '../map/layout-file.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

export interface MappedFile {
  vectors: WordVectors;
  path: string;
  /** Of the file, from before it was read; without it maps are not stored beside the file. */
  stamp: FileStamp | undefined;
}

export interface MapSettings {
  method: LayoutMethod;
  seed: number;
}

interface Work {
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  /** Called with each map, and with why it could not be stored beside its file. */
  onMade?: ((path: string, layout: Layout, notKept: string | undefined) => void) | undefined;
}

/** For each file its maps, in the order of `settings`, in one scale; a map by UMAP is left out where a file has none. */
export async function layoutsOf(
  files: readonly MappedFile[],
  settings: readonly MapSettings[],
  { onMade, ...work }: Work = {},
): Promise<Layout[][]> {
  const layouts: Layout[][] = files.map(() => []);
  for (const { method, seed } of settings) {
    const made: Layout[] = [];
    for (const { path, stamp, vectors } of files) {
      const [first] = made;
      const beside = first && { words: files[0].vectors.words, positions: first.positions };
      const options = { method, seed, beside, ...work };
      // PCA is faster than reading the file.
      const { layout, notKept } =
        method === 'pca'
          ? { layout: await layOut(vectors, options), notKept: undefined }
          : await layoutBeside(path, stamp, vectors, options);
      onMade?.(path, layout, notKept);
      if (layout.notUmap !== undefined) break;
      made.push(layout);
    }
    if (made.length < files.length) continue;
    for (const [at, layout] of inOneScale(made).entries()) layouts[at].push(layout);
  }
  return layouts;
}

/** The largest coordinate of all becomes 1: a map beside another one may be larger than it. */
function inOneScale(layouts: readonly Layout[]): Layout[] {
  const largest = layouts.reduce((most, { positions }) => positions.reduce(larger, most), 1);
  if (largest === 1) return [...layouts];
  return layouts.map((layout) => ({ ...layout, positions: layout.positions.map((value) => value / largest) }));
}

function larger(most: number, value: number): number {
  return Math.max(most, Math.abs(value));
}
