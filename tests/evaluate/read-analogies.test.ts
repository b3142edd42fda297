import { describe, expect, it } from 'vitest';
import { parseAnalogies } from '../../src/evaluate/read-analogies.ts';

describe('parseAnalogies', () => {
  it('reads sections by colon and by hash, tabs, spaces, commas, BOM and CRLF', () => {
    const text =
      '\ufeff: capitals\r\nAthens Greece Oslo Norway\r\n\r\n# 국가 - 수도 (15 pairs)\r\n대한민국\t서울\t일본\t도쿄\r\na,b,c,d\r\n';
    expect(parseAnalogies(text, 'x').sections).toEqual([
      { name: 'capitals', questions: [['Athens', 'Greece', 'Oslo', 'Norway']] },
      {
        name: '국가 - 수도 (15 pairs)',
        questions: [
          ['대한민국', '서울', '일본', '도쿄'],
          ['a', 'b', 'c', 'd'],
        ],
      },
    ]);
  });

  it('takes questions without a section', () => {
    expect(parseAnalogies('a b c d\n', 'x').sections).toEqual([{ name: '', questions: [['a', 'b', 'c', 'd']] }]);
  });

  it.each([
    [': s\na b c\n', 'q.txt:2: expected four words, found 3 words: "a b c"'],
    ['a b c d\nlonely\n', 'q.txt:2: expected four words, found 1 word: "lonely"'],
    [': only a section\n', 'q.txt has no analogy questions'],
  ])('names the line that is wrong in %j', (text, message) => {
    expect(() => parseAnalogies(text, 'q.txt')).toThrow(expect.objectContaining({ code: 'file-malformed', message }));
  });
});
