import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPairs } from '../../src/evaluate/read-pairs.ts';
import { readTestFile } from '../../src/evaluate/read-test-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-test-file-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fifo = (name: string) => {
  const file = path.join(folder, name);
  execFileSync('mkfifo', [file]);
  return file;
};

it.skipIf(process.platform === 'win32')('waits for the writer of a FIFO, however slow', async () => {
  const file = fifo('slow');
  const reading = readPairs(file);
  await new Promise((resolve) => setTimeout(resolve, 40));
  await appendFile(file, 'cat dog 9\n');
  expect((await reading).pairs).toEqual([{ first: 'cat', second: 'dog', score: 9 }]);
});

it.skipIf(process.platform === 'win32')('gives a FIFO up when it is told to', async () => {
  const controller = new AbortController();
  const reading = readTestFile(fifo('silent'), controller.signal);
  setTimeout(() => controller.abort(), 20);
  await expect(reading).rejects.toMatchObject({ code: 'interrupted' });
});

it('refuses a line that no test set has, and does not look at the rest', async () => {
  const file = path.join(folder, 'long.txt');
  await writeFile(file, `cat dog 9\r\n${'w1 '.repeat(5_000)}\n`);
  await expect(readTestFile(file)).rejects.toMatchObject({
    code: 'file-malformed',
    message: `${file}:2: the line is longer than 10,000 characters`,
  });
});

it('refuses a file that is far too large before it is read', async () => {
  const file = path.join(folder, 'huge.txt');
  await writeFile(file, '');
  await truncate(file, 2 ** 30);
  await expect(readTestFile(file)).rejects.toMatchObject({
    code: 'file-malformed',
    message: `${file} is larger than 64 MB`,
  });
});
