import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../src/setup/lock.ts';

const root = mkdtempSync(join(tmpdir(), 'w2v-lock-'));
const path = join(root, 'setup.lock');
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => rmSync(path, { force: true }));

const holder = (pid: number, host = hostname()) => writeFileSync(path, JSON.stringify({ pid, host, since: '' }));
const poll = { pollMilliseconds: 5 };

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

test('a lock whose process is gone is taken', async () => {
  holder(999_999_999);
  expect(await withLock(path, poll, async () => 'done')).toBe('done');
});

test('a lock cut short by a full disk is taken', async () => {
  writeFileSync(path, '');
  const old = new Date(Date.now() - 3000);
  utimesSync(path, old, old);
  expect(await withLock(path, poll, async () => 'done')).toBe('done');
});

test('a lock just made, whose holder has not written its number yet, is waited for', async () => {
  writeFileSync(path, '');
  const waiting = withLock(path, { ...poll, signal: AbortSignal.timeout(100) }, async () => 'done');
  await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
  expect(existsSync(path)).toBe(true);
});

test.each(['nowhere', '.', '/dev/null'])(
  'a link to %s in the place of the lock is taken away, not followed',
  async (to) => {
    symlinkSync(to, path);
    expect(await withLock(path, poll, async () => 'done')).toBe('done');
    expect(readdirSync(root)).toEqual([]);
  },
);

test('a folder in its place is refused', async () => {
  mkdirSync(path);
  await expect(withLock(path, poll, async () => 'done')).rejects.toMatchObject({
    code: 'setup-failed',
    message: `${path} is a folder, expected the lock file of a set-up`,
    hint: 'remove it, then run w2v setup again',
  });
  rmSync(path, { recursive: true });
});

test('a lock that was taken away as stale is not removed from its new holder', async () => {
  await withLock(path, poll, async () => {
    rmSync(path);
    holder(1);
  });
  expect(readFileSync(path, 'utf8')).toContain('"pid":1,');
});

test('a lock nobody touched for a minute is taken, whatever runs under its number', async () => {
  holder(process.pid, 'another-machine');
  const old = new Date(Date.now() - 61_000);
  utimesSync(path, old, old);
  expect(await withLock(path, poll, async () => 'done')).toBe('done');
});

test.each([
  ['this machine', process.pid, hostname()],
  ['another machine', 999_999_999, 'another-machine'],
])('a lock held on %s is waited for, until the signal', async (_, pid, host) => {
  holder(pid, host);
  const controller = new AbortController();
  const told: string[] = [];
  const onWait = (text: string) => {
    told.push(text);
    setTimeout(() => controller.abort(), 20);
  };
  await expect(
    withLock(path, { ...poll, onWait, signal: controller.signal }, async () => 'done'),
  ).rejects.toMatchObject({ code: 'interrupted' });
  expect(told).toEqual([`process ${pid} on ${host}`]);
  expect(existsSync(path)).toBe(true);
});
