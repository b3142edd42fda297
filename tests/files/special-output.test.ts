import { execFileSync } from 'node:child_process';
import { createReadStream, lstatSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { test as anywhere, expect } from 'vitest';
import type { OutputFile } from '../../src/files/output.ts';
import { checkOutputs, writeFiles } from '../../src/files/write-files.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const test = anywhere.skipIf(process.platform === 'win32'); // it has no such pipes
const { path } = temporaryFolder();
const many = Buffer.alloc(1 << 20, 'many bytes '); // more than a pipe holds
const output = (where: string, times = 1): OutputFile => ({
  path: where,
  async content(sink) {
    for (let time = 0; time < times; time++) await sink.write(many);
  },
});
function pipe(name: string): string {
  execFileSync('mkfifo', [path(name)]);
  return path(name);
}

test('a pipe gets every byte, and stays a pipe', async () => {
  const name = pipe('all');
  await checkOutputs([name]);
  const writing = writeFiles([output(name, 3)]);
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(name)) chunks.push(chunk as Buffer);
  await writing;
  expect(Buffer.concat(chunks).equals(Buffer.concat([many, many, many]))).toBe(true);
  expect(lstatSync(name).isFIFO()).toBe(true);
  expect(readdirSync(dirname(name))).toEqual(['all']);
});

test('a reader that has seen enough and leaves is no failure', async () => {
  const name = pipe('some');
  const writing = writeFiles([output(name, 5)]);
  for await (const _chunk of createReadStream(name, { highWaterMark: 100 })) break;
  await expect(writing).resolves.toBeUndefined();
});

test('an abort ends the wait for a reader, and for one that does not read on', async () => {
  const name = pipe('none');
  const waiting = new AbortController();
  const nobody = writeFiles([output(name)], { signal: waiting.signal });
  setImmediate(() => waiting.abort());
  await expect(nobody).rejects.toMatchObject({ code: 'interrupted' });

  const stuck = new AbortController();
  const reader = createReadStream(name);
  reader.once('readable', () => stuck.abort()); // the pipe is full now, and nobody empties it
  await expect(writeFiles([output(name, 5)], { signal: stuck.signal })).rejects.toMatchObject({ code: 'interrupted' });
  reader.destroy();
});
