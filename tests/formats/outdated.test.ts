import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { readManifest } from '../../src/formats/manifest.ts';
import { saveTogether, saveVectors } from '../../src/formats/save.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { path, file } = temporaryFolder();
const vectors = { words: ['a', 'b'], matrix: Float32Array.of(1, 2, 3, 4), dimensions: 2 };
const others = { words: ['c', 'd'], matrix: Float32Array.of(5, 6, 7, 8), dimensions: 2 };
const manifest = JSON.stringify({ version: '0.1.0', command: 'train', route: 'predict', vocabulary: 2 });

test('vectors that replace others do not keep their manifest', async () => {
  await saveVectors(path('v.txt'), vectors);
  file('v.txt.json', manifest);
  await saveVectors(path('v.txt'), others, { force: true });
  expect(await readManifest(path('v.txt'))).toBe(undefined);
  expect(existsSync(path('v.txt.json'))).toBe(false);
});

test('a manifest without its vectors is not taken for that of new ones', async () => {
  file('orphan.txt.json', manifest);
  await expect(saveVectors(path('orphan.txt'), vectors)).rejects.toMatchObject({
    code: 'file-exists',
    message: `${path('orphan.txt.json')} already exists`,
  });
  expect(existsSync(path('orphan.txt'))).toBe(false);
});

test('the words of a replaced matrix go with it', async () => {
  await saveVectors(path('v.npy'), vectors);
  await saveVectors(path('v.npy'), others, { force: true, format: 'glove' });
  expect(existsSync(path('v.npy.words'))).toBe(false);
});

test("the user's own files of such names stay", async () => {
  await saveVectors(path('own.txt'), vectors);
  file('own.txt.json', '{"mine": 1}');
  file('own.txt.words', 'mine\n');
  await saveVectors(path('own.txt'), others, { force: true });
  expect(readFileSync(path('own.txt.json'), 'utf8')).toBe('{"mine": 1}');
  expect(readFileSync(path('own.txt.words'), 'utf8')).toBe('mine\n');
});

test('several results are written together or not at all', async () => {
  writeFileSync(path('contexts.bin'), 'old');
  const both = [
    { path: path('vectors.bin'), vectors },
    { path: path('contexts.bin'), vectors: others },
  ];
  await expect(saveTogether(both)).rejects.toMatchObject({ code: 'file-exists' });
  expect(existsSync(path('vectors.bin'))).toBe(false);
  await saveTogether(both, { force: true });
  expect((await loadVectors(path('vectors.bin'))).words).toEqual(['a', 'b']);
  expect((await loadVectors(path('contexts.bin'))).words).toEqual(['c', 'd']);
  const same = [both[0], { path: `${path('vectors.bin')}.json`, vectors: others, format: 'glove' }];
  await expect(saveTogether([{ ...same[0], manifest: JSON.parse(manifest) }, same[1]])).rejects.toMatchObject({
    code: 'usage',
    message: `two outputs have the name ${path('vectors.bin.json')}`,
  });
});
