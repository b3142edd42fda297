import { expect, test } from 'vitest';
import type { W2vError } from '../../src/base/errors.ts';
import { suggest } from '../../src/base/suggest.ts';
import { rowOf, vectorOf, type WordVectors, wordIndex } from '../../src/vectors/word-vectors.ts';
import { fc, runs } from '../properties.ts';

function vectorsOf(words: string[], source?: string): WordVectors {
  const vectors = { words, matrix: Float32Array.from(words, (_, row) => row), dimensions: 1 };
  return source === undefined ? vectors : { ...vectors, source };
}

function refusal(vectors: WordVectors, word: string): W2vError {
  try {
    rowOf(vectors, word);
  } catch (error) {
    return error as W2vError;
  }
  throw new Error('no error');
}

test('words are found', () => {
  const vectors = vectorsOf(['a', 'constructor', '__proto__', 'b']);
  expect(['a', 'constructor', '__proto__', 'b'].map((word) => rowOf(vectors, word))).toEqual([0, 1, 2, 3]);
  expect([...vectorOf(vectors, 'b')]).toEqual([3]);
  expect(wordIndex(vectors)).toBe(wordIndex({ ...vectors }));
});

test('an unknown word names the file, its size and the nearest spellings', () => {
  const filler = Array.from({ length: 67_996 }, (_, row) => `filler${row}`);
  const vectors = vectorsOf(['the', 'king', 'kin', 'Paris', ...filler], 'wiki.bin');
  const error = refusal(vectors, 'kign');
  expect(error.code).toBe('word-unknown');
  expect(error.message).toBe("'kign' is not in the vocabulary of wiki.bin (68,000 words)");
  expect(error.hint).toBe('did you mean king or kin?');
  expect(refusal(vectors, 'paris').hint).toBe('did you mean Paris?');
  expect(refusal(vectorsOf(['a']), 'zzzz')).toMatchObject({
    message: "'zzzz' is not in the vocabulary (1 word)",
    hint: 'check the spelling: words are stored as tokenized, usually in lower case',
  });
});

test('the same word in another case, else one edit, then two, each in the order of the words', () => {
  const words = ['whalings', 'whalin', 'whaling', 'WHALING', 'wailing', 'whiling', 'what', 'hwaling', 'w'];
  expect(suggest(words, 'Whaling', 20)).toEqual(['whaling', 'WHALING']);
  expect(suggest(words, 'Whaling', 1)).toEqual(['whaling']);
  expect(suggest([...words, 'whalers'], 'whalling', 20)).toEqual([
    'whaling',
    'WHALING',
    'whalings',
    'whalin',
    'wailing',
    'whiling',
    'hwaling',
  ]);
  expect(suggest(['b', 'A'], 'a')).toEqual(['A']);
  expect(suggest(['straßen'], 'strassen')).toEqual(['straßen']);
  expect(suggest(['море'], 'моер')).toEqual(['море']);
});

test('a Hangul syllable counts as its jamo, an accent as a letter', () => {
  const words = ['한다', '한국의', '한국', '한', '귝', '관련', '한극', '하늘'];
  expect(suggest(words, '한귝')).toEqual(['한국', '한극']);
  expect(suggest(words, '하늬')).toEqual([]);
  expect(suggest(words, '한국애')).toEqual(['한국의', '한국']);
  expect(suggest(['대한민국', '민국'], '대햔민귝')).toEqual(['대한민국']);
  expect(suggest(['café', 'coffee'], 'cafe')).toEqual(['café']);
});

test('words that the tokenizer took apart are suggested as syllables', () => {
  const vectors = vectorsOf(['ㅎㅏㅁㅅㅜe', 'ㅎㅏㅁㅅㅜeㄹㅡㄹ', 'ㅂㅕㄴㅅㅜe']);
  expect(refusal(vectors, '함슈').hint).toBe('did you mean 함수?');
  expect(refusal(vectors, '나무').hint).toMatch(/^check the spelling/);
});

test('words that begin with the one asked for are suggested, for Hangul with what joins them', () => {
  const vectors = vectorsOf(['서울의', '서울에서', '부산', 'whale', 'whaleboats']);
  expect(refusal(vectors, '서울').hint).toMatch(/^words begin with it: 서울의, 서울에서; .*tokenizer: 'korean'/);
  expect(refusal(vectors, 'whaleb').hint).toBe('did you mean whale?');
  expect(refusal(vectors, 'whalebo').hint).toBe('did you mean whaleboats?');
  expect(refusal(vectors, '대구').hint).toBe('check the spelling: words are stored as tokenized');
});

test('another normalization form is the same word', () => {
  expect(suggest(['한국어', '한국'], '한국'.normalize('NFD'))).toEqual(['한국']);
  expect(suggest(['한국'.normalize('NFD')], '한국')).toEqual(['한국'.normalize('NFD')]);
  expect(suggest(['korean', 'korea'], 'Ｋｏｒｅａ')).toEqual(['korea']);
});

test('what shares too few letters is no suggestion, nor is anything for a very long word', () => {
  expect(suggest(['in', 'nine', 'wind', 'fig', 'ring'], 'king')).toEqual(['ring']);
  expect(suggest(['human', 'loan', 'man'], 'woman')).toEqual([]);
  expect(suggest(['way', 'far'], 'war')).toEqual([]);
  expect(suggest(['x'.repeat(100_000)], 'x'.repeat(100_001))).toEqual([]);
});

test('an error quotes at most 80 characters of a word, and no control characters, in its hint neither', () => {
  const vectors = vectorsOf(['\u001b]52;c;aGFja2Vk\u0007']);
  const error = refusal(vectors, '\u001b]52;c;aGFja2Vkx');
  expect(error.message).toBe("'\\x1b]52;c;aGFja2Vkx' is not in the vocabulary (1 word)");
  expect(error.hint).toBe('did you mean \\x1b]52;c;aGFja2Vk\\x07?');
  expect(refusal(vectors, 'x'.repeat(5_000_000)).message).toHaveLength(116);
});

test('what is no string is misuse', () => {
  expect(() => rowOf(vectorsOf(['a']), 1 as unknown as string)).toThrow('a word is 1, expected a string');
});

/** The whole table of Damerau 1964 in its restricted form, without a bound. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i][j] = Math.min(
        table[i - 1][j] + 1,
        table[i][j - 1] + 1,
        table[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? table[i - 2][j - 2] + 1 : 99,
      );
    }
  }
  return table[a.length][b.length];
}

test.each([
  ['Latin letters', ['a', 'b', 'c']],
  ['Hangul syllables', ['가', '각', '고']],
])('all words within a distance of two are found, and no others: %s', (_, letters) => {
  const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 30 }), word, (words, wanted) => {
      const furthest = Math.min(2, Math.floor(wanted.normalize('NFD').length / 4));
      const away = (candidate: string) => distance(wanted.normalize('NFD'), candidate.normalize('NFD'));
      const expected = words
        .filter((candidate) => candidate !== wanted && away(candidate) <= furthest)
        .sort((x, y) => away(x) - away(y));
      expect(suggest(words, wanted, 30)).toEqual(expected);
    }),
    { numRuns: runs(2000) },
  );
});
