import { expect, test } from 'vitest';
import { knownForm } from '../../src/corpus/known-form.ts';

const known = new Set(['korea', 'USA', '한국', 'カタカナ', 'ａ']);

test('a word is known as it is written, else as the tokenizer writes it', () => {
  expect(knownForm(known, 'Korea')).toBe('korea');
  expect(knownForm(known, 'USA')).toBe('USA');
  expect(knownForm(known, 'usa')).toBeUndefined();
  expect(knownForm(known, '한국'.normalize('NFD'))).toBe('한국');
  expect(knownForm(known, '')).toBeUndefined();
});

test('full-width letters and half-width kana stand for the usual ones, unless the vocabulary has them', () => {
  expect(knownForm(known, 'Ｋｏｒｅａ')).toBe('korea');
  expect(knownForm(known, 'ｶﾀｶﾅ')).toBe('カタカナ');
  expect(knownForm(known, 'Ａ')).toBe('ａ');
  expect(knownForm(known, 'ｘ')).toBeUndefined();
});
