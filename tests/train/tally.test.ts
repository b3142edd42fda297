import { expect, it } from 'vitest';
import { addCenters, addLoss, epochAt, meansByEpoch, sumOfThreads, threadTallyLength } from '../../src/train/tally.ts';

const threads = (count: number, epochs: number) =>
  Array.from({ length: count }, () => new Float64Array(threadTallyLength(epochs)));

it('sums what threads count, by epoch', () => {
  const [a, b] = threads(2, 3);
  addCenters(a, 5);
  addCenters(b, 2);
  addLoss(a, 0, 30, 10, 100);
  addLoss(b, 0, 10, 10, 200);
  addLoss(b, 2, 5, 5, 900);
  expect(sumOfThreads([a, b], 950)).toEqual({
    words: 950,
    centers: 7,
    loss: Float64Array.of(40, 0, 5),
    examples: Float64Array.of(20, 0, 5),
    worst: 3,
    worstAt: 100,
  });
});

it('the worst mean is not a number where any was not, in whatever order', () => {
  for (const losses of [
    [1, Number.NaN, 9],
    [Number.NaN, 9, 1],
    [9, 1, Number.NaN],
  ]) {
    const all = threads(3, 1);
    for (const [i, loss] of losses.entries()) addLoss(all[i], 0, loss, 1, 10 * i);
    expect(sumOfThreads(all, 30)).toMatchObject({ worst: Number.NaN, worstAt: 10 * losses.findIndex(Number.isNaN) });
    const [one] = threads(1, 1);
    for (const loss of losses) addLoss(one, 0, loss, 1, 10);
    expect(sumOfThreads([one], 30).worst).toBeNaN();
  }
});

it('a batch belongs to the epoch of the last word that was read before it', () => {
  expect([0, 1, 100, 101, 250, 300, 301].map((words) => epochAt(words, 100, 3))).toEqual([0, 0, 0, 1, 2, 2, 2]);
});

it('has one mean an epoch, also where a step spans several: that of those beside it, never 0', () => {
  const [loss, examples] = [Float64Array.of(0, 6, 0, 4, 0), Float64Array.of(0, 2, 0, 4, 0)];
  expect(meansByEpoch({ loss, examples })).toEqual([3, 3, 3, 1, 1]);
});

it('has none where nothing was measured', () => {
  expect(meansByEpoch({ loss: new Float64Array(5), examples: new Float64Array(5) })).toEqual([]);
});
