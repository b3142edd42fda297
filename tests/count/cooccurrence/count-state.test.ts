// States of a counting whose hash is right and whose content is wrong: none is trusted.
import { expect, it } from 'vitest';
import { counting } from '../../../src/count/cooccurrence/count-checkpoint.ts';
import { readHeader, writeState } from '../../../src/files/state-file.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';

const { file } = temporaryFolder();
type State = Parameters<typeof counting.misfit>[0];

const state: State = {
  ...{ format: counting.format, savedAt: '2026-12-03T00:00:00.000Z', sequence: 2, arrays: {} },
  ...{ position: 1000, bytes: 30, identity: { entries: 2000, window: 4, rows: '0 10 20' } },
  runs: [
    [
      [0, 10],
      [10, 5],
    ],
    [[], [15, 15]],
  ],
  parts: [
    { end: 15, sha256: 'a' },
    { end: 30, sha256: 'b' },
  ],
};

async function written(header: unknown): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await writeState({ write: async (bytes) => void pieces.push(bytes) }, counting, header as State, {});
  return Buffer.concat(pieces);
}
const read = (bytes: Uint8Array) => readHeader(file('state-1.w2v', bytes), counting);
const reread = async (header: unknown) => read(await written(header));

it('is read as it was written', async () => {
  expect(await reread(state)).toEqual(state);
  expect(await reread({ ...state, position: 0, runs: [], parts: [], bytes: 0 })).toMatchObject({ runs: [] });
});

it('of another format is left to the one who says so', async () => {
  expect(await reread({ format: 7 })).toEqual({ format: 7 });
});

const natural = 'a whole number, 0 or more';
it.each<[string, unknown, string]>([
  ['position', 1000.5, `"position" is not ${natural}`],
  ['position', '1', `"position" is not ${natural}`],
  ['position', -1, `"position" is not ${natural}`],
  ['position', 2001, '2001 of 2000 entries are counted'],
  ['runs', null, '"runs" is not a list'],
  ['runs', 'xx', '"runs" is not a list'],
  ['runs', [[{}]], '"runs.0.0" is not a list of offsets and lengths'],
  ['runs', [[[1], []]], '"runs.0.0" is not a list of offsets and lengths'],
  ['runs', [[[0, 10]]], '"runs" have other parts than the 2 of its rows'],
  ['runs', [[[0, 31], []]], '"runs" end after 30 bytes'],
  ['identity', undefined, '"identity" is missing, expected an object'],
  ['parts', [{ end: 30 }], '"parts.0.sha256" is missing, expected text'],
  ['parts', [{ end: 29, sha256: 'a' }], '"parts" end at 29, expected 30'],
  ['format', null, '"format" is not a number'],
])('%s = %j', async (name, value, why) => {
  await expect(reread({ ...state, [name]: value })).rejects.toThrow(`its header is wrong: ${why}`);
});

it('that is no object, of another hash, cut, or nothing', async () => {
  await expect(reread(null)).rejects.toThrow('its header is wrong: expected an object');
  const whole = await written(state);
  const changed = Buffer.from(whole.toString('latin1').replace('1000', '1001'), 'latin1');
  await expect(read(changed)).rejects.toThrow('its header is damaged');
  await expect(read(whole.subarray(0, -1))).rejects.toThrow(`it has ${whole.length - 1} of ${whole.length} bytes`);
  await expect(read(whole.subarray(0, 100))).rejects.toThrow('it ends early');
  await expect(read(Buffer.alloc(0))).rejects.toThrow('it ends early');
});
