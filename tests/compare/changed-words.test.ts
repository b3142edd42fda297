import { expect, it } from 'vitest';
import { changedWords } from '../../src/compare/changed-words.ts';

const byWord = Uint8Array.of(3, 0, 255, 10, 0, 7);
const seeds = Uint8Array.of(9, 1, 255, 10, 8, 7);
const rowsOf = (...of: Parameters<typeof changedWords>) => changedWords(...of).map(({ row }) => row);
const all = () => true;

it('orders by overlap, then by the file, and leaves out words that were not compared', () => {
  expect(rowsOf(byWord, undefined, 'most', 9, all)).toEqual([1, 4, 0, 5, 3]);
  expect(rowsOf(byWord, undefined, 'least', 9, all)).toEqual([3, 5, 0, 1, 4]);
});

it('measures change from the overlap between seeds, where it is known', () => {
  expect(changedWords(byWord, seeds, 'most', 2, all)).toEqual([
    { row: 4, same: 0, sameSeeds: 8 },
    { row: 0, same: 3, sameSeeds: 9 },
  ]);
  expect(rowsOf(byWord, seeds, 'least', 2, all)).toEqual([3, 5]);
});

it('takes the rows asked for only', () => {
  expect(rowsOf(byWord, seeds, 'most', 9, (row) => row < 4)).toEqual([0, 1, 3]);
});
