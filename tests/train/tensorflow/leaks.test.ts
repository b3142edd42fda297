// What training leaves in tfjs: nothing, however it ends.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeText } from '../../../src/corpus/encode.ts';
import { createTensorflowEngine } from '../../../src/train/tensorflow/engine.ts';
import { createGraph } from '../../../src/train/tensorflow/graph.ts';
import { openSession, type TensorflowJs } from '../../../src/train/tensorflow/saved-model.ts';
import { trainWordVectors } from '../../../src/train/train.ts';
import { plantedText } from '../planted-text.ts';
import { tensorflow } from './available.ts';
import './removed-utilities.ts';

describe.skipIf(tensorflow === undefined)('tensors and SavedModels', () => {
  let tf: TensorflowJs;
  let own: ReturnType<TensorflowJs['tensor']>;
  let ownVariable: ReturnType<TensorflowJs['variable']>;
  beforeAll(() => {
    tf = tensorflow!.tf;
    own = tf.tensor([1, 2, 3, 4]);
    ownVariable = tf.variable(own);
  });
  afterAll(() => tf.dispose([own, ownVariable]));

  const held = () => {
    const { numTensors, numDataBuffers, numBytes } = tf.memory();
    return { numTensors, numDataBuffers, numBytes, savedModels: tf.node.getNumOfSavedModels() };
  };

  async function leavesNothing(work: () => Promise<unknown>): Promise<void> {
    const before = held();
    await work();
    expect(held()).toEqual(before);
    expect([...own.dataSync(), ...ownVariable.dataSync()]).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  }

  const train = async (settings: object, options: object = {}) => {
    const corpus = await encodeText(plantedText(2000), { minCount: 1 });
    const engine = await createTensorflowEngine();
    return trainWordVectors(corpus, { dim: 16, epochs: 2, ...settings }, { engine, ...options });
  };

  it('counts what is held', () => {
    const before = held();
    const tensor = tf.zeros([10]);
    expect(held()).toEqual({
      ...before,
      numTensors: before.numTensors + 1,
      numDataBuffers: before.numDataBuffers + 1,
      numBytes: before.numBytes + 40,
    });
    tensor.dispose();
  });

  it.each(['skipgram', 'cbow'] as const)('%s: none is left after training', async (model) => {
    await leavesNothing(() => train({ model }));
  });

  it.each([1, 2])('none is left where training is aborted (%d threads)', async (threads) => {
    const controller = new AbortController();
    const options = { onProgress: () => controller.abort(), signal: controller.signal };
    await leavesNothing(() =>
      expect(train({ dim: 100, epochs: 10_000, threads }, options)).rejects.toMatchObject({ code: 'interrupted' }),
    );
  });

  it('none is left where training fails', async () => {
    const onProgress = () => {
      throw new Error('a mistake of the program');
    };
    await leavesNothing(() =>
      expect(train({ dim: 100, epochs: 10_000 }, { onProgress })).rejects.toThrow('a mistake of the program'),
    );
  });

  it('none is left where TensorFlow refuses to run', async () => {
    await leavesNothing(async () => {
      const graph = createGraph();
      const rows = graph.variable([2, 3]);
      const ids = graph.placeholder('ids', 'int32');
      graph.signature('read', [ids], graph.after([], graph.gatherRows(rows, ids, [])));
      const session = await openSession(tf, graph);
      const read = () => session.run('read', [{ name: 'ids', shape: [2], values: Int32Array.of(0, 1) }]);
      expect(read).toThrow(); // nothing is in the variable
      session.close();
    });
  });

  it('none is left where the graph does not load', async () => {
    await leavesNothing(async () => {
      const graph = createGraph();
      graph.signature('add', [], graph.after([], graph.add('nowhere', 'nowhere')));
      await expect(openSession(tf, graph)).rejects.toThrow();
    });
  });
});
