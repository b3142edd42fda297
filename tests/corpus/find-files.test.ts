import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFiles } from '../../src/corpus/find-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'w2v-find-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content = 'text'): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const manifest = (command: string) =>
  JSON.stringify({ version: '0.1.0', lossByEpoch: [], command, route: 'predict', vocabulary: 3 }, null, 2);

async function found(path: string, options = {}) {
  const { files, skipped } = await findFiles(path, options);
  const slashes = (name: string) => name.replaceAll('\\', '/'); // globs give them on Windows too
  const local = (name: string) => slashes(name).replace(`${slashes(folder)}/`, '');
  return {
    files: files.map(({ name }) => local(name)),
    skipped: skipped.map(({ file: name, why }) => [local(name), why]),
  };
}

describe('folders', () => {
  it('leave out what w2v wrote into them, and tell it', async () => {
    file('own/a.txt');
    file('own/a.txt.json', '{"author": "nobody"}');
    file('own/b.json', '{"version": "of something else"}');
    for (const name of ['v.txt', 'v.txt.words', 'v.txt.layout-umap-2', 'v.txt.layout-umap-2.json']) file(`own/${name}`);
    file('own/v.txt.json', manifest('train'));
    file('own/board/vectors.tsv');
    file('own/board.json', manifest('convert'));
    file('own/gone.bin.json', manifest('count'));
    const skipped = [
      'board',
      'board.json',
      'gone.bin.json',
      'v.txt',
      'v.txt.json',
      'v.txt.layout-umap-2',
      'v.txt.layout-umap-2.json',
      'v.txt.words',
    ];
    expect(await found(join(folder, 'own'))).toEqual({
      files: ['own/a.txt', 'own/a.txt.json', 'own/b.json'],
      skipped: skipped.map((name) => [`own/${name}`, 'w2v-output']),
    });
    await expect(found(join(folder, 'own/v.*'))).rejects.toMatchObject({ code: 'file-missing' });
    expect(await found(join(folder, 'own/*.txt'))).toEqual({
      files: ['own/a.txt'],
      skipped: [['own/v.txt', 'w2v-output']],
    });
    expect((await found(join(folder, 'own/v.txt'))).files).toEqual(['own/v.txt']); // named, it is wanted
  });

  it('read what is larger than any manifest, without looking into it', async () => {
    file('large/export.json', manifest('train'));
    truncateSync(join(folder, 'large/export.json'), 2 ** 33); // sparse: more than a Buffer or a string can have
    expect((await found(join(folder, 'large'))).files).toEqual(['large/export.json']);
  });

  it.skipIf(process.platform === 'win32')('do not wait for a pipe that has the name of a manifest', async () => {
    file('pipes/v.txt');
    execFileSync('mkfifo', [join(folder, 'pipes/v.txt.json'), join(folder, 'pipes/checkpoint.lock')]);
    expect((await found(join(folder, 'pipes/*.txt'))).files).toEqual(['pipes/v.txt']);
    await found(join(folder, 'pipes'));
  });

  it('say so where they hold nothing else', async () => {
    file('only/v.txt');
    file('only/v.txt.json', manifest('train'));
    await expect(found(join(folder, 'only'))).rejects.toMatchObject({
      code: 'file-missing',
      message: `the folder ${join(folder, 'only')} contains no file except output of w2v`,
    });
  });

  it.skipIf(process.platform === 'win32')('leave out links that lead nowhere or in a circle', async () => {
    file('links/a.txt');
    symlinkSync('nothing', join(folder, 'links/dangling'));
    symlinkSync('y', join(folder, 'links/x'));
    symlinkSync('x', join(folder, 'links/y'));
    symlinkSync('a.txt', join(folder, 'links/z'));
    expect(await found(join(folder, 'links'))).toEqual({ files: ['links/a.txt', 'links/z'], skipped: [] });
    expect((await found(join(folder, 'links/*'))).files).toContain('links/a.txt');
    await expect(found(join(folder, 'links/x'))).rejects.toMatchObject({
      code: 'file-unreadable',
      message: `cannot read ${join(folder, 'links/x')}: its symbolic links form a loop`,
    });
  });

  it.skipIf(process.platform !== 'linux')('read files whose names are not UTF-8; globs tell of them', async () => {
    file('names/a.txt');
    const bytes = Buffer.concat([Buffer.from(`${folder}/names/`), Buffer.from([0xe9]), Buffer.from('.txt')]);
    writeFileSync(bytes, 'text');
    const { files } = await findFiles(join(folder, 'names'));
    expect(files.map(({ path }) => path)).toEqual([join(folder, 'names/a.txt'), bytes]);
    expect(await found(join(folder, 'names/*.txt'))).toEqual({
      files: ['names/a.txt'],
      skipped: [['names/\ufffd.txt', 'name']],
    });
    await expect(found(join(folder, 'names/\ufffd.txt'))).rejects.toMatchObject({
      code: 'file-missing',
      hint: 'the name is not valid UTF-8: rename the file, or name its folder',
    });
  });

  it('stop when told to', async () => {
    file('stop/a.txt');
    await expect(findFiles(join(folder, 'stop'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
});

it('on Windows a glob may be written with backslashes', async () => {
  file('windows/1.txt');
  file('windows/2.txt');
  const pattern = `${folder}\\windows\\*.txt`;
  expect((await found(pattern, { platform: 'win32' })).files).toEqual(['windows/1.txt', 'windows/2.txt']);
});

it.skipIf(process.platform === 'win32')('elsewhere a backslash quotes', async () => {
  file('posix/1.txt');
  const pattern = `${folder}\\posix\\*.txt`;
  await expect(found(pattern, { platform: 'linux' })).rejects.toMatchObject({ code: 'file-missing' });
});
