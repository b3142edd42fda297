// What the page starts from, made from one file of vectors or two.
import type { Blobs } from './blobs.ts';
import type { PageData, SpaceData } from './page-data.ts';
import { type ExplorerFile, type SpaceOptions, spaceData } from './space-data.ts';

export interface PageOptions extends SpaceOptions {
  version: string;
  answeredBy: PageData['answeredBy'];
}

export async function pageDataOf(
  files: readonly ExplorerFile[],
  { version, answeredBy, ...options }: PageOptions,
): Promise<{ data: PageData; blobs: Blobs }> {
  const blobs: Blobs = new Map();
  const spaces: SpaceData[] = [];
  for (const [at, file] of files.entries()) spaces.push(await spaceData(blobs, at, file, options));
  return { data: { version, answeredBy, spaces }, blobs };
}
