// Trainings with checkpoints through the library: stopped and resumed to the same bytes, and everything that is
// refused.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { encodeText } from '../../../src/corpus/encode.ts';
import { readArrays, readHeader, writeState } from '../../../src/files/state-file.ts';
import type { CheckpointOptions } from '../../../src/train/checkpoint/checkpoints.ts';
import type { CheckpointEvent } from '../../../src/train/checkpoint/saver.ts';
import { training } from '../../../src/train/checkpoint/training-state.ts';
import type { TrainSettings } from '../../../src/train/settings.ts';
import { type TrainOptions, trainWordVectors } from '../../../src/train/train.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';
import { engines } from '../engines.ts';
import { plantedText } from '../planted-text.ts';

const { path } = temporaryFolder();
const planted = await encodeText(plantedText(2000), { minCount: 1 });
const settings = { dim: 10, epochs: 3, threads: 1 };
let folders = 0;
const newFolder = () => path(`checkpoints-${++folders}`);

const train = (given: Partial<TrainSettings>, options: TrainOptions) =>
  trainWordVectors(planted, { ...settings, ...given }, { engine: 'wasm', ...options });

/** What a caller hears of its checkpoints. */
function heard() {
  const events: CheckpointEvent[] = [];
  return { events, onEvent: (event: CheckpointEvent) => void events.push(event) };
}

const losses = (['hs', 'softmax'] as const).flatMap((loss) => [
  { loss, model: 'skipgram' } as const,
  { loss, model: 'cbow' } as const,
]);

const subwords = (['skipgram', 'cbow'] as const).map((model) => ({ model, subwords: '2..3', buckets: 500 }));

describe.each(engines)('with the engine $name', ({ name, isMissing, open }) => {
  const test = it.skipIf(isMissing);
  const cases: Partial<TrainSettings>[] = [
    { model: 'skipgram' },
    { model: 'cbow' },
    ...(name === 'wasm' ? [...losses, ...subwords] : []),
  ];

  test.each(cases)('%j: stopped by its signal, again and again, and resumed to the same bytes', async (given) => {
    const engine = await open();
    const whole = await train(given, { engine });
    const dir = newFolder();
    const random = createRandom(11);
    let stops = 0;
    for (;;) {
      const controller = new AbortController();
      const end = 1 + random.below(3);
      let saves = 0;
      const checkpoint: CheckpointOptions = {
        dir,
        everyEpochs: 0.13,
        onEvent({ kind }) {
          if (kind === 'saved' && ++saves === end) controller.abort();
        },
      };
      const resumed = await train(given, { engine, checkpoint, resume: 'if-any', signal: controller.signal }).catch(
        (error) => {
          expect(error).toMatchObject({ code: 'interrupted' });
          return undefined;
        },
      );
      if (!resumed) {
        stops++;
        continue;
      }
      expect(stops).toBeGreaterThan(1);
      expect(resumed.vectors).toEqual(whole.vectors);
      expect(resumed.contextVectors).toEqual(whole.contextVectors);
      expect(resumed.lossByEpoch).toEqual(whole.lossByEpoch);
      expect(resumed.trainedTokens).toBe(whole.trainedTokens);
      break;
    }
    expect(readdirSync(dir).sort()).toEqual(['checkpoint-1.w2v', 'checkpoint-2.w2v']);
  });

  test('another kind of arithmetic is refused', async () => {
    const engine = await open();
    const checkpoint = { dir: newFolder() };
    await train({}, { engine, checkpoint });
    const [key, value] = Object.entries(engine.arithmetic)[0];
    const changed = { ...engine, arithmetic: { ...engine.arithmetic, [key]: 'other' } };
    await expect(train({}, { engine: changed, checkpoint, resume: true })).rejects.toMatchObject({
      code: 'usage',
      message: `the checkpoint in ${checkpoint.dir} is of another training: ${key} ${value} -> other`,
    });
  });
});

describe('checkpoints', () => {
  it('are two, of which the older is replaced; after each, the training goes on to the same bytes', async () => {
    const dir = newFolder();
    const { events, onEvent } = heard();
    const whole = await train({}, {});
    const { vectors, checkpoint } = await train({}, { checkpoint: { dir, everyEpochs: 0.5, onEvent } });
    expect(vectors).toEqual(whole.vectors);
    expect(checkpoint).toEqual({ dir, saved: 6, failed: 0, resumedAt: 0, secondsBefore: 0 });
    expect(events.map(({ kind }) => kind)).toEqual(new Array(6).fill('saved'));
    const files = events.map((event) => (event.kind === 'saved' ? event.file.slice(-16) : ''));
    expect(files.slice(0, 3)).toEqual(['checkpoint-1.w2v', 'checkpoint-2.w2v', 'checkpoint-1.w2v']);
    expect((await readHeader(`${dir}/checkpoint-2.w2v`, training)).sequence).toBe(6);
    expect((await readArrays(`${dir}/checkpoint-2.w2v`, training)).input).toEqual(whole.vectors.matrix);
  });

  it('by time', async () => {
    const { events, onEvent } = heard();
    // So often that any machine saves at each chance it has.
    await train({ epochs: 60 }, { checkpoint: { dir: newFolder(), everySeconds: 0.001, onEvent } });
    expect(events.length).toBeGreaterThan(2);
    expect(events.every(({ kind }) => kind === 'saved')).toBe(true);
  });

  it('that fail do not end a training; once there is room, they are saved again', async () => {
    const dir = newFolder();
    const { events, onEvent } = heard();
    const checkpoint: CheckpointOptions = {
      dir,
      everyEpochs: 0.25,
      onEvent(event) {
        onEvent(event);
        // A file in the place of the folder; then the folder again.
        if (events.length === 2) {
          rmSync(dir, { recursive: true });
          writeFileSync(dir, '');
        }
        if (events.length === 4) {
          rmSync(dir);
          mkdirSync(dir);
        }
      },
    };
    const { vectors, checkpoint: report } = await train({}, { checkpoint });
    expect(vectors).toEqual((await train({}, {})).vectors);
    expect(events.slice(0, 6).map(({ kind }) => kind)).toEqual([
      'saved',
      'saved',
      'failed',
      'failed',
      'saved',
      'saved',
    ]);
    expect(events[2]).toMatchObject({ error: { code: 'file-unwritable' } });
    expect(report).toMatchObject({ saved: 10, failed: 2 });
    expect(readdirSync(dir).sort()).toEqual(['checkpoint-1.w2v', 'checkpoint-2.w2v']);
  });

  it('of one folder are of one training: a second one is refused, a killed one is not waited for', async () => {
    const dir = newFolder();
    let refused: unknown;
    let asked: Promise<unknown> | undefined;
    const checkpoint: CheckpointOptions = {
      dir,
      everyEpochs: 1,
      onEvent: () => {
        asked ??= train({}, { checkpoint: { dir }, resume: 'if-any' }).catch((error) => {
          refused = error;
        });
      },
    };
    await train(
      { epochs: 3000, dim: 4 },
      {
        checkpoint,
        onProgress: () => {
          if (refused) throw new Error('enough');
        },
      },
    ).catch(() => {});
    await asked;
    expect(refused).toMatchObject({
      code: 'file-unwritable',
      message: `${dir} is in use by process ${process.pid} on ${hostname()}`,
      hint: expect.stringContaining('checkpoint.lock'),
    });

    const killed = newFolder();
    mkdirSync(killed);
    writeFileSync(`${killed}/checkpoint.lock`, JSON.stringify({ pid: 999_999_999, host: hostname(), since: '' }));
    await train({}, { checkpoint: { dir: killed } });
    expect(readdirSync(killed).sort()).toEqual(['checkpoint-1.w2v']);
  });

  it('of another version of w2v are refused', async () => {
    const dir = newFolder();
    await train({}, { checkpoint: { dir } });
    const file = `${dir}/checkpoint-1.w2v`;
    const { format } = training;
    const [header, arrays] = [await readHeader(file, training), await readArrays(file, training)];
    const pieces: Uint8Array[] = [];
    const sink = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
    await writeState(sink, training, { ...header, format: format + 1 }, arrays);
    writeFileSync(file, Buffer.concat(pieces));
    await expect(train({}, { checkpoint: { dir }, resume: true })).rejects.toMatchObject({
      code: 'file-malformed',
      message: `the checkpoint in ${dir} has format ${format + 1}, expected ${format}`,
    });
  });

  it('are taken for no others: any byte that changes is noticed', async () => {
    const dir = newFolder();
    await train({ epochs: 1 }, { checkpoint: { dir } });
    const file = `${dir}/checkpoint-1.w2v`;
    const whole = readFileSync(file);
    const random = createRandom(2);
    for (let i = 0; i < 60; i++) {
      const bytes = Buffer.from(whole);
      const at = i < 44 ? i : random.below(bytes.length);
      bytes[at] ^= 1 << random.below(8);
      writeFileSync(file, bytes);
      await expect(train({ epochs: 1 }, { checkpoint: { dir }, resume: true })).rejects.toMatchObject({
        code: 'file-malformed',
        message: expect.stringContaining(`no checkpoint in ${dir} is whole (checkpoint-1.w2v: `),
      });
      writeFileSync(file, whole.subarray(0, random.below(whole.length)));
      await expect(train({ epochs: 1 }, { checkpoint: { dir }, resume: true })).rejects.toMatchObject({
        code: 'file-malformed',
      });
    }
  });

  it('begin anew in a folder that holds a training only where that is asked for', async () => {
    const dir = newFolder();
    await train({ seed: 2 }, { checkpoint: { dir, everyEpochs: 1 } });
    await expect(train({}, { checkpoint: { dir } })).rejects.toMatchObject({
      code: 'file-exists',
      message: `${dir} holds the checkpoint of a training`,
    });
    await train({}, { checkpoint: { dir, force: true } });
    expect(readdirSync(dir)).toHaveLength(1); // of the first training none is left
    await train({}, { checkpoint: { dir }, resume: true });
  });

  it('keep vectors that are frozen where they are, and know what the training started from', async () => {
    const { vectors: old } = await train({ epochs: 1 }, {});
    const initVectors = { ...old, words: old.words.slice(0, 30), matrix: old.matrix.slice(0, 300) };
    const whole = await train({}, { initVectors, freeze: true });
    const dir = newFolder();
    const controller = new AbortController();
    const checkpoint = { dir, everyEpochs: 0.5, onEvent: () => controller.abort() };
    const stopped = train({}, { initVectors, freeze: true, checkpoint, signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
    const { vectors, initWords } = await train({}, { initVectors, freeze: true, checkpoint: { dir }, resume: true });
    expect([vectors, initWords]).toEqual([whole.vectors, 30]);
    const other = { ...initVectors, matrix: initVectors.matrix.map((value) => value + 1) };
    const refused = (options: TrainOptions) =>
      expect(train({}, { ...options, checkpoint: { dir }, resume: true })).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringMatching(
          /another training: initVectors [0-9a-f]{16} -> (none|[0-9a-f]{16})(, freeze true -> none)?$/,
        ),
      });
    await refused({ initVectors: other, freeze: true });
    await refused({});
  });

  it.each([
    [{ resume: true }, 'resume is given without a folder to resume from'],
    [{ checkpoint: { dir: '' } }, 'the folder of the checkpoints has no name'],
    [{ checkpoint: { dir: 'x', everySeconds: 0 } }, 'everySeconds is 0: expected a number above 0'],
    [{ checkpoint: { dir: 'x', everyEpochs: Number.NaN } }, 'everyEpochs is NaN: expected a number above 0'],
    [{ checkpoint: { dir: 'x', everySeconds: 1, everyEpochs: 1 } }, 'everySeconds and everyEpochs are both given'],
    [{ checkpoint: { dir: 'x', every: 1 } as CheckpointOptions }, "checkpoint has no option 'every'"],
  ] satisfies [TrainOptions, string][])('%j is refused', async (options, message) => {
    await expect(train({}, options)).rejects.toMatchObject({ code: 'usage', message });
    expect(existsSync('x')).toBe(false);
  });
});
