// States of any work: the newest whole one is found, whatever happened to the others.
import { readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore, type SavedWork } from '../../src/files/resumable-store.ts';
import { natural } from '../../src/files/shape.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path } = temporaryFolder();
type Facts = { loaves: number };
type Arrays = { dough: Float32Array; salt: Float64Array };
const baking: SavedWork<Facts, Arrays> = {
  ...{ name: 'baking', saves: ['save-1', 'save-2'], mode: 0o700, format: 1 },
  facts: { loaves: natural },
  arrays: { dough: Float32Array, salt: Float64Array },
  misfit: ({ loaves }) => (loaves > 100 ? 'too many' : undefined),
};
const identity = { flour: 'rye', hours: 4 };
const arraysOf = (loaves: number): Arrays => ({
  dough: Float32Array.of(loaves, 0.5),
  salt: Float64Array.of(1 / 3),
});

let folders = 0;
/** A folder in which so many states were saved, one after the other. */
async function baked(saves: number): Promise<string> {
  const folder = path(`folder-${++folders}`);
  const store = await openStore(folder, baking, { resume: false, force: false });
  for (let loaves = 1; loaves <= saves; loaves++) await store.save(identity, { loaves }, arraysOf(loaves));
  await store.close();
  return folder;
}
async function newest(folder: string, flaw: (loaves: number) => string | undefined = () => undefined) {
  const damaged: string[] = [];
  const store = await openStore(folder, baking, { resume: true, force: false });
  try {
    const { header, arrays, file } = await store.newest(identity, {
      flaw: ({ loaves }) => flaw(loaves),
      onDamaged: (file, why) => damaged.push(`${file.slice(-6)}: ${why}`),
    });
    expect(arrays).toEqual(arraysOf(header.loaves));
    return { loaves: header.loaves, sequence: header.sequence, file: file.slice(-6), damaged };
  } finally {
    await store.close();
  }
}

it('keeps two, the newest of which is found', async () => {
  const folder = await baked(5);
  expect(readdirSync(folder).sort()).toEqual(['save-1', 'save-2']);
  if (process.platform !== 'win32') expect(statSync(`${folder}/save-1`).mode & 0o777).toBe(0o600);
  expect(await newest(folder)).toEqual({ loaves: 5, sequence: 5, file: 'save-1', damaged: [] });
});

it('takes the one before where the newest is damaged or flawed, and replaces that one', async () => {
  const folder = await baked(5);
  const whole = readFileSync(`${folder}/save-1`);
  for (let at = 0; at < whole.length; at += 7) {
    const changed = Buffer.from(whole);
    changed[at] ^= 4;
    writeFileSync(`${folder}/save-1`, changed);
    const found = await newest(folder);
    expect(found).toMatchObject({ loaves: 4, damaged: [expect.stringMatching(/^save-1: it/)] });
  }
  writeFileSync(`${folder}/save-1`, whole);
  const flaw = (loaves: number) => (loaves === 5 ? 'it is burnt' : undefined);
  expect(await newest(folder, flaw)).toMatchObject({ loaves: 4, file: 'save-2', damaged: ['save-1: it is burnt'] });
  const store = await openStore(folder, baking, { resume: true, force: false });
  await store.newest(identity, { flaw: ({ loaves }) => flaw(loaves) });
  expect(await store.save(identity, { loaves: 6 }, arraysOf(6))).toBe(join(folder, 'save-1'));
  await store.close();
  await expect(newest(folder, () => 'it is burnt')).rejects.toMatchObject({
    code: 'file-malformed',
    message: `no checkpoint in ${folder} is whole (save-1: it is burnt; save-2: it is burnt)`,
  });
});

it('begins anew with force: what was there stays until the first new one is whole', async () => {
  const folder = await baked(2);
  const store = await openStore(folder, baking, { resume: false, force: true });
  expect([store.found, readdirSync(folder).sort()]).toEqual([baking.saves, ['checkpoint.lock', 'save-1', 'save-2']]);
  await store.save({ ...identity, flour: 'wheat' }, { loaves: 9 }, arraysOf(9));
  await store.close();
  expect(readdirSync(folder)).toEqual(['save-1']);
  await expect(newest(folder)).rejects.toMatchObject({
    code: 'usage',
    message: `the checkpoint in ${folder} is of another baking: flour wheat -> rye`,
  });
});

it('peeks at what is known, and takes nothing of another format', async () => {
  const folder = await baked(1);
  const store = await openStore(folder, baking, { resume: 'if-any', force: false });
  expect(await store.peek({ hours: 4 })).toMatchObject({ loaves: 1 });
  await expect(store.peek({ hours: 5 })).rejects.toMatchObject({ code: 'usage' });
  await store.close();
  const later = await openStore(folder, { ...baking, format: 2 }, { resume: true, force: false });
  await expect(later.peek({})).rejects.toMatchObject({
    code: 'file-malformed',
    message: `the checkpoint in ${folder} has format 1, expected 2`,
  });
  await later.close();
});

it('whose lock was taken away while it was stopped saves only where no other goes on', async () => {
  const folder = await baked(0);
  const store = await openStore(folder, baking, { resume: false, force: false });
  rmSync(`${folder}/checkpoint.lock`);
  await store.save(identity, { loaves: 1 }, arraysOf(1));
  expect(readdirSync(folder).sort()).toEqual(['checkpoint.lock', 'save-1']);
  rmSync(`${folder}/checkpoint.lock`);
  writeFileSync(`${folder}/checkpoint.lock`, JSON.stringify({ pid: process.ppid, host: hostname(), since: '' }));
  await expect(store.save(identity, { loaves: 2 }, arraysOf(2))).rejects.toThrow('is in use by process');
  expect((await store.peek(identity))?.loaves).toBe(1);
  await store.close();
  rmSync(`${folder}/checkpoint.lock`);
  expect(await newest(folder)).toMatchObject({ loaves: 1 });
});

it('locks the folder alone: a process killed while it saves leaves no lock beside its files', async () => {
  const folder = await baked(0);
  // A save that wanted this lock would wait for it, ten seconds.
  const taken = JSON.stringify({ pid: process.ppid, host: hostname(), since: '' });
  writeFileSync(`${folder}/.save-2.lock`, taken);
  const store = await openStore(folder, baking, { resume: false, force: false });
  await store.save(identity, { loaves: 1 }, arraysOf(1));
  expect(readFileSync(`${folder}/.save-2.lock`, 'utf8')).toBe(taken);
  await store.close();
}, 9000);

it.skipIf(process.platform === 'win32')('does not read through a link', async () => {
  const folder = await baked(2);
  const store = await openStore(folder, baking, { resume: true, force: false });
  rmSync(`${folder}/save-2`);
  symlinkSync(`${folder}/save-1`, `${folder}/save-2`);
  await expect(store.peek(identity)).rejects.toMatchObject({ code: 'file-unreadable' });
  await store.close();
});
