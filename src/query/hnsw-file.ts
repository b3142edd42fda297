// The approximate index that stands beside a file of vectors: FILE.hnsw, usearch's graph, and FILE.hnsw.json, which says
// of which file it is and what the graph's bytes are. Native code reads the graph and does not check it, so it is opened only
// if its hash is the one in the facts; in every other case it is made anew. Where it cannot be kept, it is used from memory.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { throwIfAborted } from '../errors.ts';
import { removeLeftovers, removeTemporary, temporaryBeside } from '../files/temporaries.ts';
import { told } from '../files/unwritable.ts';
import type { OnProgress } from '../progress.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { buildHnsw, type HnswIndex, openHnsw, recallOf } from './hnsw.ts';
import type { RowIndex } from './row-index.ts';

/** What a file is known by. */
export interface FileStamp {
  bytes: number;
  modified: number;
}

/** What is said of an index, and by what it is known to be this file's. */
export interface HnswFacts extends FileStamp {
  words: number;
  dimensions: number;
  /** Share of the exact `k` nearest words it found when it was made, over `sample` words. */
  recall: number;
  k: number;
  sample: number;
}

interface KeptFacts extends HnswFacts {
  /** The graph's own bytes. */
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
  /** Whether it was made now. */
  made: boolean;
  /** Why it is not kept beside the file; undefined where it is. */
  notKept?: string;
}

const RECALL = { k: 10, sample: 200 };
const MOST_FACTS = 1 << 16; // bytes

/**
 * What the file of vectors is known by, to be asked before it is loaded: if it changes meanwhile, the index is not taken for one
 * of the new file. Undefined for a pipe, a device, or a file under a name of /dev or /proc (`/dev/stdin < FILE`): nothing is kept
 * beside those.
 */
export async function stampOf(path: string): Promise<FileStamp | undefined> {
  if (/^\/(dev|proc)\//.test(resolve(path))) return undefined;
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { bytes: found.size, modified: found.mtimeMs } : undefined;
}

/**
 * Opens the index of the vectors in `path`, making it where it is missing, damaged or of another file.
 *
 * @throws W2vError 'engine-unavailable' where usearch is missing, 'interrupted'
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

/** The index that is there; undefined where it is none of these vectors, or anything about it is wrong. */
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
    return undefined; // none, or none that can be read
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
 * Writes the graph, then its facts: a graph without them does not count. Both are made under names that nobody has, and take their
 * own by a rename, which replaces a link and does not follow it. Returns why it could not be done.
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
    await (await open(newGraph, 'wx')).close(); // never through a link
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
    return told(graph, error).message;
  } finally {
    for (const name of [newGraph, newFacts]) await removeTemporary(name);
  }
}
