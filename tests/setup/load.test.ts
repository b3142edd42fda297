import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadTensorflow } from '../../src/predict/tensorflow/load.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { isMissing } from '../requirements.ts';

const root = mkdtempSync(join(tmpdir(), 'w2v-load-'));
afterAll(() => rmSync(root, { recursive: true }));

test('a tfjs-node without an addon is an unavailable engine', async () => {
  await expect(loadTensorflow({ modulePath: root })).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: `TensorFlow is not set up: no ${addonFile(root)}`,
    hint: 'run w2v setup',
  });
});

test('an addon of another version, or that does not load, is an unavailable engine', async () => {
  mkdirSync(join(addonFile(root), '..'), { recursive: true });
  writeFileSync(addonFile(root), 'no library');
  writeFileSync(join(root, 'package.json'), '{"version":"4.17.0"}');
  await expect(loadTensorflow({ modulePath: root })).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: `${root} is @tensorflow/tfjs-node 4.17.0, expected 4.22.0`,
    hint: 'run w2v setup',
  });
  writeFileSync(join(root, 'package.json'), '{"version":"4.22.0"}');
  await expect(loadTensorflow({ modulePath: root })).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: expect.stringContaining(`TensorFlow does not load from ${root}: `),
    hint: 'run w2v setup',
  });
});

const project = locateTfjsNode();
const isSetUp = project !== undefined && existsSync(addonFile(project));

// Where TensorFlow cannot be had the tests go on without it.
describe.skipIf(isMissing('TENSORFLOW', isSetUp))('with TensorFlow set up', () => {
  test('it multiplies, by the addon and by tfjs, on any Node', async () => {
    const { binding, versions, tf } = await loadTensorflow({ threads: 1 });
    expect(versions['tfjs-node']).toBe('4.22.0');
    expect(versions.tensorflow).toMatch(/^2\./);
    const input = binding.createTensor([2, 2], binding.TF_FLOAT, new Float32Array([1, 2, 3, 4]));
    const attributes = [
      { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
      { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: false },
      { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    ];
    const [product] = binding.executeOp('MatMul', attributes, [input, input], 1);
    expect(Array.from(binding.tensorDataSync(product!.id))).toEqual([7, 10, 15, 22]);
    binding.deleteTensor(input);
    binding.deleteTensor(product!.id);
    expect(tf().version.tfjs).toBe('4.22.0');
    expect(tf().memory().numTensors).toBe(0);
    expect(binding.getNumOfTensors()).toBe(0);
  });

  test('util.isNullOrUndefined, which Node 23 removed, is there for tfjs-node', async () => {
    await loadTensorflow();
    const { isNullOrUndefined } = createRequire(import.meta.url)('node:util');
    expect([undefined, null, 0, ''].map(isNullOrUndefined)).toEqual([true, true, false, false]);
  });

  test('a process that started without deterministic operations cannot switch to them', async () => {
    const { threads } = await loadTensorflow({ threads: 2 });
    expect(threads).toBe(1);
    await expect(loadTensorflow({ deterministic: true })).rejects.toMatchObject({ code: 'engine-unavailable' });
  });
});
