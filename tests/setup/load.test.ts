import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadTensorflow } from '../../src/predict/tensorflow/load.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { builtFile } from '../../src/workers/built-file.ts';
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
    (await loadTensorflow()).tf();
    const { isNullOrUndefined } = createRequire(import.meta.url)('node:util');
    expect([undefined, null, 0, ''].map(isNullOrUndefined)).toEqual([true, true, false, false]);
  });

  test('a process that started without deterministic operations cannot switch to them', async () => {
    const { threads } = await loadTensorflow({ threads: 2 });
    expect(threads).toBe(1);
    await expect(loadTensorflow({ deterministic: true })).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: 'TensorFlow already runs in this process without deterministic operations, and cannot be switched',
      hint: 'set TF_DETERMINISTIC_OPS=1 before anything loads TensorFlow, or train in a process of its own',
    });
  });

  /** In a process of its own, as TensorFlow reads its settings once; `prepare` runs before w2v loads it. */
  function inOwnProcess(prepare: string): unknown {
    const script = `
      const { createRequire } = await import('node:module');
      const util = createRequire(process.argv[2])('node:util');
      const before = util.isNullOrUndefined;
      const addon = ${JSON.stringify(addonFile(project!))};
      ${prepare}
      const { loadTensorflow } = await import(process.argv[1]);
      const load = (options) => loadTensorflow({ modulePath: ${JSON.stringify(project)}, ...options }).catch(({ code }) => ({ code }));
      const { code, threads, deterministic } = await load({ threads: 3, deterministic: true });
      const { TF_NUM_INTRAOP_THREADS: intra, TF_NUM_INTEROP_THREADS: inter } = process.env;
      const isUtilAsBefore = util.isNullOrUndefined === before;
      console.log(JSON.stringify({ code, threads, deterministic, intra, inter, isUtilAsBefore }));`;
    const built = builtFile('../../src/predict/tensorflow/load.ts', import.meta.url).href;
    const args = ['--input-type=module', '-e', script, built, join(project!, 'package.json')];
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME } as NodeJS.ProcessEnv;
    return JSON.parse(
      execFileSync(process.execPath, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
        .trim()
        .split('\n')
        .at(-1)!,
    );
  }

  test('TensorFlow is started with settings of ours, and nothing else of the process is changed', () => {
    expect(inOwnProcess('')).toEqual({
      threads: 3,
      deterministic: true,
      intra: '1',
      inter: '3',
      isUtilAsBefore: true,
    });
  });

  test('settings that are there before stay as they are', () => {
    const settings = "Object.assign(process.env, { TF_NUM_INTRAOP_THREADS: '4', TF_NUM_INTEROP_THREADS: '5' });";
    expect(inOwnProcess(settings)).toMatchObject({ threads: 5, deterministic: true, intra: '4', inter: '5' });
  });

  test('where other code has loaded TensorFlow before, deterministic operations are not promised', () => {
    const elsewhere = 'createRequire(process.argv[2])(addon);';
    expect(inOwnProcess(elsewhere)).toEqual({ code: 'engine-unavailable', isUtilAsBefore: true });
    const settings = "process.env.TF_DETERMINISTIC_OPS = '1';";
    expect(inOwnProcess(settings + elsewhere)).toMatchObject({ deterministic: true, threads: 0 });
  });
});
