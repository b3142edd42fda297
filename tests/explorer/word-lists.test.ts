import { describe, expect, it } from 'vitest';
import { listText } from '../../src/explorer/word-lists.ts';

const columns = ['word', 'count'];
const rows = [
  ['a', 1],
  ['"b", c', undefined],
  ['__proto__', 2],
] as const;

describe('a list of words as a file', () => {
  it('is one word a line as text', () => expect(listText('text', columns, rows)).toBe('a\n"b", c\n__proto__\n'));
  it('quotes in CSV', () =>
    expect(listText('csv', columns, rows)).toBe('word,count\r\na,1\r\n"""b"", c",\r\n__proto__,2\r\n'));
  it('has no cell in CSV that a spreadsheet takes for a formula', () => {
    const words = ['=1+2', '+x', '-', '@y', '\tz', '\r=1', 'a=b', '＝1'];
    const csv = listText(
      'csv',
      ['- man + woman', 'cosine'],
      words.map((word) => [word, -0.5]),
    );
    expect(csv).toBe(
      [
        "'- man + woman,cosine",
        ...["'=1+2", "'+x", "'-", "'@y", "'\tz", '"\'\r=1"', 'a=b', "'＝1"].map((cell) => `${cell},-0.5`),
        '',
      ].join('\r\n'),
    );
  });
  it('is objects in JSON, with null for what is unknown', () =>
    expect(JSON.parse(listText('json', columns, rows))).toEqual([
      { word: 'a', count: 1 },
      { word: '"b", c', count: null },
      { word: '__proto__', count: 2 },
    ]));
});
