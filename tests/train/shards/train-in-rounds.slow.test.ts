// Trainings in rounds on this machine: what they are equal to, and what they go on from.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../../src/corpus/encode.ts';
import type { CheckpointOptions } from '../../../src/train/checkpoint/checkpoints.ts';
import type { TrainingEngine } from '../../../src/train/engine.ts';
import type { TrainSettings } from '../../../src/train/settings.ts';
import { settingsInRounds } from '../../../src/train/shards/round-settings.ts';
import { type TrainOptions, type TrainResult, trainWordVectors } from '../../../src/train/train.ts';
import { createWasmEngine } from '../../../src/train/wasm/engine.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';
import { cosine, plantedText, TOPICS } from '../planted-text.ts';

const { path } = temporaryFolder();
const planted = await encodeText(plantedText(2000), { minCount: 1 });
const settings = { dim: 10, epochs: 3, threads: 1 };
let folders = 0;
const newFolder = () => path(`rounds-${++folders}`);

const train = (given: Partial<TrainSettings>, options: TrainOptions) =>
  trainWordVectors(planted, { ...settings, ...given }, { engine: 'wasm', ...options });

function expectSame(result: TrainResult, other: TrainResult): void {
  expect(result.vectors).toEqual(other.vectors);
  expect(result.contextVectors).toEqual(other.contextVectors);
  expect(result.trainedTokens).toBe(other.trainedTokens);
}

const kinds: Partial<TrainSettings>[] = [
  { model: 'skipgram' },
  { model: 'cbow' },
  { model: 'skipgram', loss: 'hs' },
  { model: 'cbow', loss: 'softmax' },
];

describe('one shard', () => {
  it.each(kinds.flatMap((kind) => [1, 4].map((syncs) => ({ ...kind, syncs }))))(
    '%j: the windows of the schedule one after another are the training without rounds, to the byte',
    async ({ syncs, ...kind }) => {
      const whole = await train(kind, {});
      const rounds = await train(kind, { rounds: { shards: 1, syncs } });
      expectSame(rounds, whole);
      for (const [epoch, loss] of rounds.lossByEpoch.entries()) expect(loss).toBeCloseTo(whole.lossByEpoch[epoch], 10);
    },
  );
});

describe('several shards', () => {
  const rounds = { shards: 3, syncs: 2 };

  it.each(kinds)('%j: the same bytes however many train at a time', async (kind) => {
    const first = await train(kind, { rounds });
    expectSame(await train({ ...kind, threads: 3 }, { rounds }), first);
    expectSame(await train({ ...kind, threads: 2 }, { rounds }), first);
  });

  it('other bytes for another seed or plan', async () => {
    const first = await train({}, { rounds });
    for (const other of [
      await train({ seed: 2 }, { rounds }),
      await train({}, { rounds: { shards: 2, syncs: 2 } }),
      await train({}, { rounds: { shards: 3, syncs: 3 } }),
    ]) {
      expect(other.vectors.matrix).not.toEqual(first.vectors.matrix);
    }
  });

  it('learn the planted synonyms', async () => {
    const text = await encodeText(plantedText(8_000), { minCount: 1 });
    const { vectors } = await trainWordVectors(
      text,
      { dim: 20, epochs: 10, threads: 2, sample: 0, learningRate: 0.1 },
      { engine: 'wasm', rounds: { shards: 3, syncs: 1 } },
    );
    const row = (word: string) => vectors.words.indexOf(word);
    let nearer = 0;
    for (let topic = 0; topic < TOPICS; topic++) {
      const to = (word: string) => cosine(vectors.matrix, 20, row(`s${topic}`), row(word));
      const others = Array.from({ length: TOPICS }, (_, other) => (other === topic ? -1 : to(`t${other}`)));
      if (to(`t${topic}`) > Math.max(...others)) nearer++;
    }
    expect(nearer).toBe(TOPICS);
  });

  it('start from vectors, and keep those that are frozen', async () => {
    const words = planted.vocabulary.words.slice(0, 5);
    const matrix = Float32Array.from({ length: 50 }, (_, i) => (i % 7) / 10);
    const initVectors = { words, matrix, dimensions: 10 };
    const { vectors, initWords } = await train({}, { rounds, initVectors, freeze: true });
    expect(initWords).toBe(5);
    expect(vectors.matrix.subarray(0, 50)).toEqual(matrix);
    expect(vectors.matrix.subarray(50, 60)).not.toEqual((await train({}, { rounds })).vectors.matrix.subarray(50, 60));
  });

  it('report progress over the whole training, to its end', async () => {
    const reports: { done: number; total: number }[] = [];
    const result = await train({}, { rounds: { shards: 2, syncs: 2 }, onProgress: (report) => reports.push(report) });
    const done = reports.map((report) => report.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(new Set(reports.map(({ total }) => total))).toEqual(new Set([3 * planted.tokens]));
    expect(done.at(-1)).toBe(3 * planted.tokens);
    expect(result.rounds).toEqual({
      shards: 2,
      syncs: 2,
      rounds: 6,
      combined: 'adasum by row',
      learningRate: 'standard x min(2, sqrt(shards))',
    });
  });

  it('end where one fails while another is still at work', async () => {
    const wasm = await createWasmEngine();
    let opened = 0;
    const engine: TrainingEngine = {
      ...wasm,
      async open(...all) {
        if (++opened === 2) throw new Error('the second one');
        await sleep(50);
        return wasm.open(...all);
      },
    };
    await expect(train({ threads: 2 }, { engine, rounds: { shards: 2, syncs: 1 } })).rejects.toThrow('the second one');
  });

  it('end where a report throws, and where the loss diverges', async () => {
    const rounds = { shards: 2, syncs: 1 };
    const stop = new Error('stop');
    const onProgress = () => {
      throw stop;
    };
    await expect(train({}, { rounds, onProgress })).rejects.toBe(stop);
    const diverging = train({ learningRate: 10, epochs: 5, init: 'normal', initScale: 1 }, { rounds });
    await expect(diverging).rejects.toMatchObject({ code: 'diverged' });
  });
});

describe('a training in rounds with checkpoints', () => {
  const rounds = { shards: 3, syncs: 2 };

  it('is saved now and then although each round is shorter than the interval', async () => {
    const wasm = await createWasmEngine();
    const engine: TrainingEngine = {
      ...wasm,
      async open(...all) {
        await sleep(60);
        return wasm.open(...all);
      },
    };
    let saved = 0;
    const checkpoint: CheckpointOptions = {
      dir: newFolder(),
      everySeconds: 0.2,
      onEvent: ({ kind }) => kind === 'saved' && saved++,
    };
    await train({}, { engine, rounds: { shards: 1, syncs: 5 }, checkpoint }); // 15 rounds, 0.9 seconds
    expect(saved).toBeGreaterThan(2); // one of them at the end
  });

  it.each([
    { shards: 3, syncs: 2 },
    { shards: 1, syncs: 3 },
  ])('of %j: stopped again and again, it goes on from the last round to the same bytes', async (rounds) => {
    const whole = await train({}, { rounds });
    const dir = newFolder();
    let stops = 0;
    for (;;) {
      const controller = new AbortController();
      const checkpoint: CheckpointOptions = { dir, onEvent: ({ kind }) => kind === 'saved' && controller.abort() };
      const resumed = await train({}, { rounds, checkpoint, resume: 'if-any', signal: controller.signal }).catch(
        (error) => {
          expect(error).toMatchObject({ code: 'interrupted' });
          return undefined;
        },
      );
      if (resumed) {
        expect(stops).toBeGreaterThan(2);
        expectSame(resumed, whole);
        expect(resumed.lossByEpoch).toEqual(whole.lossByEpoch);
        break;
      }
      stops++;
    }
    expect(readdirSync(dir).sort()).toEqual(['checkpoint-1.w2v', 'checkpoint-2.w2v']);
  });

  it('saves after each round, or as often as is asked', async () => {
    const each = await train({}, { rounds, checkpoint: { dir: newFolder() } });
    expect(each.checkpoint).toMatchObject({ saved: 6, failed: 0 });
    const epochs = await train({}, { rounds, checkpoint: { dir: newFolder(), everyEpochs: 1 } });
    expect(epochs.checkpoint!.saved).toBeLessThan(5);
    expectSame(epochs, each);
  });

  it('saves the last round when it is stopped, though none was due', async () => {
    const dir = newFolder();
    const controller = new AbortController();
    const stopped = train(
      { epochs: 4 },
      {
        rounds,
        checkpoint: { dir, everySeconds: 1000 },
        signal: controller.signal,
        onProgress: ({ done }) => done > planted.tokens && controller.abort(),
      },
    );
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
    const resumed = await train({ epochs: 4 }, { rounds, checkpoint: { dir }, resume: true });
    expect(resumed.checkpoint!.resumedAt).toBeGreaterThan(0.4);
    expectSame(resumed, await train({ epochs: 4 }, { rounds }));
  });

  it.each([
    [{ shards: 2, syncs: 2 }, 'shards 3 -> 2'],
    [{ shards: 3, syncs: 4 }, 'syncs 2 -> 4'],
    [undefined, 'shards 3 -> none, syncs 2 -> none'],
  ])('is not gone on with by another plan: %j', async (other, change) => {
    const dir = newFolder();
    await train({ epochs: 1, learningRate: 0.03 }, { rounds, checkpoint: { dir } });
    const options = { checkpoint: { dir }, resume: true, rounds: other };
    const again = train({ epochs: 2, learningRate: 0.03 }, options);
    await expect(again).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining(change) });
  });

  it('goes on with more epochs', async () => {
    const dir = newFolder();
    await train({ epochs: 2 }, { rounds, checkpoint: { dir } });
    const more = await train({ epochs: 4 }, { rounds, checkpoint: { dir }, resume: true });
    expect(more.checkpoint).toMatchObject({ resumedAt: 2, saved: 4 });
    expect(more.lossByEpoch).toHaveLength(4);
  });
});

describe('settings in rounds', () => {
  it('raise the learning rate by min(2, sqrt(N)) where none is given', () => {
    const rateOf = (given: Partial<TrainSettings>, shards: number) =>
      settingsInRounds(given, { shards, syncs: 4 }).learningRate;
    expect(rateOf({}, 1)).toBe(0.025);
    expect(rateOf({}, 2)).toBeCloseTo(0.025 * Math.SQRT2, 12);
    expect(rateOf({}, 4)).toBe(0.05);
    expect(rateOf({}, 16)).toBe(0.05);
    expect(rateOf({ model: 'cbow' }, 4)).toBe(0.1);
    expect(rateOf({ learningRate: 0.01 }, 16)).toBe(0.01);
  });

  it('refuse subwords and the TensorFlow engine', async () => {
    const rounds = { shards: 2, syncs: 2 };
    await expect(train({ subwords: '3..6' }, { rounds })).rejects.toMatchObject({
      code: 'usage',
      message: 'shards train without subwords',
    });
    await expect(train({}, { rounds, engine: 'tensorflow' })).rejects.toMatchObject({
      code: 'usage',
      message: 'the TensorFlow engine trains no shards',
    });
  });
});
