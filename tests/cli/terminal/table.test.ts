import { describe, expect, it } from 'vitest';
import { formatTable, scoreTable, wordsFor } from '../../../src/cli/terminal/table.ts';

describe('formatTable', () => {
  it('aligns left and right, with nothing after the last column', () => {
    const columns = [{ title: 'name' }, { title: 'words', align: 'right' as const }, { title: 'from' }];
    expect(
      formatTable(columns, [
        ['a', '1,234', 'here'],
        ['longer', '5', ''],
      ]),
    ).toEqual(['name    words  from', 'a       1,234  here', 'longer      5']);
  });

  it('counts East Asian characters as two cells, marks and colors as none', () => {
    const rows = [
      ['고래', '0.9'],
      ['cafe\u0301', '0.8'],
      ['\u001b[1mbold\u001b[22m', '0.7'],
    ];
    expect(formatTable([{ title: '' }, { title: '' }], rows)).toEqual([
      '고래  0.9',
      'cafe\u0301  0.8',
      '\u001b[1mbold\u001b[22m  0.7',
    ]);
  });

  it('of no rows is its titles, or nothing', () => {
    expect(formatTable([{ title: 'a' }, { title: 'b' }], [])).toEqual(['a  b']);
    expect(formatTable([{ title: '' }], [])).toEqual([]);
  });
});

it('a cell wider than the column may be sticks out, and widens nothing', () => {
  const long = 'x'.repeat(300);
  expect(
    scoreTable([
      { word: 'sea', score: 1 },
      { word: long, score: 0.5 },
      { word: 'whale', score: 0.25 },
    ]),
  ).toEqual(['sea    1.000', `${long}  0.500`, 'whale  0.250']);
});

it('words lose their control characters on a terminal only', () => {
  const word = '\u001b]0;title\u0007';
  expect(wordsFor({ isTTY: true, write: () => true })(word)).toBe('\\x1b]0;title\\x07');
  expect(wordsFor({ write: () => true })(word)).toBe(word);
});
