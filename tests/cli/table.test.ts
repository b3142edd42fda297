import { describe, expect, it } from 'vitest';
import { besideEachOther, formatTable } from '../../src/cli/table.ts';

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

  it('counts East Asian characters as two cells, marks and colours as none', () => {
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

it('besideEachOther fills up the shorter blocks', () => {
  expect(besideEachOther([['whale', 'sperm'], ['sea'], ['ship', 'boat', 'mast']])).toEqual([
    'whale  sea  ship',
    'sperm       boat',
    '            mast',
  ]);
});
