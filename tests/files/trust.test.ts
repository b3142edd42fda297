import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { strangeCode, strangerTo } from '../../src/files/trust.ts';
import { diagnose } from '../../src/setup/doctor.ts';

const root = mkdtempSync(join(tmpdir(), 'w2v-trust-'));
afterAll(() => rmSync(root, { recursive: true }));

const me = { uid: 1000, gid: 1000 };

test.each([
  [{ uid: 1000, gid: 1000, mode: 0o40700 }, undefined],
  [{ uid: 1000, gid: 1000, mode: 0o40755 }, undefined],
  [{ uid: 1000, gid: 1000, mode: 0o40775 }, undefined], // a group of one's own
  [{ uid: 0, gid: 0, mode: 0o40775 }, undefined],
  [{ uid: 1000, gid: 50, mode: 0o40775 }, 'can be written to by a group of users'],
  [{ uid: 1000, gid: 1000, mode: 0o40777 }, 'can be written to by any user'],
  [{ uid: 0, gid: 0, mode: 0o41777 }, 'can be written to by any user'],
  [{ uid: 1001, gid: 1001, mode: 0o40755 }, 'belongs to another user'],
])('for a user with number 1000, %j: %s', (stats, expected) => {
  expect(strangerTo(stats, me)).toBe(expected);
});

test('a shared group is no group of one’s own', () => {
  expect(strangerTo({ uid: 1000, gid: 100, mode: 0o40775 }, { uid: 1000, gid: 100 })).toBe(
    'can be written to by a group of users',
  );
});

test.skipIf(process.platform === 'win32')('the first file that others may write is named', async () => {
  const [good, bad] = ['good', 'bad'].map((name) => join(root, name));
  for (const file of [good!, bad!]) writeFileSync(file, '');
  chmodSync(bad!, 0o666);
  expect(await strangeCode([good!])).toBeUndefined();
  expect(await strangeCode([good!, bad!])).toBe(`${bad} can be written to by any user`);
});

test.skipIf(process.platform === 'win32')('doctor tells of a cache that others may write to', async () => {
  const cache = mkdtempSync(join(root, 'cache-'));
  chmodSync(cache, 0o777);
  const findings = await diagnose({ cacheDirectory: cache });
  expect(findings.find(({ name }) => name === 'cache')).toEqual({
    name: 'cache',
    value: `${cache}, empty: ${cache} can be written to by any user`,
    state: 'problem',
    fix: 'run chmod -R go-w on the cache, or set W2V_CACHE to a folder of your own and run w2v setup',
  });
});
