import { expect, it } from 'vitest';
import { chapterNames, chapterTitle, makeChapter } from '../../src/explain/chapters.ts';
import { lessonDefaults, openLesson } from '../../src/explain/lesson.ts';
import { ko } from '../../src/explain/strings/ko.ts';
import { withParticle } from '../../src/explain/strings/particles.ts';

const { text, ...defaults } = lessonDefaults;

it.each([
  ['사람', '은/는', '사람은'],
  ['나무', '은/는', '나무는'],
  ['사람', '이/가', '사람이'],
  ['나무', '을/를', '나무를'],
  ['집', '으로/로', '집으로'],
  ['서울', '으로/로', '서울로'],
  ['나무', '으로/로', '나무로'],
  ['2', '으로/로', '2로'],
  ['10', '으로/로', '10으로'],
  ['1', '으로/로', '1로'],
  ['3', '을/를', '3을'],
  ['4', '을/를', '4를'],
  ['say', '을/를', 'say을(를)'],
  ['.', '이/가', '.이(가)'],
  ['cat', '으로/로', 'cat(으)로'],
  ['', '은/는', '은(는)'],
] as const)('%s with %s is %s', (word, pair, wanted) => expect(withParticle(word, pair)).toBe(wanted));

it('a particle comes after the quotation mark, and goes by the word in it', () =>
  expect(withParticle('나무', '은/는', '“나무”')).toBe('“나무”는'));

it.each(['book', 'word2vec'] as const)('every chapter as in %s is in Korean: titles, paragraphs, questions', (as) => {
  const lesson = openLesson(text, { ...defaults, as }, ko);
  for (const name of chapterNames) {
    const { title, blocks } = makeChapter(name, lesson);
    expect(title).toBe(chapterTitle(name, ko));
    expect(title).toMatch(/[가-힣]/);
    for (const block of blocks) {
      if (block.kind === 'paragraph') expect(block.text).toMatch(/[가-힣]/);
      if (block.kind === 'question') expect(`${block.prompt} ${block.explanation}`).toMatch(/[가-힣]/);
      const shown = JSON.stringify(block);
      expect(shown).not.toMatch(/undefined|NaN|\[object/);
      // No sentence was left in English: at most a few words that are names of things.
      if (block.kind === 'paragraph') expect(block.text).not.toMatch(/\b(?:the|is|are|with|from|of|not)\b/);
    }
  }
});
