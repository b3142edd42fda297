// A counting that is stopped and goes on: the same bytes as without a stop, whatever threads and memory it goes on
// with.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/base/random.ts';
import { encodeText } from '../../../src/corpus/encode.ts';
import type { EncodedCorpus } from '../../../src/corpus/encoded-corpus.ts';
import {
  type CooccurrenceSettings,
  type CountLimits,
  countCooccurrences,
} from '../../../src/count/cooccurrence/cooccurrence.ts';
import { counting } from '../../../src/count/cooccurrence/count-checkpoint.ts';
import { readHeader } from '../../../src/files/state-file.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';

const { path } = temporaryFolder();
const settings: CooccurrenceSettings = {
  ...{ window: 4, weighting: 'dynamic', directional: false, sample: 0, sampling: 'expected', seed: 1 },
};

function textOf(seed: number): string {
  const random = createRandom(seed);
  return Array.from(
    { length: 1_700_000 },
    (_, at) => `w${Math.floor(500 ** random.float())}${at % 20 === 19 ? '\n' : ' '}`,
  ).join('');
}
let corpus: EncodedCorpus;
beforeAll(async () => {
  corpus = await encodeText(textOf(1));
});

const digest = async (limits: CountLimits, more: Partial<CooccurrenceSettings> = {}, of = corpus) => {
  const { matrix } = await countCooccurrences(of, { ...settings, ...more }, { memory: 64e6, threads: 1, ...limits });
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of [matrix.starts, matrix.indices, matrix.values]) {
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
};

/** Counts until it was saved `times` times, and stops it there. Each save: how much was counted. */
async function stopped(folder: string, times = 2, more: Partial<CooccurrenceSettings> = {}, resume = false) {
  const stop = new AbortController();
  const saves: number[] = [];
  const onSaved = (counted: number) => {
    saves.push(counted);
    if (saves.length === times) stop.abort();
  };
  const checkpoint = { folder, everySeconds: 0, onSaved, resume };
  await expect(digest({ checkpoint, signal: stop.signal }, more)).rejects.toMatchObject({ code: 'interrupted' });
  return saves;
}
const resume = (folder: string, limits: CountLimits = {}, more: Partial<CooccurrenceSettings> = {}, of = corpus) => {
  const saves: number[] = [];
  const damaged: string[] = [];
  const checkpoint = {
    folder,
    resume: true,
    onSaved: (counted: number) => saves.push(counted),
    onDamaged: (_file: string, why: string) => damaged.push(why),
  };
  return digest({ ...limits, checkpoint }, more, of).then((bytes) => ({ bytes, saves, damaged }));
};

describe('goes on', () => {
  it.each<[string, Partial<CooccurrenceSettings>]>([
    ['plain', {}],
    ['directional', { directional: true, weighting: 'flat' }],
    ['subsampled by weights', { sample: 1e-3 }],
    ['subsampled at random', { sample: 1e-3, sampling: 'drawn' }],
  ])('to the same bytes: %s', async (name, more) => {
    const folder = path(name.replaceAll(' ', '-'));
    const expected = await digest({}, more);
    const saves = await stopped(folder, 2, more);
    expect(saves[1]).toBeLessThan(corpus.length);
    await stopped(folder, 1, more, true);
    expect(readdirSync(folder).sort()).toEqual(['runs', 'state-1.w2v', 'state-2.w2v']);
    expect(statSync(join(folder, 'runs')).mode & 0o777).toBe(0o600);
    const again = await resume(folder, { threads: 2, memory: 200e6 }, more);
    expect(again).toEqual({ bytes: expected, saves: [corpus.length], damaged: [] });
    // All is counted: nothing is left to do but to merge.
    expect(await resume(folder, {}, more)).toEqual({ bytes: expected, saves: [], damaged: [] });
  });

  it('with the state before, if the last one or its runs are damaged', async () => {
    const expected = await digest({});
    const damages: [string | RegExp, (folder: string, last: string) => void][] = [
      ['it ends early', (folder, last) => writeFileSync(join(folder, last), 'nothing')],
      ['it is not a checkpoint', (folder, last) => writeFileSync(join(folder, last), 'nothing'.repeat(99))],
      [
        /^it has \d+ of \d+ bytes$/,
        (folder, last) => truncateSync(join(folder, last), statSync(join(folder, last)).size - 9),
      ],
      [
        'its header is damaged',
        (folder, last) =>
          writeFileSync(
            join(folder, last),
            readFileSync(join(folder, last), 'latin1').replace('"position":1', '"position":2'),
            'latin1',
          ),
      ],
      [
        'the runs of it are damaged',
        (folder) => truncateSync(join(folder, 'runs'), statSync(join(folder, 'runs')).size - 1),
      ],
      [
        'the runs of it are damaged',
        (folder) => {
          const bytes = readFileSync(join(folder, 'runs'));
          bytes[bytes.length - 5] ^= 1;
          writeFileSync(join(folder, 'runs'), bytes);
        },
      ],
    ];
    for (const [at, [why, damage]] of damages.entries()) {
      const folder = path(`damaged-${at}`);
      await stopped(folder, 2);
      const sequences = new Map<string, number>();
      for (const name of counting.saves) {
        sequences.set(name, (await readHeader(join(folder, name), counting)).sequence);
      }
      const [last] = [...counting.saves].sort((a, b) => sequences.get(b)! - sequences.get(a)!);
      damage(folder, last!);
      const damaged = [typeof why === 'string' ? why : expect.stringMatching(why)];
      expect(await resume(folder)).toEqual({ bytes: expected, saves: [corpus.length], damaged });
    }
  });
});

it('begins anew in a folder that has a counting only with force, and removes what it had', async () => {
  const folder = path('anew');
  await stopped(folder, 2);
  const expected = await digest({}, { window: 3 });
  await expect(digest({ checkpoint: { folder } }, { window: 3 })).rejects.toMatchObject({
    code: 'file-exists',
    message: `${folder} holds the checkpoint of a counting`,
  });
  expect(await digest({ checkpoint: { folder, force: true } }, { window: 3 })).toBe(expected);
  expect(readdirSync(folder).sort()).toEqual(['runs', 'state-1.w2v']); // the one state of this counting
  expect(await resume(folder, {}, { window: 3 })).toEqual({ bytes: expected, saves: [], damaged: [] });
});

describe('refuses', () => {
  const folder = () => path('refused');
  beforeAll(async () => {
    await stopped(folder(), 1);
  });

  it.each<[string, Partial<CooccurrenceSettings>, RegExp]>([
    ['another window', { window: 3 }, /is of another counting: window 4 -> 3/],
    ['another weighting', { weighting: 'flat' }, /weighting dynamic -> flat/],
    ['other sides', { directional: true }, /directional false -> true/],
    ['random subsampling', { sample: 1e-3, sampling: 'drawn' }, /sample none -> 0\.001, seed none -> 1/],
  ])('%s, and names it', async (_what, more, message) => {
    await expect(resume(folder(), {}, more)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('another text', async () => {
    await expect(resume(folder(), {}, {}, await encodeText(textOf(2)))).rejects.toThrow(
      /another counting: text \w+ -> \w+, vocabulary/,
    );
  });

  it('a folder in use, one that has something else, one that has nothing, a file', async () => {
    const lock = join(folder(), 'checkpoint.lock');
    writeFileSync(lock, JSON.stringify({ pid: 1, host: 'elsewhere' }));
    await expect(resume(folder())).rejects.toThrow('is in use by process 1 on elsewhere');
    rmSync(lock);
    await expect(digest({ checkpoint: { folder: folder() } })).rejects.toMatchObject({ code: 'file-exists' });
    await expect(resume(path('nowhere'))).rejects.toMatchObject({ code: 'file-missing' });
    writeFileSync(path('file'), '');
    for (const checkpoint of [{ folder: path('file') }, { folder: path('file'), resume: true }]) {
      await expect(digest({ checkpoint })).rejects.toMatchObject({
        code: 'file-unwritable',
        message: expect.stringContaining('is not a folder'),
      });
    }
  });

  it('a folder in which nothing is whole', async () => {
    const broken = path('broken');
    await stopped(broken, 1);
    truncateSync(join(broken, 'runs'), 3);
    await expect(resume(broken)).rejects.toMatchObject({ code: 'file-malformed' });
  });
});
