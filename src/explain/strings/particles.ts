// Korean particles after a word that is not known beforehand: 은/는, 이/가, 을/를, 과/와, 으로/로, by the word's last sound.

const SYLLABLES = 0xac00;
const FINALS = 28;
const RIEUL = 8;
/** How the digits 0 .. 9 end when they are read: 영 일 이 삼 사 오 육 칠 팔 구; the number of the final consonant, 0 for none. */
const digitFinals = [21, 8, 0, 16, 0, 0, 1, 8, 8, 0];

/**
 * `word` with the particle that fits: the first after a consonant, the second after a vowel; `으로/로` takes 로 after ㄹ
 * too. Both, as `을(를)`, after a word in another script, whose sound is not known.
 */
export function withParticle(word: string, pair: `${string}/${string}`, shown = word): string {
  const [afterConsonant, afterVowel] = pair.split('/') as [string, string];
  const final = finalOf(word);
  if (final === undefined) {
    return `${shown}${afterConsonant === '으로' ? '(으)로' : `${afterConsonant}(${afterVowel})`}`;
  }
  const closed = final > 0 && !(afterConsonant === '으로' && final === RIEUL);
  return `${shown}${closed ? afterConsonant : afterVowel}`;
}

/** Number of the last syllable's final consonant, 0 for none. */
function finalOf(word: string): number | undefined {
  const last = word.at(-1);
  if (last === undefined) return undefined;
  if (/[0-9]/.test(last)) return digitFinals[Number(last)];
  const code = last.charCodeAt(0) - SYLLABLES;
  return code >= 0 && code <= 11_171 ? code % FINALS : undefined;
}
