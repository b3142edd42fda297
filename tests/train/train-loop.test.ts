// The loop around the engines: what it reports, and what stops it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/base/progress.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import { corpusInMemory } from '../../src/corpus/encoded-corpus.ts';
import type { Training, TrainingEngine } from '../../src/train/engine.ts';
import { initialRows } from '../../src/train/initialize.ts';
import { type TrainSettings, trainSettings } from '../../src/train/settings.ts';
import { runTraining } from '../../src/train/train-loop.ts';
import { engines } from './engines.ts';
import { plantedText } from './planted-text.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const planted = await encodeText(plantedText(2000), { minCount: 1 });
const taskOf = (given: Partial<TrainSettings>) => {
  const settings = trainSettings(given);
  return { corpus: planted, settings, initial: initialRows(settings, planted.vocabulary.words.length) };
};

describe.each(engines)('with the engine $name', ({ isMissing, open }) => {
  const test = it.skipIf(isMissing);

  test('reports words, loss and learning rate while it trains, and at last that all is done', async () => {
    const reports: Progress[] = [];
    const task = taskOf({ dim: 200, epochs: 100, threads: 1 });
    await runTraining(await open(), task, { onProgress: (report) => reports.push(report) });
    const total = 100 * planted.tokens;
    expect(reports.at(-1)).toEqual({ phase: 'train', done: total, total, unit: 'words', etaSeconds: 0 });
    const before = reports.slice(0, -1);
    expect(before.length).toBeGreaterThan(1);
    for (const [i, { done, loss, learningRate, wordsPerSecond }] of before.entries()) {
      expect(done).toBeGreaterThan(i === 0 ? 0 : before[i - 1].done - 1);
      expect(done).toBeLessThanOrEqual(total);
      expect(loss).toBeGreaterThan(0);
      expect(loss).toBeLessThan(6);
      expect(learningRate).toBeCloseTo(0.025 * (1 - done / total), 4);
      expect(wordsPerSecond).toBeGreaterThan(0);
    }
  });

  test.each([1, 2])('stops when the signal fires (%d threads)', async (threads) => {
    const controller = new AbortController();
    const task = taskOf({ dim: 100, epochs: 10_000, threads });
    const reason = new Error('the page was left');
    setTimeout(() => controller.abort(reason), 200);
    const running = runTraining(await open(), task, { signal: controller.signal });
    await expect(running).rejects.toMatchObject({ code: 'interrupted', cause: reason });
  });

  test('stops with what a report throws', async () => {
    const onProgress = () => {
      throw new Error('the pipe is closed');
    };
    const running = runTraining(await open(), taskOf({ epochs: 10_000, threads: 2 }), { onProgress });
    await expect(running).rejects.toThrow('the pipe is closed');
  });

  test('stops when training diverges, with the same words on both engines', async () => {
    const task = taskOf({ learningRate: 10, dim: 50, epochs: 50, cbowSum: true, model: 'cbow', window: 50 });
    await expect(runTraining(await open(), task)).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(
        /^training diverged: the loss is (\d[\d,]*|[\d.]+e\+\d+) \(untrained: 4\.16\) after [\d.]+ epochs \(learning rate 10\)$|^training diverged: the loss is not a finite number after [\d.]+ epochs \(learning rate 10\)$/,
      ),
      hint: 'train with a lower learning rate: { learningRate: 5 }',
    });
  });

  test('stops when a number is no longer finite', async () => {
    const huge = (rows: Float32Array) => rows.fill(1e30);
    const task = { ...taskOf({ dim: 8 }), initial: { input: huge, output: huge } };
    await expect(runTraining(await open(), task)).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringMatching(
        /^training diverged: the loss is not a finite number after [\d.]+ epochs \(learning rate 0.025\)$/,
      ),
      hint: 'train with a lower learning rate: { learningRate: 0.0125 }',
    });
  });

  test('keeps nothing alive while it trains of what it started from', async () => {
    const { input } = initialRows(trainSettings({ dim: 50 }), 1);
    let started: WeakRef<ArrayBufferLike> | undefined;
    const initial = {
      input(rows: Float32Array, first: number) {
        started = new WeakRef(rows.buffer);
        input(rows, first);
      },
    };
    const seen: boolean[] = [];
    const controller = new AbortController();
    const onProgress = async () => {
      await new Promise(setImmediate); // a WeakRef just asked keeps its object until the turn is over
      collectGarbage();
      seen.push(started?.deref() !== undefined);
      if (seen.length === 2) controller.abort();
    };
    const task = { ...taskOf({ dim: 50, epochs: 10_000, threads: 2 }), initial };
    const training = runTraining(await open(), task, { onProgress, signal: controller.signal });
    await expect(training).rejects.toMatchObject({ code: 'interrupted' });
    expect(started).toBeDefined();
    expect(seen.at(-1)).toBe(false);
  });

  test('stops while rows are filled, long before the last, once the signal fires', async () => {
    const V = 60_000; // with 100 dimensions two dozen blocks
    const words = Array.from({ length: V }, (_, i) => `w${i}`);
    const vocabulary = { words, counts: new Float64Array(V).fill(1), total: V };
    const corpus = corpusInMemory(Int32Array.of(0, 1, 2, 3, -1), { vocabulary });
    const controller = new AbortController();
    const filled: number[] = [];
    const initial = {
      input(_: Float32Array, first: number) {
        if (first === 0) setTimeout(() => controller.abort(), 1); // fires between two blocks, if they take turns
        filled.push(first);
        for (const started = performance.now(); performance.now() - started < 10; );
      },
    };
    const task = { corpus, settings: trainSettings({ dim: 100, epochs: 1 }), initial };
    const training = runTraining(await open(), task, { signal: controller.signal });
    await expect(training).rejects.toMatchObject({ code: 'interrupted' });
    expect(filled.length).toBeGreaterThan(0);
    expect(filled.length).toBeLessThan(10);
  });
});

describe('whatever the engine', () => {
  /** An engine whose training is over at once; `changes` replace its parts. */
  function engineOf(changes: Partial<Training>): { engine: TrainingEngine; closed(): number } {
    let closed = 0;
    const training: Training = {
      advance: async () => false,
      tally: () => ({
        ...{ words: 20_000, centers: 20_000, worst: 3, worstAt: 5000 },
        ...{ loss: Float64Array.of(60, 0), examples: Float64Array.of(30, 0) },
      }),
      save: () => ({ tally: training.tally(), position: new Float64Array(1) }),
      readRows: (matrix, first, rows) => void rows.fill(matrix === 'input' ? first : -first),
      close: async () => void closed++,
      ...changes,
    };
    return { engine: { name: 'wasm', versions: {}, arithmetic: {}, open: async () => training }, closed: () => closed };
  }
  const task = taskOf({ dim: 4, epochs: 2 });

  it('gives the rows, the losses and the centers of the training, and closes it', async () => {
    const { engine, closed } = engineOf({});
    const { input, output, lossByEpoch, trainedTokens, seconds } = await runTraining(engine, task);
    expect(input).toEqual(new Float32Array(4 * planted.vocabulary.words.length));
    expect(output).toHaveLength(input.length);
    expect([lossByEpoch, trainedTokens]).toEqual([[2, 2], 20_000]);
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(closed()).toBe(1);
  });

  it('closes it whatever fails, and says what failed', async () => {
    const fail = () => {
      throw new Error('no');
    };
    for (const part of ['advance', 'tally', 'readRows'] as const) {
      const { engine, closed } = engineOf({ [part]: fail });
      await expect(runTraining(engine, task)).rejects.toThrow('no');
      expect(closed()).toBe(1);
    }
  });

  it('asks the training to stop, and closes it without waiting for a boundary that is far away', async () => {
    const stops: boolean[] = [];
    const { engine, closed } = engineOf({
      advance: (_, stop) => {
        stop?.addEventListener('abort', () => stops.push(stop.aborted));
        return new Promise(() => {});
      },
    });
    const controller = new AbortController();
    const running = runTraining(engine, task, { signal: controller.signal });
    setTimeout(() => controller.abort(), 10);
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
    expect([stops, closed()]).toEqual([[true], 1]);
  });

  it('finds a number that is not finite among the rows', async () => {
    const { engine } = engineOf({
      readRows: (matrix, _, rows) => {
        if (matrix === 'output') rows[9] = Number.NEGATIVE_INFINITY;
      },
    });
    await expect(runTraining(engine, task)).rejects.toMatchObject({
      code: 'diverged',
      message: 'training diverged: row 2 holds -Infinity (learning rate 0.025)',
    });
  });
});
