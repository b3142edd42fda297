import { describe, expect, it } from 'vitest';
import { contextWords } from '../../src/query/context-text.ts';

const known = new Set(['you', 'say', 'goodbye', 'and', 'i', 'hello', "don't", 'U.S.', 'NASA', '?', '국왕']);
const around = (text: string, window = Number.POSITIVE_INFINITY) => contextWords(text, known, window);

describe('the words around a place', () => {
  it.each([
    ['you ? goodbye', ['you', 'goodbye']],
    ['you _ goodbye', ['you', 'goodbye']],
    ['?  say', ['say']],
    ['say\t_', ['say']],
    ['You say, ? “Goodbye!”', ['you', 'say', 'goodbye']],
    ['don’t ? U.S. NASA', ["don't", 'U.S.', 'NASA']],
    ['you _ ? goodbye', ['you', '?', 'goodbye']], // a word of this vocabulary
    ['국왕 ?', ['국왕']],
    ['you you ?', ['you', 'you']],
  ])('%s', (text, words) => {
    expect(around(text)).toEqual({ words, unknown: [], tooFar: [] });
  });

  it('leaves out unknown words, which take no place in the window', () => {
    expect(around('say you Foo ? bar-baz hello', 1)).toEqual({
      words: ['you', 'hello'],
      unknown: ['Foo', 'bar-baz'],
      tooFar: ['say'],
    });
  });

  it('leaves out words beyond the window, on each side', () => {
    const { words, tooFar } = around('i say you ? and you say goodbye', 2);
    expect(words).toEqual(['say', 'you', 'and', 'you']);
    expect(tooFar).toEqual(['i', 'say', 'goodbye']);
  });

  it.each([
    ['you say', "the context 'you say' has no place marked"],
    ['', "the context '' has no place marked"],
    ['what?', "the context 'what?' has no place marked"],
    ['you ? say ?', "the context 'you ? say ?' has several places marked"],
    ['_ say _', 'several places marked'],
    [' ? ', "the context ' ? ' has no word"],
  ])('refuses %j', (text, message) => {
    expect(() => around(text)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) }),
    );
  });
});
