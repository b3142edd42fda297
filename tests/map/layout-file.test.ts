import {
  existsSync,
  lstatSync,
  mkdirSync,
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
import { saveVectors } from '../../src/formats/save.ts';
import { layoutBeside } from '../../src/map/layout-file.ts';
import type { LayoutOptions } from '../../src/map/layout-types.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { goldenVectors } from './golden-vectors.ts';

const { path, file } = temporaryFolder();
const all = goldenVectors();
const vectors = { words: all.words.slice(0, 200), matrix: all.matrix.slice(0, 200 * 20), dimensions: 20 };
const open = async (name: string, options: LayoutOptions = {}) =>
  layoutBeside(name, await stampOf(name), vectors, { method: 'pca', ...options });
const leftovers = () => readdirSync(dirname(path('x'))).filter((name) => name.endsWith('.tmp') && name.startsWith('.'));

describe('a layout beside a file', () => {
  it('is made once, and again when the file or a setting has changed', async () => {
    const name = file('vectors.bin', 'stands for the vectors');
    const first = await open(name);
    expect([first.made, first.notKept]).toEqual([true, undefined]);
    const second = await open(name);
    expect(second.made).toBe(false);
    expect(second.layout).toEqual(first.layout);
    expect((await open(name, { seed: 2 })).made).toBe(true);
    expect((await open(name, { seed: 2 })).made).toBe(false);
    expect((await open(name, { method: 'umap', epochs: 1 })).layout.positions.length).toBe(400);
    expect((await open(name, { seed: 2 })).made).toBe(false); // another file
    utimesSync(name, new Date(), new Date(Date.now() - 60_000));
    expect((await open(name, { seed: 2 })).made).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  it('depends on the layout it lies beside', async () => {
    const name = file('second.bin', 'x');
    const beside = { words: vectors.words, positions: (await open(name)).layout.positions };
    expect((await open(name, { beside })).made).toBe(true);
    expect((await open(name, { beside })).made).toBe(false);
    const moved = { ...beside, positions: beside.positions.map((value) => value / 2) };
    expect((await open(name, { beside: moved })).made).toBe(true);
    expect((await open(name)).made).toBe(false);
  });
});

describe('anything wrong with what is there: it is made anew', () => {
  const facts = (name: string) => JSON.parse(readFileSync(`${name}.layout-pca-2.json`, 'utf8'));
  const change = (name: string, more: object) =>
    writeFileSync(`${name}.layout-pca-2.json`, JSON.stringify({ ...facts(name), ...more }));
  it.each<[string, (name: string) => void]>([
    ['no positions', (name) => rmSync(`${name}.layout-pca-2`)],
    ['no facts', (name) => rmSync(`${name}.layout-pca-2.json`)],
    ['broken facts', (name) => writeFileSync(`${name}.layout-pca-2.json`, '{"bytes": 1')],
    ['facts of nothing', (name) => writeFileSync(`${name}.layout-pca-2.json`, 'null')],
    ['no quality', (name) => change(name, { quality: undefined })],
    ['a quality beyond 1', (name) => change(name, { quality: { ...facts(name).quality, kept: 2 } })],
    ['a recall that is a text', (name) => change(name, { quality: { ...facts(name).quality, recall: '1' } })],
    ['no hash', (name) => change(name, { content: undefined })],
    ['an older version', (name) => change(name, { layoutVersion: 0 })],
    ['cut', (name) => truncateSync(`${name}.layout-pca-2`, statSync(`${name}.layout-pca-2`).size - 4)],
    [
      'a changed byte',
      (name) => {
        const bytes = readFileSync(`${name}.layout-pca-2`);
        bytes[100] ^= 0xff;
        writeFileSync(`${name}.layout-pca-2`, bytes);
      },
    ],
    [
      'a link',
      (name) => {
        writeFileSync(`${name}.elsewhere`, readFileSync(`${name}.layout-pca-2`));
        rmSync(`${name}.layout-pca-2`);
        symlinkSync(`${name}.elsewhere`, `${name}.layout-pca-2`);
      },
    ],
  ])('%s', async (what, damage) => {
    const name = file(`${what.replaceAll(' ', '-')}.bin`, 'x');
    const first = await open(name);
    damage(name);
    const again = await open(name);
    expect([again.made, again.notKept]).toEqual([true, undefined]);
    expect(again.layout).toEqual(first.layout);
    expect((await open(name)).made).toBe(false);
  });
});

it('writes through no link', async () => {
  const name = file('linked.bin', 'x');
  const victim = file('victim', 'precious');
  for (const end of ['', '.json']) symlinkSync(victim, `${name}.layout-pca-2${end}`);
  expect((await open(name)).notKept).toBeUndefined();
  expect(readFileSync(victim, 'utf8')).toBe('precious');
  expect(lstatSync(`${name}.layout-pca-2`).isFile()).toBe(true);
});

describe('where it cannot be kept it is there all the same, with the reason', () => {
  it('a folder stands in its place', async () => {
    const name = file('unwritable.bin', 'x');
    mkdirSync(`${name}.layout-pca-2`);
    writeFileSync(path('unwritable.bin.layout-pca-2/in'), '');
    const { made, notKept, layout } = await open(name);
    expect([made, notKept]).toEqual([true, expect.stringContaining('unwritable.bin.layout-pca-2 cannot be written: ')]);
    expect(layout.positions.length).toBe(400);
    expect(existsSync(`${name}.layout-pca-2.json`)).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it('a pipe or a device', async () => {
    const { made, notKept } = await layoutBeside('/dev/null', undefined, vectors, { method: 'pca' });
    expect([made, notKept]).toEqual([true, '/dev/null is not a file']);
  });
});

it('goes with the vectors when they are replaced, but not a file of the same name that is not ours', async () => {
  const name = path('replaced.bin');
  await saveVectors(name, vectors);
  await open(name);
  const mine = file('replaced.bin.layout-umap-2', 'mine');
  file('replaced.bin.layout-umap-2.json', '{"title": "mine"}');
  expect(existsSync(`${name}.layout-pca-2`)).toBe(true);
  await saveVectors(name, vectors, { force: true });
  expect(existsSync(`${name}.layout-pca-2`)).toBe(false);
  expect(existsSync(`${name}.layout-pca-2.json`)).toBe(false);
  expect(readFileSync(mine, 'utf8')).toBe('mine');
});

it('stops when told to, and leaves nothing', async () => {
  const name = file('stopped.bin', 'x');
  await expect(open(name, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'interrupted' });
  expect(existsSync(`${name}.layout-pca-2`)).toBe(false);
});
