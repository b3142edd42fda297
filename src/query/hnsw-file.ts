// Stores the approximate index next to a file of vectors (files/side-file.ts): FILE.hnsw, usearch's graph, and
// FILE.hnsw.json with its metadata. Native code reads the graph without checks, so it is opened only if its hash
// matches the metadata and its structure is sound (hnsw-graph.ts); otherwise it is built again. If it cannot be stored,
// it stays in memory.
import { checkFields, checkObject, checkOptionKinds, checkText } from '../check.ts';
import { throwIfAborted } from '../errors.ts';
import { type ContentStamp, type FileStamp, hasContent, keepSideFile, readFacts } from '../files/side-file.ts';
import type { OnProgress } from '../progress.ts';
import { checkVectors, type WordVectors } from '../vectors/word-vectors.ts';
import { buildHnsw, openHnsw, recallOf } from './hnsw.ts';
import { isSoundGraph } from './hnsw-graph.ts';
import type { RowIndex } from './row-index.ts';

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
  /** Identifies the graph's bytes. */
  graph: ContentStamp;
}

/** How an index is built. */
export interface HnswOptions {
  threads: number;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** An index that was kept next to a file, or built now. */
export interface OpenedHnsw {
  index: RowIndex;
  facts: Omit<HnswFacts, keyof FileStamp>;
  /** Whether the index was built by this call. */
  made: boolean;
  /** Why the index was not stored next to the file; undefined if it was. */
  notKept?: string;
}

const RECALL = { k: 10, sample: 200 };

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
  checkText(path, 'the path');
  checkVectors(vectors);
  checkObject(options, 'what is given as options', 'give { k: 10 }');
  checkOptionKinds('hnswBeside', options);
  if (stamp !== undefined)
    checkFields(stamp, 'the stamp', { bytes: 'number', modified: 'number' }, 'give what stampOf returns');
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
  const kept: HnswFacts = { ...stamp, ...facts };
  const notKept = await keepSideFile(
    `${path}.hnsw`,
    (temporary) => index.save(temporary),
    (graph): KeptFacts => ({ ...kept, graph }),
    options.signal,
  );
  return { index, facts, made: true, ...(notKept === undefined ? {} : { notKept }) };
}

/** The stored index; undefined if it is invalid or does not belong to these vectors. */
async function openKept(
  path: string,
  is: FileStamp & { words: number; dimensions: number },
  signal: AbortSignal | undefined,
): Promise<OpenedHnsw | undefined> {
  const graph = `${path}.hnsw`;
  const facts = await readFacts(graph);
  if (!areFacts(facts) || !Object.entries(is).every(([name, value]) => facts[name as keyof FileStamp] === value)) {
    return undefined;
  }
  if (!(await hasContent(graph, facts.graph, signal))) return undefined;
  const sound = await isSoundGraph(graph, is, signal).catch(() => false);
  throwIfAborted(signal);
  if (!sound) return undefined;
  const index = await openHnsw(graph, is.dimensions);
  return index && { index, facts, made: false };
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
