import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { W2vError } from '../../src/base/errors.ts';
import { type Rescuable, saveOrRescue } from '../../src/cli/rescue.ts';
import { writeFiles } from '../../src/files/write-files.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path } = temporaryFolder();
const { signal } = new AbortController();
const full = new W2vError('file-unwritable', 'the disk is full', 'free disk space');
function folder(name: string): string {
  mkdirSync(path(name));
  return path(name);
}
function result(where: string, what: string): Rescuable {
  const saveAs = (name: string, mode?: number) =>
    writeFiles([{ path: name, content: (sink) => sink.write(Buffer.from(what)) }], { signal, mode });
  return { path: where, what, save: () => saveAs(where), saveAs, restore: (rescued) => `mv ${rescued} ${where}` };
}
const failing = () => Promise.reject(full);

it('what can be written is written, and nothing more said', async () => {
  const here = folder('fine');
  const one = result(join(here, 'v'), 'the vectors');
  await saveOrRescue(one.save, [one], { signal });
  expect(readdirSync(here)).toEqual(['v']);
});

it('what cannot be written where it was to go stands beside it, and the error says so', async () => {
  const here = folder('beside');
  const one = result(join(here, 'v'), 'the vectors');
  await expect(saveOrRescue(failing, [one], { signal })).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `the disk is full; the vectors are in ${join(here, 'v.rescued')}`,
    hint: `then run: mv ${join(here, 'v.rescued')} ${join(here, 'v')}`,
  });
  expect(readFileSync(join(here, 'v.rescued'), 'utf8')).toBe('the vectors');
});

it('never over an earlier one', async () => {
  const here = folder('again');
  writeFileSync(join(here, 'v.rescued'), 'earlier');
  await expect(saveOrRescue(failing, [result(join(here, 'v'), 'the vectors')], { signal })).rejects.toThrow(
    `the vectors are in ${join(here, 'v.rescued.2')}`,
  );
  expect(readFileSync(join(here, 'v.rescued'), 'utf8')).toBe('earlier');
});

it('in the temporary folder where its own has gone', async () => {
  const temporary = folder('temporary');
  const one = result(join(path('gone'), 'v'), 'the vectors');
  await expect(saveOrRescue(one.save, [one], { signal, temporary })).rejects.toMatchObject({
    message: `${one.path} cannot be written: the folder ${path('gone')} does not exist; the vectors are in ${join(temporary, 'v.rescued')}`,
  });
  // Anyone may look into that folder.
  expect(statSync(join(temporary, 'v.rescued')).mode & 0o777).toBe(0o600);
});

it('of several, those that can take their own names', async () => {
  const here = folder('one');
  const temporary = folder('elsewhere');
  const both = [result(join(here, 'v'), 'the vectors'), result(join(path('nowhere'), 'c'), 'the context vectors')];
  await expect(saveOrRescue(failing, both, { signal, temporary })).rejects.toMatchObject({
    message: `the disk is full; the vectors are in ${join(here, 'v')}, the context vectors are in ${join(temporary, 'c.rescued')}`,
    hint: `then run: mv ${join(temporary, 'c.rescued')} ${both[1].path}`,
  });
  expect(readFileSync(join(here, 'v'), 'utf8')).toBe('the vectors');
});

it('says what is lost', async () => {
  const lost = result(join(path('nowhere'), 'v'), 'the vectors');
  await expect(saveOrRescue(failing, [lost], { signal, temporary: path('nowhere') })).rejects.toMatchObject({
    message: 'the disk is full; the vectors could not be saved',
    hint: 'free disk space',
  });
});

it('who stops the work wants no file', async () => {
  const here = folder('stopped');
  const controller = new AbortController();
  controller.abort();
  const one = result(join(here, 'v'), 'the vectors');
  const stopped = { signal: controller.signal };
  await expect(saveOrRescue(failing, [one], stopped)).rejects.toBe(full);
  expect(existsSync(join(here, 'v.rescued'))).toBe(false);
});
