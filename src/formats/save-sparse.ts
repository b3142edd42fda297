// A sparse matrix with its words written to FILE.npz and FILE.npz.words, and its manifest beside them.

import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { type WriteOptions, writeFiles } from '../files/write-files.ts';
import { checkSparse } from '../vectors/check-vectors.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { checkPath } from './formats.ts';
import { type Manifest, manifestFile } from './manifest.ts';
import { npzFiles } from './npz.ts';
import { outdatedBeside } from './outdated.ts';

/** Whether to replace files, and the manifest to write. */
export interface SaveSparseOptions extends WriteOptions {
  /** Written beside the matrix as FILE.json; all appear together or not at all. */
  manifest?: Manifest | undefined;
}

const optionNames = namesOf<SaveSparseOptions>({ manifest: true, force: true, mode: true, signal: true });

/**
 * Writes what `countMatrix` and `ppmiMatrix` make, as scipy.sparse.save_npz does; `loadSparseVectors` reads it.
 *
 * Throws `file-exists` (without `force`), `file-unwritable`, `interrupted`, and `usage` on a word that holds a line
 * end. Then no file is left behind.
 */
export async function saveSparseVectors(
  path: string,
  vectors: SparseVectors,
  options: SaveSparseOptions = {},
): Promise<void> {
  checkOptionNames('saveSparseVectors', options, optionNames);
  checkPath(path);
  checkSparse(vectors);
  const { manifest, ...rest } = options;
  const files = npzFiles(path, vectors);
  if (manifest !== undefined) files.push(manifestFile(path, manifest));
  const outdated = await outdatedBeside(
    path,
    files.map((file) => file.path),
  );
  await writeFiles(files, { ...rest, outdated });
}
