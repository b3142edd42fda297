import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
// @ts-expect-error: the scripts are plain JavaScript
import { withLock } from '../../scripts/lock.js';

let root: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'w2v-lock-'));
  path = join(root, '.bootstrap.lock');
});
afterEach(() => rmSync(root, { recursive: true }));

const poll = { pollMilliseconds: 5 };
const done = async () => 'done';
const lockOf = (pid: number, host = hostname()) => writeFileSync(path, JSON.stringify({ pid, host }));

test('many at once run one after the other and leave nothing behind', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
  };
  await Promise.all(Array.from({ length: 8 }, () => withLock(path, poll, work)));
  expect(most).toBe(1);
  expect(readdirSync(root)).toEqual([]);
});

test('the lock is free again after a failure', async () => {
  await expect(withLock(path, poll, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(existsSync(path)).toBe(false);
});

test.each([
  ['of a process that is gone', () => lockOf(999_999_999)],
  [
    'cut short by a full disk',
    () => {
      writeFileSync(path, '{"pid":');
      utimesSync(path, Date.now() / 1000 - 3, Date.now() / 1000 - 3);
    },
  ],
  ['that is a link to nowhere', () => symlinkSync('nowhere', path)],
  ['that is a link to a device', () => symlinkSync('/dev/null', path)],
  [
    'nobody touched for a minute',
    () => {
      lockOf(process.pid, 'another-machine');
      utimesSync(path, Date.now() / 1000 - 61, Date.now() / 1000 - 61);
    },
  ],
])('a lock %s is taken', async (_, make) => {
  make();
  expect(await withLock(path, poll, done)).toBe('done');
  expect(readdirSync(root)).toEqual([]);
});

test('a lock that is held is waited for, and that is said once', async () => {
  lockOf(process.pid);
  let told = 0;
  const onWait = () => {
    told++;
    setTimeout(() => rmSync(path), 30);
  };
  expect(await withLock(path, { ...poll, onWait }, done)).toBe('done');
  expect(told).toBe(1);
});

test('a folder in its place is refused', async () => {
  mkdirSync(path);
  await expect(withLock(path, poll, done)).rejects.toMatchObject({
    code: 'EISDIR',
    message: `${path} is a folder, expected a lock file: remove it`,
  });
});
