import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { host } from '../../src/files/leftovers.ts';
import { tryLock } from '../../src/files/lock-file.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path } = temporaryFolder();

// Found by bench/kills.js: a process that is killed while it makes its lock leaves a file of another name.
it('what a killed process left while it made its lock goes with the next lock', async () => {
  const here = path('here');
  mkdirSync(here);
  const dead = `.lock.${host}-4194305-0123abcd.tmp`; // above the highest process number of Linux
  for (const name of [dead, '.lock.other']) writeFileSync(join(here, name), '');
  const lock = await tryLock(join(here, 'lock'));
  expect(readdirSync(here).sort()).toEqual(['.lock.other', 'lock']);
  if (typeof lock === 'object' && 'release' in lock) await lock.release();
  expect(readdirSync(here)).toEqual(['.lock.other']);
});
