// Decodes Parquet's integer encodings (Encodings.md): run-length and bit-packed groups (RLE), and DELTA_BINARY_PACKED.
import { malformed } from '../io/malformed.ts';

/** A bounds-checked reader for the bytes of a page. */
export class PageBytes {
  at = 0;
  readonly bytes: Uint8Array;
  readonly where: string;

  constructor(bytes: Uint8Array, where: string) {
    this.bytes = bytes;
    this.where = where;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  damaged(what: string): Error {
    return malformed(this.where, `damaged: ${what}`);
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  uint32(): number {
    const [a, b, c, d] = this.take(4) as unknown as [number, number, number, number];
    return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
  }

  /** The next bytes; a view. */
  take(count: number): Uint8Array {
    if (!(count >= 0 && count <= this.left)) throw this.damaged(`${count} bytes expected, but ${this.left} follow`);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** Unsigned LEB128. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw this.damaged('a number of more than 64 bits');
  }
}

/** Fills `target` with numbers of `width` bits (0 to 32). */
export function readRuns(page: PageBytes, width: number, target: Uint8Array | Uint32Array): void {
  if (width > 32) throw page.damaged(`numbers of ${width} bits`);
  if (width === 0) return void target.fill(0);
  const count = target.length;
  for (let done = 0; done < count; ) {
    const head = page.varint();
    const half = Math.floor(head / 2);
    if (head % 2 === 1) {
      // Groups of eight numbers; the last group may be truncated after the last number needed.
      const packed = page.take(Math.min(half * width, page.left));
      const there = Math.min(half * 8, count - done);
      unpackBits(page, packed, width, target.subarray(done, done + there));
      done += there;
    } else {
      let value = 0;
      for (const [at, byte] of page.take((width + 7) >> 3).entries()) value += byte * 2 ** (8 * at);
      const end = Math.min(count, done + half);
      target.fill(value, done, end);
      done = end;
    }
  }
}

/** Consecutive numbers of `width` bits, lowest bits first. */
function unpackBits(page: PageBytes, packed: Uint8Array, width: number, target: Uint8Array | Uint32Array): void {
  const needed = Math.ceil((target.length * width) / 8);
  if (needed > packed.length) throw page.damaged(`${needed} bytes expected, but ${packed.length} follow`);
  let from = 0;
  let held = 0;
  let bits = 0;
  for (let at = 0; at < target.length; at++) {
    if (width <= 24) {
      while (bits < width) {
        held |= packed[from++]! << bits;
        bits += 8;
      }
      target[at] = held & ((1 << width) - 1);
      held >>>= width;
      bits -= width;
      continue;
    }
    let value = 0;
    for (let got = 0; got < width; got++) {
      const bit = at * width + got;
      value += ((packed[bit >> 3]! >> (bit & 7)) & 1) * 2 ** got;
    }
    target[at] = value;
  }
}

/** `count` signed 32-bit numbers; sums wrap, as in the writer. */
export function readDeltas(page: PageBytes, count: number): Int32Array {
  const blockSize = page.varint();
  const parts = page.varint();
  const total = page.varint();
  const each = blockSize / parts;
  if (!(Number.isInteger(each) && each % 8 === 0 && each > 0)) throw page.damaged(`blocks of ${blockSize} in ${parts}`);
  if (total !== count) throw page.damaged(`${total} numbers, expected ${count}`);
  const values = new Int32Array(count);
  if (count === 0) return values;
  values[0] = zigzag(page.varint());
  const part = new Uint32Array(Math.min(each, count));
  for (let at = 1; at < count; ) {
    const least = zigzag(page.varint());
    const widths = page.take(parts);
    for (let index = 0; index < parts && at < count; index++) {
      const width = widths[index]!;
      if (width > 32) throw page.damaged(`differences of ${width} bits`);
      const wanted = Math.min(each, count - at);
      // The last miniblock may omit unused bytes.
      const packed = page.take(Math.min((each / 8) * width, page.left));
      unpackBits(page, packed, width, part.subarray(0, wanted));
      for (let one = 0; one < wanted; one++, at++) values[at] = values[at - 1]! + least + part[one]!;
    }
  }
  return values;
}

/** Zigzag decoding; storing in an Int32Array takes the result modulo 2^32. */
function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
