import { expect, it } from 'vitest';
import { pairDataOf } from '../../src/explorer/page-data-of.ts';

it('keeps each list under a name of its own, and the rest as facts', () => {
  const kept = new Map<string, Int32Array | Uint8Array>();
  const keep = (name: string, numbers: Int32Array | Uint8Array) => {
    kept.set(name, numbers);
    return `blob:${name}`;
  };
  const overlap = (numbers: number[]) => ({
    byWord: Uint8Array.from(numbers),
    widerByWord: Uint8Array.from(numbers, (number) => number + 1),
    histogram: [1, 1],
    mean: 0.5,
  });
  const comparison = {
    common: 3,
    compared: 2,
    k: 1,
    wide: 1,
    chance: 1,
    rows: Int32Array.of(1, -1, 0),
    ...overlap([1, 255, 0]),
  };
  const facts = { common: 3, compared: 2, k: 1, chance: 1, mean: 0.5, histogram: [1, 1] };
  const data = pairDataOf(comparison, keep);
  expect(data).toEqual({ ...facts, rows: 'blob:pair-rows', overlap: 'blob:pair-overlap', wider: 'blob:pair-wider' });
  expect([...kept.values()]).toEqual([comparison.rows, comparison.byWord, comparison.widerByWord]);
  const seeds = overlap([0, 255, 1]);
  const noisy = pairDataOf({ ...comparison, seeds }, keep, 'seed2.bin');
  expect(noisy.seeds).toEqual({
    name: 'seed2.bin',
    overlap: 'blob:pair-seeds',
    wider: 'blob:pair-seeds-wider',
    mean: 0.5,
    histogram: [1, 1],
  });
  expect(kept.get('pair-seeds')).toBe(seeds.byWord);
});
