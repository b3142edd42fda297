// The text format of word2vec: `V D`, then one line per word: word SP number SP number ... LF. Without the first line
// it is GloVe's format. Reads the output of word2vec.c (space before the line end), fastText (.vec) and gensim.

import { malformedAt, throwIfAborted } from '../base/errors.ts';
import { markBefore } from '../corpus/file-words.ts';
import { type ByteSource, skipMark } from '../files/byte-source.ts';
import type { ByteSink } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { LoadedVectors, ReadOptions, RowOptions, VectorFormat } from './format.ts';
import { checkHeader, type Header, parseHeader } from './header.ts';
import { parseFloat32s } from './io/parse-float32.ts';
import { LONGEST_FLOAT32, printFloat32 } from './io/print-float32.ts';
import { readThrough } from './io/read-through.ts';
import { createRows, decodeWord, finishRows, keepRow, nextRow } from './io/rows.ts';
import { countFields, firstRows, isBlank, looksLikeRow, placeOfNumbers } from './text-row.ts';
import { checkWords } from './writable-words.ts';

const NAME = 'word2vec-text';
const HEAD_BYTES = 1 << 18;
const LONGEST_LINE = 1 << 26;
const WRITE_BYTES = 1 << 20;
const LINE_FEED = 10;
const encoder = new TextEncoder();

export const word2vecText: VectorFormat = {
  name: NAME,
  title: 'word2vec text (also GloVe and fastText .vec)',
  extensions: ['.txt', '.vec'],
  detect(head, complete) {
    const header = parseHeader(head);
    if (header !== undefined) return firstRows(head.subarray(header.length), complete, header.dimensions) !== undefined;
    return (firstRows(head, complete) ?? 0) > 1; // many texts start with a word and one number
  },
  resembles: (head) => parseHeader(head) !== undefined || (looksLikeRow(head) && countFields(head) > 2),
  read,
  write: (vectors, sink, options) => write(vectors, sink, options, `${vectors.words.length} ${vectors.dimensions}\n`),
};

/** Text without the header. Reading uses the same code, which detects a missing header. */
export const glove: VectorFormat = {
  name: 'glove',
  title: 'GloVe text (no header)',
  extensions: [],
  read,
  write: (vectors, sink, options) => write(vectors, sink, options, ''),
};

/** Throws `file-malformed`, with the line, unless the file has V lines of one word and D numbers. */
async function read(source: ByteSource, options: RowOptions): Promise<LoadedVectors> {
  const head = await source.peek(HEAD_BYTES);
  const header = parseHeader(head);
  // A number needs at least a space and a digit, a line (except the last) a line end.
  if (header !== undefined)
    checkHeader(header, source, `${source.name}:1`, (words, size) => words * (2 * size + 1) - 1);
  const dimensions = header?.dimensions ?? countFields(head) - 1;
  if (dimensions < 1) throw malformedAt(`${source.name}:1`, 'no numbers after the word, expected at least one');
  const promise = header === undefined ? 'as in line 1' : 'according to the header';
  const rows = createRows(dimensions, 1 + (await expectedRows(source, header, dimensions)), { only: options.only });

  let line = header === undefined ? 1 : 2;
  let blankLine = 0;
  const where = () => `${source.name}:${line}`;

  function consume(bytes: Buffer, start: number, end: number, atEnd: boolean): number {
    let stop = bytes.subarray(start, end).lastIndexOf(LINE_FEED) + start + 1;
    if (atEnd && stop < end) {
      bytes[end] = LINE_FEED; // the last line may have no line end
      stop = end + 1;
    }
    let position = start;
    while (position < stop) {
      let at = position;
      let seen = 0;
      let byte = bytes[at];
      while (byte !== 32 && byte !== 9 && byte !== LINE_FEED) {
        seen |= byte;
        byte = bytes[++at];
      }
      let wordEnd = at;
      const offset = nextRow(rows);
      at = parseFloat32s(bytes, at, rows.matrix, offset, dimensions);
      if (at >= 0) {
        byte = bytes[at];
        while (byte === 32 || byte === 13 || byte === 9) byte = bytes[++at];
      }
      if (at < 0 || byte !== LINE_FEED) {
        const lineEnd = bytes.indexOf(LINE_FEED, position);
        if (isBlank(bytes, position, lineEnd)) {
          if (blankLine === 0) blankLine = line;
          line++;
          position = lineEnd + 1;
          continue;
        }
        wordEnd = placeOfNumbers(bytes, position, lineEnd, dimensions, where(), promise);
        parseFloat32s(bytes, wordEnd, rows.matrix, offset, dimensions);
        seen = 255;
        at = lineEnd;
      }
      if (blankLine > 0) throw malformedAt(`${source.name}:${blankLine}`, 'an empty line before the end of the file');
      if (header !== undefined && rows.count + rows.duplicates + rows.skipped === header.words) {
        throw malformedAt(where(), `more lines than the ${header.words} words in the header`);
      }
      keepRow(rows, decodeWord(bytes, position, wordEnd, seen < 128, where));
      line++;
      position = at + 1;
    }
    return Math.min(stop, end);
  }

  await source.read(new Uint8Array(header?.length ?? 0), 0, header?.length ?? 0);
  if (header === undefined) await skipMark(source);
  await readThrough(source, {
    ...options,
    consume,
    longestRecord: LONGEST_LINE,
    tooLong: () => malformedAt(where(), `no line end within ${LONGEST_LINE} bytes`),
  });
  const found = rows.count + rows.duplicates + rows.skipped;
  if (header !== undefined && found < header.words) {
    throw malformedAt(where(), `the file ends after ${found} words, expected ${header.words} according to the header`);
  }
  return finishRows(rows, source.name, NAME);
}

/** Expected number of rows: exact if known; for a compressed file, in proportion to its size. */
async function expectedRows(source: ByteSource, header: Header | undefined, dimensions: number): Promise<number> {
  if (source.contentBytes !== undefined && header !== undefined) return header.words;
  if (source.reopen !== undefined) return countLines(await source.reopen());
  const likely = Math.max(1, Math.floor((4 * (source.fileBytes ?? 1 << 24)) / dimensions));
  return header === undefined ? Math.ceil(likely / 8) : Math.min(header.words, likely);
}

async function countLines(source: ByteSource): Promise<number> {
  try {
    let lines = 0;
    const buffer = Buffer.allocUnsafeSlow(1 << 20);
    for (;;) {
      const got = await source.read(buffer, 0, buffer.length);
      const bytes = buffer.subarray(0, got);
      for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
      if (got < buffer.length) return lines;
    }
  } finally {
    await source.close();
  }
}

/**
 * Writes V lines after `header`, floats in the shortest form that parses back to the same float32 (as gensim does).
 * Throws `usage` for a word that contains white space, because readers could not find its end.
 */
async function write(vectors: WordVectors, sink: ByteSink, options: ReadOptions, header: string): Promise<void> {
  const { words, matrix, dimensions } = vectors;
  checkWords(words, /[ \t\n\v\f\r]/, 'the word2vec text format');
  const bits = new Uint32Array(matrix.buffer, matrix.byteOffset, matrix.length);
  const longestRow = dimensions * (LONGEST_FLOAT32 + 1) + 1;
  let buffer = Buffer.allocUnsafe(WRITE_BYTES + longestRow);
  let at = buffer.write(header || markBefore(words));
  for (let row = 0; row < words.length; row++) {
    const word = encoder.encode(words[row]);
    if (at + word.length + longestRow > buffer.length) {
      await sink.write(buffer.subarray(0, at));
      at = 0;
      throwIfAborted(options.signal);
      options.onProgress?.({ phase: 'write', done: row, total: words.length, unit: 'words' });
      if (word.length + longestRow > buffer.length) buffer = Buffer.allocUnsafe(word.length + longestRow);
    }
    buffer.set(word, at);
    at += word.length;
    for (let index = row * dimensions; index < (row + 1) * dimensions; index++) {
      buffer[at++] = 32;
      at = printFloat32(matrix[index], bits[index], buffer, at);
    }
    buffer[at++] = LINE_FEED;
  }
  await sink.write(buffer.subarray(0, at));
  options.onProgress?.({ phase: 'write', done: words.length, total: words.length, unit: 'words' });
}
