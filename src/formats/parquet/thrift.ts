// Parses Thrift's compact protocol, which Parquet uses for the footer and page headers. Visits fields and skips unknown
// ones. Never reads beyond the end, and never allocates memory for sizes given in the data.
import { malformedAt } from '../../base/errors.ts';

const STOP = 0;
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const MAP = 11;
const STRUCT = 12;
const MOST_LEVELS = 32;
/** Elements of all lists; one may take a byte in the file, but some 100 in memory. */
const MOST_ELEMENTS = 1 << 20;

export class ThriftReader {
  /** Position of the next byte. */
  at = 0;
  private depth = 0;
  private elements = 0;
  private readonly bytes: Uint8Array;
  private readonly where: string;

  constructor(bytes: Uint8Array, where: string) {
    this.bytes = bytes;
    this.where = where;
  }

  /**
   * Calls `visit` for each field of a struct; it may read the value with a method below, otherwise the value is
   * skipped.
   */
  struct(visit: (field: number, type: number) => void): void {
    if (++this.depth > MOST_LEVELS) throw this.damaged('structures nested too deeply');
    for (let field = 0; ; ) {
      const head = this.byte();
      const type = head & 15;
      if (type === STOP) break;
      field = head >> 4 === 0 ? this.whole() : field + (head >> 4);
      const start = this.at;
      visit(field, type);
      if (this.at === start) this.skip(type);
    }
    this.depth--;
  }

  /** The elements of a list, each parsed by `read`. */
  list<T>(type: number, element: number, read: () => T): T[] {
    if (type !== LIST) throw this.damaged(`a field of type ${type}, expected a list`);
    const [found, size] = this.listHead();
    if (found !== element) throw this.damaged(`a list of type ${found}, expected ${element}`);
    this.elements += size;
    if (this.elements > MOST_ELEMENTS) throw this.damaged(`lists of more than ${MOST_ELEMENTS} elements`);
    const values: T[] = [];
    for (let at = 0; at < size; at++) values.push(read());
    return values;
  }

  structs<T>(type: number, read: () => T): T[] {
    return this.list(type, STRUCT, read);
  }

  texts(type: number): string[] {
    return this.list(type, BINARY, () => this.text(BINARY));
  }

  /** A whole number of 16, 32 or 64 bits; beyond 2^53 it is rounded, which is harmless here. */
  int(type: number): number {
    if (type <= BYTE || type >= DOUBLE) throw this.damaged(`a field of type ${type}, expected a whole number`);
    return this.whole();
  }

  text(type: number): string {
    if (type !== BINARY) throw this.damaged(`a field of type ${type}, expected text`);
    const length = this.varint();
    if (length > this.bytes.length - this.at) throw this.damaged(`a text of ${length} bytes`);
    const start = this.at;
    this.at += length;
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, length).toString();
  }

  /** The value of a boolean field, which is encoded in its type. */
  flag(type: number): boolean {
    return type === TRUE;
  }

  damaged(what: string): Error {
    return malformedAt(this.where, `damaged at its byte ${this.at}: ${what}`);
  }

  private skip(type: number): void {
    if (type === TRUE || type === FALSE) return;
    if (type === BYTE) this.pass(1);
    else if (type < DOUBLE) this.varint();
    else if (type === DOUBLE) this.pass(8);
    else if (type === BINARY) this.pass(this.varint());
    else if (type === LIST || type === SET) {
      const [element, size] = this.listHead();
      for (let at = 0; at < size; at++) this.skipElement(element);
    } else if (type === MAP) {
      const size = this.varint();
      const types = size === 0 ? 0 : this.byte();
      for (let at = 0; at < size; at++) {
        this.skipElement(types >> 4);
        this.skipElement(types & 15);
      }
    } else if (type === STRUCT) this.struct(() => undefined);
    else throw this.damaged(`an unknown type ${type}`);
  }

  /** Within lists and maps a truth takes a byte. */
  private skipElement(type: number): void {
    if (++this.depth > MOST_LEVELS) throw this.damaged('lists nested too deep');
    if (type === TRUE || type === FALSE) this.pass(1);
    else this.skip(type);
    this.depth--;
  }

  private listHead(): [element: number, size: number] {
    const head = this.byte();
    const size = head >> 4 === 15 ? this.varint() : head >> 4;
    if (size > this.bytes.length - this.at) throw this.damaged(`a list of ${size} elements`);
    return [head & 15, size];
  }

  private byte(): number {
    if (this.at >= this.bytes.length) throw this.damaged('it ends in the middle of a field');
    return this.bytes[this.at++];
  }

  private pass(count: number): void {
    if (count > this.bytes.length - this.at) throw this.damaged(`a field of ${count} bytes`);
    this.at += count;
  }

  private varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw this.damaged('a number of more than 64 bits');
  }

  /** Zigzag: 0, -1, 1, -2, ... */
  private whole(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
