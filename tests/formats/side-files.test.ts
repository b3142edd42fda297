// Files that stand beside a matrix or in a folder: the words, the model, the tokenizer. Nobody named them, so they may
// be anything.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { npyHeader } from '../../src/formats/io/npy-header.ts';
import { loadVectors } from '../../src/formats/load.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { heap } = vi.hoisted(() => ({ heap: { limit: 0 } }));
vi.mock('node:v8', async (original) => {
  const real = await original<typeof import('node:v8')>();
  const statistics = () => ({
    ...real.getHeapStatistics(),
    // `limit`: what there is for words, beside young objects and what V8 needs to spare.
    ...(heap.limit > 0 && { heap_size_limit: 48 * 2 ** 20 + (8 / 7) * heap.limit, used_heap_size: 0 }),
  });
  return { ...real, getHeapStatistics: statistics };
});
afterEach(() => {
  heap.limit = 0;
});

const { path, file } = temporaryFolder();
const golden = fileURLToPath(new URL('../golden/formats/', import.meta.url));

/** Ones, with `words` beside them. */
function npy(name: string, rows: number, words: string | Uint8Array): string {
  const numbers = Buffer.from(new Float32Array(rows).fill(1).buffer);
  file(`${name}.words`, words);
  return file(name, Buffer.concat([npyHeader('<f4', [rows, 1]), numbers]));
}

function projector(name: string, vectors: string, metadata: string | Uint8Array): string {
  rmSync(path(name), { recursive: true, force: true });
  cpSync(`${golden}projector`, path(name), { recursive: true });
  writeFileSync(`${path(name)}/vectors.tsv`, vectors);
  writeFileSync(`${path(name)}/metadata.tsv`, metadata);
  return path(name);
}

describe('a list of words is read as far as the matrix has rows', () => {
  // 20 MB unpacked; read to its end it would be 20 million words.
  const lines = gzipSync(Buffer.alloc(20_000_000, '\n'));

  test('beside an array', async () => {
    await expect(loadVectors(npy('v.npy', 2, lines))).rejects.toMatchObject({
      code: 'file-malformed',
      message: `${path('v.npy.words')}:3: more lines than expected: the matrix beside it has 2 rows`,
    });
    await expect(loadVectors(npy('v.npy', 2, 'a'))).rejects.toMatchObject({
      message: `${path('v.npy.words')}: 1 words, but the matrix beside it has 2 rows`,
    });
    expect((await loadVectors(npy('v.npy', 2, gzipSync('\ufeffa\r\nb')))).words).toEqual(['a', 'b']);
  });

  test('in a projector folder', async () => {
    await expect(loadVectors(projector('p', '1\n2\n', lines))).rejects.toMatchObject({
      code: 'file-malformed',
      message: `${path('p/metadata.tsv')}:5: more lines than vectors.tsv can have rows`,
    });
    expect((await loadVectors(projector('p', '1\n2\n', 'word\tn\na\t1\nb\t2\n'))).words).toEqual(['a', 'b']);
    expect((await loadVectors(projector('p', '1\n2', 'a\nb\n'))).words).toEqual(['a', 'b']);
  });

  test('after a look at whether the file can have these rows', async () => {
    file('lies.npy.words', lines);
    await expect(loadVectors(file('lies.npy', npyHeader('<f4', [1e9, 1])))).rejects.toThrow(
      'lies.npy at byte 128: 1000000000 rows x 1 numbers take 4000000000 bytes, but 0 bytes follow',
    );
  });
});

describe.skipIf(process.platform === 'win32')('a pipe is not waited for', () => {
  const withPipe = (folder: string, name: string): string => {
    rmSync(path('f'), { recursive: true, force: true });
    cpSync(golden + folder, path('f'), { recursive: true });
    rmSync(path(`f/${name}`), { force: true });
    execFileSync('mkfifo', [path(`f/${name}`)]);
    return path('f');
  };

  test.each([
    ['projector', 'metadata.tsv'],
    ['projector', 'vectors.tsv'],
    ['model2vec', 'tokenizer.json'],
    ['model2vec', 'model.safetensors'],
  ])('%s/%s', async (folder, name) => {
    await expect(loadVectors(withPipe(folder, name))).rejects.toMatchObject({
      code: 'file-unreadable',
      message: `${path('f')}/${name} is not a regular file`,
    });
  });

  test('model2vec/config.json, which is not needed', async () => {
    expect((await loadVectors(withPipe('model2vec', 'config.json'))).words.length).toBeGreaterThan(0);
  });
});

describe('more words than the heap holds', () => {
  const many = Array.from({ length: 1000 }, (_, at) => `word${at}`);
  const textOf = (header: string) => header + many.map((word) => `${word} 1 2\n`).join('');

  test.each([
    ['text with a header', () => file('v.txt', textOf('1000 2\n')), 'the file has 1000 words, which take about 1 MB'],
    ['text without one', () => file('v.txt', textOf('')), /^the file has at least \d{3} words, which take about 1 MB/],
    ['packed text', () => file('v.gz', gzipSync(textOf('1000 2\n'))), /^the file has at least \d{3} words, which/],
    ['a list of words', () => npy('v.npy', 1000, many.join('\n')), /^the file has at least \d{3} words, which take/],
    [
      'metadata',
      () => projector('p', '1\n'.repeat(1000), many.join('\n')),
      /^the file has at least \d{3} words, which/,
    ],
  ])('%s', async (_, made, message) => {
    const target = made();
    heap.limit = 40_000;
    const error = await loadVectors(target).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'out-of-memory', message: expect.stringMatching(message) });
    expect(error).toMatchObject({
      hint: expect.stringMatching(/^use a file with fewer words, or raise the limit: NODE/),
    });
    heap.limit = 100_000;
    expect((await loadVectors(target)).words).toEqual(many);
  });

  test('a word that comes again takes nothing', async () => {
    const target = file('v.txt', 'a 1 2\n'.repeat(1000));
    heap.limit = 40_000;
    expect(await loadVectors(target)).toMatchObject({ words: ['a'], duplicates: 999 });
  });

  test('a tokenizer, by its size', async () => {
    cpSync(`${golden}model2vec`, path('heap'), { recursive: true });
    heap.limit = 1000;
    await expect(loadVectors(path('heap'))).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(/tokenizer\.json has \d+ bytes of JSON, which take about 1 MB/),
    });
  });
});

test('an entry of a tokenizer that holds no word', async () => {
  cpSync(`${golden}model2vec`, path('null'), { recursive: true });
  for (const [entry, shown] of [
    [null, 'null'],
    [[null, 0], '[null,0]'],
    ['a', '"a"'],
    [[7], '[7]'],
  ]) {
    file('null/tokenizer.json', JSON.stringify({ model: { vocab: [['a', 0], entry] } }));
    await expect(loadVectors(path('null'))).rejects.toThrow(
      `tokenizer.json: entry 1 of the vocabulary is ${shown}, expected [word, score]`,
    );
  }
});
