// Parses unusual lines of a text file of vectors: either the word contains spaces, or the line is wrong and the error
// says how.
import { malformedAt } from '../base/errors.ts';
import { parseFloat32 } from './io/parse-float32.ts';
import { quote } from './io/shown.ts';

const LINE_FEED = 10;

/**
 * The start of the last `dimensions` numbers of a line (the end of the word), if more than one field precedes them.
 * `promise` names the origin of the expected number, for messages.
 *
 * Throws `file-malformed` for too few or too many numbers, or a field that is not a number.
 */
export function placeOfNumbers(
  bytes: Uint8Array,
  start: number,
  end: number,
  dimensions: number,
  where: string,
  promise: string,
): number {
  const fields = fieldsOf(bytes, start, end);
  const numbers = fields.map(([from, to]) => parseFloat32(bytes, from, to) !== undefined);
  const first = fields.length - dimensions;
  const wrong = numbers.indexOf(false, Math.max(1, first));
  if (wrong >= 0) {
    const field = bytes.subarray(...fields[wrong]);
    throw malformedAt(where, `number ${wrong - Math.max(1, first) + 1} is ${quote(field)}, expected a 32-bit float`);
  }
  if (first < 1) throw malformedAt(where, `${fields.length - 1} numbers, expected ${dimensions} ${promise}`);
  // A word may contain spaces, but a word that ends in a number more likely means a line with too many numbers.
  if (first > 1 && numbers[first - 1]) {
    const firstWord = numbers.lastIndexOf(false) + 1;
    const found = fields.length - Math.max(1, firstWord);
    throw malformedAt(where, `${found} numbers, expected ${dimensions} ${promise}`);
  }
  return fields[first - 1][1];
}

/** Fields of the first line, separated by spaces or tabs; the word is one of them, even if it is empty. */
export function countFields(bytes: Uint8Array): number {
  const end = bytes.indexOf(LINE_FEED);
  return fieldsOf(bytes, 0, end < 0 ? bytes.length : end).length;
}

export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isSpace(bytes[at])) return false;
  return true;
}

/** Whether the first line is a word and `dimensions` numbers, or, if unknown, a word and only numbers. */
export function looksLikeRow(bytes: Uint8Array, dimensions?: number): boolean {
  const lineEnd = bytes.indexOf(LINE_FEED);
  const end = lineEnd < 0 ? bytes.length : lineEnd;
  const fields = fieldsOf(bytes, 0, end);
  const count = dimensions ?? fields.length - 1;
  // The last field of a line that continues beyond `bytes` may be a truncated number.
  const whole = lineEnd < 0 ? fields.slice(0, -1) : fields;
  if (count < 1 || fields.length < 2 || (lineEnd >= 0 && fields.length <= count)) return false;
  return whole
    .slice(Math.max(1, fields.length - count))
    .every(([from, to]) => parseFloat32(bytes, from, to) !== undefined);
}

const FIRST_LINES = 5;

/**
 * The number of numbers after the word, if it is the same in each of the first lines (and equals `dimensions`, if
 * given); otherwise undefined. The second line distinguishes vectors from a book that begins "Chapter 1".
 *
 * `complete`: the bytes are the whole text. Otherwise a truncated last line is used only if it is the first line.
 */
export function firstRows(bytes: Uint8Array, complete: boolean, dimensions?: number): number | undefined {
  let count = dimensions;
  let rows = 0;
  for (const { start, end, cut } of firstLines(bytes, complete)) {
    const fields = fieldsOf(bytes, start, end);
    if (cut) fields.pop(); // perhaps a truncated number
    count ??= fields.length - 1;
    const numbers = fields.map(([from, to]) => parseFloat32(bytes, from, to) !== undefined);
    const first = cut ? 1 : fields.length - count;
    if (first < 1 || numbers.includes(false, first) || (first > 1 && numbers[first - 1])) return undefined;
    rows++;
  }
  return rows === 0 || count === undefined || count < 1 ? undefined : count;
}

/** Whether each of the first lines is a word, a tab and a whole number: a vocabulary with counts. */
export function looksLikeVocabulary(bytes: Uint8Array, complete: boolean): boolean {
  const lines = firstLines(bytes, complete).map(({ start, end }) => Buffer.from(bytes.subarray(start, end)));
  return lines.length > 0 && lines.every((line) => /^[^\t]+\t\d+\r?$/.test(line.toString('latin1')));
}

/** The first few lines that are not blank. */
function firstLines(bytes: Uint8Array, complete: boolean): { start: number; end: number; cut: boolean }[] {
  const lines: { start: number; end: number; cut: boolean }[] = [];
  for (let start = 0; start < bytes.length && lines.length < FIRST_LINES; ) {
    const lineEnd = bytes.indexOf(LINE_FEED, start);
    const end = lineEnd < 0 ? bytes.length : lineEnd;
    const cut = lineEnd < 0 && !complete;
    if (!isBlank(bytes, start, end) && !(cut && lines.length > 0)) lines.push({ start, end, cut });
    start = end + 1;
  }
  return lines;
}

function fieldsOf(bytes: Uint8Array, start: number, end: number): [from: number, to: number][] {
  const fields: [number, number][] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && !isSpace(bytes[at])) continue;
    if (at > from || at === start) fields.push([from, at]);
    from = at + 1;
  }
  return fields;
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}
