// Counts of pairs in Parquet files, in any order of rows, are the counts of the text; and the statements that write
// them.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCounts } from '../../src/cluster/read-counts.ts';
import { countsScript, unitsColumn, vocabularyScript } from '../../src/cluster/sql-script.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import type { EncodedCorpus } from '../../src/corpus/encoded-corpus.ts';
import { countMatrix } from '../../src/count/count-vectors.ts';
import { runHere } from '../cli/run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const pairs = { window: 3, weighting: 'dynamic', directional: false } as const;
const words = { tokenizer: 'words', keepCase: false } as const;
const text = Array.from({ length: 60 }, (_, n) => `the cat ${'abcde'[n % 5]} saw ${'xyz'[n % 3]} a dog\n`).join('');
let corpus: EncodedCorpus;
let rows: [row: number, col: number, units: number][];

/** With the row of the sum, of all rows. */
const withSum = (some: typeof rows, of = some): typeof rows => [
  ...some,
  [-1, -1, of.reduce((sum, [, , units]) => sum + units, 0)],
];

const sumOf = (some: typeof rows) => some.reduce((sum, [, , units]) => sum + units, 0);

function write(name: string, some: typeof rows, units = unitsColumn(pairs, corpus.vocabulary)): void {
  const columnData = [
    { name: 'row', data: Int32Array.from(some, ([row]) => row), type: 'INT32' as const },
    { name: 'col', data: Int32Array.from(some, ([, col]) => col), type: 'INT32' as const },
    { name: units, data: some.map(([, , sum]) => BigInt(sum)), type: 'INT64' as const },
  ];
  writeFileSync(at(name), new Uint8Array(parquetWriteBuffer({ columnData })));
}

beforeAll(async () => {
  corpus = await encodeText(text, { minCount: 1 });
  const { starts, indices, values } = (await countMatrix(corpus, pairs)).vectors.matrix;
  rows = [];
  for (let row = 0; row < corpus.vocabulary.words.length; row++) {
    for (let k = starts[row]; k < starts[row + 1]; k++) {
      const col = indices[k];
      if (col >= row) rows.push([row, col, (values[k] * pairs.window) / (col === row ? 2 : 1)]);
    }
  }
  mkdirSync(at('counts'));
  const mixed = [...rows].sort(([a, b], [c, d]) => ((a * 7 + b * 5) % 11) - ((c * 7 + d * 5) % 11));
  write('counts/part-1.parquet', mixed.slice(0, 30));
  write('counts/part-0.parquet', withSum(mixed.slice(30), rows));
  writeFileSync(at('counts/_SUCCESS'), '');
});

it('in several files give the matrix of the text', async () => {
  const counted = await readCounts(at('counts'), corpus.vocabulary, pairs);
  const read = await countMatrix(corpus, pairs, { counted });
  expect(read.vectors).toEqual((await countMatrix(corpus, pairs)).vectors);
});

async function allPieces(path: string, settings: Parameters<typeof readCounts>[2], limits: object): Promise<void> {
  const counted = await readCounts(path, corpus.vocabulary, settings, limits);
  try {
    for await (const _ of counted.pieces);
  } finally {
    counted.close();
  }
}

describe('are refused', () => {
  const read = (name: string, settings: typeof pairs | { window: number } = pairs, limits: object = {}) =>
    allPieces(at(name), { ...pairs, ...settings }, limits);

  it.each<[why: string, name: string, make: () => void, message: RegExp]>([
    [
      'a pair is there twice',
      'twice.parquet',
      () => write('twice.parquet', withSum([...rows, rows[0]], rows)),
      /each pair once/,
    ],
    [
      'a file is missing',
      'some.parquet',
      () => write('some.parquet', withSum(rows.slice(9), rows)),
      /is incomplete: it lacks \d+ of \d+ units/,
    ],
    [
      'the file with the sum is missing',
      'rest.parquet',
      () => write('rest.parquet', rows),
      /lacks the row with the sum/,
    ],
    [
      'the words are in another order',
      'other-words.parquet',
      () => {
        const words = [...corpus.vocabulary.words].reverse();
        write('other-words.parquet', withSum(rows), unitsColumn(pairs, { ...corpus.vocabulary, words }));
      },
      /these counts are of another vocabulary$/,
    ],
    [
      'an id is beyond the vocabulary',
      'beyond.parquet',
      () => write('beyond.parquet', [[0, 99, 1]]),
      /the vocabulary has 12 words/,
    ],
    ['col is before row', 'before.parquet', () => write('before.parquet', withSum([[3, 1, 1]])), /row <= col/],
    [
      'there is no column of units',
      'other.parquet',
      () => write('other.parquet', rows, 'n'),
      /no column units_dynamic_3/,
    ],
    ['it is no Parquet', 'text.parquet', () => writeFileSync(at('text.parquet'), 'row,col'), /not a Parquet file/],
  ])('where %s', async (_, name, make, message) => {
    make();
    await expect(read(name)).rejects.toMatchObject({ code: 'file-malformed', message: expect.stringMatching(message) });
  });

  it.each<[why: string, message: RegExp, some: () => typeof rows]>([
    ['the sum is too large', /lacks 5 of \d+ units/, () => [...rows, [-1, -1, sumOf(rows) + 5]]],
    [
      'a figure is too large',
      /: 5 units more than the \d+ that it says$/,
      () => {
        const [[row, col, units], ...others] = rows as [(typeof rows)[0], ...typeof rows];
        return [[row, col, units + 5], ...others, [-1, -1, sumOf(rows)]];
      },
    ],
    ['there are two sums', /a second row with the sum/, () => [...withSum(rows), [-1, -1, 1]]],
    [
      'there are more rows than pairs',
      /more than the 78 pairs of 12 words/,
      () => withSum([...rows, ...rows, ...rows]),
    ],
  ])('where %s', async (_, message, some) => {
    write('sums.parquet', some());
    await expect(read('sums.parquet')).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(message),
    });
  });

  it('where ids are no whole numbers, or are missing', async () => {
    const units = { name: unitsColumn(pairs, corpus.vocabulary), data: [2n, 1n], type: 'INT64' as const };
    const col = { name: 'col', data: Int32Array.of(1, -1), type: 'INT32' as const };
    const save = (row: { data: unknown[]; type: 'DOUBLE' | 'INT32' }) => {
      const columnData = [{ name: 'row', ...row }, col, units] as Parameters<
        typeof parquetWriteBuffer
      >[0]['columnData'];
      writeFileSync(at('ids.parquet'), new Uint8Array(parquetWriteBuffer({ columnData })));
    };
    save({ data: [0.5, -1], type: 'DOUBLE' });
    await expect(read('ids.parquet')).rejects.toThrow(/the column row has no whole numbers/);
    save({ data: [null, -1], type: 'INT32' });
    await expect(read('ids.parquet')).rejects.toThrow(/the column row lacks a value$/);
  });

  it('where a size in the file is beyond what it can have', async () => {
    write('page.parquet', withSum(rows));
    const bytes = readFileSync(at('page.parquet'));
    // Column row: the first page's number of values, and the run of its definition levels.
    for (let place = 4; place < 60; place++) {
      const changed = Buffer.from(bytes);
      changed[place] = 0xff;
      writeFileSync(at('page.parquet'), changed);
      await read('page.parquet').catch((error) => expect(error).toMatchObject({ code: 'file-malformed' }));
    }
    writeFileSync(at('footer.parquet'), 'PAR1');
    truncateSync(at('footer.parquet'), 2 ** 31);
    appendFileSync(at('footer.parquet'), Buffer.from('9cffff7f50415231', 'hex'));
    await expect(read('footer.parquet')).rejects.toThrow(/a footer of 2147483548 bytes, expected at most 16777216/);
    rmSync(at('footer.parquet'));
  });

  it('where they are of another window', async () => {
    await expect(read('counts', { window: 5 })).rejects.toMatchObject({ hint: expect.stringContaining('{ window') });
  });

  it('where nothing is there', async () => {
    mkdirSync(at('nothing'));
    for (const name of ['nothing', 'no-such']) await expect(read(name)).rejects.toMatchObject({ code: 'file-missing' });
  });
});

describe('the statements', () => {
  it('name the paths, the words in their order, and the weights', () => {
    const [view, vocabulary, counts] = countsScript(["/it's"], words, corpus.vocabulary, pairs, '/out');
    expect(view).toContain("path '/it\\'s', lineSep '\\n'");
    expect(vocabulary).toContain(`split('${corpus.vocabulary.words.join(' ')}', ' ')`);
    expect(counts).toContain(
      "INSERT OVERWRITE DIRECTORY '/out' USING parquet OPTIONS (compression 'snappy') SELECT row, col, units AS units_dynamic_3_",
    );
    expect(counts).toContain('UNION ALL SELECT -1, -1, coalesce(sum(units), 0L) FROM counts');
    expect(counts).toContain('array(3L, 2L, 1L)');
  });

  it('have nothing that Spark replaces', () => {
    const vocabulary = { words: [['$', '{env:HOME}'].join(''), 'a\\b'], counts: Float64Array.of(2, 1), total: 3 };
    const [, statement] = countsScript(['/x'], words, vocabulary, pairs, undefined);
    expect(statement).toContain("'\\u0024{env:HOME} a\\\\b'");
  });

  it('join several paths', () => {
    const limits = { minCount: 2, maxVocab: 10 };
    const statements = vocabularyScript(['/a', 's3a://b'], words, limits, undefined);
    expect(statements).toHaveLength(4);
    expect(statements.at(-1)).toMatch(/n >= 2 ORDER BY n DESC, word LIMIT 10$/);
  });

  it('are printed, and relative paths are refused', async () => {
    writeFileSync(at('words.tsv'), 'the\t3\ncat\t2\n');
    const printed = await runHere(['sql', 'count', '/data', '--vocab', at('words.tsv')]);
    expect([printed.code, printed.stdout.split(';\n')]).toEqual([
      0,
      [expect.any(String), expect.any(String), expect.stringMatching(/^SELECT row/), ''],
    ]);
    expect((await runHere(['sql', 'vocab', 'data'])).code).toBe(2);
    expect((await runHere(['sql', 'vocab', '/data', '--to', 'words'])).code).toBe(2);
  });
});

it('w2v count reads them, and says what else it would need', async () => {
  writeFileSync(
    at('all.tsv'),
    corpus.vocabulary.words.map((word, id) => `${word}\t${corpus.vocabulary.counts[id]}\n`).join(''),
  );
  const counts = ['count', '--from-counts', at('counts'), '-o', at('c.npz'), '--method', 'counts', '--window', '3'];
  expect(await runHere([...counts, '--vocab', at('all.tsv')])).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('Counted'),
  });
  const again = counts.map((word) => word.replace('c.npz', 'again.npz'));
  for (const line of [again, [...again, at('all.tsv'), '--vocab', at('all.tsv')], ['count', '-o', at('x.bin')]]) {
    expect((await runHere(line)).code).toBe(2);
  }
  const more = [...again, '--vocab', at('all.tsv'), '--tokenizer', 'words'];
  expect(await runHere(more)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--tokenizer cannot be used with --from-counts'),
  });
});
