import { expect, test } from 'vitest';
import { composeHangul, decomposeHangul } from '../../src/base/jamo.ts';

test('a syllable is three characters, with e for a missing last consonant (Park et al. 2018)', () => {
  expect(decomposeHangul('강아지')).toBe('ㄱㅏㅇㅇㅏeㅈㅣe');
  expect(decomposeHangul('먹었다')).toBe('ㅁㅓㄱㅇㅓㅆㄷㅏe');
});

test('other characters stay as they are', () => {
  expect(decomposeHangul('e-메일 ㅋㅋ 日本 𝒜')).toBe('e-ㅁㅔeㅇㅣㄹ ㅋㅋ 日本 𝒜');
});

test('every syllable agrees with Unicode normalization, and is put together again', () => {
  /** Conjoining jamo -> the characters it becomes here. */
  const shown = new Map<string, Set<string>>();
  const failed: string[] = [];
  for (let code = 0xac00; code <= 0xd7a3; code++) {
    const syllable = String.fromCharCode(code);
    const parts = [...decomposeHangul(syllable)];
    const [initial, vowel, final = 'none'] = [...syllable.normalize('NFD')];
    for (const [place, jamo] of [initial!, vowel!, final].entries()) {
      shown.set(jamo, (shown.get(jamo) ?? new Set()).add(parts[place]));
    }
    // NFKC maps a compatibility jamo to the conjoining one of its name, of consonants to the initial.
    const normalized = parts.slice(0, 2).map((part) => part.normalize('NFKC'));
    const isRight = parts.length === 3 && normalized[0] === initial && normalized[1] === vowel;
    if (!isRight || composeHangul(parts.join('')) !== syllable) failed.push(syllable);
  }
  expect(failed).toEqual([]);
  expect([...shown.values()].filter((characters) => characters.size !== 1)).toEqual([]);
  expect(shown.size).toBe(19 + 21 + 28);
});

test('text without jamo of its own comes back whole', () => {
  for (const text of ['한국의 e-메일', 'eee 가e나', '각e', '']) {
    expect(composeHangul(decomposeHangul(text))).toBe(text);
  }
});
