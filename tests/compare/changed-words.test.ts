import { expect, it } from 'vitest';
import { changedWords } from '../../src/compare/changed-words.ts';

const overlap = { byWord: Uint8Array.of(3, 0, 255, 10, 0, 7), widerByWord: Uint8Array.of(9, 5, 255, 40, 5, 30) };
const seeds = { byWord: Uint8Array.of(9, 1, 255, 10, 8, 7), widerByWord: Uint8Array.of(40, 9, 255, 45, 30, 30) };
const rowsOf = (...of: Parameters<typeof changedWords>) => changedWords(...of).map(({ row }) => row);
const all = () => true;

it('orders by overlap, then by the file, and leaves out words that were not compared', () => {
  expect(rowsOf(overlap, undefined, 'most', 9, all)).toEqual([1, 4, 0, 5, 3]);
  expect(rowsOf(overlap, undefined, 'least', 9, all)).toEqual([3, 5, 0, 1, 4]);
});

it('measures change from the overlap between seeds, where it is known', () => {
  expect(changedWords(overlap, seeds, 'most', 2, all)).toEqual([
    { row: 4, same: 0, sameSeeds: 8 },
    { row: 0, same: 3, sameSeeds: 9 },
  ]);
  expect(rowsOf(overlap, seeds, 'least', 2, all)).toEqual([3, 5]);
});

it('takes the rows asked for only', () => {
  expect(rowsOf(overlap, seeds, 'most', 9, (row) => row < 4)).toEqual([0, 1, 3]);
});

it('among equal numbers, goes by more neighbors', () => {
  const even = { byWord: Uint8Array.of(0, 0, 0), widerByWord: Uint8Array.of(7, 0, 3) };
  expect(rowsOf(even, undefined, 'most', 9, all)).toEqual([1, 2, 0]);
  expect(rowsOf(even, undefined, 'least', 9, all)).toEqual([0, 2, 1]);
  const noise = { byWord: Uint8Array.of(5, 5, 5), widerByWord: Uint8Array.of(30, 0, 10) };
  expect(rowsOf(even, noise, 'most', 9, all)).toEqual([0, 2, 1]);
});
