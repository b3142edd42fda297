// A process whose heap is too small for the words of a file: it says so, instead of being ended by V8.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spawnW2v } from './run-w2v.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-heap-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each([
  [
    'with a header',
    'header.txt',
    '700000 2\n',
    /^error: the file has 700000 words, which take about 34 MB of JavaScript's heap/,
  ],
  [
    'without one',
    'no-header.txt',
    '',
    /^error: the file has at least \d+ words, which take about \d+ MB of JavaScript's heap/,
  ],
])('700,000 words %s in 32 MB', async (_, name, header, message) => {
  const file = path.join(folder, name);
  let text = header;
  for (let at = 0; at < 700_000; at++) text += `w${1e6 + at} 1 2\n`;
  await writeFile(file, text);
  const environment = { NODE_OPTIONS: '--max-old-space-size=32' };
  const { code, stdout, stderr } = await spawnW2v(['info', file, '--quiet'], { environment });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).toContain('hint: use a file with fewer words, or raise the limit: NODE_OPTIONS=--max-old-space-size=');
});
