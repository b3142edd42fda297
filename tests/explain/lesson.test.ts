import { describe, expect, it } from 'vitest';
import { encodeText } from '../../src/corpus/encode.ts';
import { contextsOf } from '../../src/explain/contexts.ts';
import { type LessonSettings, lessonDefaults, openLesson, tokens } from '../../src/explain/lesson.ts';
import { en } from '../../src/explain/strings/en.ts';

const { text: sentence, ...defaults } = lessonDefaults;
const open = (text: string, given: Partial<LessonSettings> = {}) => openLesson(text, { ...defaults, ...given }, en);

/** The words as src/corpus has them. */
async function corpusTokens(text: string): Promise<string[]> {
  const corpus = await encodeText(text, { minCount: 1 });
  const entries = new Int32Array(corpus.length);
  corpus.read(0, entries, 0, entries.length);
  return [...entries].filter((id) => id >= 0).map((id) => corpus.vocabulary.words[id]);
}

describe('the words of a lesson', () => {
  it('as in the book: a full stop is a word, ids in order of first occurrence', () => {
    const { words, lines, counts } = open(sentence);
    expect(words).toEqual(['you', 'say', 'goodbye', 'and', 'i', 'hello', '.']);
    expect(lines).toEqual([[0, 1, 2, 3, 4, 1, 5, 6]]);
    expect(counts).toEqual([1, 2, 1, 1, 1, 1, 1]);
  });

  it('as in word2vec.c: most frequent first, and no full stop', () => {
    const { words, counts } = open(sentence, { as: 'word2vec' });
    expect(words).toEqual(['say', 'you', 'goodbye', 'and', 'i', 'hello']);
    expect(counts).toEqual([2, 1, 1, 1, 1, 1]);
  });

  it.each([
    sentence,
    "Don't stop: rock'n'roll at state-of-the-art 3.14 'tis dogs' a--b snake_case U.S.",
    'Cafe\u0301 CAFÉ \u00c5ngstro\u0308m \u1112\u1161\u11ab\uae00 한글 ÇA İstanbul straße',
    '😀 hello 👩‍👩‍👧 world ❤️ e\u0301\u0323 \u0301alone ０１２ Ⅷ \u{1F1F0}\u{1F1F7}',
    'नमस्ते दुनिया 日本語 \u2019quoted\u2019 well\u2010known',
  ])('are those of the corpus: %s', async (text) => {
    expect(tokens(text, 'word2vec')).toEqual(await corpusTokens(text));
  });

  it('keeps the twenty most frequent of more, and says so', () => {
    const text = Array.from({ length: 30 }, (_, i) => `w${i} `.repeat(30 - i)).join('');
    const { words, notes, lines } = open(text);
    expect(words).toEqual(Array.from({ length: 20 }, (_, i) => `w${i}`));
    expect(lines.flat()).toHaveLength(400);
    expect(notes).toEqual([
      'The text has 30 different words. The lesson uses the 20 most frequent ones, so that the tables fit.',
      'The text has 410 occurrences of these words. The lesson uses the first 400.',
    ]);
  });

  it.each([
    ['', 'the text has no word'],
    [' \n\t', 'the text has no word'],
    ['😀 👍 !!!', 'the text has no word'],
    ['word', 'the text has one word'],
    ['again again again', 'the text has one word'],
    ['one\nword\na\nline', 'no two words stand on one line'],
  ])('refuses %j', (text, message) => {
    expect(() => open(text, { as: 'word2vec' })).toThrow(expect.objectContaining({ code: 'corpus-empty' }));
    expect(() => open(text, { as: 'word2vec' })).toThrow(message);
  });
});

describe('contexts', () => {
  it('as in the book: the whole window on both sides', () => {
    expect(contextsOf(open(sentence, { window: 2 }))).toEqual([
      { center: 2, contexts: [0, 1, 3, 4] },
      { center: 3, contexts: [1, 2, 4, 1] },
      { center: 4, contexts: [2, 3, 1, 5] },
      { center: 1, contexts: [3, 4, 5, 6] },
    ]);
  });

  it('as in word2vec.c: every word, up to the ends of its line, in windows of 1 .. W', () => {
    const examples = contextsOf(open('a b c d e f\ng h', { as: 'word2vec', window: 3 }));
    expect(examples.map(({ center }) => center)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(examples.slice(6)).toEqual([
      { center: 6, contexts: [7] },
      { center: 7, contexts: [6] },
    ]);
    const widths = new Set(examples.map(({ contexts }) => contexts.length));
    expect(widths.size).toBeGreaterThan(1);
    expect(Math.max(...widths)).toBeLessThanOrEqual(6);
  });

  it('says which window no word has', () => {
    expect(() => contextsOf(open('two words', {}))).toThrow(
      'no word has 1 neighbor on each side: expected a line of 3 words or more',
    );
    expect(contextsOf(open('two words', { as: 'word2vec' }))).toHaveLength(2);
  });
});
