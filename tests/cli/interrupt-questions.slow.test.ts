// Ctrl-C while questions are worked out, in the built command: it ends with 130 long before they are done.
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { startW2v } from './run-w2v.ts';

const { path } = temporaryFolder();
const V = 20_000;
const D = 100;
const random = createRandom(2);
const name = path('vectors.npy');
const words = Array.from({ length: V }, (_, row) => `word${row}`);
const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${V}, ${D}), }`.padEnd(117).concat('\n');
const matrix = Float32Array.from({ length: V * D }, () => random.normal());
writeFileSync(
  name,
  Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header), Buffer.from(matrix.buffer)]),
);
writeFileSync(`${name}.words`, `${words.join('\n')}\n`);

it.each<[string, string[], (word: string) => string]>([
  ['nearest', ['--json'], (word) => word],
  ['nearest', [], (word) => `${word} - word1 + word2`],
  ['analogy', [], (word) => `${word} word1 word2`],
  ['analogy', ['--method', 'mul'], (word) => `${word} word1 word2`],
])('%s %j', async (command, options, line) => {
  const child = startW2v([command, name, ...options]);
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  const first = new Promise((resolve) => child.stdout!.once('data', resolve));
  child.stdout!.resume();
  child.stdin!.on('error', () => {});
  const lines = words.map((word) => `${line(word)}\n`).join('');
  // More than a pipe holds: it is read once the vectors are loaded. Questions without --json are answered as they come.
  const read = new Promise<void>((resolve) => child.stdin!.end(lines.repeat(10), resolve));
  await (command === 'nearest' && options.length === 0 ? first : read);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const asked = performance.now();
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, stderr.endsWith('Stopped.\n')]).toEqual([130, true]);
  expect(performance.now() - asked).toBeLessThan(8000); // some 50 ms; more where eight others are at work
});
