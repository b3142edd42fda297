// What is taken for word vectors, and what is not: books, vocabularies and tables begin like vectors too.
import { describe, expect, test } from 'vitest';
import { knownFormat } from '../../src/formats/detect.ts';
import { fileFormats, loadVectors } from '../../src/formats/formats.ts';
import { openByteSource } from '../../src/formats/io/byte-source.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { path, file } = temporaryFolder();

async function known(content: string): Promise<string | undefined> {
  const source = await openByteSource(file('text', content));
  try {
    return (await knownFormat(source, fileFormats))?.name;
  } finally {
    await source.close();
  }
}

const long = (line: string) => `${line} ${'0.5 '.repeat(100_000)}`;

describe('a text is vectors only where its first lines agree', () => {
  test.each([
    ['a header and its rows', '2 3\nking 1 2 3\nqueen 4 5 6\n'],
    ['a header of one dimension', '2 1\nking 1\nqueen 4\n'],
    ['rows without a header', 'king 1 2 3\nqueen 4 5 6\n'],
    ['one row without a line end', 'king 1 2 3'],
    ['words with spaces after the first', 'king 1 2 3\nnew york 4 5 6\n'],
    ['words that are numbers', '1984 0.1 0.2\n7 0.3 0.4\n'],
    ['a row longer than what is looked at', long('king')],
    ['rows that end in CR LF', 'king 1 2 3\r\nqueen 4 5 6\r\n'],
    ['empty lines at the end', 'king 1 2 3\nqueen 4 5 6\n\n\n'],
  ])('%s', async (_, content) => {
    expect(await known(content)).toBe('word2vec-text');
  });

  test.each([
    ['a chapter', 'Chapter 1\n\nIt was a dark and stormy night.\n'],
    ['a verse', 'Psalm 23 1\nThe Lord is my shepherd.\n'],
    ['two numbers, then prose', '1 1\nIn the beginning was the Word.\n'],
    ['a table of contents', 'Preface 1\nContents 5\nPart 7\nIndex 300\n'],
    ['a vocabulary', 'the\t120\nof\t80\n'],
    ['a vocabulary whose first word is a number', '7\t120\nof\t80\n'],
    ['rows of different lengths', 'king 1 2 3\nqueen 4 5\n'],
    ['more numbers than the first row', 'king 1 2\nqueen 4 5 6\n'],
    ['a long line of prose', `Year 1 ${'word '.repeat(100_000)}`],
  ])('not %s', async (_, content) => {
    expect(await known(content)).toBe(undefined);
  });
});

test.each([
  [
    'a vocabulary',
    'the\t120\nof\t80\n',
    'a vocabulary (a word and its count a line), not word vectors',
    /w2v train TEXT --vocab FILE/,
  ],
  [
    'one number a line',
    'the 0.5\nof 0.25\n',
    'one number after each word, expected at least two',
    /a first line 'V 1'/,
  ],
  ['rows of different lengths', 'a 1 2 3\nb 1 2\n', '2 numbers, expected 3 as line 1 has', /damaged/],
  ['a chapter', 'Chapter 1\nIt was\n', 'the file begins with "Chapter 1"', /name a file of word vectors/],
])('%s is refused with what it is', async (_, content, message, hint) => {
  await expect(loadVectors(file('text', content))).rejects.toMatchObject({
    code: 'file-malformed',
    message: expect.stringContaining(message),
    hint: expect.stringMatching(hint),
  });
});

test('a format that is named is read as that, one dimension too', async () => {
  file('one', 'the 0.5\nof 0.25\n');
  expect(await loadVectors(path('one'), { format: 'glove' })).toMatchObject({ words: ['the', 'of'], dimensions: 1 });
});
