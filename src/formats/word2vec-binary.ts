// The binary format of word2vec: `V D\n`, then for each word: word SP D little-endian float32 LF. word2vec.c writes the
// last line feed, gensim 4 does not; both are read.

import { malformedAt, throwIfAborted } from '../base/errors.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { ByteSink } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { LoadedVectors, ReadOptions, RowOptions, VectorFormat } from './format.ts';
import { checkHeader, type Header, parseHeader } from './header.ts';
import { readThrough } from './io/read-through.ts';
import { createRows, decodeWord, finishRows, keepRow, nextRow } from './io/rows.ts';
import { looksLikeRow } from './text-row.ts';
import { checkWords } from './writable-words.ts';

const NAME = 'word2vec-binary';
const LONGEST_WORD = 1 << 16;
const WRITE_BYTES = 1 << 20;
const SPACE = 32;
const LINE_FEED = 10;
const encoder = new TextEncoder();

export const word2vecBinary: VectorFormat = {
  name: NAME,
  title: 'word2vec binary',
  extensions: ['.bin'],
  detect(head, complete) {
    const header = parseHeader(head);
    if (header === undefined || header.words === 0) return false;
    if (looksLikeRow(head.subarray(header.length), header.dimensions)) return false;
    return hasControlBytes(head) || (complete && fits(head, header));
  },
  read,
  write: (vectors, sink, options) => write(vectors, sink, options, true),
};

/** The same without the line feeds, byte for byte as gensim 4 writes it. Reading does not distinguish them. */
export const word2vecBinaryPlain: VectorFormat = {
  name: 'word2vec-binary-plain',
  title: 'word2vec binary without line feeds',
  extensions: [],
  read,
  write: (vectors, sink, options) => write(vectors, sink, options, false),
};

/** Throws `file-malformed`, with the byte offset, unless the file has V words with vectors of D numbers. */
async function read(source: ByteSource, options: RowOptions): Promise<LoadedVectors> {
  const header = parseHeader(await source.peek(64));
  if (header === undefined)
    throw malformedAt(`${source.name} at byte 0`, 'no header, expected a line "words dimensions"');
  const { words, dimensions } = header;
  checkHeader(header, source, `${source.name} at byte 0`, (count, size) => count * (4 * size + 1));
  const vectorBytes = 4 * dimensions;
  const likely = Math.max(1, Math.floor((4 * (source.fileBytes ?? 1 << 24)) / vectorBytes));
  const rows = createRows(dimensions, source.contentBytes === undefined ? Math.min(words, likely) : words, {
    only: options.only,
  });
  /** Content offset of the first byte in the buffer that is not consumed. */
  let offset = header.length;
  let read = 0;

  function consume(bytes: Buffer, start: number, end: number, atEnd: boolean): number {
    let position = start;
    const where = (at: number) => `${source.name} at byte ${offset + at - start}`;
    while (read < words) {
      let at = position;
      while (at < end && bytes[at] === LINE_FEED) at++;
      const wordStart = at;
      let seen = 0;
      while (at < end && bytes[at] !== SPACE) seen |= bytes[at++];
      if (at - wordStart > LONGEST_WORD) {
        throw malformedAt(
          where(wordStart),
          `no space within ${LONGEST_WORD} bytes, expected one after word ${read + 1}`,
        );
      }
      if (at + 1 + vectorBytes > end) break;
      const to = nextRow(rows);
      // One view per row, because views end at 4 GB.
      bytes.copy(new Uint8Array(rows.matrix.buffer, 4 * to, vectorBytes), 0, at + 1, at + 1 + vectorBytes);
      keepRow(
        rows,
        decodeWord(bytes, wordStart, at, seen < 128, () => where(wordStart)),
      );
      read++;
      position = at + 1 + vectorBytes;
    }
    if (read === words) while (position < end && bytes[position] === LINE_FEED) position++;
    if (read === words && position < end) {
      throw malformedAt(where(position), `bytes after the last of the ${words} vectors in the header`);
    }
    if (atEnd && read < words) {
      throw malformedAt(where(end), `the file ends after ${read} vectors, expected ${words} according to the header`);
    }
    offset += position - start;
    return position;
  }

  await source.read(new Uint8Array(header.length), 0, header.length);
  await readThrough(source, {
    ...options,
    consume,
    longestRecord: LONGEST_WORD + vectorBytes + 2,
    tooLong: () => malformedAt(`${source.name} at byte ${offset}`, `no space within ${LONGEST_WORD} bytes`),
  });
  return finishRows(rows, source.name, NAME);
}

/** Bytes that never occur in text; almost every float32 has one. */
function hasControlBytes(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32) || byte === 127 || byte > 247);
}

/** Whether the bytes are exactly V words with their vectors. */
function fits(bytes: Uint8Array, { words, dimensions, length }: Header): boolean {
  let at = length;
  for (let word = 0; word < words; word++) {
    const space = bytes.indexOf(SPACE, at);
    if (space < 0) return false;
    at = space + 1 + 4 * dimensions;
    if (at > bytes.length) return false;
  }
  return at === bytes.length || (at + 1 === bytes.length && bytes[at] === LINE_FEED);
}

/**
 * Writes the header and V vectors. Throws `usage` for a word with a space or a line end, because readers could not find
 * its end.
 */
async function write(vectors: WordVectors, sink: ByteSink, options: ReadOptions, lineFeeds: boolean): Promise<void> {
  const { words, matrix, dimensions } = vectors;
  checkWords(words, /[ \n]/, 'the word2vec binary format');
  const vectorBytes = 4 * dimensions;
  let buffer = Buffer.allocUnsafe(WRITE_BYTES + vectorBytes);
  let at = buffer.write(`${words.length} ${dimensions}\n`, 'latin1');
  for (let row = 0; row < words.length; row++) {
    const word = encoder.encode(words[row]);
    const length = word.length + vectorBytes + 2;
    if (at + length > buffer.length) {
      await sink.write(buffer.subarray(0, at));
      at = 0;
      throwIfAborted(options.signal);
      options.onProgress?.({ phase: 'write', done: row, total: words.length, unit: 'words' });
      if (length > buffer.length) buffer = Buffer.allocUnsafe(length);
    }
    buffer.set(word, at);
    at += word.length;
    buffer[at++] = SPACE;
    buffer.set(new Uint8Array(matrix.buffer, matrix.byteOffset + row * vectorBytes, vectorBytes), at);
    at += vectorBytes;
    if (lineFeeds) buffer[at++] = LINE_FEED;
  }
  await sink.write(buffer.subarray(0, at));
  options.onProgress?.({ phase: 'write', done: words.length, total: words.length, unit: 'words' });
}
