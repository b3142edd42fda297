// Finds nearest words in a file in word2vec's binary format without loading it: one pass finds the query words and
// stops there, a second scores rows while reading. Memory: 4 bytes per word, and the vectors of the best candidates.

import { isUtf8 } from 'node:buffer';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { BestRows } from '../algebra/best-rows.ts';
import { checkOptionKinds, checkText } from '../base/check.ts';
import { throwIfAborted } from '../base/errors.ts';
import type { ReadOptions } from '../formats/format.ts';
import { type Header, parseHeader } from '../formats/header.ts';
import { word2vecBinary } from '../formats/word2vec-binary.ts';
import { FNV_START, fnvNext } from '../vectors/fnv.ts';
import { inverseNorm } from '../vectors/norms.ts';
import { checkExpressions, combine, type Expression } from './expression.ts';
import { rescored, SPARE } from './nearest-rows.ts';
import { createRowScan, type Hit, type RowScan } from './scan-rows.ts';
import { clamp, type Neighbor, searchOf } from './search.ts';

/** Smaller files are loaded instead. */
const SMALLEST = 16 << 20;
const CHUNK = 4 << 20;
const HEAD = 1 << 18; // bytes for detecting the format
const LONGEST_WORD = 1 << 16;
const MOST_QUERIES = 8;
const MOST_CANDIDATES = 4096; // rows kept before discarding those that are no longer among the best

/** How many nearest words, among which, and from which size of the file on. */
export interface NearestInFileOptions extends ReadOptions {
  k: number;
  restrictVocab?: number | undefined;
  /** Smaller files are left to `loadVectors`; default 16 MB. */
  smallest?: number;
}

/**
 * The result of `nearestExpressions` for a large binary file; undefined if the caller must load the file instead: it is
 * small, compressed or in another format, a word is missing, something is wrong or unusual, or float32 cannot separate
 * the k-th result from the next. So `loadVectors` reports all errors.
 */
export async function nearestInFile(
  path: string,
  expressions: readonly Expression[],
  options: NearestInFileOptions,
): Promise<Neighbor[][] | undefined> {
  checkText(path, 'the path');
  checkExpressions(expressions);
  checkOptionKinds('nearestInFile', options);
  if (expressions.length > MOST_QUERIES || !(await isPlainFile(path))) return undefined;
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const header = await headerOf(handle, options.smallest ?? SMALLEST);
    if (header === undefined) return undefined;
    const asked = new Set(expressions.flatMap((terms) => terms.map(({ word }) => word)));
    const known = await findWords(handle, header, asked, options);
    if (known === undefined) return undefined;
    const queries = expressions.map((terms) => combine(terms, (word) => known.get(word)!.vector));
    const lengths = queries.map((query) => inverseNorm(query, 0, query.length));
    if (!lengths.every((length) => length > 0)) return undefined;
    const excluded = expressions.map((terms) => new Set(terms.map(({ word }) => known.get(word)!.row)));
    return await search(handle, header, { queries, lengths, excluded }, options);
  } finally {
    await handle.close();
  }
}

/** A pipe is never read here, because its bytes would be missing later. */
function isPlainFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The header of a large file in this format; undefined for anything else, including compressed files. */
async function headerOf(handle: FileHandle, smallest: number): Promise<Header | undefined> {
  const { size } = await handle.stat();
  if (size < smallest) return undefined;
  const { bytesRead, buffer } = await handle.read(new Uint8Array(HEAD), 0, HEAD, 0);
  const head = buffer.subarray(0, bytesRead);
  const header = parseHeader(head); // gzip starts with 1f 8b, which is not a number
  if (header === undefined || !word2vecBinary.detect?.(head, false)) return undefined;
  const leastBytes = header.words * (4 * header.dimensions + 1);
  return header.dimensions <= 1 << 16 && leastBytes <= size - header.length ? header : undefined;
}

/** Reads the file in chunks into the scan's memory, and passes the results of `scan` to `take`. */
async function goThrough(
  handle: FileHandle,
  header: Header,
  scan: RowScan,
  most: number,
  options: ReadOptions,
  take: (hits: Hit[], firstRow: number, rows: number) => boolean,
): Promise<{ rows: number; position: number; atEnd: boolean }> {
  let position = header.length;
  let rows = 0;
  let left = 0;
  for (;;) {
    throwIfAborted(options.signal);
    const { bytesRead } = await handle.read(scan.bytes, left, scan.bytes.length - left, position + left);
    const end = left + bytesRead;
    let start = 0;
    for (;;) {
      const found = scan.scan(start, end, most - rows);
      start = found.position;
      if (!take(found.hits, rows, found.rows))
        return { rows: rows + found.rows, position: position + start, atEnd: false };
      rows += found.rows;
      if (found.rows === 0) break;
    }
    position += start;
    if (rows === most || bytesRead === 0 || (start === 0 && end === scan.bytes.length))
      return { rows, position, atEnd: bytesRead === 0 };
    scan.bytes.copyWithin(0, start, end);
    left = end - start;
    options.onProgress?.({ phase: 'load', done: rows, total: most, unit: 'words' });
  }
}

interface Known {
  row: number;
  vector: Float32Array;
}

/** The first row of each word; undefined if one is missing. */
async function findWords(
  handle: FileHandle,
  header: Header,
  asked: ReadonlySet<string>,
  options: ReadOptions,
): Promise<Map<string, Known> | undefined> {
  const { dimensions, words } = header;
  const scan = createRowScan(CHUNK + LONGEST_WORD + 4 * dimensions, [], dimensions);
  const wanted = new Map([...asked].map((word) => [hashOf(Buffer.from(word)), word]));
  if (wanted.size < asked.size) return undefined;
  const known = new Map<string, Known>();
  await goThrough(handle, header, scan, words, { signal: options.signal }, (_, firstRow, rows) => {
    for (let row = 0; row < rows; row++) {
      const word = wanted.get(scan.hashOf(row));
      if (word === undefined || known.has(word) || textOf(scan, row) !== word) continue;
      known.set(word, { row: firstRow + row, vector: scan.vectorOf(row) });
    }
    return known.size < asked.size;
  });
  return known.size === asked.size ? known : undefined;
}

interface Asked {
  queries: Float64Array[];
  /** 1 / |query| */
  lengths: number[];
  excluded: ReadonlySet<number>[];
}

async function search(
  handle: FileHandle,
  header: Header,
  { queries, lengths, excluded }: Asked,
  options: NearestInFileOptions,
): Promise<Neighbor[][] | undefined> {
  const { dimensions, words } = header;
  const { limit, k } = searchOf(words, options);
  const scan = createRowScan(CHUNK + LONGEST_WORD + 4 * dimensions, queries, dimensions);
  const best = queries.map(() => new BestRows(k + SPARE));
  const candidates = new Map<number, { word: string | undefined; hash: number; vector: Float32Array }>();
  let most = MOST_CANDIDATES;
  const hashes = new Uint32Array(limit);
  const end = await goThrough(handle, header, scan, limit, options, (hits, firstRow, rows) => {
    for (let row = 0; row < rows; row++) hashes[firstRow + row] = scan.hashOf(row);
    for (const hit of hits) {
      const row = firstRow + hit.row;
      const kept = best[hit.query];
      if (!(hit.cosine > kept.worst) || excluded[hit.query].has(row)) continue;
      kept.add(row, hit.cosine);
      scan.thresholds[hit.query] = kept.worst;
      const [word, hash, vector] = [textOf(scan, hit.row), scan.hashOf(hit.row), scan.vectorOf(hit.row)];
      candidates.set(row, { word, hash, vector });
    }
    if (candidates.size > most) {
      keepOnly(candidates, best);
      most = 2 * candidates.size + MOST_CANDIDATES;
    }
    return true;
  });
  if (end.rows < limit || scan.isUnsure()) return undefined;
  if (limit === words && !(await endsWell(handle, end.position))) return undefined;

  const answers: Neighbor[][] = [];
  const chosen = new Map<number, number>();
  for (const [at, query] of queries.entries()) {
    const cosineOf = (row: number) => cosine(candidates.get(row)!.vector, query, lengths[at]);
    const rows = rescored(best[at].sorted(), cosineOf, k, dimensions);
    if (rows === undefined) return undefined;
    const answer: Neighbor[] = [];
    for (const [row, similarity] of rows) {
      const { word, hash } = candidates.get(row)!;
      if (word === undefined) return undefined;
      chosen.set(hash, row);
      if (answer.length < k) answer.push({ word, similarity: clamp(similarity) });
    }
    answers.push(answer);
  }
  // An earlier row with the same hash may be the same word, and then the earlier row counts.
  for (let row = 0; row < limit; row++) if ((chosen.get(hashes[row]) ?? row) !== row) return undefined;
  return answers;
}

/** Discards rows that better ones have replaced. */
function keepOnly(candidates: Map<number, unknown>, best: readonly BestRows[]): void {
  const kept = new Set(best.flatMap((rows) => rows.rows()));
  for (const row of candidates.keys()) if (!kept.has(row)) candidates.delete(row);
}

/** Whether only line feeds follow. */
async function endsWell(handle: FileHandle, position: number): Promise<boolean> {
  const rest = Buffer.alloc(64);
  const { bytesRead } = await handle.read(rest, 0, rest.length, position);
  return bytesRead < rest.length && rest.subarray(0, bytesRead).every((byte) => byte === 10);
}

/** The same sum as in `nearest`, in the same order, so that results are bitwise equal. */
function cosine(row: Float32Array, query: Float64Array, length: number): number {
  let sum = 0;
  for (let column = 0; column < row.length; column++) sum += row[column] * query[column];
  return sum * inverseNorm(row, 0, row.length) * length;
}

function textOf(scan: RowScan, row: number): string | undefined {
  const bytes = scan.wordOf(row);
  return isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : undefined;
}

/** FNV-1a in 32 bits, as in the kernel. */
function hashOf(word: Uint8Array): number {
  let hash = FNV_START;
  for (const byte of word) hash = fnvNext(hash, byte);
  return hash >>> 0;
}
