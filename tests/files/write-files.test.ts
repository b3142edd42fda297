import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OutputFile } from '../../src/files/output.ts';
import { checkOutputs, writeFiles } from '../../src/files/write-files.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { type Manifest, readManifest } from '../../src/formats/manifest.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { nothingDropped } from '../corpus/nothing-dropped.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path, file } = temporaryFolder();
const text = (where: string, content: string): OutputFile => ({
  path: where,
  content: (sink) => sink.write(Buffer.from(content)),
});
function folder(name: string): string {
  mkdirSync(path(name));
  return path(name);
}

test('several files appear together', async () => {
  const here = folder('together');
  await writeFiles([text(join(here, 'a'), 'one'), text(join(here, 'b'), 'two')]);
  expect(readdirSync(here).sort()).toEqual(['a', 'b']);
  expect(readFileSync(join(here, 'b'), 'utf8')).toBe('two');
});

test('when one fails none appears, what was there stays, and no temporary file is left', async () => {
  const here = folder('none');
  file('none/a', 'old');
  const failing: OutputFile = { path: join(here, 'b'), content: () => Promise.reject(new Error('broken')) };
  await expect(writeFiles([text(join(here, 'a'), 'new'), failing], { force: true })).rejects.toThrow('broken');
  expect(readdirSync(here)).toEqual(['a']);
  expect(readFileSync(join(here, 'a'), 'utf8')).toBe('old');
});

test('an abort between writing and renaming leaves nothing', async () => {
  const here = folder('abort');
  const controller = new AbortController();
  const aborting: OutputFile = {
    path: join(here, 'a'),
    async content(sink) {
      await sink.write(Buffer.from('half'));
      controller.abort();
    },
  };
  await expect(writeFiles([aborting], { signal: controller.signal })).rejects.toMatchObject({ code: 'interrupted' });
  expect(readdirSync(here)).toEqual([]);
});

test('an existing file needs force, also one that appeared meanwhile', async () => {
  const name = file('existing.txt', 'old');
  const refusal = {
    code: 'file-exists',
    message: `${name} already exists`,
    hint: 'choose another name, or replace it with { force: true }',
  };
  await expect(checkOutputs([name])).rejects.toMatchObject(refusal);
  await expect(writeFiles([text(name, 'new')])).rejects.toMatchObject(refusal);
  await writeFiles([text(name, 'new')], { force: true });
  expect(readFileSync(name, 'utf8')).toBe('new');
  const meanwhile: OutputFile = {
    path: path('meanwhile'),
    async content() {
      file('meanwhile', 'theirs');
    },
  };
  await expect(writeFiles([meanwhile])).rejects.toMatchObject({ code: 'file-exists' });
  expect(readFileSync(path('meanwhile'), 'utf8')).toBe('theirs');
});

test('what cannot be written is told before any work', async () => {
  const missing = join(path('missing'), 'a.txt');
  const refusal = {
    code: 'file-unwritable',
    message: `${missing} cannot be written: the folder ${path('missing')} does not exist`,
    hint: `create it first: mkdir ${process.platform === 'win32' ? '' : '-p '}${path('missing')}`,
  };
  await expect(checkOutputs([missing])).rejects.toMatchObject(refusal);
  await expect(writeFiles([text(missing, '')])).rejects.toMatchObject(refusal);
  const here = folder('a-folder');
  await expect(checkOutputs([here], { force: true })).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `${here} is a folder`,
  });
  const below = join(file('plain', ''), 'a.txt');
  await expect(writeFiles([text(below, '')])).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `${below} cannot be written: ${path('plain')} is not a folder`,
  });
  const fine = folder('fine');
  await checkOutputs([join(fine, 'a'), join(fine, 'b')]);
  expect(readdirSync(fine)).toEqual([]);
});

test.skipIf(!existsSync('/dev/full'))('a full disk', async () => {
  await expect(writeFiles([text('/dev/full', 'text')])).rejects.toMatchObject({
    code: 'file-unwritable',
    message: '/dev/full cannot be written: the disk is full',
  });
});

test.skipIf(!existsSync('/dev/null'))('a device is written to, never replaced; a link is written through', async () => {
  const link = path('null');
  symlinkSync('/dev/null', link);
  await writeFiles([text(link, 'text')]);
  expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  file('real', 'old');
  symlinkSync(path('real'), path('link'));
  await writeFiles([text(path('link'), 'new')], { force: true });
  expect(readFileSync(path('real'), 'utf8')).toBe('new');
});

test('vectors and manifest', async () => {
  const manifest: Manifest = {
    version: '0.1.0',
    command: 'train',
    route: 'predict',
    options: { dim: 2 },
    seed: 1,
    corpus: {
      files: ['text.txt'],
      bytes: 9,
      sha256: 'ab',
      lines: 1,
      dropped: { ...nothingDropped, rareTokens: 1, rareTypes: 1 },
    },
    vocabulary: 1,
    dimensions: 2,
    tokens: 5,
    lossByEpoch: [0.5],
    seconds: { train: 1 },
    engine: { name: 'tensorflow', versions: { tensorflow: '2.15.1' } },
    createdAt: '2026-01-01T00:00:00.000Z',
  };
  const vectors = { words: ['a'], matrix: Float32Array.of(1, 2), dimensions: 2 };
  const name = path('model.bin');
  await saveVectors(name, vectors, { manifest });
  expect((await loadVectors(name)).words).toEqual(['a']);
  expect(await readManifest(name)).toEqual(manifest);
  expect(await readManifest(path('other.bin'))).toBe(undefined);
  file('broken.bin.json', '{');
  await expect(readManifest(path('broken.bin'))).rejects.toMatchObject({ code: 'file-malformed' });
  file('strange.bin.json', '{"a":1}');
  await expect(readManifest(path('strange.bin'))).rejects.toThrow('not a manifest: "version" is missing');
  // The manifest alone is enough to refuse: the two belong together.
  file('orphan.bin.json', '{}');
  await expect(saveVectors(path('orphan.bin'), vectors, { manifest })).rejects.toMatchObject({ code: 'file-exists' });
  expect(existsSync(path('orphan.bin'))).toBe(false);
});
