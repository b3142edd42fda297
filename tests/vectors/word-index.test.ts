import { expect, test } from 'vitest';
import { BestRows } from '../../src/algebra/best-rows.ts';
import { createWordIndex } from '../../src/vectors/word-index.ts';
import { fc } from '../properties.ts';

test('finds what a Map finds, as it grows', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 3 })), fc.array(fc.string()), (added, others) => {
      const words: string[] = [];
      const index = createWordIndex(words);
      const map = new Map<string, number>();
      for (const word of added) {
        expect(index.add(word)).toBe(!map.has(word));
        if (!map.has(word)) map.set(word, map.size);
      }
      expect(words).toEqual([...map.keys()]);
      for (const word of [...added, ...others]) {
        expect([word, index.get(word), index.has(word)]).toEqual([word, map.get(word), map.has(word)]);
      }
      expect(added.map(createWordIndex([...words]).get)).toEqual(added.map((word) => map.get(word)));
    }),
  );
});

test('many words, and one taken off the end again', () => {
  const words: string[] = [];
  const index = createWordIndex(words);
  for (let at = 0; at < 20_000; at++) expect(index.add(`w${at}`)).toBe(true);
  for (let at = 0; at < 20_000; at += 7) expect(index.get(`w${at}`)).toBe(at);
  words.pop();
  expect([index.get('w19999'), index.has('w19998'), index.has('w20000')]).toEqual([undefined, true, false]);
});

test('of a word that stands there twice the first row counts', () => {
  const index = createWordIndex(['a', 'b', 'a', 'a', 'b']);
  expect([index.get('a'), index.get('b')]).toEqual([0, 1]);
});

test('a word is found in its other canonical forms, where it does not stand itself', () => {
  const decomposed = '서울'.normalize('NFD');
  const index = createWordIndex(['한국', decomposed, 'café', '각', '각'.normalize('NFD')]);
  expect(index.get('한국'.normalize('NFD'))).toBe(0);
  expect(index.get('서울')).toBe(1);
  expect(index.has('cafe\u0301')).toBe(true);
  expect([index.get('각'), index.get('각'.normalize('NFD'))]).toEqual([3, 4]);
  expect([index.has('ｃａｆé'), index.has('Café'), index.has('한')]).toEqual([false, false, false]);
  expect([index.add('서울'), index.get('서울')]).toEqual([true, 5]); // as a word of a list it is another one
});

test('the best rows are those of a sort', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 })), fc.integer({ min: 1, max: 9 }), (scores, k) => {
      const best = new BestRows(k);
      scores.forEach((score, row) => {
        if (score > best.worst) best.add(row, score);
      });
      const sorted = scores
        .map((score, row): [number, number] => [row, score])
        .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      expect(best.sorted()).toEqual(sorted.slice(0, k));
    }),
  );
});
