// Decodes the values of a page: float32 or float64 numbers, and words, in the encodings that Parquet writers use for
// them.
import { isUtf8 } from 'node:buffer';
import { halfToNumber } from '../io/float-rows.ts';
import { malformed } from '../io/malformed.ts';
import { type PageBytes, readDeltas, readRuns } from './bits.ts';
import type { Leaf } from './footer.ts';
import type { Page } from './pages.ts';

export type Numbers = Float32Array | Float64Array | Int32Array;

/** Whether the column has a number type that converts to float32. */
export function isNumber({ type, isFloat16, width }: Leaf): boolean {
  return type === 'FLOAT' || type === 'DOUBLE' || type === 'INT32' || (isFloat16 && width === 2);
}

/** The values without nulls. `dictionary` has the values of the dictionary page. Throws `file-malformed`. */
export function numbersOf(page: Page, leaf: Leaf, dictionary: Numbers | undefined): Numbers {
  const { encoding, content, present } = page;
  switch (encoding) {
    case 'PLAIN':
      return plainNumbers(content, leaf, present);
    case 'DICTIONARY': {
      if (page.isDictionary) return plainNumbers(content, leaf, present);
      const values = arrayFor(leaf, present);
      const indices = indicesOf(page, dictionary?.length);
      for (let at = 0; at < present; at++) values[at] = dictionary![indices[at]!]!;
      return values;
    }
    case 'BYTE_STREAM_SPLIT':
      return plainNumbers(joined(content, present, sizeOf(leaf)), leaf, present);
    case 'DELTA_BINARY_PACKED':
      if (leaf.type === 'INT32') return readDeltas(content, present);
  }
  throw malformed(content.where, `numbers in the unsupported encoding ${encoding}`);
}

/** As `numbersOf`, for words. `most` returns how many bytes of text may still follow. */
export function textsOf(page: Page, dictionary: readonly string[] | undefined, most: () => number): string[] {
  const { encoding, content, present } = page;
  const { where } = content;
  if (encoding === 'DICTIONARY' && !page.isDictionary) {
    return Array.from(indicesOf(page, dictionary?.length), (index) => dictionary![index]!);
  }
  const texts: string[] = [];
  switch (encoding) {
    case 'PLAIN':
    case 'DICTIONARY':
      for (let at = 0; at < present; at++) texts.push(textOf(content.take(content.uint32()), where));
      return texts;
    case 'DELTA_LENGTH_BYTE_ARRAY':
      for (const length of readDeltas(content, present)) texts.push(textOf(content.take(length), where));
      return texts;
    case 'DELTA_BYTE_ARRAY': {
      const prefixes = readDeltas(content, present);
      const suffixes = readDeltas(content, present);
      let last: Uint8Array = new Uint8Array(0);
      let bytes = 0;
      for (let at = 0; at < present; at++) {
        const prefix = prefixes[at]!;
        const suffix = content.take(suffixes[at]!);
        if (!(prefix >= 0 && prefix <= last.length)) throw content.damaged(`a prefix of ${prefix} bytes`);
        bytes += prefix + suffix.length;
        if (bytes > most()) throw content.damaged('more text than the file can contain');
        const whole = new Uint8Array(prefix + suffix.length);
        whole.set(last.subarray(0, prefix));
        whole.set(suffix, prefix);
        texts.push(textOf(whole, where));
        last = whole;
      }
      return texts;
    }
  }
  throw malformed(where, `words in the unsupported encoding ${encoding}`);
}

function textOf(bytes: Uint8Array, where: string): string {
  if (!isUtf8(bytes)) throw malformed(where, 'a word that is not valid UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

function indicesOf({ content, present }: Page, size: number | undefined): Uint32Array {
  if (size === undefined) throw content.damaged('the values refer to a missing dictionary');
  const indices = new Uint32Array(present);
  if (present === 0) return indices;
  readRuns(content, content.byte(), indices);
  for (const index of indices) {
    if (index >= size) throw content.damaged(`reference to value ${index + 1} of a dictionary of ${size}`);
  }
  return indices;
}

function sizeOf({ type }: Leaf): number {
  return type === 'DOUBLE' ? 8 : type === 'FIXED_LEN_BYTE_ARRAY' ? 2 : 4;
}

function arrayFor({ type }: Leaf, count: number): Numbers {
  if (type === 'DOUBLE') return new Float64Array(count);
  return type === 'INT32' ? new Int32Array(count) : new Float32Array(count);
}

/** Consecutive little-endian numbers. Copied, because they may be unaligned in the page. */
function plainNumbers(content: Pick<PageBytes, 'take'>, leaf: Leaf, count: number): Numbers {
  const bytes = content.take(count * sizeOf(leaf));
  if (leaf.type === 'FIXED_LEN_BYTE_ARRAY') {
    return Float32Array.from({ length: count }, (_, at) => halfToNumber(bytes[2 * at]! | (bytes[2 * at + 1]! << 8)));
  }
  const values = arrayFor(leaf, count);
  new Uint8Array(values.buffer).set(bytes);
  return values;
}

/** BYTE_STREAM_SPLIT: the first bytes of all values, then all second bytes, and so on. */
function joined(content: PageBytes, count: number, size: number): Pick<PageBytes, 'take'> {
  const split = content.take(count * size);
  const bytes = new Uint8Array(split.length);
  for (let byte = 0; byte < size; byte++) {
    for (let at = 0; at < count; at++) bytes[at * size + byte] = split[byte * count + at]!;
  }
  return { take: () => bytes };
}
