// Caches the vectors of a comparison in CACHE/compare/KEY/, KEY the hash of the text and of everything that affects the
// result. Only the user may read them, because they contain words of private texts. The metadata has the hash of the
// vectors, and both get their names together, so that processes can run in parallel. Removes entries unused for 30 days,
// and the oldest beyond 10 GB.

import { createHash } from 'node:crypto';
import { chmod, lstat, mkdtemp, readdir, rm, rmdir, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { checkOptionKinds, checkText } from '../check.ts';
import type { Vectors } from '../evaluate/similarity-measure.ts';
import { makeFolder } from '../files/make-folder.ts';
import type { ByteSink } from '../files/output.ts';
import { readRegular, requireRegular } from '../files/regular-file.ts';
import { sha256OfFile } from '../files/sha256.ts';
import {
  amount,
  anything,
  fieldsOf,
  finite,
  isDeep,
  listOf,
  oneOf,
  optional,
  recordOf,
  type Shape,
  text,
} from '../files/shape.ts';
import { removeLeftovers } from '../files/temporaries.ts';
import { writeFiles } from '../files/write-files.ts';
import { wordListPath } from '../formats/io/word-list.ts';
import { loadVectors } from '../formats/load.ts';
import { loadSparseVectors, npzFiles } from '../formats/npz.ts';
import { writeVectors } from '../formats/save.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { RouteFacts } from './routes-comparison.ts';

export interface Made {
  vectors: Vectors;
  facts: RouteFacts;
}

/** Keeps what routes made between runs, as `openRouteCache` opens it in a folder. */
export interface RouteCache {
  /** The cached result, if it is complete and has these words; `deciding` determines the key. Throws `interrupted`. */
  find(deciding: Record<string, unknown>, words: readonly string[]): Promise<Made | undefined>;
  /** Caches a result; resolves to it with its file and size. Throws errors of writing. */
  keep(deciding: Record<string, unknown>, made: Made): Promise<Made>;
}

const MOST_DAYS = 30;
const MOST_BYTES = 10e9;
const FACTS = 'made.json';
const DENSE = 'vectors.bin';
const SPARSE = 'vectors.npz';

/** Opens the cache in `folder`, which is created. Throws system errors if it is not writable. */
export async function openRouteCache(folder: string, signal: AbortSignal): Promise<RouteCache> {
  checkText(folder, 'the folder of the cache');
  checkOptionKinds('openRouteCache', { signal });
  await makeFolder(folder, 0o700);
  await rmdir(await mkdtemp(path.join(folder, '.probe-')));
  await chmod(folder, 0o700);
  await removeUnfinished(folder);
  const folderOf = (deciding: Record<string, unknown>) =>
    path.join(folder, createHash('sha256').update(JSON.stringify(deciding)).digest('hex').slice(0, 24));
  return {
    find: (deciding, words) => load(folderOf(deciding), words, signal),
    async keep(deciding, made) {
      const kept = await keep(folderOf(deciding), made, signal);
      await prune(folder, path.basename(folderOf(deciding)));
      return kept;
    },
  };
}

/** Undefined if the entry is missing, incomplete or different; then it is made again. */
async function load(folder: string, words: readonly string[], signal: AbortSignal): Promise<Made | undefined> {
  const factsFile = path.join(folder, FACTS);
  try {
    const parsed: unknown = JSON.parse(await readRegular(factsFile));
    if (!areFacts(parsed)) return undefined;
    const { sha256, ...facts } = parsed;
    const file = path.join(folder, facts.file);
    await requireRegular(file);
    if ((await sha256OfFile(file, signal)) !== sha256) return undefined;
    const vectors = await (file.endsWith('.npz') ? loadSparseVectors(file, { signal }) : loadVectors(file, { signal }));
    if (vectors.words.length !== words.length || vectors.words.some((word, at) => word !== words[at])) return undefined;
    const now = new Date();
    await utimes(factsFile, now, now).catch(() => undefined); // when it was last used
    return { vectors, facts: { ...facts, file, cached: true } };
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

async function keep(folder: string, { vectors, facts }: Made, signal: AbortSignal): Promise<Made> {
  await makeWay(folder, 'folder');
  await makeFolder(folder, 0o700);
  const dense = 'dimensions' in vectors;
  const file = path.join(folder, dense ? DENSE : SPARSE);
  const content = (sink: ByteSink) => writeVectors(sink, vectors as WordVectors, 'word2vec-binary', { signal });
  const files = dense ? [{ path: file, content }] : npzFiles(file, vectors);
  const hash = createHash('sha256');
  let bytes = 0;
  const watched = files.map(({ path, content }, at) => ({
    path,
    content: (sink: ByteSink) =>
      content({
        async write(piece) {
          if (at === 0) hash.update(piece);
          bytes += piece.length;
          await sink.write(piece);
        },
      }),
  }));
  const made = () => ({ ...facts, bytes, cached: false });
  const about = async (sink: ByteSink) => {
    const kept = { ...made(), file: path.basename(file), sha256: hash.digest('hex') };
    await sink.write(Buffer.from(`${JSON.stringify(kept, null, 2)}\n`));
  };
  const all = [...watched, { path: path.join(folder, FACTS), content: about }];
  for (const one of all) await makeWay(one.path, 'file');
  await writeFiles(all, { force: true, mode: 0o600, signal });
  return { vectors, facts: { ...made(), file } };
}

/** Removes what is neither missing nor of the kind, such as a link, which would be followed. */
async function makeWay(path: string, kind: 'file' | 'folder'): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  const fits = found === undefined || (kind === 'file' ? found.isFile() : found.isDirectory());
  if (!fits) await rm(path, { recursive: true, force: true });
}

/** The metadata of an entry: `file` is a name without a folder, `sha256` the hash of its bytes. */
type Kept = RouteFacts & { file: string; sha256: string };

const factsShape = fieldsOf({
  kind: oneOf('count', 'predict'),
  title: text,
  file: oneOf(DENSE, SPARSE),
  settings: recordOf(anything),
  words: amount,
  dimensions: amount,
  seconds: amount,
  memory: amount,
  bytes: amount,
  engine: optional(text),
  lossByEpoch: listOf(finite),
  sha256: text,
} satisfies Partial<Record<keyof Kept, Shape>>);

/** Whether the metadata is valid: the file may contain anything. */
const areFacts = (value: unknown): value is Kept => !isDeep(value) && factsShape(value, '') === undefined;

/** Removes what killed comparisons left behind. */
async function removeUnfinished(cache: string): Promise<void> {
  for (const entry of await readdir(cache)) {
    for (const name of [FACTS, DENSE, SPARSE, wordListPath(SPARSE)])
      await removeLeftovers(path.join(cache, entry, name));
  }
}

/** Removes entries that are too old or too many, least recently used first. Keeps `newest`. */
async function prune(cache: string, newest: string): Promise<void> {
  const entries = await Promise.all(
    (await readdir(cache)).map(async (name) => {
      const folder = path.join(cache, name);
      const used = (await stat(path.join(folder, FACTS)).catch(() => stat(folder))).mtimeMs;
      const files = await readdir(folder);
      const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(folder, file))).size));
      return {
        name,
        folder,
        days: (Date.now() - used) / 86_400_000,
        bytes: sizes.reduce((sum, size) => sum + size, 0),
      };
    }),
  ).catch(() => []); // another process removes what it may: the next comparison looks again
  let bytes = 0;
  for (const { name, folder, days, bytes: size } of entries.sort((a, b) => a.days - b.days)) {
    bytes += size;
    const stays = name === newest || (days < MOST_DAYS && bytes <= MOST_BYTES);
    if (!stays) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
