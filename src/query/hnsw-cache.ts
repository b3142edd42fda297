// Keeps approximate indexes in CACHE/index/ (files/entry-cache.ts) by the hash of the vectors: usearch's graph and its
// facts. Native code reads the graph without checks, so it is never read from where somebody else could have put it,
// and only if its own hash matches the facts. If it cannot be kept, it stays in memory.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { checkFields, checkOptionKinds } from '../base/check.ts';
import { throwIfAborted, W2vError } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { type Deciding, type EntryCache, openEntryCache } from '../files/entry-cache.ts';
import { sha256OfFile } from '../files/sha256.ts';
import { amount, fieldsOf, text } from '../files/shape.ts';
import { strangeCode } from '../files/trust.ts';
import { asUnwritable } from '../files/unwritable.ts';
import { matrixHash } from '../formats/manifest.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';
import { buildHnsw, recallOf, viewHnsw } from './hnsw.ts';
import type { RowIndex } from './row-index.ts';

/** What is known of an index. */
export interface HnswFacts {
  words: number;
  dimensions: number;
  /** Share of the exact `k` nearest words that the index found, measured over `sample` words when it was built. */
  recall: number;
  k: number;
  sample: number;
}

/** Where an index is kept, and how it is built. */
export interface HnswOptions {
  /** The folder of the cache: `defaultCacheDirectory(process.env)`. */
  cacheDirectory: string;
  /** Default: as many as the machine runs at the same time. */
  threads?: number | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** An index from the cache, or built now. */
export interface OpenedHnsw {
  index: RowIndex;
  facts: HnswFacts;
  /** Whether the index was built by this call. */
  made: boolean;
  /** Why the index was not kept; undefined if it was. */
  notKept?: string;
}

const RECALL = { k: 10, sample: 200 };
const GRAPH = 'graph.usearch';

/** Raised when the same vectors give another graph. */
const VERSION = 1;

/**
 * The index of the vectors from the cache; built and kept there if it is missing or damaged. Entries that are unused
 * for 30 days go, and the oldest beyond 10 GB.
 *
 * @throws W2vError 'engine-unavailable' if usearch is missing, 'interrupted'
 */
export async function openHnsw(vectors: WordVectors, options: HnswOptions): Promise<OpenedHnsw> {
  checkVectors(vectors);
  checkFields(
    options,
    'what is given as options',
    { cacheDirectory: 'string' },
    'give { cacheDirectory: defaultCacheDirectory(process.env) }',
  );
  checkOptionKinds('openHnsw', options);
  const { cacheDirectory, threads = availableParallelism(), onProgress, signal } = options;
  const { matrix, dimensions } = vectors;
  const words = vectors.words.length;
  throwIfAborted(signal);
  const folder = join(cacheDirectory, 'index');
  const cache = await openOwnCache(cacheDirectory, folder);
  const deciding = { version: VERSION, words, dimensions, matrix: matrixHash(matrix.subarray(0, words * dimensions)) };
  if (typeof cache !== 'string') {
    const kept = await openKept(cache, deciding, dimensions);
    throwIfAborted(signal);
    if (kept !== undefined) return kept;
  }
  const index = await buildHnsw(vectors, { threads, onProgress, signal });
  const sample = Math.min(RECALL.sample, words);
  const recall = await recallOf(index, vectors, RECALL.k, sample, signal);
  const facts = { words, dimensions, recall, k: RECALL.k, sample };
  if (typeof cache === 'string') return { index, facts, made: true, notKept: cache };
  const write = async (unfinished: string): Promise<KeptFacts> => {
    const graph = join(unfinished, GRAPH);
    index.save(graph);
    return { ...facts, sha256: await sha256OfFile(graph) };
  };
  try {
    await cache.keep(deciding, write, signal);
    return { index, facts, made: true };
  } catch (error) {
    throwIfAborted(signal);
    return { index, facts, made: true, notKept: asUnwritable(folder, error).message };
  }
}

/** The cache, or why it cannot be used: it may hold only what this user wrote. */
async function openOwnCache(cacheDirectory: string, folder: string): Promise<EntryCache | string> {
  try {
    const cache = await openEntryCache(folder);
    return (await strangeCode([cacheDirectory, folder])) ?? cache;
  } catch (error) {
    return asUnwritable(folder, error).message;
  }
}

/** Facts as they are kept: `sha256` is that of the graph. */
type KeptFacts = HnswFacts & { sha256: string };

const keptShape = fieldsOf<keyof KeptFacts>({
  ...{ words: amount, dimensions: amount, recall: amount, k: amount, sample: amount },
  sha256: text,
});

/** The kept index; undefined if there is none, or it is damaged. */
async function openKept(cache: EntryCache, deciding: Deciding, dimensions: number): Promise<OpenedHnsw | undefined> {
  const graph = join(cache.folderOf(deciding), GRAPH);
  try {
    const facts = await cache.facts(deciding);
    if (keptShape(facts, '') !== undefined) return undefined;
    const { sha256, ...known } = facts as KeptFacts;
    if (known.recall > 1 || (await sha256OfFile(graph)) !== sha256) return undefined;
    const index = await viewHnsw(graph, dimensions);
    if (index === undefined) return undefined;
    await cache.used(deciding);
    return { index, facts: known, made: false };
  } catch (error) {
    if (error instanceof W2vError) throw error;
    return undefined;
  }
}
