// The folder of TensorFlow, loaded by TensorFlow: by tfjs-node and by tfjs in a browser. Python's TensorFlow loads it
// in tests/golden/make-formats.py --check.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { isMissing } from '../requirements.ts';
import { tensorflow } from '../train/tensorflow/available.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { path: place } = temporaryFolder();
const words = ['the', 'whale', '바다', "don't", 'a b'];
const matrix = Float32Array.from({ length: 15 }, (_, at) => Math.fround(Math.sin(at + 1)));
const vectors = { words, matrix, dimensions: 3 };
const rowOf = (at: number) => [...matrix.subarray(3 * at, 3 * at + 3)];

beforeAll(() => saveVectors(place('model/'), vectors));

describe.skipIf(tensorflow === undefined)('in tfjs-node', () => {
  const { tf } = tensorflow ?? {};

  test('the layers model: an Embedding with the vectors, frozen or trained further', async () => {
    const model = await tf!.loadLayersModel(pathToFileURL(path.join(place('model'), 'model.json')).href);
    const look = () => (model.predict(tf!.tensor2d([[1, 4]])) as import('@tensorflow/tfjs-node').Tensor).arraySync();
    expect(look()).toEqual([[rowOf(1), rowOf(4)]]);
    for (const frozen of [true, false]) {
      const whole = tf!.sequential({
        layers: [...model.layers, tf!.layers.globalAveragePooling1d({}), tf!.layers.dense({ units: 1 })],
      });
      model.layers[0].trainable = !frozen;
      whole.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      await whole.fit(tf!.tensor2d([[1, 4]]), tf!.tensor2d([[5]]), { epochs: 1, verbose: 0 });
      if (frozen) expect(look()).toEqual([[rowOf(1), rowOf(4)]]);
      else expect(look()).not.toEqual([[rowOf(1), rowOf(4)]]);
    }
  });

  test('the SavedModel: words to vectors and rows, zeros and -1 for a word that is not there', async () => {
    const model = await tf!.node.loadSavedModel(place('model'), ['serve'], 'serving_default');
    const { vectors: found, rows } = model.predict({ words: tf!.tensor(['바다', 'no such word', 'a b']) }) as Record<
      string,
      import('@tensorflow/tfjs-node').Tensor
    >;
    expect(rows!.arraySync()).toEqual([2, -1, 4]);
    expect(found!.arraySync()).toEqual([rowOf(2), [0, 0, 0], rowOf(4)]);
    model.dispose();
    const byRow = await tf!.node.loadSavedModel(place('model'), ['serve'], 'rows');
    const shape = byRow.predict({ rows: tf!.tensor([[0, 1]], [1, 2], 'int32') }) as Record<
      string,
      import('@tensorflow/tfjs-node').Tensor
    >;
    expect(shape.vectors!.arraySync()).toEqual([[rowOf(0), rowOf(1)]]);
    byRow.dispose();
  });
});

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const bundle = fileURLToPath(import.meta.resolve('@tensorflow/tfjs/dist/tf.min.js'));

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('in a browser', () => {
  test('tfjs loads the layers model over HTTP', async () => {
    const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage();
      await page.route('http://model.test/**', (route) => {
        const name = new URL(route.request().url()).pathname;
        if (name === '/') return route.fulfill({ contentType: 'text/html', body: '<script src="tf.js"></script>' });
        const file = name === '/tf.js' ? bundle : path.join(place('.'), name);
        return route.fulfill({ body: readFileSync(file) });
      });
      await page.goto('http://model.test/');
      const found = await page.evaluate(`(async () => {
        await tf.setBackend('cpu');
        const model = await tf.loadLayersModel('model/model.json');
        const words = (await (await fetch('model/assets/words.txt')).text()).split('\\n');
        return model.predict(tf.tensor2d([[words.indexOf('바다')]])).arraySync();
      })()`);
      expect(found).toEqual([[rowOf(2)]]);
    } finally {
      await browser.close();
    }
  });
});

describe('what cannot be written or read', () => {
  test('a word with a line end', async () => {
    const bad = { words: ['a\nb'], matrix: new Float32Array(3), dimensions: 3 };
    await expect(saveVectors(place('bad/'), bad)).rejects.toMatchObject({ code: 'file-malformed' });
    expect(existsSync(place('bad'))).toBe(false);
  });

  const damaged = (name: string, change: (model: { weightsManifest: Record<string, unknown>[] }) => unknown) => {
    const folder = place(name);
    mkdirSync(path.join(folder, 'variables'), { recursive: true });
    mkdirSync(path.join(folder, 'assets'));
    for (const file of ['saved_model.pb', 'assets/words.txt', 'variables/variables.data-00000-of-00001']) {
      writeFileSync(path.join(folder, file), readFileSync(path.join(place('model'), file)));
    }
    const model = JSON.parse(readFileSync(path.join(place('model'), 'model.json'), 'utf8'));
    writeFileSync(path.join(folder, 'model.json'), JSON.stringify(change(model)));
    return folder;
  };

  test.each([
    ['no weights', () => ({}), /"weightsManifest" is missing/],
    [
      'a model of two layers',
      (model: { weightsManifest: unknown[] }) => ({
        weightsManifest: [...model.weightsManifest, ...model.weightsManifest],
      }),
      /expected one matrix/,
    ],
    ['a path out of the folder', () => withShape([5, 3], '../../etc/passwd'), /expected one matrix/],
    ['another shape', () => withShape([15]), /shape \(15\)/],
    ['too many rows', () => withShape([6, 3]), /6 rows x 3 numbers take 72 bytes, but 60 bytes follow/],
    ['too few rows', () => withShape([4, 3]), /more lines than expected/],
    ['huge', () => withShape([2 ** 40, 300]), /bytes follow/],
  ])('%s', async (name, change, message) => {
    const folder = damaged(name.replaceAll(' ', '-'), change as never);
    await expect(loadVectors(folder)).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(message),
    });
  });
});

function withShape(shape: number[], file = 'variables/variables.data-00000-of-00001') {
  return { weightsManifest: [{ paths: [file], weights: [{ name: 'x', shape, dtype: 'float32' }] }] };
}
