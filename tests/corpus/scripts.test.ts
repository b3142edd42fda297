import { expect, it } from 'vitest';
import { scriptShares } from '../../src/corpus/scripts.ts';

/** Types with these words and counts, and `rare` others that occur once. */
function typesOf(
  frequent: readonly (readonly [word: string, count: number])[],
  rare: (id: number) => string,
  size: number,
) {
  const counts = Float64Array.from({ length: size }, (_, id) => frequent[id]?.[1] ?? 1);
  return { size, counts, word: (id: number) => frequent[id]?.[0] ?? rare(id) };
}

it('the share of a script is that of the tokens, wherever its words are among many types', () => {
  const phrase = '한'.repeat(9);
  const kana = 'あ'.repeat(9);
  const first = typesOf(
    [
      [kana, 1000],
      ['the', 50_000],
      ['of', 29_000],
    ],
    (id) => `word${id}`,
    120_000,
  );
  expect(scriptShares(first).unsegmented).toBeCloseTo(1000 / 199_997, 3);
  expect(scriptShares(first).scripts.kana).toBeCloseTo(1000 / 199_997, 3);
  const tail = typesOf([['the', 100_000]], (id) => (id % 3 === 0 ? phrase : `word${id}`), 100_001);
  expect(scriptShares(tail).scripts.hangul).toBeCloseTo(1 / 6, 2);
  const late = { ...tail, word: (id: number) => (id === 90_007 ? kana : 'a') };
  late.counts[90_007] = 20_000;
  expect(scriptShares(late).scripts.kana).toBeCloseTo(20_000 / 220_000, 3);
});
