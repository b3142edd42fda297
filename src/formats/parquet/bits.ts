// Decodes Parquet's run-length and bit-packed groups of integers (Encodings.md, RLE).
// A few bytes may promise billions of equal numbers, so readers give as many as are asked for, and keep their place.
import { malformedAt } from '../../base/errors.ts';

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
    return malformedAt(this.where, `damaged: ${what}`);
  }

  byte(): number {
    return this.take(1)[0];
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

/** An array to fill with numbers. */
type Target = Uint8Array | Uint32Array | Float64Array;

/** Consecutive numbers of `width` bits, lowest bits first. */
export class PackedNumbers {
  private done = 0;
  private readonly page: PageBytes;
  private readonly bytes: Uint8Array;
  private readonly width: number;

  constructor(page: PageBytes, bytes: Uint8Array, width: number) {
    this.page = page;
    this.bytes = bytes;
    this.width = width;
  }

  read(target: Target): void {
    const { bytes, width, done } = this;
    const needed = Math.ceil(((done + target.length) * width) / 8);
    if (needed > bytes.length) throw this.page.damaged(`${needed} bytes expected, but ${bytes.length} follow`);
    this.done += target.length;
    if (width === 0) return void target.fill(0);
    const first = done * width;
    if (width > 24) {
      for (let at = 0; at < target.length; at++) {
        let value = 0;
        for (let got = 0; got < width; got++) {
          const bit = first + at * width + got;
          value += ((bytes[Math.floor(bit / 8)] >> (bit % 8)) & 1) * 2 ** got;
        }
        target[at] = value;
      }
      return;
    }
    let from = Math.floor(first / 8);
    let bits = (8 - (first % 8)) % 8;
    let held = bits === 0 ? 0 : bytes[from++] >> (8 - bits);
    for (let at = 0; at < target.length; at++) {
      while (bits < width) {
        held |= bytes[from++] << bits;
        bits += 8;
      }
      target[at] = held & ((1 << width) - 1);
      held >>>= width;
      bits -= width;
    }
  }
}

/** Reads numbers of `width` bits (0 to 32). */
export class RunReader {
  private left = 0;
  private value = 0;
  private packed: PackedNumbers | undefined;
  private readonly page: PageBytes;
  private readonly width: number;

  constructor(page: PageBytes, width: number) {
    if (width > 32) throw page.damaged(`numbers of ${width} bits`);
    this.page = page;
    this.width = width;
  }

  /** Fills `target` with the next numbers. */
  read(target: Uint8Array | Uint32Array): void {
    if (this.width === 0) return void target.fill(0);
    for (let done = 0; done < target.length; ) {
      while (this.left === 0) this.next();
      const piece = target.subarray(done, done + Math.min(this.left, target.length - done));
      if (this.packed === undefined) piece.fill(this.value);
      else this.packed.read(piece);
      this.left -= piece.length;
      done += piece.length;
    }
  }

  private next(): void {
    const { page, width } = this;
    const head = page.varint();
    const half = Math.floor(head / 2);
    if (head % 2 === 1) {
      // Groups of eight numbers; the last group may be truncated after the last number needed.
      this.packed = new PackedNumbers(page, page.take(Math.min(half * width, page.left)), width);
      this.left = half * 8;
    } else {
      this.packed = undefined;
      this.value = 0;
      for (const [at, byte] of page.take((width + 7) >> 3).entries()) this.value += byte * 2 ** (8 * at);
      this.left = half;
    }
  }
}
