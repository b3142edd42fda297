// Hashes of long lists.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sha256Of, updateWithList } from '../../src/files/sha256.ts';

it.each<[string, ArrayLike<string | number>]>([
  ['none', []],
  ['one', ['a"\\\n']],
  ['a batch', Array.from({ length: 4096 }, (_, at) => `w${at}`)],
  ['more than two', Array.from({ length: 10_000 }, (_, at) => `ö${at}`)],
  ['numbers', Float64Array.from({ length: 5000 }, (_, at) => at * 1.5e10)],
])('a list in pieces has the hash of its JSON: %s', (_what, values) => {
  const hash = createHash('sha256');
  updateWithList(hash, values);
  expect(hash.digest('hex')).toBe(sha256Of(Buffer.from(JSON.stringify(Array.from(values)))));
});
