// What a JavaScript program gives by mistake is told as such, and nothing is written.
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { countMatrix, countVectors, loadVectors, predictWord, saveVectors, trainWordVectors } from '../src/index.ts';
import { temporaryFolder } from './formats/temporary-folder.ts';

const { path } = temporaryFolder();
const any = (value: unknown) => value as never;
const pair = { words: ['a', 'b'], matrix: new Float32Array(4), dimensions: 2 };
const noCorpus = 'the corpus is not an encoded corpus';

it.each([
  ['trainWordVectors of paths', () => trainWordVectors(any(['a.txt'])), noCorpus],
  ['countVectors of paths', () => countVectors(any(['a.txt']), {}), noCorpus],
  ['countMatrix of nothing', () => countMatrix(any(undefined), {}), noCorpus],
  ['loadVectors of nothing', () => loadVectors(any(undefined)), 'the path is of type undefined, expected a string'],
  ['saveVectors of nothing', () => saveVectors(path('a.bin'), any(undefined)), 'the value is not word vectors'],
  [
    'saveVectors of lists',
    () => saveVectors(path('a.bin'), any({ words: ['a'], matrix: [1, 2], dimensions: 2 })),
    'the value is not word vectors',
  ],
  [
    'saveVectors of a matrix of another shape',
    () => saveVectors(path('a.bin'), { words: ['a'], matrix: new Float32Array(3), dimensions: 2 }),
    'the matrix has 3 numbers, expected 1 words x 2 dimensions',
  ],
  [
    'saveVectors to nowhere',
    () => saveVectors(any(undefined), { words: ['a'], matrix: new Float32Array(2), dimensions: 2 }),
    'the path is of type undefined, expected a string',
  ],
  ['predictWord of nothing', async () => predictWord(any(undefined), pair, ['a']), 'the value is not word vectors'],
  ['predictWord of a text', async () => predictWord(pair, pair, any('a ? b')), 'the context is not a list of words'],
  [
    'predictWord of another model',
    async () => predictWord(pair, pair, ['a'], { model: any('glove') }),
    "model is 'glove': expected skipgram or cbow",
  ],
  ['predictWord of a number', async () => predictWord(pair, pair, any([1])), 'a word is 1, expected a string'],
])('%s', async (_, misuse, message) => {
  await expect(misuse()).rejects.toMatchObject({ name: 'W2vError', code: 'usage', message });
  expect(existsSync(path('a.bin'))).toBe(false);
});
