import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePairs, readPairs } from '../../src/evaluate/read-pairs.ts';

const two = [
  { first: 'tiger', second: 'cat', score: 7.35 },
  { first: 'love', second: 'hate', score: -1 },
];

describe('parsePairs', () => {
  it.each([
    ['tabs', 'tiger\tcat\t7.35\nlove\thate\t-1\n'],
    ['commas', 'tiger,cat,7.35\nlove,hate,-1\n'],
    ['semicolons', 'tiger;cat;7.35\nlove;hate;-1\n'],
    ['spaces', 'tiger cat 7.35\nlove   hate  -1'],
    ['quotes', '"tiger","cat","7.35"\n"love","hate","-1"\n'],
    ['a header', 'Word 1,Word 2,Human (mean)\ntiger,cat,7.35\nlove,hate,-1\n'],
    ['byte order mark and CRLF', '\ufefftiger,cat,7.35\r\nlove,hate,-1\r\n'],
    ['comments and blank lines', '# made by hand\n\ntiger\tcat\t7.35\n\n# more\nlove\thate\t-1\n'],
    [
      'the part of speech before the score',
      'word1\tword2\tPOS\tSimLex999\tconc\ntiger\tcat\tN\t7.35\t1\nlove\thate\tN\t-1\t2\n',
    ],
    ['further scores', 'tiger\tcat\t7.35\t8\t9\nlove\thate\t-1\t0\t3\n'],
  ])('reads %s', (_, text) => {
    expect(parsePairs(text, 'x').pairs).toEqual(two);
  });

  it('keeps phrases between tabs', () => {
    expect(parsePairs('new york\tbig apple\t9e-1\n', 'x').pairs).toEqual([
      { first: 'new york', second: 'big apple', score: 0.9 },
    ]);
  });

  it.each([
    ['a\tb\t1\nc\td\n', 'set.tsv:2: expected two words and a number, found "c\\x09d"'],
    ['a\tb\t1\n\nc\td\thigh\n', 'set.tsv:3: expected a number in column 3, found "high"'],
    ['a b 1\nc d NaN\n', 'set.tsv:2: expected a number in column 3, found "NaN"'],
    ['a\tb\tc\n', 'set.tsv:1: expected a number in column 3, found "c"'],
    ['# nothing\n', 'set.tsv has no word pairs'],
    ['', 'set.tsv has no word pairs'],
  ])('names the line that is wrong in %j', (text, message) => {
    expect(() => parsePairs(text, 'set.tsv')).toThrow(expect.objectContaining({ code: 'file-malformed', message }));
  });
});

describe('readPairs', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'w2v-pairs-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('names the set after the file', async () => {
    const file = path.join(folder, 'ws.csv');
    await writeFile(file, '\ufeff사랑,섹스,6.77\n');
    expect(await readPairs(file)).toEqual({
      name: 'ws.csv',
      pairs: [{ first: '사랑', second: '섹스', score: 6.77 }],
    });
  });

  it('tells what is wrong with the file', async () => {
    const file = path.join(folder, 'latin1.csv');
    await writeFile(file, Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]));
    await expect(readPairs(file)).rejects.toMatchObject({ code: 'not-text', message: `${file}: not valid UTF-8 text` });
    const missing = path.join(folder, 'none.csv');
    await expect(readPairs(missing)).rejects.toMatchObject({
      code: 'file-missing',
      message: `${missing}: no such file`,
    });
    await expect(readPairs(folder)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
