// The lock under which several files get their names.
import { existsSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { host } from '../../src/files/leftovers.ts';
import { lockCommit } from '../../src/files/link-lock.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

// What another process does between two steps of this one.
const meanwhile = vi.hoisted(() => ({ looked: undefined as (() => void) | undefined }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  return {
    ...real,
    lstatSync(path: string) {
      const found = real.lstatSync(path);
      meanwhile.looked?.();
      meanwhile.looked = undefined;
      return found;
    },
  };
});
afterEach(() => {
  meanwhile.looked = undefined;
});

const { path } = temporaryFolder();
const DEAD = `${host}-4194305`; // above the highest process number of Linux
const OTHER = `${host}-${process.ppid}-0123abcd`;
const names = () => readdirSync(path('.'));

it('of a process that has ended is taken, and removed at the end', async () => {
  symlinkSync(DEAD, path('a.lock'));
  const release = await lockCommit([path('a.lock')]);
  expect(readlinkSync(path('a.lock'))).toMatch(`${host}-${process.pid}`);
  release();
  expect(names()).toEqual([]);
});

it('of another that took the stale one a moment before is not removed: this one waits for it', async () => {
  symlinkSync(DEAD, path('a.lock'));
  meanwhile.looked = () => {
    rmSync(path('a.lock'));
    symlinkSync(OTHER, path('a.lock'));
  };
  let isTaken = false;
  const taking = lockCommit([path('a.lock')]).then((release) => {
    isTaken = true;
    return release;
  });
  await sleep(100);
  expect([isTaken, readlinkSync(path('a.lock'))]).toEqual([false, OTHER]);
  rmSync(path('a.lock'));
  (await taking)();
  expect(names()).toEqual([]);
});

it('excludes those who write one file in common, whichever it is', async () => {
  const release = await lockCommit([path('b.lock'), path('a.lock')]);
  let isTaken = false;
  const taking = lockCommit([path('c.lock'), path('b.lock')]).then((second) => {
    isTaken = true;
    return second;
  });
  await sleep(100);
  expect(isTaken).toBe(false);
  release();
  (await taking)();
  expect(names()).toEqual([]);
});

it('does not remove the lock of another that holds this one to be gone', async () => {
  const release = await lockCommit([path('a.lock')]);
  rmSync(path('a.lock'));
  symlinkSync(OTHER, path('a.lock'));
  release();
  expect(existsSync(path('a.lock')) || readlinkSync(path('a.lock'))).toBe(OTHER);
  rmSync(path('a.lock'));
});
