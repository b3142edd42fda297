// Lines of a text file that are not plainly one word and D numbers: either the word holds spaces, or the line is wrong
// and the error says how.
import { malformed, quote } from './malformed.ts';
import { parseFloat32 } from './parse-float32.ts';

const LINE_FEED = 10;

/**
 * Where the last `dimensions` numbers of a line start (the end of the word), given that they are preceded by more than
 * one field. `promise` says where the expected number comes from.
 *
 * Throws `file-malformed`: too few or too many numbers, or something else where a number should stand.
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
    const field = bytes.subarray(...fields[wrong]!);
    throw malformed(where, `number ${wrong - Math.max(1, first) + 1} is ${quote(field)}, expected a 32-bit float`);
  }
  if (first < 1) throw malformed(where, `${fields.length - 1} numbers, expected ${dimensions} ${promise}`);
  // A word may hold spaces, but one that ends in a number is far more likely a line with too many.
  if (first > 1 && numbers[first - 1]) {
    const firstWord = numbers.lastIndexOf(false) + 1;
    const found = fields.length - Math.max(1, firstWord);
    throw malformed(where, `${found} numbers, expected ${dimensions} ${promise}`);
  }
  return fields[first - 1]![1];
}

/** Fields, separated by spaces or tabs, of the first line; the word is one of them, even if it is empty. */
export function countFields(bytes: Uint8Array): number {
  const end = bytes.indexOf(LINE_FEED);
  return fieldsOf(bytes, 0, end < 0 ? bytes.length : end).length;
}

export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isSpace(bytes[at]!)) return false;
  return true;
}

/** Whether the bytes start with a line of a word and numbers, as far as they go; only letters of numbers are looked at. */
export function looksLikeRow(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length && bytes[at]! !== LINE_FEED && !isSpace(bytes[at]!)) at++;
  const afterWord = at;
  let digits = 0;
  for (; at < bytes.length && bytes[at] !== LINE_FEED; at++) {
    const byte = bytes[at]!;
    if (byte >= 48 && byte <= 57) digits++;
    else if (!isSpace(byte) && !NUMBER_LETTERS.has(byte)) return false;
  }
  return (
    digits > 0 ||
    (at > afterWord && /^\s+[-+]?(nan|inf)/i.test(String.fromCharCode(...bytes.subarray(afterWord, afterWord + 16))))
  );
}

const NUMBER_LETTERS = new Set([...'+-.eEnNaAiIfFtTyY'].map((letter) => letter.charCodeAt(0)));

function fieldsOf(bytes: Uint8Array, start: number, end: number): [from: number, to: number][] {
  const fields: [number, number][] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && !isSpace(bytes[at]!)) continue;
    if (at > from || at === start) fields.push([from, at]);
    from = at + 1;
  }
  return fields;
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 13;
}
