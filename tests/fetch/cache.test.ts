import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { defaultCacheDirectory, publish, removeLeftovers, temporaryDirectory } from '../../src/fetch/cache.ts';

const root = mkdtempSync(join(tmpdir(), 'w2v-cache-'));
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  [{ W2V_CACHE: '/w', XDG_CACHE_HOME: '/x' }, 'linux', resolve('/w')],
  [{ XDG_CACHE_HOME: '/x' }, 'linux', resolve('/x/w2v')],
  [{ W2V_CACHE: '', XDG_CACHE_HOME: '' }, 'linux', join('/home/me/.cache/w2v')],
  [{ W2V_CACHE: 'w' }, 'linux', resolve('w')],
  [{ XDG_CACHE_HOME: 'x' }, 'linux', resolve('x/w2v')],
  [{}, 'darwin', join('/home/me/Library/Caches/w2v')],
  [{ LOCALAPPDATA: '/local' }, 'win32', join('/local', 'w2v', 'Cache')],
  [{ LOCALAPPDATA: '/local' }, 'linux', join('/home/me/.cache/w2v')],
])('the cache for %j on %s is %s', (environment, platform, expected) => {
  expect(defaultCacheDirectory(environment, platform, '/home/me')).toBe(expected);
});

test('publishing onto a finished folder keeps the finished one', async () => {
  const finished = join(root, 'finished');
  const first = await temporaryDirectory(root);
  writeFileSync(join(first, 'file'), 'first');
  await publish(first, finished);
  const second = await temporaryDirectory(root);
  writeFileSync(join(second, 'file'), 'second');
  await publish(second, finished);
  expect(readFileSync(join(finished, 'file'), 'utf8')).toBe('first');
  expect(existsSync(second)).toBe(false);
});

test.each(['EPERM', 'EACCES'])('so it does on Windows, which calls it %s', async (code) => {
  const refused = () => Promise.reject(Object.assign(new Error(code), { code }));
  const temporary = await temporaryDirectory(root);
  await publish(temporary, join(root, 'finished'), { move: refused });
  expect(existsSync(temporary)).toBe(false);
});

test('a folder that a virus scanner has open is published a moment later', async () => {
  const temporary = await temporaryDirectory(root);
  const moved = join(root, 'moved');
  let tries = 0;
  const move = async (from: string, to: string) => {
    if (++tries < 3) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
    renameSync(from, to);
  };
  await publish(temporary, moved, { move, platform: 'win32' });
  expect([tries, existsSync(moved)]).toEqual([3, true]);
  tries = 0;
  await expect(publish(moved, join(root, 'elsewhere'), { move, platform: 'linux' })).rejects.toThrow('EBUSY');
});

test('leftovers go, finished work stays', async () => {
  const leftover = await temporaryDirectory(root);
  mkdirSync(join(root, 'tensorflow'), { recursive: true });
  await removeLeftovers(root);
  expect(existsSync(leftover)).toBe(false);
  expect(existsSync(join(root, 'tensorflow'))).toBe(true);
});
