// A folder that saved work has for itself: what is in it decides whether the work begins, goes on or is refused.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  checkNotSaved,
  lockFolder,
  openFolder,
  type ResumableWork,
  savesIn,
} from '../../src/files/resumable-folder.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path } = temporaryFolder();
const work: ResumableWork = { name: 'baking', saves: ['save-1', 'save-2'], parts: ['dough'], mode: 0o700 };

let folders = 0;
function folderWith(...names: string[]): string {
  const folder = path(`folder-${++folders}`);
  mkdirSync(folder);
  for (const name of names) writeFileSync(`${folder}/${name}`, '');
  return folder;
}
const found = (folder: string, options: Partial<Parameters<typeof savesIn>[2]> = {}) =>
  savesIn(folder, work, { resume: false, force: false, ...options });

describe('savesIn', () => {
  it('makes a new folder, with its permissions, unless there must be something to resume', async () => {
    const folder = path('new/inner');
    await expect(found(folder, { resume: true })).rejects.toMatchObject({
      code: 'file-missing',
      message: `${folder}: there is no such folder to resume from`,
    });
    expect(await found(folder)).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('takes no notice of a lock, of parts, and of hidden files', async () => {
    const folder = folderWith('checkpoint.lock', 'dough', '.save-1.tmp', 'lost+found');
    expect(await found(folder)).toEqual([]);
    expect(await found(folder, { resume: 'if-any' })).toEqual([]);
    await expect(found(folder, { resume: true })).rejects.toMatchObject({
      code: 'file-missing',
      message: `${folder} holds no checkpoint to resume from`,
    });
  });

  it('refuses other files, also with force', async () => {
    const folder = folderWith('notes.txt');
    for (const options of [{}, { force: true }, { resume: 'if-any' as const }]) {
      await expect(found(folder, options)).rejects.toMatchObject({
        code: 'file-exists',
        message: `${folder} holds other files (notes.txt), expected an empty or a new folder`,
      });
    }
  });

  it('finds what is saved, and begins anew only with force', async () => {
    const folder = folderWith('dough', 'save-2');
    for (const options of [{ force: true }, { resume: true }, { resume: 'if-any' as const }]) {
      expect(await found(folder, options)).toEqual(['save-2']);
    }
    await expect(found(folder)).rejects.toMatchObject({
      code: 'file-exists',
      message: `${folder} holds the checkpoint of a baking`,
    });
  });

  it.skipIf(process.platform === 'win32')('refuses a link, a folder and a FIFO in place of a file', async () => {
    writeFileSync(path('victim'), 'precious');
    const put: [string, (file: string) => void][] = [
      ['a link', (file) => symlinkSync(path('victim'), file)],
      ['a folder', (file) => mkdirSync(file)],
      ['not a file', (file) => execFileSync('mkfifo', [file])],
    ];
    for (const [what, make] of put) {
      for (const name of ['save-1', 'dough']) {
        const folder = folderWith('save-2');
        make(`${folder}/${name}`);
        for (const options of [{ force: true }, { resume: true }, { resume: 'if-any' as const }]) {
          await expect(found(folder, options)).rejects.toMatchObject({
            code: 'file-unwritable',
            message: `${folder}/${name} is ${what}, expected a file`,
          });
        }
      }
    }
  });

  it('refuses a file', async () => {
    writeFileSync(path('file'), '');
    for (const resume of [false, true, 'if-any'] as const) {
      await expect(found(path('file'), { resume })).rejects.toMatchObject({
        code: 'file-unwritable',
        message: `${path('file')} is not a folder, as checkpoints need`,
      });
    }
  });
});

describe('openFolder', () => {
  it('looks again under the lock: what another saved while this one waited is not lost', async () => {
    const answers: [Parameters<typeof openFolder>[2], unknown][] = [
      [{ resume: false, force: false }, 'file-exists'],
      [{ resume: 'if-any', force: false }, ['save-1']],
      [{ resume: false, force: true }, ['save-1']],
    ];
    for (const [options, expected] of answers) {
      const folder = folderWith();
      const first = await openFolder(folder, work, { resume: false, force: false });
      expect(first.found).toEqual([]);
      const second = openFolder(folder, work, options).then(
        async ({ found, lock }) => {
          await lock.release();
          return found;
        },
        ({ code }) => code,
      );
      await sleep(50);
      writeFileSync(`${folder}/save-1`, '');
      await first.lock.release();
      expect(await second).toEqual(expected);
      expect(readdirSync(folder)).toEqual(['save-1']);
    }
  });
});

it.skipIf(process.platform === 'win32')(
  'refuses outputs that would replace its files, also by way of links; others may be there',
  async () => {
    const folder = folderWith('save-1');
    mkdirSync(path('elsewhere'));
    symlinkSync(`${folder}/save-2`, path('elsewhere/out'));
    symlinkSync(folder, path('again'));
    for (const output of [`${folder}/save-1`, `${folder}/dough`, `${folder}/checkpoint.lock`, path('elsewhere/out')]) {
      for (const dir of [folder, path('again'), relative('.', folder)]) {
        await expect(checkNotSaved([path('v.bin'), output], dir, work)).rejects.toMatchObject({
          code: 'usage',
          message: `${output} is an output and a file of the baking's checkpoint`,
        });
      }
    }
    await checkNotSaved([`${folder}/v.bin`, path('save-1'), '/dev/stdout'], folder, work);
    await checkNotSaved([path('v.bin')], path('not/yet'), work);
  },
);

describe('lockFolder', () => {
  it('is free again after its release', async () => {
    const folder = folderWith();
    const lock = await lockFolder(folder, work);
    expect(readdirSync(folder)).toEqual(['checkpoint.lock']);
    await lock.release();
    await (await lockFolder(folder, work)).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('names its holder', async () => {
    const folder = folderWith();
    writeFileSync(`${folder}/checkpoint.lock`, JSON.stringify({ pid: 1, host: 'elsewhere' }));
    await expect(lockFolder(folder, work)).rejects.toMatchObject({
      code: 'file-unwritable',
      message: `${folder} is in use by process 1 on elsewhere`,
    });
    rmSync(`${folder}/checkpoint.lock`);
    mkdirSync(`${folder}/checkpoint.lock`);
    await expect(lockFolder(folder, work)).rejects.toThrow('checkpoint.lock is a folder, expected a lock file');
  });
});
