import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { host } from '../../src/files/leftovers.ts';
import { makeTemporaryFolder, removeTemporaryFolders } from '../../src/files/temporary-folder.ts';

const variables = process.platform === 'win32' ? ['TEMP', 'TMP'] : ['TMPDIR'];
const before = variables.map((name) => process.env[name]);
let here: string;
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'w2v-test-'));
  for (const name of variables) process.env[name] = here;
});
afterEach(() => {
  for (const [index, name] of variables.entries()) {
    if (before[index] === undefined) delete process.env[name];
    else process.env[name] = before[index];
  }
  rmSync(here, { recursive: true });
});

const folder = (name: string) => {
  mkdirSync(join(here, name));
  writeFileSync(join(here, name, 'file'), 'left');
  return name;
};
const dead = `${host}-4194305`; // above the highest process number of Linux

it('is for its owner alone, and the next one leaves it', () => {
  const [one, other] = [makeTemporaryFolder('tool'), makeTemporaryFolder('tool')];
  if (process.platform !== 'win32') expect(statSync(one).mode & 0o777).toBe(0o700);
  expect(readdirSync(here).sort()).toEqual([one, other].map((path) => basename(path)).sort());
});

it('goes at exit, with what is in it', () => {
  writeFileSync(join(makeTemporaryFolder('graph'), 'file'), 'made');
  rmSync(makeTemporaryFolder('graph'), { recursive: true }); // as after the work
  removeTemporaryFolders();
  expect(readdirSync(here)).toEqual([]);
});

it('removes those of killed processes, of every kind, and nothing else', () => {
  folder(`w2v-tool-${dead}-abcDEF`);
  folder(`w2v-graph-${dead}-abcDEF`);
  const reused = folder(`w2v-graph-${host}-${process.pid}-abcDEF`); // a number that was given again
  utimesSync(join(here, reused), 1, 1);
  const stay = [
    folder(`w2v-tool-${host}-${process.ppid}-abcDEF`),
    folder(`w2v-tool-${host === '0000' ? '1111' : '0000'}-4194305-abcDEF`),
    folder('w2v-tool-abcDEF'),
    folder('someone-else'),
  ];
  const link = `w2v-tool-${dead}-ABCdef`;
  symlinkSync(join(here, 'someone-else'), join(here, link));
  const made = basename(makeTemporaryFolder('graph'));
  expect(readdirSync(here).sort()).toEqual([...stay, link, made].sort());
  expect(readdirSync(join(here, 'someone-else'))).toEqual(['file']);
});

it.skipIf(process.getuid?.() !== 0)('leaves those of other users (skipped: only root can make one)', async () => {
  const { chownSync } = await import('node:fs');
  const theirs = folder(`w2v-tool-${dead}-abcDEF`);
  chownSync(join(here, theirs), 65534, 65534);
  makeTemporaryFolder('tool');
  expect(readdirSync(here)).toContain(theirs);
});
