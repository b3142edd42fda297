import { expect, it } from 'vitest';
import { isFileWord, markBefore, withoutMark } from '../../src/corpus/file-words.ts';

it('a word has no white space of Python, and may have U+FEFF', () => {
  for (const word of ['a', 'x\ufeffy', '\ufeff', '\u200b', '한국어', "don't", '\0'])
    expect(isFileWord(word)).toBe(true);
  for (const space of [' ', '\t', '\n', '\r', '\v', '\f', '\x1c', '\x1f', '\x85', '\xa0', '\u2028', '\u3000']) {
    expect(isFileWord(`a${space}b`)).toBe(false);
  }
  expect(isFileWord('')).toBe(false);
});

it('a file whose first word begins with U+FEFF keeps it', () => {
  expect(markBefore(['a', '\ufeffb'])).toBe('');
  expect(withoutMark(`${markBefore(['\ufeffa'])}\ufeffa`)).toBe('\ufeffa');
  expect(withoutMark('a\ufeff')).toBe('a\ufeff');
});
