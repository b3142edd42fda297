// What the explorer's page needs to compare two files: a comparison of src/compare/compare-spaces.ts as facts and
// blobs.
import type { SpacesComparison } from '../compare/compare-spaces.ts';
import type { BlobName, PairData } from './page-data.ts';

/**
 * `keep` stores a list of numbers and returns the name of its blob. `seedsName`: the name of the other seed's file, if
 * the comparison has one.
 */
export function pairDataOf(
  comparison: SpacesComparison,
  keep: (name: string, numbers: Int32Array | Uint8Array) => BlobName,
  seedsName = 'another seed',
): PairData {
  const { common, compared, k, rows, byWord, widerByWord, mean, chance, histogram, seeds } = comparison;
  return {
    ...{ common, compared, k, mean, chance, histogram },
    rows: keep('pair-rows', rows),
    overlap: keep('pair-overlap', byWord),
    wider: keep('pair-wider', widerByWord),
    ...(seeds && {
      seeds: {
        name: seedsName,
        overlap: keep('pair-seeds', seeds.byWord),
        wider: keep('pair-seeds-wider', seeds.widerByWord),
        mean: seeds.mean,
        histogram: seeds.histogram,
      },
    }),
  };
}
