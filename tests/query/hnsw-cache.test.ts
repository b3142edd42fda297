import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { it as anywhere, describe as describeAnywhere, expect } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { openHnsw } from '../../src/query/hnsw-cache.ts';
import { nearestWords } from '../../src/query/nearest.ts';
import type { RowIndex } from '../../src/query/row-index.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const isWindows = process.platform === 'win32'; // usearch has no build for it
const [it, describe] = [anywhere.skipIf(isWindows), describeAnywhere.skipIf(isWindows)];

const { path, file } = temporaryFolder();
const random = createRandom(1);
const vectors: WordVectors = {
  words: Array.from({ length: 300 }, (_, i) => `w${i}`),
  matrix: Float32Array.from({ length: 300 * 8 }, () => random.normal()),
  dimensions: 8,
};
const ask = (index?: RowIndex) =>
  nearestWords(vectors, ['w3', 'w200'], { k: 5, index }).map((neighbors) => neighbors.map(({ word }) => word));
const exact = ask();
const open = (cacheDirectory: string, of = vectors) => openHnsw(of, { cacheDirectory, threads: 1 });
const entries = (cache: string) => readdirSync(join(cache, 'index'));
/** The folder of the only index, and its files. */
const only = (cache: string) => {
  const [name, ...others] = entries(cache);
  expect(others).toEqual([]);
  const folder = join(cache, 'index', name!);
  return { folder, graph: join(folder, 'graph.usearch'), facts: join(folder, 'made.json') };
};

it('makes the index once, and another one of other vectors', async () => {
  const cache = path('once');
  const first = await open(cache);
  expect(first).toMatchObject({ made: true, facts: { words: 300, dimensions: 8, k: 10, sample: 200 } });
  expect(first.facts.recall).toBeGreaterThan(0.9);

  const second = await open(cache);
  expect(second.made).toBe(false);
  expect(second.facts).toEqual(first.facts);
  expect(ask(second.index)).toEqual(ask(first.index));
  // Words are not in a graph: with others, it is the same.
  expect((await open(cache, { ...vectors, words: vectors.words.map((word) => `${word}!`) })).made).toBe(false);

  const other = vectors.matrix.slice();
  other[7] += 1;
  expect((await open(cache, { ...vectors, matrix: other })).made).toBe(true);
  expect((await open(cache, { ...vectors, words: vectors.words.slice(0, 150), dimensions: 16 })).made).toBe(true);
  expect(entries(cache)).toHaveLength(3);
});

it('is for its user alone', async () => {
  const cache = path('private');
  mkdirSync(join(cache, 'index'), { recursive: true, mode: 0o755 });
  await open(cache);
  expect(statSync(join(cache, 'index')).mode & 0o777).toBe(0o700);
  expect(statSync(only(cache).folder).mode & 0o777).toBe(0o700);
});

describe('anything wrong with what is there: it is made anew, and answers', () => {
  const change = (facts: string, more: object) =>
    writeFileSync(facts, JSON.stringify({ ...JSON.parse(readFileSync(facts, 'utf8')), ...more }));
  const flip = (graph: string, at: number) => {
    const bytes = readFileSync(graph);
    bytes[at] ^= 0xff;
    writeFileSync(graph, bytes);
  };
  it.each<[string, (entry: ReturnType<typeof only>) => void]>([
    ['no graph', ({ graph }) => rmSync(graph)],
    ['an empty graph', ({ graph }) => truncateSync(graph, 0)],
    ['a graph cut at 1,000 bytes', ({ graph }) => truncateSync(graph, 1000)],
    ['a graph cut at its end', ({ graph }) => truncateSync(graph, statSync(graph).size - 1)],
    ['a byte of the head', ({ graph }) => flip(graph, 70)],
    ['a byte of a row', ({ graph }) => flip(graph, statSync(graph).size >> 1)],
    ['a longer graph', ({ graph }) => writeFileSync(graph, '!', { flag: 'a' })],
    ['no facts', ({ facts }) => rmSync(facts)],
    ['broken facts', ({ facts }) => writeFileSync(facts, '{"words": 1')],
    ['facts of nothing', ({ facts }) => writeFileSync(facts, 'null')],
    ['facts of other types', ({ facts }) => change(facts, { recall: 'good', k: '10', sample: [] })],
    ['a recall beyond 1', ({ facts }) => change(facts, { recall: 7 })],
    ['facts without a hash', ({ facts }) => change(facts, { sha256: undefined })],
    [
      'a folder in its place',
      ({ graph }) => {
        rmSync(graph);
        mkdirSync(graph);
      },
    ],
    [
      'a file in the place of both',
      ({ folder }) => {
        rmSync(folder, { recursive: true });
        writeFileSync(folder, '');
      },
    ],
  ])('%s', async (what, damage) => {
    const cache = path(what.replaceAll(' ', '-'));
    await open(cache);
    damage(only(cache));
    const again = await open(cache);
    expect([again.made, again.notKept]).toEqual([true, undefined]);
    expect(ask(again.index)).toEqual(exact);
    expect((await open(cache)).made).toBe(false);
    expect(readdirSync(only(cache).folder).sort()).toEqual(['graph.usearch', 'made.json']);
  });
});

describe('where it cannot be kept it answers from memory, says why, and leaves nothing half-written', () => {
  it('a file stands in its place', async () => {
    const cache = file('no-folder', 'x');
    const { made, notKept, index } = await open(cache);
    expect([made, notKept]).toEqual([true, expect.stringContaining('cannot be written: ')]);
    expect(ask(index)).toEqual(exact);
    expect(readFileSync(cache, 'utf8')).toBe('x');
  });

  anywhere.skipIf(isWindows || process.getuid?.() === 0)('a folder one may not write to', async () => {
    const cache = path('locked');
    mkdirSync(cache, { mode: 0o500 });
    const { notKept, index } = await open(cache);
    chmodSync(cache, 0o700);
    expect(notKept).toContain('cannot be written: no permission');
    expect(ask(index)).toEqual(exact);
  });

  anywhere.skipIf(isWindows || !existsSync('/proc/version'))('a folder that takes no files', async () => {
    const { made, notKept, index } = await open('/proc/w2v');
    expect([made, notKept]).toEqual([true, expect.any(String)]);
    expect(ask(index)).toEqual(exact);
  });
});

it('removes what a killed run has left behind, and what is old', async () => {
  const cache = path('after');
  await open(cache);
  const [old, left] = [join(cache, 'index', 'old'), join(cache, 'index', '.making-abcDEF')];
  for (const folder of [old, left]) {
    mkdirSync(folder);
    utimesSync(folder, new Date(), new Date(Date.now() - 31 * 24 * 3600 * 1000));
  }
  await open(cache);
  expect([existsSync(old), existsSync(left)]).toEqual([true, false]); // it was only read
  await open(cache, { ...vectors, matrix: vectors.matrix.map((value) => value + 1) });
  expect(existsSync(old)).toBe(false);
  expect(entries(cache)).toHaveLength(2);
});

it('stops when told to, and leaves nothing', async () => {
  const cache = path('stopped');
  const opening = openHnsw(vectors, { cacheDirectory: cache, threads: 1, signal: AbortSignal.abort() });
  await expect(opening).rejects.toMatchObject({ code: 'interrupted' });
  expect(existsSync(join(cache, 'index'))).toBe(false);
});
