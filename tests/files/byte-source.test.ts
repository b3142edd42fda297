import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openByteSource } from '../../src/files/byte-source.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path } = temporaryFolder();
const hasPipes = process.platform !== 'win32';

async function contentOf(file: string, pieces: readonly number[]): Promise<string> {
  const source = await openByteSource(file);
  try {
    let text = '';
    for (const count of pieces) {
      const target = Buffer.alloc(count);
      text += target.toString('latin1', 0, await source.read(target, 0, count));
    }
    return text;
  } finally {
    await source.close();
  }
}

test('the same bytes from a file, a .gz whatever its name, and a pipe', async () => {
  writeFileSync(path('plain'), 'one two three');
  writeFileSync(path('packed'), gzipSync('one two three'));
  if (hasPipes) execFileSync('mkfifo', [path('pipe')]);
  const written = () => spawn('sh', ['-c', `cat ${path('plain')} > ${path('pipe')}`], { stdio: 'ignore' });
  for (const name of ['plain', 'packed', ...(hasPipes ? ['pipe'] : [])]) {
    if (name === 'pipe') written();
    expect(await contentOf(path(name), [4, 0, 1, 100])).toBe('one two three');
  }
});

test.skipIf(!hasPipes)('the signal ends a wait for the writer of a pipe', async () => {
  execFileSync('mkfifo', [path('lonely')]);
  const stop = new AbortController();
  const opened = openByteSource(path('lonely'), stop.signal);
  setTimeout(() => stop.abort(), 50);
  await expect(opened).rejects.toMatchObject({ code: 'interrupted' });
});

test('what is put back comes again, and looking ahead takes nothing', async () => {
  writeFileSync(path('text'), 'abcdef');
  const source = await openByteSource(path('text'));
  const read = async (count: number) => {
    const target = Buffer.alloc(count);
    return target.toString('latin1', 0, await source.read(target, 0, count));
  };
  expect(Buffer.from(await source.peek(3)).toString()).toBe('abc');
  expect(await read(4)).toBe('abcd');
  source.putBack(Buffer.from('cd'));
  expect(await read(10)).toBe('cdef');
  expect(source.fileBytesRead()).toBe(6);
  await source.close();
});

test.each([
  ['none', 'file-missing', 'none does not exist', 'check the path'],
  ['.', 'file-unreadable', 'is a folder, expected a file', 'name a file in it'],
])('%s: %s', async (name, code, message, hint) => {
  await expect(openByteSource(path(name))).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
    hint,
  });
});
