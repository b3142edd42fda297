// What the page starts from, made from one file of vectors, or from two and their comparison.
import type { SpacesComparison } from '../compare/compare-spaces.ts';
import { addBlob, type Blobs } from './blobs.ts';
import type { PageData, SpaceData } from './page-data.ts';
import { pairDataOf } from './pair-data.ts';
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
