// Prints a float32 as the shortest decimal that parses back to the same float32, in the layout of numpy 2.4 (and so of
// gensim): 0.12, 1.0, 1e-05. Nine significant digits are always enough; fewer are tried until the result differs.
// A candidate is accepted only if doubles within 2^-45 of it also round back, so that any careful parser agrees. At the
// edge of a float32's interval, and at powers of two, this can take one more digit than numpy.
import { POWERS } from './parse-float32.ts';

const LOWER = 1 - 2 ** -45;
const UPPER = 1 + 2 ** -45;
const ZERO_POWER = (POWERS.length - 1) / 2;
const MOST_DIGITS = 9;
/** Length of the longest output: -1.23456789e-05 */
export const LONGEST_FLOAT32 = 15;

/** DECIMAL_EXPONENT[e] = floor(log10(2^(e - 127))) for the exponent bits of a normal float32. */
const DECIMAL_EXPONENT = Int8Array.from({ length: 256 }, (_, bits) => Math.floor(Math.log10(2 ** (bits - 127))));

/**
 * Writes the ASCII of `value` (a float32, `bits` its representation) to bytes[position ..]; returns the position after
 * it.
 */
export function printFloat32(value: number, bits: number, bytes: Uint8Array, position: number): number {
  let at = position;
  const size = Math.abs(value);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY)) return printSpecial(value, bytes, at);
  if (value < 0) bytes[at++] = 45;

  const field = (bits >>> 23) & 255;
  let exponent = field > 0 ? DECIMAL_EXPONENT[field] : Math.floor(Math.log10(size));
  if (size >= POWERS[ZERO_POWER + exponent + 1]) exponent++;

  let count = MOST_DIGITS - 1;
  let digits = shortened(size, exponent, count);
  if (digits === 0) {
    count = MOST_DIGITS;
    digits = roundToEven(size * POWERS[ZERO_POWER + count - 1 - exponent]);
  } else {
    while (count > 1) {
      const fewer = shortened(size, exponent, count - 1);
      if (fewer === 0) break;
      digits = fewer;
      count--;
    }
  }
  // Rounding reached the next power of ten: one digit too many, and the last is 0.
  if (digits >= POWERS[ZERO_POWER + count]) {
    digits /= 10;
    exponent++;
  }
  return size < 1e-4 || size >= 1e6
    ? printScientific(digits, count, exponent, bytes, at)
    : printPlain(digits, count, exponent, bytes, at);
}

/** `size` rounded to `count` significant digits, as an integer; 0 if that does not parse back to `size`. */
function shortened(size: number, exponent: number, count: number): number {
  const shift = count - 1 - exponent;
  const digits = roundToEven(size * POWERS[ZERO_POWER + shift]);
  const back = digits * POWERS[ZERO_POWER - shift];
  return Math.fround(back * LOWER) === size && Math.fround(back * UPPER) === size ? digits : 0;
}

function roundToEven(scaled: number): number {
  const digits = (scaled + 0.5) | 0;
  return digits - scaled === 0.5 ? digits & -2 : digits;
}

/** Writes digits x 10^(exponent - count + 1) without an exponent; `digits` has `count` digits. */
function printPlain(digits: number, count: number, exponent: number, bytes: Uint8Array, position: number): number {
  if (exponent < 0) {
    let at = position;
    bytes[at++] = 48;
    bytes[at++] = 46;
    for (let zeros = -1 - exponent; zeros > 0; zeros--) bytes[at++] = 48;
    return printInteger(digits, count, bytes, at);
  }
  const zeros = exponent + 1 - count;
  if (zeros >= 0) {
    const at = printInteger(digits, count, bytes, position);
    bytes.fill(48, at, at + zeros);
    bytes[at + zeros] = 46;
    bytes[at + zeros + 1] = 48;
    return at + zeros + 2;
  }
  const end = printInteger(digits, count, bytes, position);
  const point = position + exponent + 1;
  bytes.copyWithin(point + 1, point, end);
  bytes[point] = 46;
  return end + 1;
}

function printScientific(digits: number, count: number, exponent: number, bytes: Uint8Array, position: number): number {
  let end = printInteger(digits, count, bytes, position);
  if (count > 1) {
    bytes.copyWithin(position + 2, position + 1, end);
    bytes[position + 1] = 46;
    end++;
  }
  bytes[end++] = 101;
  bytes[end++] = exponent < 0 ? 45 : 43;
  return printInteger(Math.abs(exponent), 2, bytes, end);
}

function printInteger(value: number, count: number, bytes: Uint8Array, position: number): number {
  let rest = value;
  for (let at = position + count - 1; at >= position; at--) {
    const tenth = (rest / 10) | 0;
    bytes[at] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return position + count;
}

function printSpecial(value: number, bytes: Uint8Array, position: number): number {
  const text = Object.is(value, -0)
    ? '-0.0'
    : value === 0
      ? '0.0'
      : Number.isNaN(value)
        ? 'nan'
        : value > 0
          ? 'inf'
          : '-inf';
  for (let at = 0; at < text.length; at++) bytes[position + at] = text.charCodeAt(at);
  return position + text.length;
}

const numberBytes = new Uint8Array(LONGEST_FLOAT32);
const float = new Float32Array(1);
const bitsOfFloat = new Uint32Array(float.buffer);

/** The shortest decimal that parses back to the same float32: 0.1, not 0.10000000149011612. */
export function float32Text(value: number): string {
  float[0] = value;
  const end = printFloat32(float[0], bitsOfFloat[0], numberBytes, 0);
  return String.fromCharCode(...numberBytes.subarray(0, end));
}
