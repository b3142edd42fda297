// Parquet as pyarrow, Polars and DuckDB write it (tests/golden/make-parquet.py), and what happens with damaged files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { W2vError } from '../../../src/base/errors.ts';
import { halfToNumber } from '../../../src/formats/io/float-rows.ts';
import { loadVectors } from '../../../src/formats/load.ts';
import { fc, runs } from '../../properties.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { dataPage, dictionaryPage, type MadeColumn, madeParquet, run } from './made-parquet.ts';

const golden = fileURLToPath(new URL('../../golden/', import.meta.url));
const inGolden = (name: string) => join(golden, 'parquet', `${name}.parquet`);
const original = await loadVectors(join(golden, 'vectors.bin'));
const { path, file } = temporaryFolder();

describe('what other tools write', () => {
  test.each([
    'small-pages',
    'small-pages-plain',
    'version-2',
    'version-2-small',
    'delta-words',
    'delta-lengths',
    'doubles-brotli',
    'fixed-size',
    'required',
    'polars',
    'duckdb-v1',
    'duckdb-v2',
  ])('%s: every word and every bit', async (name) => {
    const { words, matrix, dimensions } = await loadVectors(inGolden(name));
    expect(words).toEqual(original.words);
    expect(dimensions).toBe(original.dimensions);
    expect(Buffer.from(matrix.buffer, matrix.byteOffset, matrix.byteLength)).toEqual(
      Buffer.from(original.matrix.buffer, original.matrix.byteOffset, original.matrix.byteLength),
    );
  });

  test('half-precision numbers', async () => {
    const { matrix } = await loadVectors(inGolden('halves'));
    for (const [at, value] of matrix.entries()) {
      expect(Math.abs(value - original.matrix[at])).toBeLessThanOrEqual(Math.abs(original.matrix[at]) * 2 ** -11);
    }
    expect(halfToNumber(0x3c00)).toBe(1);
  });

  test.each(['integers', 'integers-delta'])('%s', async (name) => {
    const { matrix } = await loadVectors(inGolden(name));
    for (const [at, value] of matrix.entries()) {
      expect(Number.isInteger(value)).toBe(true);
      expect(Math.abs(value - original.matrix[at] * 1000)).toBeLessThan(0.51);
    }
  });

  test('through gzip, where it is read from memory', async () => {
    const packed = file('packed', gzipSync(readFileSync(inGolden('small-pages'))));
    expect(await loadVectors(packed)).toMatchObject({ words: original.words, matrix: original.matrix });
  });
});

describe('what cannot be vectors is refused with its place', () => {
  test.each([
    ['null-word', ', row 6: no word in the column word'],
    ['null-vector', ', row 6: a vector of no numbers, expected 12 as in row 1'],
    ['empty-vector', ', row 6: a vector of no numbers, expected 12 as in row 1'],
    ['null-number', ', row 6: number 4 is missing, expected a float'],
    ['short-vector', ', row 6: a vector of 7 numbers, expected 12 as in row 1'],
    ['long-vector', ', row 6: a vector of 13 numbers, expected 12 as in row 1'],
    ['no-rows', ': no rows, expected at least one'],
    ['lists-of-text', ': the columns word, vector, expected word (string) and vector (list of float)'],
  ])('%s', async (name, message) => {
    await expect(loadVectors(inGolden(name))).rejects.toMatchObject({
      code: 'file-malformed',
      message: inGolden(name) + message,
    });
  });

  test('a packing that is not read', async () => {
    await expect(loadVectors(inGolden('zstd'))).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(/: compressed with Zstandard, expected Snappy, gzip, Brotli or no compression$/),
      hint: expect.stringContaining('compression="snappy"'),
    });
  });

  test.each([
    [
      'cut short',
      (bytes: Buffer) => bytes.subarray(0, 1000),
      /at byte 992: no PAR1, expected at the end of a Parquet file$/,
    ],
    ['a few bytes', (bytes: Buffer) => bytes.subarray(0, 9), /at byte 1: 9 bytes, too few for Parquet$/],
    [
      'a footer that is longer than the file',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -8), Buffer.from('ffffff00', 'hex'), bytes.subarray(-4)]),
      /a footer of 16777215 bytes, but the file has 4133$/,
    ],
    [
      'a line end in the name of a column',
      (bytes: Buffer) => {
        bytes.write('l\nst', bytes.indexOf('list'));
        return bytes;
      },
      /group 1: a column vector\.list\.element, expected vector\.l\\x0ast\.element$/,
    ],
    [
      'a footer of numbers without end',
      (bytes: Buffer) => {
        const footer = Buffer.alloc(1 << 20, 0xff);
        const length = Buffer.alloc(4);
        length.writeUInt32LE(footer.length);
        return Buffer.concat([bytes.subarray(0, 2000), footer, length, bytes.subarray(-4)]);
      },
      /: the footer: damaged at its byte \d+: /,
    ],
  ])('%s', async (_, change, message) => {
    const bytes = readFileSync(join(golden, 'formats', 'snappy.parquet'));
    await expect(loadVectors(file('v.parquet', change(bytes)))).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(message),
    });
  });
});

describe('files that ended the process, or took all memory', () => {
  test.each<[string, string, [at: number, byte: number][], RegExp]>([
    [
      'a column before the file',
      'gzip',
      [[3692, 150]],
      /group 2: the column vector.list.element has 156 values at byte -1/,
    ],
    ['bytes beyond a page', 'snappy', [[209, 56], [3293, 100]], /at byte 199: a page of the column word: damaged: /], // biome-ignore format: pairs
    ['a run of 17,694,604 levels', 'none', [[1582, 128]], /row 10: a vector of 132 numbers, expected 12/],
  ])('%s', async (_, name, changes, message) => {
    const bytes = readFileSync(join(golden, 'formats', `${name}.parquet`));
    for (const [at, byte] of changes) bytes[at] = byte;
    await expect(loadVectors(file('v.parquet', bytes))).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(message),
    });
  });

  const word = { values: 2, pages: [dataPage(2, 0, [1, 0, 0, 0, 97, 1, 0, 0, 0, 98])] };
  const floats = (...numbers: number[]) => [...new Uint8Array(Float32Array.from(numbers).buffer)];
  const levels = [2, 0, 0, 0, 3, 0b1010, ...run(4, 1)];

  const vector = { values: 4, pages: [dataPage(4, 0, [...levels, ...floats(1, 2, 3, 4)])] };
  const expected = { words: ['a', 'b'], matrix: Float32Array.of(1, 2, 3, 4) };

  test('the file they are made of is read', async () => {
    expect(await loadVectors(file('v.parquet', madeParquet(2, word, vector)))).toMatchObject(expected);
  });

  test('packed, of more than 64 MB: unpacked into a temporary file, not into memory', async () => {
    const packed = file('v.parquet.gz', gzipSync(madeParquet(2, word, vector, 1 << 26), { level: 1 }));
    expect(await loadVectors(packed)).toMatchObject(expected);
    vi.stubEnv(process.platform === 'win32' ? 'TEMP' : 'TMPDIR', path('nowhere'));
    await expect(loadVectors(packed)).rejects.toMatchObject({
      code: 'file-unwritable',
      message: `the decompressed Parquet file cannot be kept in ${path('nowhere')}: the folder does not exist`,
    });
    vi.unstubAllEnvs();
  });

  test.each<[string, (billion: number) => MadeColumn, RegExp]>([
    [
      'equal numbers',
      (billion) => ({
        values: billion,
        pages: [dictionaryPage(1, floats(1)), dataPage(billion, 8, [...run(billion, 0), ...run(billion, 1), 0])],
      }),
      /1000000000 values, expected at most \d{8}$/,
    ],
    [
      'numbers in a dictionary',
      (billion) => ({ values: 4, pages: [dictionaryPage(billion, [])] }),
      /1000000000 values, expected at most \d{8}$/,
    ],
    [
      'unpacked bytes',
      (billion) => ({ values: 4, codec: 1, pages: [dataPage(4, 0, levels, [billion, levels.length])] }),
      /\d+ compressed bytes for 1000000000, which is impossible$/,
    ],
    [
      'bytes of a page',
      (billion) => ({ values: 4, pages: [dataPage(4, 0, levels, [billion, billion])] }),
      /1000000000 bytes, but \d+ follow$/,
    ],
    ['values that never come', (billion) => ({ values: billion, pages: [] }), /missing: the columns end here$/],
  ])('a billion %s, promised in a few bytes', async (_, vector, message) => {
    const before = process.memoryUsage().arrayBuffers;
    await expect(loadVectors(file('v.parquet', madeParquet(2, word, vector(1e9))))).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(message),
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50e6);
  });
});

describe('one run of the same value that promises millions', () => {
  const a = [1, 0, 0, 0, 97];
  const floats = [0, 0, 128, 63];
  const runs = (count: number, dictionary: number[], levels: number[] = []): MadeColumn => ({
    values: count,
    pages: [dictionaryPage(1, dictionary), dataPage(count, 8, [...levels, 1, ...run(count, 0).slice(4)])],
  });
  const vectors = (count: number) => runs(count, floats, [...run(count, 0), ...run(count, 1)]);

  test.each<[string, number, MadeColumn, MadeColumn, RegExp]>([
    ['words', 6e7, runs(6e7, a), vectors(6e7), /60000000 values, expected at most \d{7}$/],
    ['words of a table of few rows', 2, runs(6e7, a), vectors(6e7), /column word has 60000000 values for 2 rows$/],
    ['vectors', 2e6, runs(1e6, a), vectors(2e6), /column word has 1000000 values for 2000000 rows$/],
  ])('%s: refused without memory for them', async (_, rows, word, vector, message) => {
    const before = process.memoryUsage().rss;
    await expect(loadVectors(file('v.parquet', madeParquet(rows, word, vector)))).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(message),
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  test('of vectors that may be so many, they are read in pieces', async () => {
    const { words, duplicates } = await loadVectors(file('v.parquet', madeParquet(1e6, runs(1e6, a), vectors(1e6))));
    expect([words, duplicates]).toEqual([['a'], 1e6 - 1]);
  });

  test('a footer of more than a million structures', async () => {
    const footer = Buffer.alloc(1 << 22);
    Buffer.from([0x29, 0xfc, ...[0x80, 0x80, 0xc0, 0x01]]).copy(footer);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    const bytes = Buffer.concat([Buffer.from('PAR1'), footer, length, Buffer.from('PAR1')]);
    await expect(loadVectors(file('v.parquet', bytes))).rejects.toThrow(/lists of more than 1048576 elements$/);
  });
});

describe('bytes changed, cut out or put in: read, or refused with a message of ours, never anything else', () => {
  test.each(readdirSync(join(golden, 'parquet')))('%s', async (name) => {
    const whole = readFileSync(join(golden, 'parquet', name));
    // As often in the footer, which is a few hundred bytes, as in all the rest.
    const place = fc.oneof(fc.nat(whole.length - 1), fc.integer({ min: whole.length - 600, max: whole.length - 1 }));
    const edit = fc.record({ at: place, cut: fc.nat(6), put: fc.uint8Array({ maxLength: 6 }), same: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let bytes: Buffer = Buffer.from(whole);
        for (const { at, cut, put, same } of edits) {
          const from = Math.max(0, at);
          bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + (same ? put.length : cut))]);
        }
        try {
          const { words, matrix, dimensions } = await loadVectors(file('fuzz.parquet', bytes));
          expect(matrix.length).toBe(words.length * dimensions);
        } catch (error) {
          if (!(error instanceof W2vError)) throw error;
          expect(error.code).toBe('file-malformed');
          expect(error.message).not.toMatch(/undefined|NaN|Infinity|Cannot|not a function|\p{Cc}/u);
        }
      }),
      { numRuns: runs(40), seed: 20_261_125 },
    );
  });
});
