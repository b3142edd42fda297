import { afterEach, describe, expect, it, vi } from 'vitest';
import { finish } from '../../src/base/steps.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import {
  buildVocabulary as build,
  formatVocabulary,
  parseVocabulary,
  vocabularyOf,
} from '../../src/corpus/vocabulary.ts';

const { heap } = vi.hoisted(() => ({ heap: { limit: 0 } }));
vi.mock('node:v8', async (original) => {
  const real = await original<typeof import('node:v8')>();
  const statistics = () => ({ ...real.getHeapStatistics(), ...(heap.limit > 0 && { heap_size_limit: heap.limit }) });
  return { ...real, getHeapStatistics: statistics };
});
afterEach(() => {
  heap.limit = 0;
});

const buildVocabulary = (...given: Parameters<typeof build>) => finish(build(...given));

const types = (words: string[], counts: number[]) => ({
  size: words.length,
  counts: Float64Array.from(counts),
  word: (id: number) => words[id],
});

describe('buildVocabulary', () => {
  const counted = types(['rare', 'b', 'a', 'most', 'alias', 'c'], [1, 3, 3, 9, 0, 2]);

  it('orders by falling count, ties by first appearance', () => {
    const built = buildVocabulary(counted, { minCount: 2, maxVocab: 0 });
    expect(built.vocabulary).toEqual({
      words: ['most', 'b', 'a', 'c'],
      counts: Float64Array.of(9, 3, 3, 2),
      total: 17,
    });
    expect([...built.finalIds]).toEqual([-1, 1, 2, 0, -1, 3]);
    expect(built).toMatchObject({ rareTokens: 1, rareTypes: 1, cappedTokens: 0, cappedTypes: 0 });
  });

  it('keeps at most maxVocab words and says what that dropped', () => {
    const built = buildVocabulary(counted, { minCount: 1, maxVocab: 2 });
    expect(built.vocabulary.words).toEqual(['most', 'b']);
    expect(built).toMatchObject({ rareTokens: 0, rareTypes: 0, cappedTokens: 6, cappedTypes: 3 });
  });

  it('orders counts that are too large to be sorted as one number with the id', () => {
    const large = types(['a', 'b', 'c', 'd'], [2 ** 52, 2 ** 52 + 1, 2 ** 52 + 2, 2 ** 52 + 1]);
    expect(buildVocabulary(large, { minCount: 1, maxVocab: 0 }).vocabulary.words).toEqual(['c', 'b', 'd', 'a']);
  });

  it('refuses more words than the heap holds, before it makes them', () => {
    heap.limit = 1e6;
    const many = { size: 1000, counts: new Float64Array(1000).fill(1), word: () => expect.fail('a word was made') };
    expect(() => buildVocabulary(many, { minCount: 1, maxVocab: 0 })).toThrow(
      expect.objectContaining({
        code: 'out-of-memory',
        message: "the vocabulary has 1000 words, which take about 1 MB of JavaScript's heap; it has room for 0 MB",
        hint: expect.stringMatching(
          /^keep fewer words \(\{ minCount, maxVocab \}\), or raise the limit: NODE_OPTIONS=--max-old-space-size=\d+$/,
        ),
      }),
    );
  });

  it('says the highest count when no word is frequent enough', () => {
    expect(() => buildVocabulary(counted, { minCount: 10, maxVocab: 0 })).toThrow(
      'no word reaches the minimum count of 10: the most frequent one occurs 9 times',
    );
    expect(() => buildVocabulary(types(['x'], [1]), { minCount: 5, maxVocab: 0 })).toThrow(/occurs once$/);
    expect(() => buildVocabulary(types([], []), { minCount: 1, maxVocab: 0 })).toThrow('the corpus contains no words');
  });
});

describe('vocabulary files', () => {
  it('come back as they were written', () => {
    const vocabulary = vocabularyOf(['the', "don't", '한국어', '\u{1f600}'], Float64Array.of(5e9, 7, 7, 1));
    const text = formatVocabulary(vocabulary);
    expect(text).toBe("the\t5000000000\ndon't\t7\n한국어\t7\n\u{1f600}\t1\n");
    expect(parseVocabulary(text, 'v.txt')).toEqual(vocabulary);
  });

  it('of more words than the heap holds are refused before they are read', () => {
    heap.limit = 1e6;
    expect(() => parseVocabulary('a\t1\n'.repeat(1000), 'v.txt')).toThrow(
      expect.objectContaining({
        code: 'out-of-memory',
        message: expect.stringMatching(/^v\.txt has 1000 lines, which take about 1 MB of JavaScript's heap;/),
      }),
    );
  });

  it('may be from word2vec.c (a space), from Windows (BOM, CRLF), in any order', () => {
    expect(parseVocabulary('\ufeffrare 1\r\nfirst 3\r\nsecond 3\r\n', 'v.txt').words).toEqual([
      'first',
      'second',
      'rare',
    ]);
  });

  it('has every word that a tokenizer finds, also with U+FEFF in it or before the first one', async () => {
    const text = '\ufefftwo \ufefftwo x\ufeffy a\u200bb c\u180ed';
    const { vocabulary } = await encodeText(`\ufeff${text}`, { tokenizer: 'whitespace', minCount: 1 });
    expect(vocabulary.words).toEqual(['\ufefftwo', 'x\ufeffy', 'a\u200bb', 'c\u180ed']);
    expect(parseVocabulary(formatVocabulary(vocabulary), 'v.txt')).toEqual(vocabulary);
  });

  it.each([
    ['a\u00a0b\t3\n', 'v.txt:1: expected a word, a tab and a count, found "a\u00a0b\\t3"'],
    ['a\t3\nb\n', 'v.txt:2: expected a word, a tab and a count, found "b"'],
    ['a\t3\n\nb\t2\n', 'v.txt:2: expected a word, a tab and a count, found ""'],
    ['a b\t3\n', 'v.txt:1: expected a word, a tab and a count, found "a b\\t3"'],
    ['a\t0\n', 'v.txt:1: expected a count, a whole number of at least 1, found "0"'],
    ['a\t-2\n', 'v.txt:1: expected a count, a whole number of at least 1, found "-2"'],
    ['a\t2.5\n', 'v.txt:1: expected a count, a whole number of at least 1, found "2.5"'],
    [
      'a\t99999999999999999999\n',
      'v.txt:1: expected a count, a whole number of at least 1, found "99999999999999999999"',
    ],
    ['a\t3\nb\t2\na\t1\n', 'v.txt:3: duplicate word "a", already on line 1'],
    ['', 'v.txt has no words'],
    [`${'a'.repeat(1e7)}\t3`, `v.txt:1: a word of 10000000 characters, expected at most 1024: "${'a'.repeat(79)}…"`],
    [`${'a'.repeat(1e7)}`, `v.txt:1: expected a word, a tab and a count, found "${'a'.repeat(79)}…"`],
  ])('malformed: %j', (text, message) => {
    expect(() => parseVocabulary(text, 'v.txt')).toThrow(expect.objectContaining({ code: 'file-malformed', message }));
  });
});

describe('a given vocabulary', () => {
  const vocabulary = vocabularyOf(['the', 'ÉCOLE', 'école', 'absent'], Float64Array.of(100, 50, 20, 10));

  it('is used as it is; other words are dropped and counted', async () => {
    const corpus = await encodeText('École the new École the\nnew', { vocabulary, minCount: 1000, maxVocab: 1 });
    expect(corpus.vocabulary).toBe(vocabulary);
    expect([...(corpus.storage as { ids: Int32Array }).ids]).toEqual([2, 0, 2, 0, -1]);
    expect(corpus.tokens).toBe(4);
    expect(corpus.dropped).toMatchObject({ rareTokens: 2, rareTypes: 1 });
  });

  it('may hold words longer than any token', async () => {
    const long = ['x', 'é'].map((letter) => letter.repeat(100_000));
    const given = vocabularyOf(['a', ...long, 'b'], Float64Array.of(4, 3, 2, 1));
    const corpus = await encodeText(`b ${long.join(' ')} a`, { vocabulary: given });
    expect([...(corpus.storage as { ids: Int32Array }).ids]).toEqual([3, 0, -1]);
    expect(corpus.dropped).toMatchObject({ rareTokens: 0, overlongTokens: 2 });
  });

  it('must share a word with the corpus', async () => {
    await expect(encodeText('nothing in common', { vocabulary })).rejects.toMatchObject({
      code: 'corpus-empty',
      message: 'none of the 4 words of the given vocabulary occurs in the corpus',
    });
  });
});
