import { expect, it } from 'vitest';
import { wordToTry } from '../../src/cli/options/output.ts';

it.each([
  ['a content word, not a frequent one', ['the', 'of', 'these', 'their', 'there', 'whale', 'ship'], 'whale'],
  ['no particle of Korean', ['은', '는', '이', '에서', '서울', '커피'], '서울'],
  ['no particle of one syllable among few words', ['은', '을', '커피'], '커피'],
  ['Chinese of two characters', ['的', '了', '鲸鱼'], '鲸鱼'],
  ['what there is', ['a', 'b'], 'a'],
  ['nothing that is an option or a sum', ['-k', '+', 'a b'], undefined],
])('%s', (_, words, expected) => expect(wordToTry(words)).toBe(expected));

it('passes over the most frequent words of a language without a list', () => {
  const words = ['walfisch', ...Array.from({ length: 999 }, (_, at) => (at < 9 ? 'oder' : 'harpune'))];
  expect(wordToTry(words)).toBe('harpune');
});
