import { describe, expect, it } from 'vitest';
import { areKnown, axisOf, exampleWords, pairsIn, wordsIn } from '../../src/explorer/formulas.ts';

describe('what people type', () => {
  it.each([
    ['man, woman', 'woman - man'],
    [' man → woman ', 'woman - man'],
    ['man -> woman', 'woman - man'],
    ['woman  -  man', 'woman - man'],
    ['king', 'king'],
    ['', ''],
    ['a, b, c', 'a, b, c'],
    ['co-op, e-mail', 'e-mail - co-op'],
  ])('%j is the axis %j', (text, axis) => expect(axisOf(text)).toBe(axis));

  it('splits words at spaces, commas and semicolons, each word once', () =>
    expect(wordsIn(' a,b;  c\na __proto__ ')).toEqual(['a', 'b', 'c', '__proto__']));

  it('reads pairs, one a line, and tells lines that are none', () =>
    expect(pairsIn('a b\n\n c, d \ne\nf g h')).toEqual({
      pairs: [
        ['a', 'b'],
        ['c', 'd'],
      ],
      wrong: ['e', 'f g h'],
    }));

  it('suggests well-known words, else frequent ones of some length', () => {
    const list = [
      'the',
      'of',
      ...Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? `w${at}` : `longer${at}`)),
      'city',
    ];
    const rowOf = new Map(list.map((word, row) => [word, row]));
    const words = exampleWords(list, rowOf, 3);
    expect(words).toEqual(['city', 'longer19', 'longer21']);
    expect(areKnown('city, of', rowOf)).toBe(true);
    expect(areKnown('city toString', rowOf)).toBe(false);
  });
});
