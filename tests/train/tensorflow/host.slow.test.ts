// w2v in a program that uses tfjs itself: nothing is printed, and the program's tensors, backend and process stay as
// they were.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFile } from '../../../src/package-file.ts';
import { addonFile, locateTfjsNode } from '../../../src/setup/tfjs-node.ts';
import { isMissing } from '../../requirements.ts';
import { plantedText } from '../planted-text.ts';
import { defineRemovedUtilities } from './removed-utilities.ts';

const project = locateTfjsNode();
const isSetUp = project !== undefined && existsSync(addonFile(project));
const library = packageFile('dist/index.js').href;

/** Runs a program with the built library, `assert`, and a `require` that finds tfjs. */
function run(program: string, settings: NodeJS.ProcessEnv = {}) {
  const script = `
    const { default: assert } = await import('node:assert/strict');
    const { createRequire } = await import('node:module');
    const require = createRequire(${JSON.stringify(join(project!, 'package.json'))});
    const { encodeText, trainWordVectors } = await import(${JSON.stringify(library)});
    const corpus = await encodeText(${JSON.stringify(plantedText(300))}, { minCount: 1 });
    const train = (settings, options) =>
      trainWordVectors(corpus, { dim: 8, epochs: 2, ...settings }, { engine: 'tensorflow', ...options });
    ${program}`;
  const { PATH, HOME } = process.env;
  const args = ['--input-type=module', '-e', script];
  const options = { env: { PATH, HOME, ...settings }, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  return { status, stdout, stderr };
}

/** tfjs in a folder's node_modules: the files that `require` loads, and links to what they need. */
function copyTfjs(folder: string): void {
  const from = dirname(dirname(project!));
  const to = join(folder, 'node_modules');
  mkdirSync(join(to, '@tensorflow'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== '@tensorflow' && !name.startsWith('.')) symlinkSync(join(from, name), join(to, name));
  }
  for (const name of readdirSync(join(from, '@tensorflow')).filter((name) => name !== 'tfjs-node')) {
    const { main } = JSON.parse(readFileSync(join(from, '@tensorflow', name, 'package.json'), 'utf8'));
    for (const file of ['package.json', main]) {
      cpSync(join(from, '@tensorflow', name, file), join(to, '@tensorflow', name, file));
    }
  }
}

const silent = { status: 0, stdout: '', stderr: '' };
const deterministic = { TF_DETERMINISTIC_OPS: '1', TF_CPP_MIN_LOG_LEVEL: '2' };

describe.skipIf(isMissing('TENSORFLOW', isSetUp))('a program that trains on TensorFlow', () => {
  it('prints nothing, and the process stays as it was', () => {
    const program = `
      const util = require('node:util');
      const look = () => ({
        environment: { ...process.env },
        functions: { ...util, ...console, exit: process.exit, reallyExit: process.reallyExit, emit: process.emit },
        listeners: process.eventNames().map((name) => [name, process.listenerCount(name)]),
      });
      const globals = Object.getOwnPropertyNames(globalThis);
      const before = look();
      for (const model of ['skipgram', 'cbow']) for (const threads of [1, 2]) await train({ model, threads });
      assert.deepEqual(look(), before);
      const added = Object.getOwnPropertyNames(globalThis).filter((name) => !globals.includes(name));
      assert.deepEqual(added.sort(), ['_tfGlobals', '_tfengine', 'proto']);`;
    expect(run(program)).toEqual(silent);
  });

  it('may use tfjs-node afterwards, which holds nothing of ours', () => {
    const program = `
      ${defineRemovedUtilities}
      await train();
      const tf = require('./');
      const { numTensors, numBytes } = tf.memory();
      assert.deepEqual([tf.getBackend(), numTensors, numBytes], ['tensorflow', 0, 0]);
      assert.deepEqual([...tf.square(tf.tensor([1, 2, 3])).dataSync()], [1, 4, 9]);`;
    expect(run(program)).toEqual(silent);
  });

  it('may use tfjs-node before, meanwhile and afterwards', () => {
    const program = `
      ${defineRemovedUtilities}
      const tf = require('./');
      const own = tf.variable(tf.tensor([1, 2, 3]));
      const { numTensors, numBytes } = tf.memory();
      let used = 0;
      const onProgress = () => {
        assert.deepEqual([...tf.tidy(() => tf.square(own)).dataSync()], [1, 4, 9]);
        used++;
      };
      await train({ epochs: 300 }, { onProgress });
      assert(used > 0);
      assert.deepEqual(tf.memory().numTensors - used, numTensors);
      assert.deepEqual([...own.dataSync()], [1, 2, 3]);`;
    expect(run(program, deterministic)).toEqual(silent);
  });

  it.each(["require('./')", "require('@tensorflow/tfjs')"])('keeps the backend that it has chosen for %s', (load) => {
    const program = `
      ${defineRemovedUtilities}
      console.warn = () => {}; // that the backend cpu is slow
      const tf = ${load};
      await tf.setBackend('cpu');
      const own = tf.tensor([1, 2, 3]);
      const { numTensors } = tf.memory();
      const onProgress = () => {
        assert.equal(tf.getBackend(), 'cpu');
        assert.deepEqual([...own.dataSync()], [1, 2, 3]);
      };
      await train({ epochs: 300 }, { onProgress });
      onProgress();
      assert.equal(tf.memory().numTensors, numTensors);`;
    expect(run(program, deterministic)).toEqual(silent);
  });

  it('may have a copy of tfjs of its own, which shares its state with that of tfjs-node', () => {
    const folder = mkdtempSync(join(tmpdir(), 'w2v-tfjs-'));
    try {
      copyTfjs(folder);
      const program = `
      ${defineRemovedUtilities}
        console.warn = (text) => assert.match(text, /node backend/); // that the backend cpu is slow
        const tf = createRequire(${JSON.stringify(join(folder, 'program.js'))})('@tensorflow/tfjs');
        const own = tf.tensor([1, 2, 3]);
        await tf.setBackend('cpu');
        await train();
        assert.equal(tf.getBackend(), 'cpu');
        assert.equal(tf.memory().numTensors, 1);
        assert.deepEqual([...tf.square(own).dataSync()], [1, 4, 9]);`;
      expect(run(program)).toEqual(silent);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused where it has loaded TensorFlow without deterministic operations', () => {
    const program = `
      require('./');
      await assert.rejects(train(), { code: 'engine-unavailable' });
      assert.equal((await train({}, { engine: 'auto' })).engine, 'wasm');`;
    expect(run(program, { TF_CPP_MIN_LOG_LEVEL: '2' })).toEqual(silent);
  });
});
