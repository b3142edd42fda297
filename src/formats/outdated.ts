// What stands beside a file of vectors and would be taken for a part of the one that replaces it: the manifest of another
// training, the words of another matrix.
import { lstat, open } from 'node:fs/promises';
import { wordListPath } from './io/word-list.ts';
import { looksLikeNpz } from './io/zip-head.ts';
import { hasManifest, manifestPath } from './manifest.ts';
import { npy } from './npy.ts';

/** Those that are not among `written`. Only what is certainly of w2v's making: the user's own files stay. */
export async function outdatedBeside(path: string, written: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const manifest = manifestPath(path);
  if (!written.includes(manifest) && (await isFile(manifest)) && (await hasManifest(path))) found.push(manifest);
  const words = wordListPath(path);
  if (!written.includes(words) && (await isFile(words)) && (await isMatrix(path))) found.push(words);
  return found;
}

/** Whether the file is of those that have their words beside them. */
async function isMatrix(path: string): Promise<boolean> {
  if (!(await isFile(path))) return false;
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    const head = buffer.subarray(0, bytesRead);
    return looksLikeNpz(head) || npy.detect!(head, false);
  } finally {
    await handle.close();
  }
}

async function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
