// Vectors of any file, dense or sparse.
import { stat } from 'node:fs/promises';
import type { LoadedVectors } from './format.ts';
import { type LoadOptions, loadVectors } from './formats.ts';
import { openByteSource } from './io/byte-source.ts';
import { loadSparseVectors, looksLikeNpz } from './npz.ts';

/** Dense or sparse vectors, as the file has them. Throws as `loadVectors` and `loadSparseVectors` do. */
export async function loadAnyVectors(
  file: string,
  options: LoadOptions = {},
): Promise<LoadedVectors | Awaited<ReturnType<typeof loadSparseVectors>>> {
  return (await isSparse(file)) ? loadSparseVectors(file, options) : loadVectors(file, options);
}

/** A pipe can be read only once and is never a matrix: what is read of it here would be missing later. */
async function isSparse(file: string): Promise<boolean> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false, // loadVectors says what is wrong
  );
  if (!isFile) return false;
  const source = await openByteSource(file);
  try {
    return looksLikeNpz(await source.peek(4));
  } finally {
    await source.close();
  }
}
