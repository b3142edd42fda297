// Hugging Face's safetensors format: 8 bytes length, a JSON header {name: {dtype, shape, data_offsets}}, then the
// numbers. w2v writes a tensor `embeddings` (V, D), with the words as a JSON array in the header's metadata.

import { malformedAt, throwIfAborted } from '../base/errors.ts';
import { checkHeap } from '../base/heap.ts';
import { quotable } from '../base/printable.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { ByteSink } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { LoadedVectors, ReadOptions, VectorFormat } from './format.ts';
import { bytesOf, type NumberType, readFloatRows, skip, writeFloatRows } from './io/float-rows.ts';
import { finishRows, type Rows } from './io/rows.ts';
import { shown } from './io/shown.ts';
import { readWordList, wordListFile } from './io/word-list.ts';
import { checkWords } from './writable-words.ts';

const NAME = 'safetensors';
/** The limit of the safetensors library (MAX_HEADER_SIZE). */
const LONGEST_HEADER = 100_000_000;
/** Words up to this size, as UTF-8 in JSON in JSON, always fit in the header. */
const MOST_WORDS = 90_000_000;
const DIMENSIONS_LIMIT = 1 << 24;

export const safetensors: VectorFormat = {
  name: NAME,
  title: 'safetensors',
  extensions: ['.safetensors'],
  detect: (head) => {
    if (head.length < 9 || head[8] !== 123) return false;
    return new DataView(head.buffer, head.byteOffset).getBigUint64(0, true) <= BigInt(LONGEST_HEADER);
  },
  read: (source, options) => readTensor(source, options),
  write: (vectors, sink, options) => writeTensor(vectors, sink, options, wordsFit(vectors)),
  beside: (path, vectors) => (wordsFit(vectors) ? [] : [wordListFile(path, vectors)]),
};

interface Tensor {
  type: NumberType;
  rows: number;
  dimensions: number;
  /** Byte offset in the content. */
  offset: number;
}

/**
 * Reads the tensor `embeddings` (or `embedding.weight`, or the only tensor). The words are `givenWords`, or those in
 * the metadata, or those in the word list next to the file.
 *
 * Throws `file-malformed` with the byte, `file-missing` if there are no words.
 */
export async function readTensor(
  source: ByteSource,
  options: ReadOptions,
  givenWords?: readonly string[],
  adjust?: (rows: Rows) => void,
): Promise<LoadedVectors> {
  const { header, start } = await readHeader(source);
  const { rows, dimensions, offset, type } = findTensor(header, start, source);
  const words = givenWords ?? wordsOf(header, source) ?? (await readWordList(source.name, rows, options));
  if (words.length !== rows) {
    throw malformedAt(`${source.name} at byte 8`, `a tensor of ${rows} rows, but there are ${words.length} words`);
  }
  await skip(source, offset, 0);
  const kept = await readFloatRows(source, { words, dimensions, type, offset }, options);
  adjust?.(kept);
  return finishRows(kept, source.name, NAME);
}

type Header = Record<string, unknown>;

async function readHeader(source: ByteSource): Promise<{ header: Header; start: number }> {
  const first = await source.peek(8);
  if (first.length < 8) throw malformedAt(`${source.name} at byte 0`, `${first.length} bytes, expected at least 8`);
  const length = Number(new DataView(first.buffer, first.byteOffset).getBigUint64(0, true));
  const most = Math.min(LONGEST_HEADER, (source.contentBytes ?? LONGEST_HEADER) - 8);
  if (length > most)
    throw malformedAt(`${source.name} at byte 0`, `a header of ${length} bytes, expected at most ${most}`);
  // The words may be a JSON array inside a JSON string, so they exist as text twice and as strings.
  checkHeap(8 * length, { what: `the header has ${length} bytes of JSON`, advice: 'use a file with fewer words' });
  const bytes = await source.peek(8 + length);
  const where = `${source.name} at byte 8`;
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8)));
  } catch (error) {
    throw malformedAt(where, `the header is not JSON (${quotable((error as Error).message)})`);
  }
  if (typeof header !== 'object' || header === null) throw malformedAt(where, 'the header is not a JSON object');
  return { header: header as Header, start: 8 + length };
}

function findTensor(header: Header, start: number, source: ByteSource): Tensor {
  const where = `${source.name} at byte 8`;
  const names = Object.keys(header).filter((name) => name !== '__metadata__');
  const known = ['embeddings', 'embedding.weight'].find((name) => names.includes(name));
  const name = known ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined) {
    const found = names.length === 0 ? 'no tensor' : `the tensors ${quotable(names.slice(0, 5).join(', '))}`;
    throw malformedAt(where, `${found}, expected one named embeddings`, 'name a file of word vectors');
  }
  const { dtype, shape, data_offsets: offsets } = (header[name] ?? {}) as Record<string, unknown>;
  const tensor = `the tensor ${quotable(name)}`;
  const isPair = (value: unknown): value is [number, number] =>
    Array.isArray(value) && value.length === 2 && value.every((one) => Number.isSafeInteger(one) && one >= 0);
  if (typeof dtype !== 'string' || !Object.hasOwn(bytesOf, dtype)) {
    const expected = Object.keys(bytesOf).join(', ');
    const found = typeof dtype === 'string' ? quotable(dtype) : shown(dtype);
    throw malformedAt(where, `${tensor} is of type ${found}, expected one of ${expected}`, 'save it as float32');
  }
  const type = dtype as NumberType;
  if (!isPair(shape) || shape[0] < 1 || shape[1] < 1 || shape[1] > DIMENSIONS_LIMIT) {
    throw malformedAt(where, `${tensor} has the shape ${shown(shape)}, expected [words, dimensions]`);
  }
  const [rows, dimensions] = shape;
  const needed = rows * dimensions * bytesOf[type];
  if (!isPair(offsets) || offsets[1] - offsets[0] !== needed) {
    const expected = `expected ${needed} bytes for ${rows} x ${dimensions} ${type}`;
    throw malformedAt(where, `${tensor} has the offsets ${shown(offsets)}, ${expected}`);
  }
  const ends = names.map((one) => (header[one] as { data_offsets?: unknown })?.data_offsets).filter(isPair);
  const end = start + ends.reduce((most, [, last]) => Math.max(most, last), 0);
  if (source.contentBytes !== undefined && source.contentBytes !== end) {
    throw malformedAt(
      `${source.name} at byte ${Math.min(end, source.contentBytes)}`,
      `the file has ${source.contentBytes} bytes, expected ${end} according to the header`,
    );
  }
  return { type, rows, dimensions, offset: start + offsets[0] };
}

function wordsOf(header: Header, source: ByteSource): string[] | undefined {
  const text = (header.__metadata__ as { words?: unknown } | null | undefined)?.words;
  if (typeof text !== 'string') return undefined;
  let words: unknown;
  try {
    words = JSON.parse(text);
  } catch {
    words = undefined;
  }
  if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  throw malformedAt(`${source.name} at byte 8`, 'the words in the metadata are not a JSON array of strings');
}

function wordsFit({ words }: WordVectors): boolean {
  let bytes = 0;
  for (const word of words) bytes += 3 * word.length + 6;
  return bytes <= MOST_WORDS;
}

/**
 * Writes `embeddings`, with or without the words in the metadata. Throws `usage` for words that are not valid Unicode.
 */
export async function writeTensor(
  vectors: WordVectors,
  sink: ByteSink,
  options: ReadOptions,
  withWords: boolean,
  extraRows = 0,
): Promise<void> {
  const { words, dimensions } = vectors;
  checkWords(words, undefined, 'the safetensors format');
  throwIfAborted(options.signal);
  const rows = words.length + extraRows;
  const header = Buffer.from(
    JSON.stringify({
      ...(withWords && { __metadata__: { words: JSON.stringify(words) } }),
      embeddings: { dtype: 'F32', shape: [rows, dimensions], data_offsets: [0, 4 * rows * dimensions] },
    }),
  );
  const padded = Buffer.alloc(8 + 8 * Math.ceil(header.length / 8), ' ');
  padded.writeBigUInt64LE(BigInt(padded.length - 8), 0);
  header.copy(padded, 8);
  await sink.write(padded);
  await writeFloatRows(vectors, sink, options);
  if (extraRows > 0) await sink.write(new Uint8Array(4 * extraRows * dimensions));
}
