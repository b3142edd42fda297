import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stampOf } from '../../src/files/side-file.ts';
import { hnswBeside } from '../../src/query/hnsw-file.ts';
import { nearestWords } from '../../src/query/nearest.ts';
import type { RowIndex } from '../../src/query/row-index.ts';
import { createRandom } from '../../src/random.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

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
const open = async (name: string) => hnswBeside(name, await stampOf(name), vectors, { threads: 1 });
const leftovers = () => readdirSync(dirname(path('x'))).filter((name) => name.endsWith('.tmp') && name.startsWith('.'));

it('makes the index once, and again when the file has changed', async () => {
  const name = file('vectors.bin', 'stands for the vectors');
  const first = await open(name);
  expect(first).toMatchObject({ made: true, facts: { words: 300, dimensions: 8, k: 10, sample: 200 } });
  expect(first.facts.recall).toBeGreaterThan(0.9);

  const second = await open(name);
  expect(second.made).toBe(false);
  expect(second.facts).toMatchObject(first.facts);
  expect(ask(second.index)).toEqual(ask(first.index));

  utimesSync(name, new Date(), new Date(Date.now() - 60_000));
  expect((await open(name)).made).toBe(true);
  expect(leftovers()).toEqual([]);
});

it('is one of the file as it was before it was loaded', async () => {
  const name = file('replaced.bin', 'old');
  const stamp = await stampOf(name);
  writeFileSync(name, 'a new file, while the old one was loaded');
  await hnswBeside(name, stamp, vectors, { threads: 1 });
  expect((await open(name)).made).toBe(true);
});

describe('anything wrong with what is there: it is made anew, and answers', () => {
  const facts = (name: string) => JSON.parse(readFileSync(`${name}.hnsw.json`, 'utf8'));
  const change = (name: string, more: object) =>
    writeFileSync(`${name}.hnsw.json`, JSON.stringify({ ...facts(name), ...more }));
  const flip = (name: string, at: number) => {
    const bytes = readFileSync(`${name}.hnsw`);
    bytes[at]! ^= 0xff;
    writeFileSync(`${name}.hnsw`, bytes);
  };
  it.each<[string, (name: string) => void]>([
    ['no graph', (name) => rmSync(`${name}.hnsw`)],
    ['an empty graph', (name) => truncateSync(`${name}.hnsw`, 0)],
    ['a graph cut at 1,000 bytes', (name) => truncateSync(`${name}.hnsw`, 1000)],
    ['a graph cut at its end', (name) => truncateSync(`${name}.hnsw`, statSync(`${name}.hnsw`).size - 1)],
    ['a byte of the head', (name) => flip(name, 70)],
    ['a byte of a row', (name) => flip(name, statSync(`${name}.hnsw`).size >> 1)],
    ['a longer graph', (name) => writeFileSync(`${name}.hnsw`, '!', { flag: 'a' })],
    ['no facts', (name) => rmSync(`${name}.hnsw.json`)],
    ['broken facts', (name) => writeFileSync(`${name}.hnsw.json`, '{"bytes": 1')],
    ['facts of nothing', (name) => writeFileSync(`${name}.hnsw.json`, 'null')],
    ['facts of other types', (name) => change(name, { recall: 'good', k: '10', sample: [] })],
    ['a recall beyond 1', (name) => change(name, { recall: 7 })],
    ['facts without a hash', (name) => change(name, { graph: undefined })],
    [
      'a link to the graph',
      (name) => {
        writeFileSync(`${name}.elsewhere`, readFileSync(`${name}.hnsw`));
        rmSync(`${name}.hnsw`);
        symlinkSync(`${name}.elsewhere`, `${name}.hnsw`);
      },
    ],
  ])('%s', async (what, damage) => {
    const name = file(`${what.replaceAll(' ', '-')}.bin`, 'x');
    await open(name);
    damage(name);
    const again = await open(name);
    expect([again.made, again.notKept]).toEqual([true, undefined]);
    expect(ask(again.index)).toEqual(exact);
    expect((await open(name)).made).toBe(false);
  });
});

it('writes through no link', async () => {
  const name = file('linked.bin', 'x');
  const victim = file('victim', 'precious');
  for (const end of ['.hnsw', '.hnsw.json', `.hnsw.${process.pid}.tmp`]) symlinkSync(victim, `${name}${end}`);
  expect((await open(name)).notKept).toBeUndefined();
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(lstatSync(`${name}.hnsw`).isFile()).toBe(true);
  expect((await open(name)).made).toBe(false);
});

describe('where it cannot be kept it answers from memory, says why, and leaves nothing half-written', () => {
  it('a folder stands in its place', async () => {
    const name = file('unwritable.bin', 'x');
    mkdirSync(`${name}.hnsw`);
    writeFileSync(path('unwritable.bin.hnsw/in'), '');
    const { made, notKept, index } = await open(name);
    expect([made, notKept]).toEqual([true, expect.stringContaining('unwritable.bin.hnsw cannot be written: ')]);
    expect(ask(index)).toEqual(exact);
    expect(existsSync(`${name}.hnsw.json`)).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0)('a folder one may not write to', async () => {
    mkdirSync(path('locked'));
    const name = file('locked/vectors.bin', 'x');
    chmodSync(path('locked'), 0o500);
    const { notKept, index } = await open(name);
    chmodSync(path('locked'), 0o700);
    expect(notKept).toContain('cannot be written: no permission');
    expect(ask(index)).toEqual(exact);
  });

  it.skipIf(!existsSync('/proc/version'))('a folder that takes no files', async () => {
    const { made, notKept, index } = await open('/proc/version');
    expect([made, notKept]).toEqual([true, expect.any(String)]);
    expect(ask(index)).toEqual(exact);
  });

  it('vectors on a pipe or a device', async () => {
    expect(await stampOf('/dev/null')).toBeUndefined();
    const descriptor = openSync(file('redirected.bin', 'a file under a name of /dev, as by < FILE'), 'r');
    expect(await stampOf(`/dev/fd/${descriptor}`)).toBeUndefined();
    closeSync(descriptor);
    const { made, notKept, index } = await hnswBeside('/dev/null', undefined, vectors, { threads: 1 });
    expect([made, notKept]).toEqual([true, '/dev/null is not a file']);
    expect(ask(index)).toEqual(exact);
    expect(existsSync('/dev/null.hnsw.json')).toBe(false);
  });
});

it('removes what a killed run has left behind', async () => {
  const name = file('after.bin', 'x');
  const left = path('.after.bin.hnsw.0123abcd.tmp');
  writeFileSync(left, '');
  utimesSync(left, new Date(), new Date(Date.now() - 3 * 24 * 3600 * 1000));
  await open(name);
  expect(leftovers()).toEqual([]);
});

it('stops when told to, and leaves nothing', async () => {
  const name = file('stopped.bin', 'x');
  const opening = hnswBeside(name, await stampOf(name), vectors, { threads: 1, signal: AbortSignal.abort() });
  await expect(opening).rejects.toMatchObject({ code: 'interrupted' });
  expect(existsSync(`${name}.hnsw`)).toBe(false);
});
