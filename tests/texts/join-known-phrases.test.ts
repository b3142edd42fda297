import { describe, expect, it } from 'vitest';
import { knownPhraseJoiner } from '../../src/texts/join-known-phrases.ts';
import { fc } from '../properties.ts';

const joiner = (words: string[], delimiter = '_') => {
  const known = new Set(words);
  return knownPhraseJoiner({ words, has: (word) => known.has(word) }, delimiter);
};

describe('the phrases of a vocabulary', () => {
  it('are joined from left to right, the longest first', () => {
    const join = joiner(['new', 'york', 'new_york', 'new_york_times', 'york_times', 'times_square']);
    expect(join('in new york times square'.split(' '))).toEqual(['in', 'new_york_times', 'square']);
    expect(join('new york city new'.split(' '))).toEqual(['new_york', 'city', 'new']);
    expect(join([])).toEqual([]);
  });

  it('need their own delimiter', () => {
    expect(joiner(['new_york'], '-')(['new', 'york'])).toEqual(['new', 'york']);
  });

  it('lose no word of any text', () => {
    const word = fc.constantFrom('a', 'b', 'c');
    const phrase = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('_'));
    fc.assert(
      fc.property(fc.array(phrase), fc.array(word), (vocabulary, text) => {
        const joined = joiner(vocabulary)(text);
        expect(joined.flatMap((one) => one.split('_'))).toEqual(text);
        for (const one of joined) expect(one.includes('_') ? vocabulary : [one]).toContain(one);
      }),
    );
  });
});
