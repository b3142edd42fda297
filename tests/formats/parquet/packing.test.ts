// Snappy, runs and differences: against packers of our own that know nothing of the reader, and against damage.

import { describe, expect, test } from 'vitest';
import { PageBytes, RunReader } from '../../../src/formats/parquet/bits.ts';
import { DeltaReader, takeDeltas } from '../../../src/formats/parquet/deltas.ts';
import { unpackSnappy } from '../../../src/formats/parquet/unpack.ts';
import { fc, runs } from '../../properties.ts';

function varint(value: bigint): number[] {
  return value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)];
}

/** Numbers of `width` bits, the lowest bits first, filled up to whole bytes. */
function packed(values: readonly bigint[], width: number): number[] {
  const all = values.reduce((sum, value, at) => sum | (value << BigInt(at * width)), 0n);
  const bytes = Math.ceil((values.length * width) / 8);
  return Array.from({ length: bytes }, (_, at) => Number((all >> BigInt(8 * at)) & 255n));
}

const page = (bytes: readonly number[]) => new PageBytes(Uint8Array.from(bytes), 'page');

test('runs and groups of eight, of 0 to 32 bits', () => {
  const piece = fc.record({ isRun: fc.boolean(), count: fc.integer({ min: 1, max: 40 }), seed: fc.nat() });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 32 }), fc.array(piece, { minLength: 1, maxLength: 6 }), (width, pieces) => {
      const expected: number[] = [];
      const bytes: number[] = [];
      const most = 2 ** width;
      for (const { isRun, count, seed } of pieces) {
        const number = (at: number) => (Math.imul(seed + at, 0x9e3779b1) >>> 0) % most;
        const groups = Math.ceil(count / 8);
        const values = isRun ? Array(count).fill(number(0)) : Array.from({ length: 8 * groups }, (_, at) => number(at));
        expected.push(...values);
        if (isRun) {
          const value = Array.from(
            { length: Math.ceil(width / 8) },
            (_, at) => Math.floor(number(0) / 256 ** at) % 256,
          );
          bytes.push(...varint(BigInt(2 * count)), ...value);
        } else bytes.push(...varint(BigInt(2 * groups + 1)), ...packed(values.map(BigInt), width));
      }
      const whole = new Uint32Array(expected.length);
      new RunReader(page(bytes), width).read(whole);
      expect([...whole]).toEqual(expected);
      for (const piece of [1, 7]) {
        const reader = new RunReader(page(bytes), width);
        const pieces = new Uint32Array(expected.length);
        for (let at = 0; at < expected.length; at += piece) reader.read(pieces.subarray(at, at + piece));
        expect([...pieces]).toEqual(expected);
      }
    }),
    { numRuns: runs(300) },
  );
});

test.each([32, 64] as const)('differences of any signed %i-bit numbers, where 64 bits go to 2^50', (bits) => {
  const wide = bits === 32 ? fc.integer() : fc.integer({ min: -(2 ** 50), max: 2 ** 50 });
  const number = fc.oneof(wide, fc.integer({ min: -9, max: 9 }), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1));
  const zigzag = (value: bigint) => varint(value < 0n ? -2n * value - 1n : 2n * value);
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 300 }), (values) => {
      const bytes = [...varint(128n), ...varint(4n), ...varint(BigInt(values.length)), ...zigzag(BigInt(values[0]))];
      const wrapped = (value: bigint) => BigInt.asIntN(bits, value);
      const differences = values.slice(1).map((value, at) => wrapped(BigInt(value) - BigInt(values[at])));
      for (let from = 0; from < differences.length; from += 128) {
        const block = differences.slice(from, from + 128);
        const least = block.reduce((low, one) => (one < low ? one : low));
        const parts = [0, 1, 2, 3].map((part) => block.slice(32 * part, 32 * part + 32).map((one) => one - least));
        const widths = parts.map((part) =>
          Math.max(0, ...part.map((one) => (one === 0n ? 0 : one.toString(2).length))),
        );
        bytes.push(...zigzag(least), ...widths);
        for (const [at, part] of parts.entries()) {
          if (part.length === 0) continue;
          bytes.push(...packed([...part, ...Array(32 - part.length).fill(0n)], widths[at]));
        }
      }
      const all = page([...bytes, 7, 7]);
      expect([takeDeltas(all, bits).bytes.length, all.left]).toEqual([bytes.length, 2]);
      for (const piece of [1, 7, 300]) {
        const reader = new DeltaReader(page(bytes), bits);
        const pieces = bits === 32 ? new Int32Array(values.length) : new Float64Array(values.length);
        for (let at = 0; at < values.length; at += piece) reader.read(pieces.subarray(at, at + piece));
        expect([...pieces]).toEqual(values);
      }
    }),
    { numRuns: runs(200) },
  );
});

describe('Snappy', () => {
  const unpacked = (bytes: number[], size: number) =>
    Buffer.from(unpackSnappy(Uint8Array.from(bytes), size)).toString();

  test('literals, and copies that run into themselves', () => {
    expect(unpacked([3, 0b1000, 97, 98, 99], 3)).toBe('abc');
    expect(unpacked([9, 0b100, 97, 98, (7 - 4) * 4 + 1, 2], 9)).toBe('ababababa');
    expect(unpacked([8, 0b100, 97, 98, 5 * 4 + 2, 1, 0], 8)).toBe('abbbbbbb');
    expect(unpacked([4, 0b100, 97, 98, 1 * 4 + 3, 2, 0, 0, 0], 4)).toBe('abab');
    expect(unpacked([2, 60 * 4, 1, 97, 98], 2)).toBe('ab');
  });

  test.each<[string, number[], number, string]>([
    ['a literal of less than no bytes', [2, 63 * 4, 251, 255, 255, 255, 0, 97, 97], 2, 'a literal of 4294967292 bytes'],
    ['a literal beyond the end', [2, 0b1000, 97, 98], 2, 'a literal of 3 bytes'],
    ['a copy from before the start', [6, 0, 97, 1, 2], 6, 'a copy of 4 bytes from 2 back'],
    ['a copy from where it is', [6, 0, 97, 1, 0], 6, 'a copy of 4 bytes from 0 back'],
    ['a copy beyond the end', [2, 0, 97, 1, 1], 2, 'a copy of 4 bytes from 1 back'],
    ['another length', [3, 0b100, 97, 98], 2, 'a size of 3 bytes, expected 2'],
    ['too little', [2, 0, 97], 2, '1 bytes, expected 2'],
    ['an end in a copy', [6, 0, 97, 2, 1], 6, 'unexpected end of data'],
  ])('%s', (_, bytes, size, message) => {
    expect(() => unpacked(bytes, size)).toThrow(message);
  });

  test('any bytes: an end, with as many bytes as expected or an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(200), (bytes, size) => {
        try {
          expect(unpackSnappy(Uint8Array.from([...varint(BigInt(size)), ...bytes]), size)).toHaveLength(size);
        } catch (error) {
          expect((error as Error).message).toMatch(
            /^(unexpected end|a literal|a copy|a size of \d+ bytes, expected|\d+ bytes, expected)/,
          );
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
