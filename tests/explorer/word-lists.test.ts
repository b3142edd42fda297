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
  it('is objects in JSON, with null for what is unknown', () =>
    expect(JSON.parse(listText('json', columns, rows))).toEqual([
      { word: 'a', count: 1 },
      { word: '"b", c', count: null },
      { word: '__proto__', count: 2 },
    ]));
});
