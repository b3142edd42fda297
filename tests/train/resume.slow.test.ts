// What both engines promise of a training that is saved, closed, and opened again from what was saved.
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import type { Training, TrainingState } from '../../src/train/engine.ts';
import { type InitialRows, initialRows } from '../../src/train/initialize.ts';
import { type TrainSettings, trainSettings } from '../../src/train/settings.ts';
import { engines } from './engines.ts';
import { plantedText } from './planted-text.ts';

const D = 10;
const planted = await encodeText(plantedText(2000), { minCount: 1 });
const V = planted.vocabulary.words.length;

const matricesOf = (training: Training): Float32Array[] =>
  (['input', 'output'] as const).map((matrix) => {
    const rows = new Float32Array(V * D);
    training.readRows(matrix, 0, rows);
    return rows;
  });

/** What a checkpoint has: the matrices, and the state as it comes back from a file. */
function saved(training: Training): { initial: InitialRows; state: TrainingState } {
  const [input, output] = matricesOf(training);
  const of = (matrix: Float32Array) => (rows: Float32Array, first: number) =>
    rows.set(matrix.subarray(first * D, first * D + rows.length));
  return { initial: { input: of(input!), output: of(output!) }, state: structuredClone(training.save()) };
}

const cases: Partial<TrainSettings>[] = [
  { model: 'skipgram' },
  { model: 'cbow' },
  { model: 'skipgram', window: 40, sample: 0.01 },
  { model: 'cbow', cbowSum: true, negative: 12 },
];
const losses: Partial<TrainSettings>[] = [
  { model: 'skipgram', loss: 'hs' },
  { model: 'cbow', loss: 'hs' },
  { model: 'skipgram', loss: 'softmax' },
  { model: 'cbow', loss: 'softmax' },
];

describe.each(engines)('the engine $name', ({ name, isMissing, open }) => {
  const test = it.skipIf(isMissing);
  const taskOf = (given: Partial<TrainSettings>) => {
    const settings = trainSettings({ dim: D, epochs: 3, threads: 1, ...given });
    return { corpus: planted, settings, initial: initialRows(settings, V) };
  };
  const start = async (given: Partial<TrainSettings>, from?: ReturnType<typeof saved>) => {
    const task = taskOf(given);
    const training = await (await open()).open(
      { ...task, ...(from && { initial: from.initial }) },
      undefined,
      from?.state,
    );
    onTestFinished(() => training.close());
    return training;
  };

  test.each([...cases, ...losses.filter(({ loss }) => name === 'wasm' || loss !== 'hs')])(
    '%j: the same bytes, wherever it was saved',
    async (given) => {
      const whole = await start(given);
      await whole.advance();
      const random = createRandom(5);
      // TensorFlow's result does not depend on the threads, which may change from one run to the next.
      const threads = () => (name === 'tensorflow' ? 1 + random.below(2) : 1);
      let training = await start({ ...given, threads: threads() });
      let stops = 0;
      while (await training.advance(training.tally().words + 1 + random.below(8000))) {
        const from = saved(training);
        await training.close();
        training = await start({ ...given, threads: threads() }, from);
        stops++;
      }
      expect(stops).toBeGreaterThan(4);
      expect(matricesOf(training)).toEqual(matricesOf(whole));
      expect(training.tally()).toEqual(whole.tally());
    },
  );

  test.each([1, 2])('from the end: trained no further, and on with more epochs (%d threads)', async (threads) => {
    const whole = await start({ threads });
    await whole.advance();
    const from = saved(whole);
    const again = await start({ threads }, from);
    expect(await again.advance()).toBe(false);
    expect(matricesOf(again)).toEqual(matricesOf(whole));
    expect(again.tally()).toEqual(whole.tally());

    const longer = await start({ threads, epochs: 5 }, from);
    expect(await longer.advance()).toBe(false);
    const { words, examples, centers } = longer.tally();
    expect(words).toBe(5 * planted.tokens);
    expect(centers).toBeGreaterThan(whole.tally().centers * 1.5);
    expect(examples.slice(0, 3)).toEqual(whole.tally().examples);
    expect(examples[3]).toBeGreaterThan(0);
    expect(examples[4]).toBeGreaterThan(0);
    expect(matricesOf(longer)[0]).not.toEqual(matricesOf(whole)[0]);
  });

  test('on several threads it goes on where it was', async () => {
    const whole = await start({ threads: 2 });
    await whole.advance(2 * planted.tokens);
    const { words } = whole.tally();
    const resumed = await start({ threads: 2 }, saved(whole));
    expect(resumed.tally()).toEqual(whole.tally());
    await resumed.advance();
    expect(resumed.tally().words).toBe(3 * planted.tokens);
    expect(words).toBeLessThan(3 * planted.tokens);
    expect(matricesOf(resumed).every((matrix) => matrix.every(Number.isFinite))).toBe(true);
  });
});
