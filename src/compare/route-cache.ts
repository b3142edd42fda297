// Caches the vectors of a comparison in CACHE/compare/ (files/entry-cache.ts), by the hash of the text and of everything
// that affects the result.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { checkOptionKinds, checkText } from '../base/check.ts';
import type { Vectors } from '../evaluate/similarity-measure.ts';
import { type Deciding, type EntryCache, openEntryCache } from '../files/entry-cache.ts';
import { requireRegular } from '../files/regular-file.ts';
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
import { wordListPath } from '../formats/io/word-list.ts';
import { loadVectors } from '../formats/load.ts';
import { loadSparseVectors } from '../formats/npz.ts';
import { saveVectors } from '../formats/save.ts';
import { saveSparseVectors } from '../formats/save-sparse.ts';
import type { RouteFacts } from './routes-comparison.ts';

export interface Made {
  vectors: Vectors;
  facts: RouteFacts;
}

/** Keeps what routes made between runs, as `openRouteCache` opens it in a folder. */
export interface RouteCache {
  /** The cached result, if it is complete and has these words; `deciding` determines the key. Throws `interrupted`. */
  find(deciding: Deciding, words: readonly string[]): Promise<Made | undefined>;
  /** Caches a result; resolves to it with its file and size. Throws errors of writing. */
  keep(deciding: Deciding, made: Made): Promise<Made>;
}

/** Opens the cache in `folder`, which is created. Throws system errors if it is not writable. */
export async function openRouteCache(folder: string, signal: AbortSignal): Promise<RouteCache> {
  checkText(folder, 'the folder of the cache');
  checkOptionKinds('openRouteCache', { signal });
  const cache = await openEntryCache(folder);
  return {
    find: (deciding, words) => load(cache, deciding, words, signal),
    keep: (deciding, made) => keep(cache, deciding, made, signal),
  };
}

/** Undefined if the entry is missing, incomplete or different; then it is made again. */
async function load(
  cache: EntryCache,
  deciding: Deciding,
  words: readonly string[],
  signal: AbortSignal,
): Promise<Made | undefined> {
  try {
    const parsed = parseFacts(await cache.facts(deciding));
    if (parsed === undefined) return undefined;
    const { sha256, ...facts } = parsed;
    const file = path.join(cache.folderOf(deciding), facts.file);
    await requireRegular(file);
    if ((await sha256OfFile(file, signal)) !== sha256) return undefined;
    const vectors = await (file.endsWith('.npz') ? loadSparseVectors(file, { signal }) : loadVectors(file, { signal }));
    if (vectors.words.length !== words.length || vectors.words.some((word, at) => word !== words[at])) return undefined;
    await cache.used(deciding);
    return { vectors, facts: { ...facts, file, cached: true } };
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
}

async function keep(cache: EntryCache, deciding: Deciding, made: Made, signal: AbortSignal): Promise<Made> {
  const { vectors } = made;
  let kept = made.facts;
  const write = async (folder: string): Promise<Kept> => {
    const dense = 'dimensions' in vectors;
    // A unique name, so that no process reads this metadata with other vectors.
    const name = `vectors-${path.basename(folder).slice(-6)}.${dense ? 'bin' : 'npz'}`;
    const file = path.join(folder, name);
    if (dense) await saveVectors(file, vectors, { mode: 0o600, signal });
    else await saveSparseVectors(file, vectors, { mode: 0o600, signal });
    const files = dense ? [file] : [file, wordListPath(file)];
    const sizes = await Promise.all(files.map(async (one) => (await stat(one)).size));
    const whole = { ...made.facts, bytes: sizes.reduce((sum, size) => sum + size, 0), cached: false };
    kept = { ...whole, file: path.join(cache.folderOf(deciding), name) };
    return { ...whole, file: name, sha256: await sha256OfFile(file) };
  };
  await cache.keep(deciding, write, signal);
  return { vectors, facts: kept };
}

/** The metadata of an entry: `file` is a name without a folder, `sha256` the hash of its bytes. */
type Kept = RouteFacts & { file: string; sha256: string };

const factsShape = fieldsOf({
  kind: oneOf('count', 'predict', 'combined'),
  title: text,
  file: text,
  settings: recordOf(anything),
  words: amount,
  dimensions: amount,
  seconds: amount,
  memory: amount,
  bytes: amount,
  engine: optional(text),
  repeatable: optional(anything),
  lossByEpoch: listOf(finite),
  sha256: text,
} satisfies Partial<Record<keyof Kept, Shape>>);

/** The metadata, if valid: the file may contain anything. */
function parseFacts(value: unknown): Kept | undefined {
  if (isDeep(value) || factsShape(value, '') !== undefined) return undefined;
  const facts = value as Kept;
  return path.basename(facts.file) === facts.file ? facts : undefined;
}
