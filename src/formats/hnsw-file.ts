// The approximate index that stands beside a file of vectors: FILE.hnsw, usearch's graph, and FILE.hnsw.json, which says
// of which file it is and what the graph's bytes are. Native code reads the graph and does not check it, so it is opened only
// if its hash is the one in the facts; in every other case it is made anew. Where it cannot be kept, it is used from memory.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdtemp, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { throwIfAborted } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { buildHnsw, type HnswIndex, openHnsw, recallOf } from '../vectors/hnsw.ts';
import type { RowIndex } from '../vectors/row-index.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

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
const refusals: Record<string, string> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EISDIR: 'a folder stands in its place',
};
const TEMPORARY = '.w2v-hnsw-';

/**
 * What the file of vectors is known by, to be asked before it is loaded: if it changes meanwhile, the index is not taken for one
 * of the new file. Undefined for a pipe or a device, which has no index beside it.
 */
export async function stampOf(path: string): Promise<FileStamp | undefined> {
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
    const handle = await open(path, 'r');
    try {
      const facts = JSON.parse(await handle.readFile('utf8'));
      return areFacts(facts) ? facts : undefined;
    } finally {
      await handle.close();
    }
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
 * Writes the graph, then its facts: a graph without them does not count. Both are made in a folder that only this user can enter
 * and take their names by a rename, which replaces a link and does not follow it. Returns why it could not be done.
 */
async function keep(
  path: string,
  index: HnswIndex,
  facts: HnswFacts,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const beside = dirname(path);
  let folder: string | undefined;
  try {
    await removeLeftovers(beside);
    folder = await mkdtemp(join(beside, `${TEMPORARY}${process.pid}-`));
    const [graph, about] = [join(folder, 'graph'), join(folder, 'facts')];
    index.save(graph);
    const kept: KeptFacts = {
      ...facts,
      graph: { bytes: (await stat(graph)).size, sha256: await sha256Of(graph, signal) },
    };
    await writeFile(about, `${JSON.stringify(kept)}\n`);
    await rm(`${path}.hnsw.json`, { force: true });
    await rename(graph, `${path}.hnsw`);
    await rename(about, `${path}.hnsw.json`);
    return undefined;
  } catch (error) {
    throwIfAborted(signal);
    const { code, message } = error as NodeJS.ErrnoException;
    return refusals[code ?? ''] ?? message;
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Folders of runs that were killed while they wrote. */
async function removeLeftovers(beside: string): Promise<void> {
  for (const name of await readdir(beside)) {
    const pid = name.startsWith(TEMPORARY) ? Number.parseInt(name.slice(TEMPORARY.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || lives(pid)) continue;
    await rm(join(beside, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
