// Sparse matrices that are damaged, that lie, or that scipy wrote in a way of its own.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { W2vError } from '../../src/base/errors.ts';
import { allocate } from '../../src/formats/io/allocate.ts';
import { loadSparseVectors } from '../../src/formats/npz.ts';
import { nearestWords } from '../../src/query/nearest.ts';
import { similarity } from '../../src/query/similarity.ts';
import { dense } from '../count/dense.ts';
import { fc, runs } from '../properties.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { csrMembers, type Member, npyMember, zipOf } from './zip.ts';

const { path, file } = temporaryFolder();
const golden = (name: string) => readFileSync(new URL(`../golden/${name}`, import.meta.url));

type Members = ReturnType<typeof csrMembers>;

/** [[5, 0, 6], [0, 7, 0]] */
const good = (): Members => csrMembers([2, 3], [0, 2, 3], [0, 2, 1], [5, 6, 7]);

function npz(members: Members | readonly Member[], words: string | Uint8Array = 'a\nb\n'): string {
  file('v.npz.words', words);
  return file('v.npz', zipOf(Array.isArray(members) ? members : Object.values(members)));
}

async function refusal(target: string): Promise<string> {
  const error = await loadSparseVectors(target).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(W2vError);
  expect(error).toMatchObject({ code: 'file-malformed', hint: expect.stringMatching(/./) });
  return (error as W2vError).message.replaceAll(path('v.npz'), 'v.npz');
}

test('what is right is read', async () => {
  const read = await loadSparseVectors(npz(good()));
  expect([dense(read.matrix), read.words, read.duplicates]).toEqual([
    [
      [5, 0, 6],
      [0, 7, 0],
    ],
    ['a', 'b'],
    0,
  ]);
  const deflated = Object.values(good()).map((member) => ({ ...member, deflate: true }));
  expect(await loadSparseVectors(npz(deflated))).toEqual(read);
  const more = [{ name: '../../x.npy', content: Buffer.of(1) }, ...deflated, { name: '/etc/x', content: Buffer.of(1) }];
  expect(await loadSparseVectors(npz(more))).toEqual(read);
  const unicode = Buffer.from('c\0\0\0s\0\0\0r\0\0\0').toString();
  const wide = {
    ...good(),
    format: npyMember('format', '<U3', unicode),
    indices: npyMember('indices', '<i8', [0, 2, 1]),
  };
  expect(await loadSparseVectors(npz(wide))).toEqual(read);
});

describe('arrays that do not fit together', () => {
  const changed = (changes: Partial<Members>): Members => ({ ...good(), ...changes });
  const shape = (values: number[], descr = '<i8') => changed({ shape: npyMember('shape', descr, values) });
  test.each([
    ['one axis', shape([2]), /: shape\.npy: an array of shape \(1,\), expected \(2,\)$/],
    ['three axes', shape([2, 3, 1]), /: shape\.npy: an array of shape \(3,\), expected \(2,\)$/],
    ['no rows', shape([0, 3]), 'v.npz: a matrix of 0 rows and 3 columns, expected at least one of each'],
    ['rows below none', shape([-2, 3]), 'v.npz: a matrix of -2 rows and 3 columns, expected at least one of each'],
    ['half a row', shape([2.5, 3], '<f8'), /: shape\.npy: numbers of type <f8, expected one of <i4 <i8$/],
    ['rows without words', shape([3, 3]), 'v.npz.words: 2 words, but the matrix beside it has 3 rows'],
    ['words without rows', shape([1, 3]), /^v\.npz\.words:2: more lines than expected: .* has 1 row$/],
    ['another format', changed({ format: npyMember('format', '|S3', 'coo') }), /in the format coo, expected csr$/],
    [
      'no format',
      changed({ format: npyMember('format', '<i4', [1]) }),
      /type <i4 and shape \(1,\), expected one short text/,
    ],
    [
      'a pickle',
      changed({ data: npyMember('data', '|O', 'x', [3]) }),
      /: numbers of type \|O, expected one of <i4 <i8 <f4 <f8$/,
    ],
    [
      'too few starts',
      changed({ indptr: npyMember('indptr', '<i4', [0, 3]) }),
      /indptr\.npy: an array of shape \(2,\), expected \(3,\)$/,
    ],
    [
      'a first start',
      changed({ indptr: npyMember('indptr', '<i4', [1, 2, 3]) }),
      'v.npz: row 0 starts at entry 1, expected 0',
    ],
    [
      'falling starts',
      changed({ indptr: npyMember('indptr', '<i4', [0, 4, 3]) }),
      'v.npz: row 1 ends before it starts',
    ],
    [
      'too few values',
      changed({ data: npyMember('data', '<f4', [1, 2]) }),
      /data\.npy: an array of shape \(2,\), expected \(3,\)$/,
    ],
    [
      'too many indices',
      changed({ indices: npyMember('indices', '<i4', [0, 1, 2, 3]) }),
      /indices\.npy: an array of shape \(4,\)/,
    ],
    [
      'a column too many',
      changed({ indices: npyMember('indices', '<i4', [0, 3, 1]) }),
      'v.npz: entry 1 is in column 3 of 3',
    ],
    [
      'a column below none',
      changed({ indices: npyMember('indices', '<i4', [0, -1, 1]) }),
      'v.npz: entry 1 is in column -1 of 3',
    ],
    [
      'a column of 33 bits',
      changed({ indices: npyMember('indices', '<i8', [0, 2 ** 32, 1]) }),
      /number 2 is 4294967296, expected at most 2147483647$/,
    ],
    [
      'a header that promises more',
      changed({ data: npyMember('data', '<f4', [1, 2], [3]) }),
      /data\.npy: 8 bytes of numbers, expected 12$/,
    ],
    [
      'no array',
      changed({ data: { name: 'data.npy', content: Buffer.from('hello, world') } }),
      /data\.npy: not a NumPy array$/,
    ],
    ['no bytes', changed({ data: { name: 'data.npy', content: Buffer.alloc(0) } }), /data\.npy: not a NumPy array$/],
    [
      'an array cut in its header',
      changed({ data: { name: 'data.npy', content: good().data.content.subarray(0, 50) } }),
      /a header of 118 bytes, but 40 follow$/,
    ],
    [
      'an array missing',
      Object.values(good()).slice(1),
      'v.npz: no member indices.npy, expected a sparse matrix of scipy',
    ],
  ])('%s', async (_, members, message) => {
    const observed = await refusal(npz(members));
    if (typeof message === 'string') expect(observed).toBe(message);
    else expect(observed).toMatch(message);
  });
});

describe('archives that lie', () => {
  const data = (says: Member['says'], content = good().data.content, deflate = false) => {
    return Object.values({ ...good(), data: { name: 'data.npy', content, deflate, says } });
  };
  test.each([
    [
      'a field beyond the directory',
      data({ extra: Buffer.from([1, 0, 0xff, 0xff]) }),
      /^v\.npz at byte \d+: damaged: extra field length exceeds/,
    ],
    ['encrypted', data({ flags: 1, packed: 152 }), /data\.npy: the member is encrypted, expected stored or deflated$/],
    [
      'an unknown method',
      data({ method: 99 }),
      /data\.npy: the member is compressed with method 99, expected stored or deflated$/,
    ],
    [
      'beyond the end',
      data({ offset: 1e6 }),
      /^v\.npz at byte 1000000: data\.npy: damaged: the file ends at byte \d+$/,
    ],
    ['longer than the file', data({ size: 1e6, packed: 1e6 }), /data\.npy: damaged: file data overflows file bounds/],
    ['stored with two sizes', data({ size: 1e6 }), /damaged: compressed\/uncompressed size mismatch/],
    [
      'more than can be packed',
      data({ size: 1e9, method: 8 }),
      /data\.npy: a size of 1000000000 bytes, impossible for \d+ compressed bytes$/,
    ],
    ['no deflated data', data({ method: 8, size: 140 }), /data\.npy: damaged: /],
    [
      'fewer bytes than promised',
      data({ size: 500 }, good().data.content, true),
      /data\.npy: 372 bytes of numbers, expected 12$/,
    ],
    [
      'more bytes than promised',
      data({ size: 140 }, Buffer.concat([good().data.content, Buffer.alloc(9)]), true),
      /too many bytes in the stream/,
    ],
  ])('%s', async (_, members, message) => {
    expect(await refusal(npz(members))).toMatch(message);
  });

  test('a bomb: nothing is unpacked that the rows do not ask for', async () => {
    const bomb = Buffer.concat([npyMember('data', '<f4', [], [25_000_000]).content, Buffer.alloc(1e8)]);
    const before = process.memoryUsage.rss();
    expect(await refusal(npz(data({}, bomb, true)))).toMatch(
      /data\.npy: an array of shape \(25000000,\), expected \(3,\)$/,
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(150e6);
  });

  test('a directory at a place that no file has', async () => {
    const whole = zipOf(Object.values(good()));
    const locator = Buffer.alloc(20);
    locator.write('PK\x06\x07', 0, 'latin1');
    locator.writeBigUInt64LE(2n ** 64n - 1n, 8);
    file('v.npz.words', 'a\nb\n');
    const target = file('v.npz', Buffer.concat([whole.subarray(0, -22), locator, whole.subarray(-22)]));
    expect(await refusal(target)).toMatch(/^v\.npz at byte \d+: damaged: the file ends at byte \d+$/);
  });

  test('a directory without end', async () => {
    file('v.npz.words', 'a\nb\n');
    expect(await refusal(file('v.npz', zipOf(Object.values(good()), 5000)))).toBe(
      'v.npz: 5000 members, expected the few of a sparse matrix',
    );
    expect(await refusal(file('v.npz', zipOf(Object.values(good()), 6)))).toMatch(
      /^v\.npz at byte \d+: damaged: the file ends at byte \d+$/,
    );
  });
});

describe('entries in any order', () => {
  test('are put in order, added up, and left out where they are 0', async () => {
    const members = csrMembers([2, 4], [0, 6, 8], [3, 0, 3, 1, 0, 2], [1, 2, 3, 4, -2, 0]);
    const read = await loadSparseVectors(
      npz({ ...members, ...csrParts([3, 0, 3, 1, 0, 2, 2, 0], [1, 2, 3, 4, -2, 0, 5, 6]) }),
    );
    expect(read.matrix).toEqual({
      rows: 2,
      columns: 4,
      starts: Float64Array.of(0, 2, 4),
      indices: Int32Array.of(1, 3, 0, 2),
      values: Float32Array.of(4, 4, 6, 5),
    });
    expect(similarity(read, 'a', 'b')).toBe(0);
  });

  const csrParts = (indices: number[], data: number[]) => ({
    indices: npyMember('indices', '<i4', indices),
    data: npyMember('data', '<f4', data),
  });

  test('as a naive twin has it', async () => {
    const entry = fc.tuple(fc.nat(4), fc.integer({ min: -3, max: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(entry, { maxLength: 9 }), { minLength: 1, maxLength: 6 }), async (rows) => {
        const starts = [0];
        for (const row of rows) starts.push(starts.at(-1)! + row.length);
        const entries = rows.flat();
        const members = csrMembers(
          [rows.length, 5],
          starts,
          entries.map(([column]) => column),
          entries.map(([, value]) => value),
        );
        const twin = rows.map((row) => {
          const sums = [0, 0, 0, 0, 0];
          for (const [column, value] of row) sums[column] += value;
          return sums;
        });
        const words = rows.map((_, at) => `w${at}`);
        const { matrix } = await loadSparseVectors(npz(members, words.join('\n')));
        expect(dense(matrix)).toEqual(twin);
        for (let row = 0; row < matrix.rows; row++) {
          const own = [...matrix.indices.subarray(matrix.starts[row], matrix.starts[row + 1])];
          expect(own).toEqual([...new Set(own)].sort((a, b) => a - b));
        }
        expect([...matrix.values].includes(0)).toBe(false);
      }),
      { numRuns: runs(100) },
    );
  });
});

test.each([2e9, 2 ** 40, 2 ** 53 - 1])('%d columns take no more than those that hold something', async (columns) => {
  const members = csrMembers([2, columns], [0, 2, 4], [7, columns - 1, 7, 1], [3, 4, 4, 3]);
  const read = await loadSparseVectors(npz(members));
  expect(dense(read.matrix)).toEqual([
    [0, 3, 4],
    [3, 4, 0],
  ]);
  expect(nearestWords(read, ['a'])).toEqual([[{ word: 'b', similarity: expect.closeTo(12 / 25) }]]);
  const beyond = csrMembers([2, columns], [0, 1, 2], [0, columns], [1, 1]);
  if (columns < 2 ** 53 - 1)
    expect(await refusal(npz(beyond))).toBe(`v.npz: entry 1 is in column ${columns} of ${columns}`);
});

describe('the words', () => {
  test('of a word that comes twice the first row counts', async () => {
    const members = csrMembers([4, 2], [0, 1, 2, 3, 4], [0, 1, 1, 0], [1, 2, 3, 4]);
    const read = await loadSparseVectors(npz(members, 'a\nb\na\nc\n'));
    expect([read.words, read.duplicates, dense(read.matrix)]).toEqual([
      ['a', 'b', 'c'],
      1,
      [
        [1, 0],
        [0, 2],
        [4, 0],
      ],
    ]);
    expect(nearestWords(read, ['a'], { k: 1 })).toEqual([[{ word: 'c', similarity: 1 }]]);
  });

  test('are UTF-8, perhaps with a byte order mark', async () => {
    expect((await loadSparseVectors(npz(good(), '\ufeffa\r\nb\r\n'))).words).toEqual(['a', 'b']);
    expect(await refusal(npz(good(), Buffer.from('a\n\xff\n', 'latin1')))).toBe(
      'v.npz.words:2: the word "?" is not valid UTF-8',
    );
  });

  test.skipIf(process.platform === 'win32')('neither they nor the matrix are waited for in a pipe', async () => {
    npz(good());
    execFileSync('rm', [path('v.npz.words')]);
    execFileSync('mkfifo', [path('v.npz.words'), path('pipe.npz')]);
    await expect(loadSparseVectors(path('v.npz'))).rejects.toMatchObject({ code: 'file-missing' });
    await expect(loadSparseVectors(path('pipe.npz'))).rejects.toMatchObject({ code: 'file-unreadable' });
    execFileSync('rm', [path('v.npz.words')]);
  });
});

test('memory that the system refuses is told as that', () => {
  expect(() => allocate('the matrix', 2 ** 43, () => new Float64Array(2 ** 40))).toThrow(
    expect.objectContaining({
      code: 'out-of-memory',
      message: 'the matrix needs 8192.0 GB of memory, more than is available',
    }),
  );
});

test.each(['count-route-packed.npz', 'count-route-plain.npz'])(
  '%s with bytes changed, cut out or put in: read, or refused as malformed, never anything else',
  async (name) => {
    const whole = golden(name);
    const words = Array.from({ length: 40 }, (_, at) => `w${at}`).join('\n');
    const edit = fc.record({ at: fc.nat(whole.length - 1), cut: fc.nat(40), put: fc.uint8Array({ maxLength: 8 }) });
    const inWords = fc.option(
      fc.record({ at: fc.nat(words.length), put: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 3 }), fc.boolean(), inWords, async (edits, sameLength, change) => {
        let bytes: Buffer = Buffer.from(whole);
        for (const { at, cut, put } of edits) {
          const rest = sameLength ? at + put.length : at + cut;
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(rest)]);
        }
        let text: Buffer = Buffer.from(words);
        if (change) text = Buffer.concat([text.subarray(0, change.at), change.put, text.subarray(change.at + 1)]);
        file('fuzz.npz.words', text);
        try {
          const { matrix, words: read, duplicates } = await loadSparseVectors(file('fuzz.npz', bytes));
          expect([matrix.rows, read.length + duplicates]).toEqual([read.length, 40]);
          expect(matrix.starts[matrix.rows]).toBe(matrix.indices.length);
          expect(matrix.columns).toBeLessThanOrEqual(1 << 20);
          nearestWords({ matrix, words: read }, [read[0]]);
        } catch (error) {
          if (!(error instanceof W2vError)) throw error;
          expect(error.code).toBe('file-malformed');
        }
      }),
      { numRuns: runs(300) },
    );
  },
);
