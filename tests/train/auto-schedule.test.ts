import { expect, it } from 'vitest';
import { autoSchedule, standardSchedule } from '../../src/train/auto-schedule.ts';
import { type GivenTrainSettings, trainSettings } from '../../src/train/settings.ts';

const plain = { loss: 'ns', cbowSum: false };
const skipgram = { ...plain, model: 'skipgram' } as const;
const cbow = { ...plain, model: 'cbow' } as const;
const million = 1e6;

it.each([
  [skipgram, 0, 10, 0.05],
  [skipgram, 8.5 * million, 10, 0.05],
  [skipgram, 12 * million, 10, 0.0354],
  [skipgram, 17 * million, 10, 0.025],
  [skipgram, 50 * million, 7, 0.025],
  [skipgram, 160 * million, 5, 0.025],
  [skipgram, 1e12, 5, 0.025],
  [cbow, 1000, 10, 0.1],
  [cbow, 1.2 * million, 10, 0.0708],
  [cbow, 20 * million, 10, 0.05],
  [{ ...skipgram, subwords: '3..6' }, 1000, 10, 0.05],
  [{ ...skipgram, subwords: '3..6' }, 1e12, 5, 0.05],
])('%j, %d words: %d epochs at %d', (kind, tokens, epochs, learningRate) => {
  expect(autoSchedule(kind, tokens)).toEqual({ epochs, learningRate });
});

it('never goes below the standard values, and falls as the text grows', () => {
  for (const kind of [skipgram, cbow]) {
    let before = { epochs: 10, learningRate: 1 };
    for (let tokens = 1; tokens < 1e12; tokens *= 1.3) {
      const now = autoSchedule(kind, tokens);
      expect(now.epochs).toBeLessThanOrEqual(before.epochs);
      expect(now.learningRate).toBeLessThanOrEqual(before.learningRate);
      before = now;
    }
    expect(before).toEqual(standardSchedule(kind));
  }
});

it.each([
  { ...skipgram, loss: 'hs' },
  { ...cbow, loss: 'softmax' },
  { ...cbow, cbowSum: true },
])('what was not measured keeps the standard values: %j', (kind) => {
  expect(autoSchedule(kind, 1000)).toEqual(standardSchedule(kind));
});

it.each<[GivenTrainSettings, number | undefined, number, number]>([
  [{}, 1000, 10, 0.05],
  [{ epochs: 'auto', learningRate: 'auto' }, 1000, 10, 0.05],
  [{}, undefined, 5, 0.025],
  [{ epochs: 5 }, 1000, 5, 0.025],
  [{ epochs: 20 }, 1000, 20, 0.025],
  [{ learningRate: 0.01 }, 1000, 10, 0.01],
  [{ epochs: 5, model: 'cbow' }, 1000, 5, 0.05],
  [{ model: 'cbow', subwords: '3..6' }, 1000, 10, 0.05],
])('settings %j of %s words: %d epochs at %d', (given, tokens, epochs, learningRate) => {
  expect(trainSettings(given, tokens)).toMatchObject({ epochs, learningRate });
});
