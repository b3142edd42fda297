// Decodes integers that are stored as differences (Encodings.md, DELTA_BINARY_PACKED), as many as are asked for.
import { PackedNumbers, PageBytes } from './bits.ts';

/**
 * Reads signed numbers of 32 or 64 bits as differences. Sums of 32 bits wrap, as in the writer. Numbers
 * of 64 bits are taken up to 2^51: then they and their differences are exact as JavaScript's numbers.
 */
export class DeltaReader {
  /** Numbers, as the page says. */
  readonly total: number;
  private done = 0;
  private last = 0;
  private least = 0;
  private widths: Uint8Array = new Uint8Array(0);
  private part = 0;
  private left = 0;
  private packed: PackedNumbers | undefined;
  private readonly page: PageBytes;
  private readonly bits: 32 | 64;
  private readonly parts: number;
  private readonly each: number;

  constructor(page: PageBytes, bits: 32 | 64) {
    const blockSize = page.varint();
    this.page = page;
    this.bits = bits;
    this.parts = page.varint();
    this.total = page.varint();
    this.each = blockSize / this.parts;
    if (!(Number.isInteger(this.each) && this.each % 8 === 0 && this.each > 0)) {
      throw page.damaged(`blocks of ${blockSize} in ${this.parts}`);
    }
    if (this.total > 0) this.last = this.signed();
  }

  /** Fills `target` with the next numbers. */
  read(target: Int32Array | Float64Array): void {
    const { page, total } = this;
    if (this.done + target.length > total) {
      throw page.damaged(`${total} numbers, expected at least ${this.done + target.length}`);
    }
    let at = 0;
    if (this.done === 0 && target.length > 0) target[at++] = this.last;
    for (; at < target.length; ) {
      if (this.left === 0) this.nextPart();
      const differences = new Float64Array(Math.min(this.left, target.length - at));
      this.packed!.read(differences);
      let last = at === 0 ? this.last : target[at - 1];
      for (const difference of differences) {
        target[at] = last + this.least + difference;
        last = target[at++];
      }
      this.left -= differences.length;
    }
    this.done += target.length;
    if (target.length > 0) this.last = target.at(-1)!;
  }

  /** Goes to the end of the numbers, which takes a step for each part, not for each number. */
  pass(): void {
    for (let left = this.total - 1; left > 0; left -= this.each) this.nextPart();
  }

  /** Zigzag decoding; storing in an Int32Array takes the result modulo 2^32. */
  private signed(): number {
    const value = this.page.varint();
    if (value > Number.MAX_SAFE_INTEGER) throw this.page.damaged(`a difference of ${value}`);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  private nextPart(): void {
    const { page, parts, each, bits } = this;
    if (this.part === this.widths.length) {
      this.least = this.signed();
      this.widths = page.take(parts);
      this.part = 0;
    }
    const width = this.widths[this.part++];
    if (width > Math.min(bits, 53)) throw page.damaged(`differences of ${width} bits`);
    // The last miniblock may omit unused bytes.
    this.packed = new PackedNumbers(page, page.take(Math.min((each / 8) * width, page.left)), width);
    this.left = each;
  }
}

/** The bytes of the differences that follow in the page, which goes to their end. */
export function takeDeltas(page: PageBytes, bits: 32 | 64 = 32): PageBytes {
  const start = page.at;
  new DeltaReader(page, bits).pass();
  return new PageBytes(page.bytes.subarray(start, page.at), page.where);
}
