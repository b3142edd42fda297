// Places all words of a file of vectors on a map: checks the options, lays out, turns the map onto another one, scales
// it and measures what it keeps.
import { usage, W2vError } from '../base/errors.ts';
import { thousands } from '../base/format-numbers.ts';
import { finishInTurns, type Steps } from '../base/steps.ts';
import { inverseNorms, withNorms } from '../vectors/norms.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';
import { keptByWord } from './kept-by-word.ts';
import type { Layout, LayoutOptions } from './layout-types.ts';
import { principalCoordinates } from './principal-axes.ts';
import { measureQuality } from './quality.ts';
import { layoutSettings } from './settings.ts';
import { turnBeside } from './turn-beside.ts';
import { MOST_EXACT, umap } from './umap.ts';

export type { Layout, LayoutMethod, LayoutOptions, LayoutQuality, PlacedWords } from './layout-types.ts';

/**
 * Lays out all words. The result depends on the vectors and the options, not on the number of threads. UMAP of more
 * than some 100,000 words needs the optional package usearch; without it they are laid out by PCA (`notUmap`).
 *
 * @throws W2vError 'usage' for options out of range and for sparse vectors, 'out-of-memory', 'interrupted'
 */
export async function layOut(given: WordVectors, options: LayoutOptions = {}): Promise<Layout> {
  return layOutWithin(given, options, MOST_EXACT);
}

/** `layOut`; `mostExact`: the multiplications of an exact neighbor search, at most. */
export async function layOutWithin(given: WordVectors, options: LayoutOptions, mostExact: number): Promise<Layout> {
  const settings = layoutSettings(options);
  checkDense(given);
  const vectors = withNorms(given);
  const { beside, onProgress, signal } = settings;
  const inTurns = <T>(steps: Steps<T>) => finishInTurns(steps, signal);
  let notUmap: string | undefined;
  const withoutUsearch = (error: unknown): undefined => {
    if (!(error instanceof W2vError) || error.code !== 'engine-unavailable') throw error;
    notUmap = `UMAP of ${thousands(vectors.words.length)} words needs the package usearch: run npm install usearch`;
  };
  const wanted = settings.method === 'umap';
  const result = wanted ? await umap(vectors, settings, mostExact).catch(withoutUsearch) : undefined;
  const coordinates = result?.coordinates ?? (await inTurns(principalCoordinates(vectors, onProgress)));
  const has = inverseNorms(vectors);
  center(coordinates, has);
  scaleToOne(coordinates);
  if (beside !== undefined) turnBeside(coordinates, vectors, has, beside);
  const positions = Float32Array.from(coordinates);
  const approximate = result?.exact === false ? result : undefined;
  const quality = await inTurns(measureQuality(vectors, positions, { approximate, onProgress }));
  const method = result === undefined ? 'pca' : 'umap';
  const layout: Layout = { method, positions, quality, ...(notUmap === undefined ? {} : { notUmap }) };
  if (result === undefined || quality.k === 0 || quality.k > result.graph.k) return layout;
  return { ...layout, keptByWord: await inTurns(keptByWord(positions, result, quality.k)) };
}

function checkDense(vectors: WordVectors): void {
  if (typeof vectors?.matrix === 'object' && 'indices' in vectors.matrix) {
    throw usage(
      'the vectors are sparse, one number for each context; a map needs dense vectors',
      'factor them first: w2v count --method svd, or countVectors',
    );
  }
  checkVectors(vectors);
}

/** Moves the words with a direction so that their mean is the origin. */
function center(coordinates: Float64Array, has: ArrayLike<number>): void {
  const rows = Int32Array.from({ length: coordinates.length / 2 }, (_, row) => row).filter((row) => has[row] > 0);
  for (let axis = 0; axis < 2; axis++) {
    const mean = rows.reduce((sum, row) => sum + coordinates[row * 2 + axis] / rows.length, 0);
    for (const row of rows) coordinates[row * 2 + axis] -= mean;
  }
}

/** Scales so that the largest absolute coordinate is 1; coordinates that are only rounding noise become 0. */
function scaleToOne(coordinates: Float64Array): void {
  const largest = coordinates.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = largest < 1e-6 ? 0 : 1 / largest;
  for (let at = 0; at < coordinates.length; at++) coordinates[at] *= scale;
}
