import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { packageFile } from '../../src/package-file.ts';
import { addonFile, locateTfjsNode, versionOf } from '../../src/setup/tfjs-node.ts';
import { loadTensorflow, notSetUp } from '../../src/train/tensorflow/load.ts';
import '../train/tensorflow/removed-utilities.ts';
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

test('where set-up gets none, the hint is the portable engine', () => {
  expect(notSetUp('TensorFlow is not set up', 'run w2v setup', 'win32-x64')).toMatchObject({
    code: 'engine-unavailable',
    message: 'there is no TensorFlow for win32-x64',
    hint: "use the portable engine, which needs no set-up: { engine: 'wasm' }",
  });
});

test('an addon of another version, or that does not load, is an unavailable engine', async () => {
  mkdirSync(join(addonFile(root), '..'), { recursive: true });
  writeFileSync(addonFile(root), 'no library');
  writeFileSync(join(root, 'package.json'), '{"version":"3.21.1"}');
  await expect(loadTensorflow({ modulePath: root })).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: `${root} is @tensorflow/tfjs-node 3.21.1, expected 4.x`,
    hint: 'run w2v setup',
  });
  writeFileSync(join(root, 'package.json'), '{"version":"4.0.0"}');
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
  test('it multiplies', async () => {
    const { tf, versions } = await loadTensorflow({ threads: 1 });
    expect(versions).toEqual({ 'tfjs-node': versionOf(project!), tensorflow: expect.stringMatching(/^2\./) });
    expect(tf.version['tfjs-node']).toBe(versions['tfjs-node']);
    const product = tf.tidy(() => tf.square(tf.tensor2d([1, 2, 3, 4], [2, 2])));
    expect(Array.from(product.dataSync())).toEqual([1, 4, 9, 16]);
    product.dispose();
    expect(tf.memory()).toMatchObject({ numTensors: 0, numBytes: 0 });
    expect(tf.node.getNumOfSavedModels()).toBe(0);
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
      const addon = ${JSON.stringify(addonFile(project!))};
      ${prepare}
      const before = { ...process.env };
      const { loadTensorflow } = await import(process.argv[1]);
      const load = (options) => loadTensorflow({ modulePath: ${JSON.stringify(project)}, ...options }).catch(({ code }) => ({ code }));
      const { code, threads, deterministic } = await load({ threads: 3, deterministic: true });
      const isEnvironmentAsBefore = JSON.stringify(process.env) === JSON.stringify(before);
      const copy = await import(process.argv[1] + '?another copy of w2v');
      const again = await copy.loadTensorflow({ modulePath: ${JSON.stringify(project)} });
      const isAgain = again.threads === threads && again.deterministic === deterministic;
      console.log(JSON.stringify({ code, threads, deterministic, isEnvironmentAsBefore, isAgain }));`;
    const built = packageFile('build/train/tensorflow/load.js').href;
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

  test('TensorFlow is started with settings of ours, which are then taken out of the environment', () => {
    expect(inOwnProcess('')).toEqual({ threads: 3, deterministic: true, isEnvironmentAsBefore: true, isAgain: true });
  });

  test('settings that are there before hold, and stay', () => {
    const settings = "Object.assign(process.env, { TF_NUM_INTRAOP_THREADS: '4', TF_NUM_INTEROP_THREADS: '5' });";
    expect(inOwnProcess(settings)).toMatchObject({ threads: 5, deterministic: true, isEnvironmentAsBefore: true });
  });

  test('where other code has loaded TensorFlow before, deterministic operations are not promised', () => {
    const elsewhere = 'createRequire(process.argv[2])(addon);';
    expect(inOwnProcess(elsewhere)).toMatchObject({ code: 'engine-unavailable', isEnvironmentAsBefore: true });
    const settings = "process.env.TF_DETERMINISTIC_OPS = '1';";
    expect(inOwnProcess(settings + elsewhere)).toMatchObject({ deterministic: true, threads: 0 });
  });
});
