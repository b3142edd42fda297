import { describe, expect, it } from 'vitest';
import { encodeText } from '../../../src/corpus/encode.ts';
import { initialRows } from '../../../src/train/initialize.ts';
import { trainSettings } from '../../../src/train/settings.ts';
import { createTensorflowEngine } from '../../../src/train/tensorflow/engine.ts';
import { trainWordVectors } from '../../../src/train/train.ts';
import { plantedText } from '../planted-text.ts';
import { tensorflow } from './available.ts';

// What both engines promise is tested in ../conformance.test.ts, ../stepping.test.ts and ../train-loop.test.ts.
describe.skipIf(tensorflow === undefined)('the TensorFlow engine', () => {
  const planted = encodeText(plantedText(6000), { minCount: 1 });

  it.each(['skipgram', 'cbow'] as const)('gives the same bytes for 1, 2 and 4 threads with %s', async (model) => {
    const corpus = await planted;
    const run = async (threads: number) => {
      const engine = await createTensorflowEngine({ threads });
      const result = await trainWordVectors(corpus, { model, dim: 10, epochs: 2, threads }, { engine });
      return [result.vectors.matrix, result.contextVectors.matrix, result.lossByEpoch];
    };
    const one = await run(1);
    expect(await run(2)).toEqual(one);
    expect(await run(4)).toEqual(one); // in four lanes
  });

  it.each([1, 2])('holds no tensor and no session once a training is closed (%d threads)', async (threads) => {
    const { tf } = tensorflow!;
    const counts = () => [tf.memory().numTensors, tf.node.getNumOfSavedModels()];
    const before = counts();
    const settings = trainSettings({ dim: 100, epochs: 10_000, threads });
    const engine = await createTensorflowEngine();
    const training = await engine.open({ corpus: await planted, settings, initial: initialRows(settings, 1) });
    await training.advance(1);
    expect(counts()).toEqual([before[0], expect.any(Number)]);
    expect(counts()[1]).toBeGreaterThan(before[1]);
    await training.close();
    expect(counts()).toEqual(before);
  });
});
