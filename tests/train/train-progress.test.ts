import { expect, it } from 'vitest';
import { trainSettings } from '../../src/train/settings.ts';
import type { Tally } from '../../src/train/tally.ts';
import { createProgress } from '../../src/train/train-progress.ts';

const tallyOf = (words: number, loss: number[], examples: number[]): Tally => ({
  ...{ words, centers: words, worst: 0, worstAt: 0 },
  ...{ loss: Float64Array.from(loss), examples: Float64Array.from(examples) },
});

it('reports the mean loss of the examples since the last report that had any', () => {
  const progress = createProgress(1000, trainSettings({ epochs: 2, learningRate: 0.1 }));
  expect(progress.of(tallyOf(100, [0, 0], [0, 0]), 1)).not.toHaveProperty('loss');
  expect(progress.of(tallyOf(500, [40, 0], [10, 0]), 2)).toEqual({
    ...{ phase: 'train', done: 500, total: 2000, unit: 'words' },
    ...{ loss: 4, wordsPerSecond: 250, etaSeconds: 6 },
    learningRate: 0.1 * (1 - 500 / 2001),
  });
  expect(progress.of(tallyOf(1200, [70, 10], [20, 10]), 3).loss).toBe(2);
  expect(progress.of(tallyOf(1300, [70, 10], [20, 10]), 4).loss).toBe(2);
  expect(progress.done()).toEqual({ phase: 'train', done: 2000, total: 2000, unit: 'words', etaSeconds: 0 });
});
