// Parses decimal text as the nearest float32 (ties to even) without making strings.
// The number is computed in doubles with a relative error below 2^-45. If every double within that error rounds to the
// same float32, that is the result (after Clinger 1990). The rest, about one number in a million, uses exact integers.

const RELATIVE_ERROR = 2 ** -45;
const LOWER = 1 - RELATIVE_ERROR;
const UPPER = 1 + RELATIVE_ERROR;
const LARGEST_FLOAT32 = 3.4028234663852886e38;
const POWER_OFFSET = 60;
/** POWERS[POWER_OFFSET + e] = 10^e, correctly rounded. */
export const POWERS = Float64Array.from({ length: 2 * POWER_OFFSET + 1 }, (_, at) => Number(`1e${at - POWER_OFFSET}`));
/** Longest number in characters; bounds the exact arithmetic. */
const LONGEST_NUMBER = 1000;
const SPACE = 32;
const TAB = 9;

/**
 * Reads `count` numbers, separated by spaces or tabs, into target[offset ..]. The last number must be followed by a
 * byte that cannot be part of a number, such as a line end.
 *
 * Returns the position after the last number, or -1 if one is missing, is not a number or is out of range.
 */
export function parseFloat32s(
  bytes: Uint8Array,
  position: number,
  target: Float32Array,
  offset: number,
  count: number,
): number {
  let at = position;
  for (let column = offset; column < offset + count; column++) {
    let byte = bytes[at];
    while (byte === SPACE || byte === TAB) byte = bytes[++at];
    const start = at;
    const negative = byte === 45;
    if (negative) byte = bytes[++at];
    // Nine significant digits fit in an int32, are enough for a float32, and cover most files.
    let digits = 0;
    let exponent = POWER_OFFSET;
    const firstDigit = at;
    let digit = byte - 48;
    while (digit >= 0 && digit <= 9 && digits < 100000000) {
      digits = (digits * 10 + digit) | 0;
      digit = bytes[++at] - 48;
    }
    let written = at - firstDigit;
    if (digit === -2) {
      const firstFraction = ++at;
      digit = bytes[at] - 48;
      while (digit >= 0 && digit <= 9 && digits < 100000000) {
        digits = (digits * 10 + digit) | 0;
        digit = bytes[++at] - 48;
      }
      exponent -= at - firstFraction;
      written += at - firstFraction;
    }
    const byteAfter = digit + 48;
    if (
      written > 0 &&
      exponent >= 0 &&
      (byteAfter === SPACE || byteAfter === 10 || byteAfter === TAB || byteAfter === 13)
    ) {
      const value = digits * POWERS[exponent];
      const nearest = Math.fround(value * LOWER);
      if (nearest === Math.fround(value * UPPER)) {
        target[column] = negative ? -nearest : nearest;
        continue;
      }
    }
    while (!isEnd(bytes[at])) at++;
    const value = parseFloat32(bytes, start, at);
    if (value === undefined) return -1;
    target[column] = value;
  }
  return at;
}

/**
 * The float32 nearest to the number in bytes[start .. end - 1]: decimal with or without an exponent, or nan, inf,
 * infinity in any case. Undefined if the text is not a number, or is finite but beyond the largest float32.
 */
export function parseFloat32(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > LONGEST_NUMBER) return undefined;
  let at = start;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  let mantissa = 0;
  let exponent = 0;
  let significant = 0;
  let written = 0;
  let point = false;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit >= 0 && digit <= 9) {
      written++;
      if (significant < 15) {
        mantissa = mantissa * 10 + digit;
        if (mantissa > 0) significant++;
        if (point) exponent--;
      } else if (!point) exponent++;
    } else if (digit === -2 && !point) point = true;
    else break;
  }
  if (written === 0) return parseNotFinite(bytes, start, end);
  if (at < end) {
    const power = parseExponent(bytes, at, end);
    if (power === undefined) return undefined;
    exponent += power;
  }
  const size = magnitude(mantissa, exponent, () => String.fromCharCode(...bytes.subarray(start, end)));
  if (size === undefined) return undefined;
  return negative ? -size : size;
}

function magnitude(mantissa: number, exponent: number, text: () => string): number | undefined {
  if (mantissa === 0) return 0;
  if (exponent >= -POWER_OFFSET && exponent <= POWER_OFFSET) {
    const value = mantissa * POWERS[POWER_OFFSET + exponent];
    const nearest = Math.fround(value * LOWER);
    if (nearest === Math.fround(value * UPPER)) return nearest <= LARGEST_FLOAT32 ? nearest : undefined;
  }
  const exact = exactFloat32(text().replace(/^[+-]/, ''));
  return exact <= LARGEST_FLOAT32 ? exact : undefined;
}

/** For a text whose nearest double is at, or next to, the midpoint of two float32s: decides with exact integers. */
function exactFloat32(text: string): number {
  const double = Number(text);
  const nearest = Math.fround(double);
  // Two neighboring float32s are symmetric about their midpoint. Above the largest float32 the next would be 2^128.
  const other = nearest === Number.POSITIVE_INFINITY ? LARGEST_FLOAT32 : 2 * double - nearest;
  const middle = nearest === Number.POSITIVE_INFINITY ? (LARGEST_FLOAT32 + 2 ** 128) / 2 : double;
  if (double !== middle || Math.fround(other) !== other || other === nearest) return nearest;
  const order = compareExactly(text, middle);
  if (order === 0) return nearest;
  return order < 0 ? Math.min(nearest, other) : Math.max(nearest, other);
}

/** Sign of (decimal text - double). */
function compareExactly(text: string, double: number): number {
  const [, whole = '', fraction = '', power = '0'] = /^(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text)!;
  let left = BigInt(whole + fraction);
  const tens = Number(power) - fraction.length;
  let right = 1n;
  let value = double;
  let twos = 0;
  for (; !Number.isInteger(value); twos--) value *= 2;
  right *= BigInt(value);
  if (tens > 0) left *= 10n ** BigInt(tens);
  else right *= 10n ** BigInt(-tens);
  left *= 2n ** BigInt(-twos);
  return left < right ? -1 : left > right ? 1 : 0;
}

function parseExponent(bytes: Uint8Array, start: number, end: number): number | undefined {
  let at = start;
  if ((bytes[at] | 32) !== 101) return undefined;
  at++;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at++;
  if (at === end) return undefined;
  let power = 0;
  for (; at < end; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) return undefined;
    // Far beyond any float either way; the text itself is at most LONGEST_NUMBER digits long.
    power = Math.min(power * 10 + digit, 100000);
  }
  return negative ? -power : power;
}

function parseNotFinite(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > 9) return undefined;
  switch (String.fromCharCode(...bytes.subarray(start, end)).toLowerCase()) {
    case 'nan':
    case '-nan':
    case '+nan':
    case '-nan(ind)': // as C libraries on Windows print it
      return Number.NaN;
    case 'inf':
    case '+inf':
    case 'infinity':
    case '+infinity':
      return Number.POSITIVE_INFINITY;
    case '-inf':
    case '-infinity':
      return Number.NEGATIVE_INFINITY;
    default:
      return undefined;
  }
}

function isEnd(byte: number): boolean {
  return byte === SPACE || byte === 10 || byte === TAB || byte === 13;
}
