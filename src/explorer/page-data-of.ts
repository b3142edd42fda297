// What the page starts from, made from one file of vectors, or from two and their comparison.
import type { SpacesComparison } from '../compare/compare-spaces.ts';
import { addBlob, type Blobs } from './blobs.ts';
import type { BlobName, PageData, PairData, SpaceData } from './page-data.ts';
import { type ExplorerFile, type SpaceOptions, spaceData } from './space-data.ts';

export interface PageOptions extends SpaceOptions {
  version: string;
  answeredBy: PageData['answeredBy'];
  /** Of two files. */
  comparison?: SpacesComparison | undefined;
  /** The file of the other seed in the comparison. */
  seedsName?: string | undefined;
}

export async function pageDataOf(
  files: readonly ExplorerFile[],
  { version, answeredBy, comparison, seedsName, ...options }: PageOptions,
): Promise<{ data: PageData; blobs: Blobs }> {
  const blobs: Blobs = new Map();
  const spaces: SpaceData[] = [];
  for (const [at, file] of files.entries()) spaces.push(await spaceData(blobs, at, file, options));
  const data: PageData = { version, answeredBy, spaces };
  if (comparison !== undefined) {
    const added: Promise<string>[] = [];
    const keep = (name: string, numbers: Int32Array | Uint8Array) => {
      added.push(addBlob(blobs, name, numbers));
      return name;
    };
    data.pair = pairDataOf(comparison, keep, seedsName);
    await Promise.all(added);
  }
  return { data, blobs };
}

/**
 * A comparison as facts and blobs. `keep` stores a list of numbers and returns the name of its blob. `seedsName`: the name of the other seed's file, if
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
