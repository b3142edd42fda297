// Stores the approximate index next to a file of vectors: FILE.hnsw, usearch's graph, and FILE.hnsw.json with its
// metadata, which identifies the file of vectors and the bytes of the graph. Native code reads the graph without
// checks, so it is opened only if its hash matches the metadata and its structure is sound (hnsw-graph.ts); otherwise
// it is built again. If it cannot be stored, it stays in memory.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { throwIfAborted } from '../errors.ts';
import { removeLeftovers, removeTemporary, temporaryBeside } from '../files/temporaries.ts';
import { asUnwritable } from '../files/unwritable.ts';
import type { OnProgress } from '../progress.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { buildHnsw, type HnswIndex, openHnsw, recallOf } from './hnsw.ts';
import { isSoundGraph } from './hnsw-graph.ts';
import type { RowIndex } from './row-index.ts';

/** Identifies a version of a file. */
export interface FileStamp {
  bytes: number;
  modified: number;
}

/** Metadata of an index, including the identity of its file. */
export interface HnswFacts extends FileStamp {
  words: number;
  dimensions: number;
  /** Share of the exact `k` nearest words that the index found, measured over `sample` words when it was built. */
  recall: number;
  k: number;
  sample: number;
}

interface KeptFacts extends HnswFacts {
  /** Hash of the graph's bytes. */
  graph: { bytes: number; sha256: string };
}

export interface HnswOptions {
  threads: number;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface OpenedHnsw {
  index: RowIndex;
  facts: Omit<HnswFacts, keyof FileStamp>;
  /** Whether the index was built by this call. */
  made: boolean;
  /** Why the index was not stored next to the file; undefined if it was. */
  notKept?: string;
}

const RECALL = { k: 10, sample: 200 };
const MOST_FACTS = 1 << 16; // bytes

/**
 * The identity of the file of vectors. Call it before loading: if the file changes in the meantime, the index does not
 * match the new file. Undefined for a pipe, a device, or a name in /dev or /proc (`/dev/stdin < FILE`), which get no
 * stored index.
 */
export async function stampOf(path: string): Promise<FileStamp | undefined> {
  if (/^\/(dev|proc)\//.test(resolve(path))) return undefined;
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { bytes: found.size, modified: found.mtimeMs } : undefined;
}

/**
 * Opens the index of the vectors in `path`; builds it if it is missing, damaged or belongs to another file.
 *
 * @throws W2vError 'engine-unavailable' if usearch is missing, 'interrupted'
 */
export async function hnswBeside(
  path: string,
  stamp: FileStamp | undefined,
  vectors: WordVectors,
  options: HnswOptions,
): Promise<OpenedHnsw> {
  const shape = { words: vectors.words.length, dimensions: vectors.dimensions };
  if (stamp !== undefined) {
    const kept = await openKept(path, { ...stamp, ...shape }, options.signal);
    if (kept !== undefined) return kept;
  }
  const index = await buildHnsw(vectors, options);
  const sample = Math.min(RECALL.sample, vectors.words.length);
  const recall = await recallOf(index, vectors, RECALL.k, sample, options.signal);
  const facts = { ...shape, recall, k: RECALL.k, sample };
  if (stamp === undefined) return { index, facts, made: true, notKept: `${path} is not a file` };
  const notKept = await keep(path, index, { ...stamp, ...facts }, options.signal);
  return { index, facts, made: true, ...(notKept === undefined ? {} : { notKept }) };
}

/** The stored index; undefined if it is invalid or does not belong to these vectors. */
async function openKept(
  path: string,
  is: FileStamp & { words: number; dimensions: number },
  signal: AbortSignal | undefined,
): Promise<OpenedHnsw | undefined> {
  const facts = await readFacts(`${path}.hnsw.json`);
  if (facts === undefined || !Object.entries(is).every(([name, value]) => facts[name as keyof FileStamp] === value)) {
    return undefined;
  }
  const graph = `${path}.hnsw`;
  const found = await lstat(graph).catch(() => undefined);
  if (!found?.isFile() || found.size !== facts.graph.bytes) return undefined;
  const hash = await sha256Of(graph, signal).catch(() => undefined);
  throwIfAborted(signal);
  if (hash !== facts.graph.sha256) return undefined;
  const sound = await isSoundGraph(graph, is, signal).catch(() => false);
  throwIfAborted(signal);
  if (!sound) return undefined;
  const index = await openHnsw(graph, is.dimensions);
  return index && { index, facts, made: false };
}

async function readFacts(path: string): Promise<KeptFacts | undefined> {
  try {
    const found = await lstat(path);
    if (!found.isFile() || found.size > MOST_FACTS) return undefined;
    const facts = JSON.parse(await readFile(path, 'utf8'));
    return areFacts(facts) ? facts : undefined;
  } catch {
    return undefined; // missing or unreadable
  }
}

function areFacts(value: unknown): value is KeptFacts {
  const { words, dimensions, recall, k, sample, graph } = (value ?? {}) as Partial<KeptFacts>;
  return (
    [words, dimensions, k, sample, graph?.bytes].every((each) => Number.isSafeInteger(each) && each! >= 0) &&
    typeof recall === 'number' &&
    recall >= 0 &&
    recall <= 1
  );
}

async function sha256Of(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Writes the graph, then its metadata: a graph without metadata is ignored. Both get temporary names and are renamed; a
 * rename replaces a link and does not follow it. Returns the reason for a failure.
 */
async function keep(
  path: string,
  index: HnswIndex,
  facts: HnswFacts,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const [graph, about] = [`${path}.hnsw`, `${path}.hnsw.json`];
  const [newGraph, newFacts] = [temporaryBeside(graph), temporaryBeside(about)];
  try {
    for (const name of [graph, about]) await removeLeftovers(name);
    await (await open(newGraph, 'wx')).close(); // 'wx' never follows a link
    index.save(newGraph);
    const { size: bytes } = await stat(newGraph);
    const kept: KeptFacts = { ...facts, graph: { bytes, sha256: await sha256Of(newGraph, signal) } };
    await writeFile(newFacts, `${JSON.stringify(kept)}\n`, { flag: 'wx' });
    await rm(about, { force: true });
    await rename(newGraph, graph);
    await rename(newFacts, about);
    return undefined;
  } catch (error) {
    throwIfAborted(signal);
    return asUnwritable(graph, error).message;
  } finally {
    for (const name of [newGraph, newFacts]) await removeTemporary(name);
  }
}
