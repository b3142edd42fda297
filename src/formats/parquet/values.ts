// Decodes the values of a page: float32 or float64 numbers, and words, in the encodings that Parquet writers use for
// them.
import { isUtf8 } from 'node:buffer';
import { malformedAt } from '../../base/errors.ts';
import { halfToNumber } from '../io/float-rows.ts';
import { type PageBytes, RunReader } from './bits.ts';
import { DeltaReader, takeDeltas } from './deltas.ts';
import type { Leaf } from './footer.ts';
import type { Page } from './pages.ts';

export type Numbers = Float32Array | Float64Array | Int32Array;

/** Whether the column has a number type that converts to float32. */
export function isNumber({ type, isFloat16, width }: Leaf): boolean {
  return type === 'FLOAT' || type === 'DOUBLE' || type === 'INT32' || (isFloat16 && width === 2);
}

/** Gives the next values of a page without nulls, `count` of them. Throws `file-malformed`. */
export type NextValues<T> = (count: number) => T;

/** Reads numbers. `dictionary` has the values of the dictionary page. Throws `file-malformed`, now or later. */
export function numbersOf(page: Page, leaf: Leaf, dictionary: Numbers | undefined): NextValues<Numbers> {
  const { encoding, content } = page;
  switch (encoding) {
    case 'PLAIN':
      return (count) => plainNumbers(content.take(count * sizeOf(leaf)), leaf, count);
    case 'DICTIONARY': {
      if (page.isDictionary) return (count) => plainNumbers(content.take(count * sizeOf(leaf)), leaf, count);
      const next = indicesOf(page, dictionary?.length);
      return (count) => {
        const values = arrayFor(leaf, count);
        const indices = next(count);
        for (let at = 0; at < count; at++) values[at] = dictionary![indices[at]];
        return values;
      };
    }
    case 'BYTE_STREAM_SPLIT': {
      const next = joined(content, sizeOf(leaf));
      return (count) => plainNumbers(next(count), leaf, count);
    }
    case 'DELTA_BINARY_PACKED':
      if (leaf.type === 'INT32') return deltasIn(content, (count) => new Int32Array(count), 32);
      if (leaf.type === 'INT64') return deltasIn(content, (count) => new Float64Array(count), 64);
  }
  throw malformedAt(content.where, `numbers in the unsupported encoding ${encoding}`);
}

/** As `numbersOf`, for words. `most` returns how many bytes of text may still follow. */
export function textsOf(
  page: Page,
  dictionary: readonly string[] | undefined,
  most: () => number,
): NextValues<string[]> {
  const { encoding, content } = page;
  const { where } = content;
  if (encoding === 'DICTIONARY' && !page.isDictionary) {
    const next = indicesOf(page, dictionary?.length);
    return (count) => Array.from(next(count), (index) => dictionary![index]);
  }
  const times = (count: number, next: () => Uint8Array) => {
    const texts: string[] = [];
    for (let at = 0; at < count; at++) texts.push(textOf(next(), where));
    return texts;
  };
  switch (encoding) {
    case 'PLAIN':
    case 'DICTIONARY':
      return (count) => times(count, () => content.take(content.uint32()));
    case 'DELTA_LENGTH_BYTE_ARRAY': {
      const next = lengthsIn(content);
      return (count) => {
        const lengths = next(count);
        let at = 0;
        return times(count, () => content.take(lengths[at++]));
      };
    }
    case 'DELTA_BYTE_ARRAY': {
      const nextPrefixes = lengthsIn(content);
      const nextSuffixes = lengthsIn(content);
      let last: Uint8Array = new Uint8Array(0);
      return (count) => {
        const prefixes = nextPrefixes(count);
        const suffixes = nextSuffixes(count);
        let at = 0;
        let bytes = 0;
        return times(count, () => {
          const prefix = prefixes[at];
          const suffix = content.take(suffixes[at++]);
          if (!(prefix >= 0 && prefix <= last.length)) throw content.damaged(`a prefix of ${prefix} bytes`);
          bytes += prefix + suffix.length;
          if (bytes > most()) throw content.damaged('more text than the file can contain');
          const whole = new Uint8Array(prefix + suffix.length);
          whole.set(last.subarray(0, prefix));
          whole.set(suffix, prefix);
          last = whole;
          return whole;
        });
      };
    }
  }
  throw malformedAt(where, `words in the unsupported encoding ${encoding}`);
}

function textOf(bytes: Uint8Array, where: string): string {
  if (!isUtf8(bytes)) throw malformedAt(where, 'a word that is not valid UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}

function indicesOf({ content }: Page, size: number | undefined): NextValues<Uint32Array> {
  if (size === undefined) throw content.damaged('the values refer to a missing dictionary');
  let reader: RunReader | undefined;
  return (count) => {
    const indices = new Uint32Array(count);
    if (count === 0) return indices; // a page of nulls may be empty
    reader ??= new RunReader(content, content.byte());
    reader.read(indices);
    for (const index of indices) {
      if (index >= size) throw content.damaged(`reference to value ${index + 1} of a dictionary of ${size}`);
    }
    return indices;
  };
}

function deltasIn<T extends Int32Array | Float64Array>(
  content: PageBytes,
  make: (count: number) => T,
  bits: 32 | 64,
): NextValues<T> {
  let reader: DeltaReader | undefined;
  return (count) => {
    const values = make(count);
    if (count === 0) return values;
    reader ??= new DeltaReader(content, bits);
    reader.read(values);
    return values;
  };
}

/** The lengths that begin here; the page goes to their end. */
function lengthsIn(content: PageBytes): NextValues<Int32Array> {
  const lengths = content.left === 0 ? content : takeDeltas(content);
  return deltasIn(lengths, (count) => new Int32Array(count), 32);
}

function sizeOf({ type }: Leaf): number {
  return type === 'DOUBLE' || type === 'INT64' ? 8 : type === 'FIXED_LEN_BYTE_ARRAY' ? 2 : 4;
}

function arrayFor({ type }: Leaf, count: number): Numbers {
  if (type === 'DOUBLE' || type === 'INT64') return new Float64Array(count);
  return type === 'INT32' ? new Int32Array(count) : new Float32Array(count);
}

/** Consecutive little-endian numbers. Copied, because they may be unaligned in the page. */
function plainNumbers(bytes: Uint8Array, leaf: Leaf, count: number): Numbers {
  if (leaf.type === 'FIXED_LEN_BYTE_ARRAY') {
    return Float32Array.from({ length: count }, (_, at) => halfToNumber(bytes[2 * at] | (bytes[2 * at + 1] << 8)));
  }
  const values = arrayFor(leaf, count);
  new Uint8Array(values.buffer).set(bytes);
  // Beyond 2^53 they are rounded, and remain beyond it.
  if (leaf.type === 'INT64') {
    const halves = new Int32Array(values.buffer);
    for (let at = 0; at < count; at++) values[at] = halves[2 * at + 1] * 2 ** 32 + (halves[2 * at] >>> 0);
  }
  return values;
}

/** BYTE_STREAM_SPLIT: the first bytes of all values, then all second bytes, and so on. */
function joined(content: PageBytes, size: number): NextValues<Uint8Array> {
  const split = content.take(content.left);
  const total = split.length / size;
  if (!Number.isInteger(total)) throw content.damaged(`${split.length} bytes for numbers of ${size}`);
  let done = 0;
  return (count) => {
    if (done + count > total) throw content.damaged(`${total} numbers, expected at least ${done + count}`);
    const bytes = new Uint8Array(count * size);
    for (let byte = 0; byte < size; byte++) {
      for (let at = 0; at < count; at++) bytes[at * size + byte] = split[byte * total + done + at];
    }
    done += count;
    return bytes;
  };
}
