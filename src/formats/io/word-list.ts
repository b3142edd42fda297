// Reads and writes the words of a matrix file without words, one per line in row order: FILE.words next to FILE. Reads
// also the names that other programs use: NAME.words.txt, and NAME.vocab of hyperwords (possibly with counts).
import { stat } from 'node:fs/promises';
import { malformedAt, missing } from '../../base/errors.ts';
import { wordRoom } from '../../base/heap.ts';
import { markBefore } from '../../corpus/file-words.ts';
import { type ByteSource, openSideFile, skipMark } from '../../files/byte-source.ts';
import type { ByteSink, OutputFile } from '../../files/output.ts';
import type { WordList } from '../../vectors/word-vectors.ts';
import type { ReadOptions } from '../format.ts';
import { checkWords } from '../writable-words.ts';
import { readThrough } from './read-through.ts';
import { decodeWord, heapUseOf } from './rows.ts';

const LONGEST_LINE = 1 << 20;
const WRITE_CHARACTERS = 1 << 18;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** The path to which w2v writes the words of `path`. */
export function wordListPath(path: string): string {
  return `${path}.words`;
}

/**
 * The list as a file to write together with the matrix. Throws `file-malformed` for a word that contains a line end.
 */
export function wordListFile(path: string, { words }: WordList): OutputFile {
  checkWords(words, /[\n\r]/, 'a list of words');
  return {
    path: wordListPath(path),
    content: (sink) => writeLines(words, sink),
  };
}

/** One word a line. */
export async function writeLines(words: readonly string[], sink: ByteSink): Promise<void> {
  let text = markBefore(words);
  for (const word of words) {
    text += `${word}\n`;
    if (text.length < WRITE_CHARACTERS) continue;
    await sink.write(Buffer.from(text));
    text = '';
  }
  await sink.write(Buffer.from(text));
}

/**
 * The words of the matrix in `path` with the given number of rows. Throws `file-missing` if there is no list next to
 * it, `file-malformed` if the list has more or fewer lines, and as `readLines` does.
 */
export async function readWordList(path: string, rows: number, options: ReadOptions): Promise<string[]> {
  const stem = path.replace(/(\.gz)?$/i, '').replace(/\.[^./\\]*$/, '');
  const places = [wordListPath(path), wordListPath(path.replace(/\.gz$/i, '')), `${stem}.words.txt`, `${stem}.vocab`];
  for (const place of places) {
    const found = await stat(place).then(
      (file) => file.isFile(),
      () => false,
    );
    if (!found) continue;
    const matrix = `the matrix beside it has ${rows} ${rows === 1 ? 'row' : 'rows'}`;
    const hint = 'write one word per line, in the order of the rows';
    const tooMany = () => malformedAt(`${place}:${rows + 1}`, `more lines than expected: ${matrix}`, hint);
    const lines = await readLines(place, { most: rows, tooMany }, options);
    if (lines.length < rows) throw malformedAt(place, `${lines.length} words, but ${matrix}`, hint);
    return place.endsWith('.vocab') ? lines.map((line) => line.replace(/[ \t]\d+$/, '')) : lines;
  }
  throw missing(
    `${path} contains only numbers, and ${wordListPath(path)} with its words does not exist`,
    `write the words there, one per line in the order of the rows (or to ${stem}.words.txt or ${stem}.vocab)`,
  );
}

/** Maximum number of lines; the next line throws `tooMany`. */
export interface LineLimit {
  most: number;
  tooMany: () => Error;
}

/**
 * The lines of a UTF-8 file without line ends. Throws `file-missing`, `file-unreadable`, `file-malformed` with the
 * line, `out-of-memory`.
 */
export async function readLines(path: string, { most, tooMany }: LineLimit, options: ReadOptions): Promise<string[]> {
  const source: ByteSource = await openSideFile(path);
  try {
    await skipMark(source);
    const lines: string[] = [];
    const where = () => `${path}:${lines.length + 1}`;
    const room = wordRoom(() => heapUseOf(`at least ${lines.length}`));
    await readThrough(source, {
      signal: options.signal,
      longestRecord: LONGEST_LINE,
      tooLong: () => malformedAt(where(), `no line end within ${LONGEST_LINE} bytes`),
      consume(bytes, start, end, atEnd) {
        let position = start;
        while (position < end) {
          let at = bytes.subarray(0, end).indexOf(LINE_FEED, position);
          if (at < 0) {
            if (!atEnd) break;
            at = end;
          }
          const stop = at > position && bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
          if (lines.length === most) throw tooMany();
          const line = decodeWord(bytes, position, stop, false, where);
          room.take(line);
          lines.push(line);
          position = Math.min(at + 1, end);
        }
        return position;
      },
    });
    return lines;
  } finally {
    await source.close();
  }
}
