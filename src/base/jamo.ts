// Hangul syllables taken apart into jamo, and put together again. A precomposed syllable (U+AC00 to U+D7A3) becomes
// three characters, as in Park et al. 2018 (ACL, section 3.1): its first consonant, its vowel, and its last consonant,
// or `e` where it has none: 강아지 -> ㄱㅏㅇㅇㅏeㅈㅣe. So each syllable has the same length, and its border can be seen. The
// jamo are compatibility jamo (U+3131 to U+3163), because normalization to NFC would join conjoining ones to syllables
// again. Arithmetic: The Unicode Standard, section 3.12.

const FIRST = 0xac00;
const LAST = 0xd7a3;
const initials = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const vowels = [...'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'];
const finals = [...'eㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];

const anySyllable = /[\uac00-\ud7a3]/;

/** `word` (in NFC) with each syllable as three characters; all other characters stay as they are. */
export function decomposeHangul(word: string): string {
  if (!anySyllable.test(word)) return word;
  let result = '';
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code < FIRST || code > LAST) {
      result += word[at];
      continue;
    }
    const index = code - FIRST;
    const final = index % finals.length;
    const initialAndVowel = (index - final) / finals.length;
    const vowel = initialAndVowel % vowels.length;
    result += initials[(initialAndVowel - vowel) / vowels.length] + vowels[vowel] + finals[final];
  }
  return result;
}

const syllable = new RegExp(`[${initials.join('')}][${vowels.join('')}][${finals.join('')}]`, 'g');

/**
 * The inverse: each first consonant, vowel and last consonant (or `e`) in a row become a syllable. Exact for all text
 * without compatibility jamo of its own.
 */
export function composeHangul(jamo: string): string {
  return jamo.replace(syllable, ([initial, vowel, final]) =>
    String.fromCharCode(
      FIRST +
        (initials.indexOf(initial!) * vowels.length + vowels.indexOf(vowel!)) * finals.length +
        finals.indexOf(final!),
    ),
  );
}
