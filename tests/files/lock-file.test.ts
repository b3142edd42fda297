// The lock file, in what set-up's waiting lock (tests/setup/lock.test.ts) does not show.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { host, isProcessAlive } from '../../src/files/leftovers.ts';
import { type Lock, lockAll, tryLock } from '../../src/files/lock-file.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

// What another process does between two steps of this one.
const meanwhile = vi.hoisted(() => ({ judged: undefined as (() => void) | undefined }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    async rename(from: string, to: string) {
      meanwhile.judged?.();
      meanwhile.judged = undefined;
      await real.rename(from, to);
    },
  };
});
afterEach(() => {
  meanwhile.judged = undefined;
});

const { path } = temporaryFolder();
const file = path('one.lock');

async function taken(): Promise<Lock> {
  const lock = await tryLock(file);
  if (lock === 'folder' || !('release' in lock)) throw new Error(`held: ${JSON.stringify(lock)}`);
  onTestFinished(() => lock.release());
  return lock;
}

it('is held by one, who is named to the others, until it is released', async () => {
  const lock = await taken();
  expect(await tryLock(file)).toMatchObject({ pid: process.pid, host: hostname() });
  expect(await lock.isHeld()).toBe(true);
  await lock.release();
  await lock.release();
  expect([await lock.isHeld(), readdirSync(dirname(file))]).toEqual([false, []]);
});

it('knows when it was taken away, and does not remove the lock that took its place', async () => {
  const lock = await taken();
  rmSync(file);
  expect(await lock.isHeld()).toBe(false);
  const other = await taken();
  expect([await lock.isHeld(), await other.isHeld()]).toEqual([false, true]);
  await lock.release();
  expect(existsSync(file)).toBe(true);
});

it('of an earlier process with the same id, as in a container that was started again, is taken', async () => {
  const lock = await taken();
  const holder = JSON.parse(readFileSync(file, 'utf8'));
  await lock.release();
  const began = Date.now() - 1000 * process.uptime();
  writeFileSync(file, JSON.stringify({ ...holder, since: new Date(began - 1000) }));
  expect(await (await taken()).isHeld()).toBe(true);
});

it.skipIf(process.platform !== 'linux')('of a killed process that its parent has not noticed is taken', async () => {
  // The shell becomes a program that asks after no children.
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 20'], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(String(line));
  for (let waits = 0; waits < 500 && isProcessAlive(pid); waits++) await new Promise((done) => setTimeout(done, 10));
  expect(() => process.kill(pid, 0)).not.toThrow(); // there still, in name
  writeFileSync(file, JSON.stringify({ pid, host: hostname() }));
  expect(await (await taken()).isHeld()).toBe(true);
});

it.skipIf(process.platform === 'win32')(
  'in place of which there is a link or a FIFO is taken; what the link leads to stays',
  async () => {
    writeFileSync(path('victim'), 'precious');
    const put = {
      link: () => symlinkSync(path('victim'), file),
      dangling: () => symlinkSync(path('nothing'), file),
      fifo: () => execFileSync('mkfifo', [file]),
    };
    for (const make of Object.values(put)) {
      make();
      const lock = await taken();
      expect([await lock.isHeld(), readdirSync(dirname(file)).sort()]).toEqual([true, ['one.lock', 'victim']]);
      await lock.release();
    }
    expect(readFileSync(path('victim'), 'utf8')).toBe('precious');
    rmSync(path('victim'));
  },
);

// Found by tests/robust/kills.js: a process that is killed while it makes its lock leaves a file of another name.
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

describe('several', () => {
  const folder = path('several');
  beforeAll(() => {
    mkdirSync(folder);
  });
  const [a, b, c] = ['a.lock', 'b.lock', 'c.lock'].map((name) => join(folder, name)) as [string, string, string];
  const holder = (pid: number) => JSON.stringify({ pid, host: hostname(), since: new Date() });
  const [DEAD, OTHER] = [holder(4194305), holder(process.ppid)]; // above the highest process number of Linux
  const names = () => readdirSync(folder);

  it('of a process that has ended is taken, and removed at the end', async () => {
    writeFileSync(a, DEAD);
    const release = await lockAll([a]);
    expect(JSON.parse(readFileSync(a, 'utf8'))).toMatchObject({ pid: process.pid });
    await release();
    expect(names()).toEqual([]);
  });

  it('of another that took the stale one a moment before is not removed: this one waits for it', async () => {
    writeFileSync(a, DEAD);
    meanwhile.judged = () => {
      rmSync(a);
      writeFileSync(a, OTHER);
    };
    let isTaken = false;
    const taking = lockAll([a]).then((release) => {
      isTaken = true;
      return release;
    });
    await sleep(200);
    expect([isTaken, readFileSync(a, 'utf8'), meanwhile.judged]).toEqual([false, OTHER, undefined]);
    rmSync(a);
    await (await taking)();
    expect(names()).toEqual([]);
  });

  it('excludes those who write one file in common, whichever it is', async () => {
    const release = await lockAll([b, a]);
    let isTaken = false;
    const taking = lockAll([c, b]).then((second) => {
      isTaken = true;
      return second;
    });
    await sleep(200);
    expect(isTaken).toBe(false);
    await release();
    await (await taking)();
    expect(names()).toEqual([]);
  });

  it('does not remove the lock of another that holds this one to be gone', async () => {
    const release = await lockAll([a]);
    rmSync(a);
    writeFileSync(a, OTHER);
    await release();
    expect(readFileSync(a, 'utf8')).toBe(OTHER);
    rmSync(a);
  });

  it('where there can be no lock, there is none', async () => {
    mkdirSync(a);
    const release = await lockAll([a, join(folder, 'missing', 'b.lock')]);
    await release();
    expect(names()).toEqual(['a.lock']);
  });
});
