import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Made, openRouteCache, type RouteCache } from '../../src/compare/route-cache.ts';
import { host } from '../../src/files/leftovers.ts';

const { signal } = new AbortController();
const words = ['cat', 'dog'];
let folder: string;
let cache: RouteCache;
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'w2v-routes-')), 'compare');
  cache = await openRouteCache(folder, signal);
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

function made(seconds: number): Made {
  const facts = { kind: 'predict' as const, title: 't', words: 2, dimensions: 2, settings: {}, lossByEpoch: [1] };
  const vectors = { words, matrix: Float32Array.of(1, 2, 3, seconds), dimensions: 2 };
  return { vectors, facts: { ...facts, seconds, memory: 1 } };
}

it('finds what was kept, under what decides it and with its words only', async () => {
  await cache.keep({ seed: 1 }, made(5));
  const found = await cache.find({ seed: 1 }, words);
  expect(found!.facts).toMatchObject({ seconds: 5, cached: true, bytes: expect.any(Number) });
  expect(found!.vectors).toMatchObject({ matrix: Float32Array.of(1, 2, 3, 5) });
  expect(await cache.find({ seed: 2 }, words)).toBeUndefined();
  expect(await cache.find({ seed: 1 }, ['dog', 'cat'])).toBeUndefined();
});

it('does not use vectors of which any byte has changed', async () => {
  await cache.keep({ seed: 1 }, made(5));
  const [entry] = await readdir(folder);
  const names = await readdir(path.join(folder, entry!));
  const file = path.join(folder, entry!, names.find((name) => name.startsWith('vectors'))!);
  const whole = await readFile(file);
  // Also a number that stays one: nothing but the hash tells.
  for (const at of [whole.length - 2, whole.length - 9, whole.length >> 1]) {
    const changed = Buffer.from(whole);
    changed[at] ^= 1;
    await writeFile(file, changed);
    expect(await cache.find({ seed: 1 }, words)).toBeUndefined();
  }
  await writeFile(file, whole);
  expect(await cache.find({ seed: 1 }, words)).toBeDefined();
});

it('replaces whole results, also where two processes write one', async () => {
  const other = await openRouteCache(folder, signal);
  await Promise.all([1, 2, 3, 4, 5, 6].map((at) => (at % 2 ? cache : other).keep({ seed: 1 }, made(at))));
  const found = (await cache.find({ seed: 1 }, words))!;
  expect((found.vectors as { matrix: Float32Array }).matrix[3]).toBe(found.facts.seconds);
  const entries = await readdir(folder);
  expect(entries).toHaveLength(1); // nothing half-made is left
  expect(await readdir(path.join(folder, entries[0]))).toHaveLength(2);
});

it.skipIf(process.platform === 'win32')('replaces links, FIFOs and folders that are in its way', async () => {
  const victim = path.join(folder, '..', `${path.basename(folder)}-victim`);
  await writeFile(victim, 'precious');
  const put: ((at: string) => Promise<unknown> | unknown)[] = [
    (at) => symlink(victim, at),
    (at) => mkdir(at),
    (at) => execFileSync('mkfifo', [at]),
  ];
  for (const make of put) {
    for (const kept of [0, 1]) {
      await cache.keep({ seed: 1 }, made(5));
      const [entry] = await readdir(folder);
      const at = path.join(folder, entry!, (await readdir(path.join(folder, entry!)))[kept]);
      await rm(at);
      await make(at);
      expect(await cache.find({ seed: 1 }, words)).toBeUndefined();
      await cache.keep({ seed: 1 }, made(6));
      expect((await cache.find({ seed: 1 }, words))?.facts.seconds).toBe(6);
    }
  }
  expect(await readFile(victim, 'utf8')).toBe('precious');
  await rm(victim);
});

it('removes what killed runs left when it is opened', async () => {
  const dead = `.making-${host}-4194305-abcDEF`; // above the highest process number of Linux
  const [alive, old] = [`.making-${host}-${process.ppid}-abcDEF`, '.making-abcDEF'];
  for (const name of [dead, `${dead}.old`, alive, old, 'used']) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'vectors.bin'), 'half');
  }
  const yesterday = new Date(Date.now() - 90_000_000);
  await utimes(path.join(folder, old), yesterday, yesterday);
  await openRouteCache(folder, new AbortController().signal);
  expect((await readdir(folder)).sort()).toEqual([alive, 'used']);
});

it('removes what is old, and what is more than it may hold', async () => {
  const day = 86_400_000;
  const entry = async (name: string, days: number, bytes = 10) => {
    await mkdir(path.join(folder, name));
    const file = path.join(folder, name, 'made.json');
    await writeFile(file, ' '.repeat(bytes));
    const when = new Date(Date.now() - days * day);
    await utimes(file, when, when);
  };
  await entry('used', 29);
  await entry('old', 31);
  await entry('.making-now', 0.01);
  await cache.keep({ seed: 1 }, made(1));
  const left = (await readdir(folder)).filter((name) => name.length < 24);
  expect(left.sort()).toEqual(['.making-now', 'used']);
  expect(await readFile(path.join(folder, 'used', 'made.json'), 'utf8')).toHaveLength(10);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});
