import { describe, expect, it } from 'vitest';
import { englishStopWords, isStopWord, stopWordRows } from '../../../src/corpus/cleaning/stop-words.ts';

describe('stop words', () => {
  it('are function words of English and Korean, numbers, signs and single letters', () => {
    for (const word of [
      ...englishStopWords,
      'The',
      'which',
      'himself',
      "it's",
      'don’t',
      '은',
      '에서',
      '있는',
      '2013',
      '31.5',
      '!',
      's',
    ])
      expect(isStopWord(word), word).toBe(true);
    for (const word of ['whale', "whale's", 'king', 'mine', '서울', '왕', '花', 'u2', 'café'])
      expect(isStopWord(word), word).toBe(false);
  });

  it('of a language without a list are its most frequent words', () => {
    const norwegian = ['og', 'i', 'det', ...Array.from({ length: 397 }, (_, at) => `ord${at}`)];
    const rows = stopWordRows(norwegian);
    expect([...rows.keys()].filter((row) => rows[row] === 1)).toEqual([0, 1, 2, 3]);
    const english = 'the of and a to in is that it was'.split(' ').concat(norwegian.slice(3));
    expect([...stopWordRows(english)].indexOf(0)).toBe(10);
    expect(stopWordRows(['king', 'queen'])).toEqual(new Uint8Array(2));
  });
});
