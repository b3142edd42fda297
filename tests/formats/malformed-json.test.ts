// JSON within and beside the vectors (safetensors, tokenizer.json) that has not the shape it should have: said short
// and plain.
import { cpSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { W2vError } from '../../src/base/errors.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { path, file } = temporaryFolder();
const golden = fileURLToPath(new URL('../golden/formats/', import.meta.url));

async function refusal(target: string): Promise<string> {
  const error = await loadVectors(target).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(W2vError);
  expect(error).toMatchObject({ code: 'file-malformed' });
  return (error as W2vError).message.replace(`${path('')}${sep}`, '');
}

const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;

describe('safetensors', () => {
  const made = (header: string) => {
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(Buffer.byteLength(header)));
    return file('v', Buffer.concat([length, Buffer.from(header), Buffer.alloc(8)]));
  };
  const types = 'expected one of F16, F32, F64, BF16';
  test.each([
    ['no fields', '{"v":{}}', `v at byte 8: the tensor v is of type nothing, ${types}`],
    ['null', '{"v":null}', `v at byte 8: the tensor v is of type nothing, ${types}`],
    ['a type that is an object', '{"v":{"dtype":{"a":1}}}', `v at byte 8: the tensor v is of type {"a":1}, ${types}`],
    [
      'a deep type',
      `{"v":{"dtype":${deep}}}`,
      `v at byte 8: the tensor v is of type a list of lists too deep to show, ${types}`,
    ],
    [
      'no shape',
      '{"v":{"dtype":"F32"}}',
      'v at byte 8: the tensor v has the shape nothing, expected [words, dimensions]',
    ],
    [
      'no place',
      '{"v":{"dtype":"F32","shape":[2,1]}}',
      'v at byte 8: the tensor v has the offsets nothing, expected 8 bytes for 2 x 1 F32',
    ],
    [
      'a long name',
      `{"${'n'.repeat(1000)}":{}}`,
      `v at byte 8: the tensor ${'n'.repeat(79)}… is of type nothing, ${types}`,
    ],
    [
      'long names',
      `{"${'n'.repeat(1000)}":{},"b":{}}`,
      `v at byte 8: the tensors ${'n'.repeat(79)}…, expected one named embeddings`,
    ],
  ])('%s', async (_, header, message) => expect(await refusal(made(header))).toBe(message));

  test('as many tensors as no call takes arguments', async () => {
    const others = Array.from({ length: 200_000 }, (_, at) => `"${at}":{"data_offsets":[0,8]}`).join();
    const header = `{"embeddings":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},${others}}`;
    file('v.words', 'a\nb\n');
    expect((await loadVectors(made(header))).words).toEqual(['a', 'b']);
  });
});

test.each([
  ['{"a":0,"b":null}', `'b' has the id null, expected each of 0 to 1 once`],
  [`{"a":0,"b":${deep}}`, `'b' has the id a list of lists too deep to show, expected each of 0 to 1 once`],
  [`[["a",0],${deep}]`, 'entry 1 of the vocabulary is a list of lists too deep to show, expected [word, score]'],
  [`[["a",0],["${'b'.repeat(99)}"],[1]]`, 'entry 2 of the vocabulary is [1], expected [word, score]'],
  [`[{"a":"${'b'.repeat(99)}"}]`, `entry 0 of the vocabulary is {"a":"${'b'.repeat(73)}…, expected [word, score]`],
])('tokenizer.json: %#', async (vocab, message) => {
  cpSync(`${golden}model2vec`, path('model'), { recursive: true });
  file('model/tokenizer.json', `{"model":{"vocab":${vocab}}}`);
  expect(await refusal(path('model'))).toBe(`${join('model', 'tokenizer.json')}: ${message}`);
});

test('a sparse matrix where rows of numbers are wanted', async () => {
  await expect(loadVectors(file('m.npz', 'PK\x03\x04'))).rejects.toMatchObject({
    code: 'file-malformed',
    message: expect.stringContaining(
      'm.npz: the file is a zip archive, perhaps a sparse matrix (.npz), expected one of:',
    ),
    hint: expect.stringContaining('or make vectors: w2v count --method svd'),
  });
});
