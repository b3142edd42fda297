import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkContents, recordContents } from '../../src/setup/contents.ts';

let root: string;
let folder: string;
const small = () => join(folder, 'lib', 'napi-v8', 'small.node');
const large = () => join(folder, 'lib', 'large.so');

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'w2v-contents-'));
  folder = join(root, 'folder');
  mkdirSync(join(folder, 'lib', 'napi-v8'), { recursive: true });
  writeFileSync(small(), 'small');
  writeFileSync(large(), Buffer.alloc(1_000_001));
  symlinkSync('large.so', join(folder, 'lib', 'link.so'));
  await recordContents(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

test('what is as it was recorded is whole, also in another place', async () => {
  expect(await checkContents(folder)).toEqual({ state: 'whole' });
  const moved = join(root, 'moved');
  cpSync(folder, moved, { recursive: true, preserveTimestamps: true });
  expect(await checkContents(moved)).toEqual({ state: 'whole' });
});

test.each([
  ['another size', () => writeFileSync(large(), 'cut'), () => `${large()} has 3 bytes, expected 1000001`],
  [
    'other bytes of a small file',
    () => writeFileSync(small(), 'smell'),
    () => `${small()} has changed since set-up made it`,
  ],
  ['a file that is gone', () => rmSync(small()), () => `${small()} is missing`],
])('%s is damage', async (_, change, reason) => {
  change();
  expect(await checkContents(folder)).toEqual({ state: 'damaged', reason: reason() });
});

test.each([
  ['a large file that was written since', () => utimesSync(large(), 1, 1)],
  ['no record', () => rmSync(join(folder, 'contents.json'))],
  ['a record cut short', () => writeFileSync(join(folder, 'contents.json'), '{"files":{"lib/large')],
  ['a record of another kind', () => writeFileSync(join(folder, 'contents.json'), '{"files":{"lib/large.so":{}}}')],
])('%s: nobody knows, until it is recorded again', async (_, change) => {
  change();
  expect(await checkContents(folder)).toEqual({ state: 'unknown' });
  await recordContents(folder);
  expect(await checkContents(folder)).toEqual({ state: 'whole' });
});
