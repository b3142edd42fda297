// What both engines promise of a training that is advanced in steps (src/train/engine.ts, Training).
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import type { Training } from '../../src/train/engine.ts';
import { initialRows } from '../../src/train/initialize.ts';
import { type TrainSettings, trainSettings } from '../../src/train/settings.ts';
import { meansByEpoch } from '../../src/train/tally.ts';
import { runTraining } from '../../src/train/train-loop.ts';
import { engines } from './engines.ts';
import { plantedText } from './planted-text.ts';

const D = 10;
const planted = await encodeText(plantedText(3000), { minCount: 1 });
const V = planted.vocabulary.words.length;

/** Both matrices as they stand, read in two parts. */
function stateOf(training: Training): Float32Array[] {
  return (['input', 'output'] as const).map((matrix) => {
    const rows = new Float32Array(V * D);
    training.readRows(matrix, 0, rows.subarray(0, 7 * D));
    training.readRows(matrix, 7, rows.subarray(7 * D));
    return rows;
  });
}

/** Every worker thread that is started until the test ends. */
function watchWorkers(): Worker[] {
  const workers: Worker[] = [];
  const listen = (worker: Worker) => workers.push(worker);
  process.on('worker', listen);
  onTestFinished(() => void process.off('worker', listen));
  return workers;
}

/** A folder that is the system's temporary one until the test ends. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  return folder;
}

describe.each(engines)('a training of the engine $name', ({ name, isMissing, open }) => {
  const test = it.skipIf(isMissing);
  const taskOf = (given: Partial<TrainSettings>) => {
    const settings = trainSettings({ dim: D, epochs: 2, threads: 1, ...given });
    return { corpus: planted, settings, initial: initialRows(settings, V) };
  };
  const openTraining = async (given: Partial<TrainSettings> = {}) => {
    const training = await (await open()).open(taskOf(given));
    onTestFinished(() => training.close());
    return training;
  };

  test.each(['skipgram', 'cbow'] as const)('%s: steps of any size come to one advance to the end', async (model) => {
    const whole = await openTraining({ model });
    expect(await whole.advance()).toBe(false);
    expect(whole.tally().words).toBe(2 * planted.tokens);

    const random = createRandom(3);
    // TensorFlow's result does not depend on the threads either.
    const stepped = await openTraining({ model, threads: name === 'tensorflow' ? 2 : 1 });
    let steps = 0;
    while (await stepped.advance(stepped.tally().words + 1 + random.below(3000))) steps++;
    expect(steps).toBeGreaterThan(5);
    expect(stateOf(stepped)).toEqual(stateOf(whole));
    expect(stepped.tally()).toEqual(whole.tally());

    const looped = await runTraining(await open(), taskOf({ model }));
    expect([looped.input, looped.output]).toEqual(stateOf(whole));
    expect(looped.lossByEpoch).toEqual(meansByEpoch(whole.tally()));
    expect(looped.trainedTokens).toBe(whole.tally().centers);
  });

  test('stops at the first boundary at which the words asked for are done', async () => {
    const training = await openTraining();
    expect(training.tally()).toMatchObject({ words: 0, centers: 0, worst: 0 });
    expect(await training.advance(1)).toBe(true);
    const { words: boundary } = training.tally();
    expect(boundary).toBeGreaterThan(0);
    expect(boundary).toBeLessThan(planted.tokens / 2);
    expect(await training.advance(boundary)).toBe(true); // they are done
    expect(training.tally().words).toBe(boundary);
    expect(await training.advance(boundary + 1)).toBe(true);
    const { words, centers, loss, examples } = training.tally();
    expect(words).toBeGreaterThan(boundary);
    expect(words).toBeLessThanOrEqual(3 * boundary);
    expect(centers).toBeGreaterThan(0);
    expect(centers).toBeLessThanOrEqual(words);
    expect(examples[0]).toBeGreaterThan(0);
    expect(loss[0] / examples[0]).toBeLessThan(6 * Math.LN2);
    expect([...examples.subarray(1)]).toEqual([0]);
  });

  test.each([1, 2])('trains no further once it is at its end (%d threads)', async (threads) => {
    const training = await openTraining({ threads });
    await training.advance();
    const before = [stateOf(training), training.tally()];
    expect(await training.advance()).toBe(false);
    expect(await training.advance(1e9)).toBe(false);
    expect([stateOf(training), training.tally()]).toEqual(before);
  });

  test('can be read on the way: rows that have moved, and go on moving', async () => {
    const training = await openTraining();
    const [start, zeros] = stateOf(training);
    const initial = new Float32Array(V * D);
    initialRows(trainSettings({ dim: D }), V).input(initial, 0);
    expect(start).toEqual(initial);
    expect(zeros.every((value) => value === 0)).toBe(true);
    await training.advance(planted.tokens);
    const [input, output] = stateOf(training);
    expect(input).not.toEqual(start);
    expect(output.some((value) => value !== 0)).toBe(true);
    expect([...input, ...output].every(Number.isFinite)).toBe(true);
    expect(stateOf(training)).toEqual([input, output]);
    await training.advance();
    expect(stateOf(training)[0]).not.toEqual(input);
  });

  test.each([1, 2])(
    'stops at the next boundary once the signal fires, and goes on after it (%d threads)',
    async (threads) => {
      const training = await openTraining({ threads, epochs: 10_000 });
      const controller = new AbortController();
      const running = training.advance(undefined, controller.signal);
      await vi.waitUntil(() => training.tally().words > 0);
      controller.abort();
      expect(await running).toBe(true);
      const { words } = training.tally();
      expect(words).toBeLessThan(10_000 * planted.tokens);
      expect(await training.advance(undefined, controller.signal)).toBe(true); // fired before
      expect(training.tally().words).toBe(words);
      await training.advance(words + 1);
      expect(training.tally().words).toBeGreaterThan(words);
    },
  );

  test.each([1, 2])(
    'leaves no thread and no file when it is closed on the way, twice (%d threads)',
    async (threads) => {
      const [workers, folder] = [watchWorkers(), temporaryFolder()];
      const training = await openTraining({ threads, epochs: 10_000 });
      await training.advance(planted.tokens);
      await training.close();
      await training.close();
      expect(workers).toHaveLength(name === 'wasm' ? threads : threads - 1);
      expect(workers.map(({ threadId }) => threadId)).toEqual(workers.map(() => -1)); // of a thread that has ended
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test.each([1, 2])('may be closed while it advances (%d threads)', async (threads) => {
    const workers = watchWorkers();
    const training = await openTraining({ threads, epochs: 10_000 });
    const running = training.advance().catch((error: Error) => error.message);
    await vi.waitUntil(() => training.tally().words > 0);
    await training.close();
    expect(await running).not.toBe(false); // it was not at its end
    expect(workers.map(({ threadId }) => threadId)).toEqual(workers.map(() => -1));
  });

  test('leaves neither when it is interrupted', async () => {
    const [workers, folder] = [watchWorkers(), temporaryFolder()];
    const controller = new AbortController();
    const running = runTraining(await open(), taskOf({ threads: 2, epochs: 10_000 }), {
      onProgress: () => controller.abort(),
      signal: controller.signal,
    });
    await expect(running).rejects.toMatchObject({ code: 'interrupted' });
    expect(workers.length).toBeGreaterThan(0);
    expect(workers.map(({ threadId }) => threadId)).toEqual(workers.map(() => -1));
    expect(readdirSync(folder)).toEqual([]);
  });
});
