// How often each word of a file of vectors occurs in its text: from the manifest, or from the file itself (fastText).
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { LoadedVectors } from './format.ts';
import type { Manifest } from './manifest.ts';

/** (V) Undefined where neither knows. */
export function countsOf(
  manifest: Manifest | undefined,
  vectors: SparseVectors | Pick<LoadedVectors, 'words' | 'counts'>,
): Float64Array | undefined {
  const counts = manifest?.counts ?? ('counts' in vectors ? vectors.counts : undefined);
  return counts?.length === vectors.words.length ? Float64Array.from(counts) : undefined;
}
