// Finds outdated side files of an output that is replaced: the manifest of an earlier training and the words of another
// matrix, which would be mistaken for parts of the new one, and an index and layouts, which would lie there unused.
import { lstat, open } from 'node:fs/promises';
import { sideFilesOf } from '../files/side-file.ts';
import { looksLikeNpz } from './detect.ts';
import { wordListPath } from './io/word-list.ts';
import { hasManifest, manifestPath } from './manifest.ts';
import { npy } from './npy.ts';

/** Side files not in `written`. Only files that w2v certainly wrote; the user's own files stay. */
export async function outdatedBeside(path: string, written: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const manifest = manifestPath(path);
  if (!written.includes(manifest) && (await isFile(manifest)) && (await hasManifest(path))) found.push(manifest);
  const words = wordListPath(path);
  if (!written.includes(words) && (await isFile(words)) && (await isMatrix(path))) found.push(words);
  found.push(...(await sideFilesOf(path)));
  return found;
}

/** Whether the file's format stores its words in a file next to it. */
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
