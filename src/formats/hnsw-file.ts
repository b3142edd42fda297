// The approximate index that stands beside a file of vectors: FILE.hnsw, usearch's graph, and FILE.hnsw.json, which says
// of which file it is. It is made anew when the file has changed.
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { W2vError } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { buildHnsw, openHnsw, recallOf } from '../vectors/hnsw.ts';
import type { RowIndex } from '../vectors/row-index.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

/** What is said of an index, and by what it is known to be this file's. */
export interface HnswFacts {
  bytes: number;
  modified: number;
  words: number;
  dimensions: number;
  /** Share of the exact `k` nearest words it found when it was made, over `sample` words. */
  recall: number;
  k: number;
  sample: number;
}

const RECALL = { k: 10, sample: 200 };

/**
 * Opens the index of the vectors in `path`, making it where it is missing or of another file.
 *
 * @returns the index, its facts, and whether it was made now
 * @throws W2vError 'engine-unavailable' where usearch is missing, 'file-unwritable', 'interrupted'
 */
export async function hnswBeside(
  path: string,
  vectors: WordVectors,
  options: { threads: number; onProgress?: OnProgress | undefined; signal?: AbortSignal | undefined },
): Promise<{ index: RowIndex; facts: HnswFacts; made: boolean }> {
  const { size: bytes, mtimeMs: modified } = await stat(path);
  const is = { bytes, modified, words: vectors.words.length, dimensions: vectors.dimensions };
  const known = await readFacts(`${path}.hnsw.json`);
  if (known && Object.entries(is).every(([name, value]) => known[name as keyof HnswFacts] === value)) {
    return { index: await openHnsw(`${path}.hnsw`, vectors.dimensions), facts: known, made: false };
  }
  const index = await buildHnsw(vectors, options);
  const sample = Math.min(RECALL.sample, vectors.words.length);
  const facts = { ...is, k: RECALL.k, sample, recall: recallOf(index, vectors, RECALL.k, sample) };
  await writeIndex(path, (target) => index.save(target), facts);
  return { index, facts, made: true };
}

async function readFacts(path: string): Promise<HnswFacts | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as HnswFacts;
  } catch {
    return undefined; // none, or none that can be read: the index is made anew
  }
}

/** The graph first, then its facts: a graph without them does not count. */
async function writeIndex(path: string, save: (target: string) => void, facts: HnswFacts): Promise<void> {
  const graph = `${path}.hnsw.${process.pid}.tmp`;
  const about = `${path}.hnsw.json.${process.pid}.tmp`;
  try {
    await rm(`${path}.hnsw.json`, { force: true });
    save(graph);
    await rename(graph, `${path}.hnsw`);
    await writeFile(about, `${JSON.stringify(facts)}\n`);
    await rename(about, `${path}.hnsw.json`);
  } catch (cause) {
    await Promise.all([graph, about].map((file) => rm(file, { force: true }))).catch(() => {});
    throw new W2vError(
      'file-unwritable',
      `the index cannot be written beside ${path}: ${(cause as Error).message}`,
      'make room there, or ask without --index',
      { cause },
    );
  }
}
