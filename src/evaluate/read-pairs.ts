// Reads word pairs with human similarity ratings: WordSim-353, SimLex-999, MEN, RW and similar files.

import { basename } from 'node:path';
import { checkText } from '../base/check.ts';
import { malformed, malformedAt } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { type Line, linesOf, readTestFile, shown } from './read-test-file.ts';

export interface WordPair {
  first: string;
  second: string;
  /** Human rating on any scale; higher is more similar. */
  score: number;
}

/** A test set of word pairs with ratings, from `readPairs` or `parsePairs`. */
export interface PairSet {
  /** File name without folder. */
  name: string;
  pairs: WordPair[];
}

const hint = 'write two words and a number on each line, with a tab, a comma or spaces between them';
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a file of pairs; see `parsePairs`. Throws `file-missing`, `file-unreadable`, `not-text`, `file-malformed`,
 * `interrupted`.
 */
export async function readPairs(path: string, signal?: AbortSignal): Promise<PairSet> {
  return { ...parsePairs(await readTestFile(path, signal), path), name: basename(path) };
}

/**
 * Parses pairs: two words and a score per line, in that order; further columns are ignored. The separator is a tab, or
 * a comma or semicolon, if the first line has one, otherwise spaces. The score is the first column after the words with
 * a number in the first such line (SimLex-999 has the part of speech before it). A first line without a number is a
 * header. Lines that start with '#' are comments.
 *
 * Any other line that is not a pair is an error; gensim silently skips such lines.
 *
 * Throws `file-malformed` with `name:line`.
 */
export function parsePairs(text: string, name: string): PairSet {
  checkText(text, 'the text of the pairs');
  checkText(name, 'the name');
  const lines = linesOf(text).filter((line) => !line.text.startsWith('#'));
  const separator = separatorOf(lines[0]?.text ?? '');
  const rows = lines.map((line) => ({ line, fields: split(line, separator) }));
  const column = rows.slice(0, 2).flatMap(({ fields }) => {
    const at = fields.findIndex((field, index) => index >= 2 && number.test(field));
    return at < 0 ? [] : [at];
  })[0];
  if (rows.length > 1 && column !== undefined && !number.test(rows[0].fields[column] ?? '')) rows.shift();

  const pairs = rows.map(({ line, fields }) => {
    if (fields.length < 3 || fields[0] === '' || fields[1] === '') {
      throw malformedAt(
        `${quotable(name)}:${line.number}`,
        `expected two words and a number, found ${shown(line.text)}`,
        hint,
      );
    }
    const score = fields[column ?? 2] ?? '';
    if (!number.test(score)) {
      const place = `column ${(column ?? 2) + 1}`;
      throw malformedAt(
        `${quotable(name)}:${line.number}`,
        `expected a number in ${place}, found ${shown(score)}`,
        hint,
      );
    }
    return { first: fields[0], second: fields[1], score: Number(score) };
  });
  if (pairs.length === 0) throw malformed(`${quotable(name)} has no word pairs`, hint);
  return { name, pairs };
}

function separatorOf(line: string): string | RegExp {
  return ['\t', ',', ';'].find((mark) => line.includes(mark)) ?? /\s+/;
}

function split(line: Line, separator: string | RegExp): string[] {
  return line.text.split(separator).map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
}
