// How many n-grams a fastText model may ask for: a small file must not take minutes.
import { expect, test } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { file } = temporaryFolder();

/** A model of one word or more: the arguments, the dictionary, an input matrix of ones. */
const model = (text: string, minn: number, maxn: number, bucket = 10, dim = 1) => {
  const words = text.split(' ');
  const int = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);
  const long = (...values: number[]) => Buffer.from(BigInt64Array.from(values, BigInt).buffer);
  const ones = Buffer.from(new Float32Array((words.length + bucket) * dim).fill(1).buffer);
  const args = [int(793712314, 12, dim, 5, 5, 1, 5, 1, 1, 1, bucket, minn, maxn, 100), Buffer.alloc(8)];
  const entries = words.flatMap((word) => [Buffer.from(`${word}\0`), long(1), Buffer.alloc(1)]);
  const entry = [int(words.length, words.length, 0), long(100, -1), ...entries];
  return Buffer.concat([...args, ...entry, Buffer.alloc(1), long(words.length + bucket, dim), ones]);
};

test('of at most 100 characters, and at most 65,536 of a word', async () => {
  await expect(loadVectors(file('v', model('ab', 1, 101)))).rejects.toThrow(
    'v at byte 8: the arguments are dim 1, bucket 10, minn 1, maxn 101, which is impossible',
  );
  await expect(loadVectors(file('v', model('x'.repeat(60_000), 3, 100)))).rejects.toThrow(
    `v at byte 92: the word "${'x'.repeat(40)}..." has up to 5880196 n-grams, expected at most 65536`,
  );
  expect((await loadVectors(file('v', model('x'.repeat(600), 3, 100)))).matrix).toEqual(Float32Array.of(1));
  // None at all: longer than the word, or no length between the two.
  expect((await loadVectors(file('v', model('x'.repeat(60_000), 90, 3)))).words[0]).toHaveLength(60_000);
  expect((await loadVectors(file('v', model('ab', 5, 100)))).matrix).toEqual(Float32Array.of(1));
});

test('of all words together, at most 800 for each row of the matrix', async () => {
  const long = Array.from({ length: 50 }, (_, at) => `x${at}${'y'.repeat(635)}`).join(' ');
  await expect(loadVectors(file('v', model(long, 1, 100, 1, 500)))).rejects.toThrow(
    /v at byte \d+: the words before have up to 3199000 n-grams, expected at most 200000 for a matrix of 51 rows/,
  );
});
