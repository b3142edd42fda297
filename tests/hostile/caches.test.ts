// The cache: damaged, not to be written, in the place of something else (rows CA*, CC*, E0*).
import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { isMissing } from '../requirements.ts';
// @ts-expect-error: the benchmarks are plain JavaScript
import { withoutCost } from '../robust/kills/targets.js';
import { golden } from './damaged-files.ts';
import { copyProject, replaceFile } from './project-copy.ts';
import { asUser, quick, Room, text, users, without } from './w2v.ts';

const pairs = 'w1\tw2\t3\nw1\tw3\t2\nw2\tw3\t1\n';
const compare = `w2v compare t.txt --thesaurus none --pairs p.tsv --words w1 ${quick}`;
const fixtures = { 't.txt': text(2000, 50), 'p.tsv': pairs };

const tfjsNode = locateTfjsNode(defaultCacheDirectory(process.env, process.platform, homedir()));
const isSetUp = tfjsNode !== undefined && existsSync(addonFile(tfjsNode));
const noTensorflow = isMissing('TENSORFLOW', isSetUp);

/** The first bytes of a large file. */
function head(file: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const descriptor = openSync(file, 'r');
  const read = readSync(descriptor, bytes);
  closeSync(descriptor);
  return bytes.subarray(0, read);
}

describe.skipIf(noTensorflow)(`TensorFlow's libraries${without(!noTensorflow, 'TensorFlow')}`, () => {
  const half = (file: string) => head(file, Math.min(2_000_000, statSync(file).size >> 1));
  const flipped = (file: string) => {
    const bytes = readFileSync(file);
    for (let at = 20_000; at < 22_000; at++) bytes[at] ^= 0xff;
    return bytes;
  };
  it.each([
    ['CA.addon_cut', 'addon', half],
    ['CA.addon_empty', 'addon', () => Buffer.alloc(0)],
    ['CA.flip', 'addon', flipped],
    ['CA.framework_cut_to_half', /framework.*\d$/, half],
    ['CA.libtensorflow_cc_cut_to_100_MB', /_cc.*\d$/, half],
  ] as const)('%s', async (_row, which, damage) => {
    const room = new Room(fixtures);
    const { w2v, addon, library } = await copyProject(room, tfjsNode);
    const file = which === 'addon' ? addon : library(which);
    replaceFile(file, damage(file));
    const train = `${w2v} train t.txt -o v.bin --dim 8 --epochs 1`;
    const made = { makes: ['v.bin', 'v.bin.json'] };
    await room.expect(train, { exit: 0, ...made, says: /^Engine: wasm \(TensorFlow /m });
    await room.expect(`${train} --engine tensorflow`, { exit: 4, says: 'w2v setup' });
  });
});

describe.skipIf(noTensorflow)(`code that others could have written${without(!noTensorflow, 'TensorFlow')}`, () => {
  it.each([
    ['the cache', (room: Room) => room.cache],
    ["the addon's folder", (_room: Room, addon: string) => dirname(addon)],
    ['the addon', (_room: Room, addon: string) => addon],
  ])('is not loaded: anyone may write to %s', async (_what, which) => {
    const room = new Room(fixtures);
    const { w2v, addon } = await copyProject(room, tfjsNode);
    // A copy: the file itself is shared with the real cache.
    if (which(room, addon) === addon) replaceFile(addon, readFileSync(addon));
    chmodSync(which(room, addon), 0o777);
    const train = `${w2v} train t.txt -o v.bin --dim 8 --epochs 1`;
    await room.expect(`${train} --engine tensorflow`, {
      exit: 4,
      says: [/it is not loaded, because .* can be written to by any user/, 'chmod -R go-w'],
    });
    await room.expect(train, { exit: 0, makes: ['v.bin', 'v.bin.json'], says: /^Engine: wasm /m });
  });
});

describe('set-up', () => {
  it('CA5: its lock is a link to nowhere', async () => {
    const room = new Room();
    const { w2v } = await copyProject(room, undefined);
    // Nothing is fetched: pip has no index to ask.
    const command = `ln -s nowhere "$W2V_CACHE/setup.lock"; ${w2v} setup`;
    await room.expect(command, { exit: 4 }, { limit: 15, environment: { PIP_NO_INDEX: '1' } });
  });
});

describe('texts that are kept', () => {
  it.each(['vocab corpus:moby-dick', 'corpus get moby-dick'])(
    'CC1c: a folder in the place of one, %s',
    async (command) => {
      const room = new Room();
      const command2 = `mkdir -p "$W2V_CACHE/corpora/moby-dick.txt"; w2v ${command}`;
      await room.expect(command2, { exit: [3, 4], says: 'corpora/moby-dick.txt is a folder' });
    },
  );
});

describe('results of a comparison', () => {
  const room = new Room(fixtures);
  const folder = join(room.cache, 'compare');
  const whole = `${room.cache}-whole`;
  const routes = /Made: .*Made: .*Made: /s;

  /** The cache as a comparison has filled it, then changed by `change` in each result. */
  async function changed(change: (result: string, at: number) => void): Promise<void> {
    if (!existsSync(whole)) {
      await room.expect(compare, { exit: 0, says: routes });
      cpSync(folder, whole, { recursive: true });
    }
    rmSync(folder, { recursive: true, force: true });
    cpSync(whole, folder, { recursive: true });
    for (const [at, name] of readdirSync(folder).entries()) change(join(folder, name), at);
  }
  it('CC5: are used again', async () => {
    await changed(() => {});
    await room.expect(compare, {
      exit: 0,
      says: /From the cache: .*From the cache: .*From the cache: /s,
      never: 'Made: ',
    });
  });
  it.each([
    [
      'loss_wrong, CC7.loss_null, CC7.settings_null, CC7.seconds_text',
      [{ lossByEpoch: 'x' }, { lossByEpoch: null }, { settings: null }, { seconds: 'long' }],
    ],
    [
      'words_text, CC7.title_html, CC7.file_elsewhere, CC7.file_a_number',
      [{ words: 'many' }, { title: '<b>\x1b]0;title\x07' }, { file: '../../v.bin' }, { file: 5 }],
    ],
  ])('CC7.%s: say other things of themselves', async (_row, changes) => {
    await changed((result, at) => {
      const file = join(result, 'made.json');
      replaceFile(file, Buffer.from(JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes[at] })));
    });
    const report = `${compare} --report r.html`;
    await room.expect(report, { exit: 0, makes: ['r.html'], never: /NaN|undefined|\[object/ });
  });
  it('CC6, CC9: are cut, or a folder', async () => {
    await changed((result) => {
      const [vectors] = readdirSync(result).filter((name) => name.startsWith('vectors'));
      const file = join(result, vectors!);
      replaceFile(file, readFileSync(file).subarray(0, statSync(file).size >> 1));
    });
    await room.expect(compare, { exit: 0, says: routes });
    await changed((result) => {
      rmSync(join(result, 'made.json'));
      mkdirSync(join(result, 'made.json'));
    });
    await room.expect(compare, { exit: 0, says: routes });
  });
  it.each([
    ['is empty', (file: string) => replaceFile(file, Buffer.alloc(0))],
    ['is cut', (file: string) => replaceFile(file, readFileSync(file).subarray(0, statSync(file).size - 7))],
    ['has other bytes', (file: string) => replaceFile(file, readFileSync(file).fill(0xa5, 3, 40))],
    [
      'has other numbers at its end',
      (file: string) => replaceFile(file, Buffer.concat([readFileSync(file).subarray(0, -6), Buffer.alloc(6, 0x3f)])),
    ],
    ['is gone', (file: string) => rmSync(file)],
    [
      'is a folder',
      (file: string) => {
        rmSync(file);
        mkdirSync(file);
      },
    ],
  ])('any one file %s: the scores are the same', async (_what, damage) => {
    await changed(() => {});
    const scores = (stdout: string) => JSON.stringify(withoutCost(JSON.parse(stdout)));
    const whole = scores((await room.run(`${compare} --json`)).stdout);
    expect(whole).toContain('neighbors');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThanOrEqual(6);
    for (const turn of [0, 1, 2]) {
      // Another file of each result.
      await changed((result, at) => {
        const names = readdirSync(result).sort();
        damage(join(result, names[(at + turn) % names.length]));
      });
      const { stdout } = await room.expect(`${compare} --json`, { exit: 0, never: /NaN|undefined/ });
      expect(scores(stdout)).toBe(whole);
    }
  });
  it('CC8, CC8b: have other words, or other numbers', async () => {
    await changed((result) => {
      const words = readdirSync(result).find((name) => name.endsWith('.words'));
      if (words === undefined) return;
      const [first, second, ...rest] = readFileSync(join(result, words), 'utf8').split('\n');
      replaceFile(join(result, words), Buffer.from([second, first, ...rest].join('\n')));
    });
    await room.expect(compare, { exit: 0, says: /Made: .*PPMI/ });
  });
  it('CC10: a file in the place of the folder', async () => {
    const own = new Room(fixtures);
    await own.expect(`touch "$W2V_CACHE/compare"; ${compare}`, { exit: 0, says: 'No results are cached' });
  });
  it('E02c: only their owner may read them', async () => {
    await changed(() => {});
    const modes = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
      (name) => statSync(join(folder, name)).mode,
    );
    expect(modes.length).toBeGreaterThan(6);
    expect(modes.filter((mode) => (mode & 0o077) !== 0)).toEqual([]);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });
});

describe('a cache that cannot be written', () => {
  const room = new Room({ ...fixtures, 'v.bin': golden('vectors.bin'), file: '' });
  const limit = { limit: 10 };
  it.each([
    ['E01c', { W2V_CACHE: undefined, HOME: '/proc/nonexistent' }],
    ['E01d', { W2V_CACHE: '/proc/x/y' }],
  ])('%s: compare with %o', async (_row, environment) => {
    await room.expect(compare, { exit: 0, says: 'No results are cached' }, { ...limit, environment });
  });
  it.each([
    ['E01e', 'corpus get moby-dick', '/proc/x/y'],
    ['E01f', 'corpus get wordnet', '/proc/x/y'],
    ['E01g', 'corpus get simlex999', '/proc/x/y'],
    ['E01h', 'corpus get moby-dick', 'file'],
    ['E01h', 'corpus get wordnet', 'file'],
  ])('%s: %s with W2V_CACHE=%s', async (_row, command, cache) => {
    await room.expect(`w2v ${command}`, { exit: [3, 4], says: cache }, { ...limit, environment: { W2V_CACHE: cache } });
  });

  it.skipIf(!users).each([
    ['E04.0', compare, 0, 'No results are cached'],
    ['E04.1', 'w2v corpus get moby-dick', [3, 4], '/nonexistent'],
    ['E04.2', 'w2v corpus get wordnet', [3, 4], '/nonexistent'],
  ])(`%s: nobody has a home: %s${without(users, 'setpriv')}`, async (_row, command, exit, says) => {
    const environment = { W2V_CACHE: undefined, HOME: '/nonexistent' };
    await room.expect(`${asUser(65_534)} ${command}`, { exit, says }, { ...limit, environment });
  });
});
