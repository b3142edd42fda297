import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { OutputFile } from '../../src/files/output.ts';
import { checkNotInputs } from '../../src/files/targets.ts';
import { removeLeftovers, removeTemporaries, temporaryBeside } from '../../src/files/temporaries.ts';
import { checkOutputs, writeFiles } from '../../src/files/write-files.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

// The system's refusals, on demand: what is told here is what a full or strange disk would say.
const refuse = vi.hoisted(() => ({ rename: 0, link: false, sync: '' }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const refusal = (code: string) => Object.assign(new Error(code), { code });
  return {
    ...real,
    renameSync(from: string, to: string) {
      if (refuse.rename > 0 && --refuse.rename === 0) throw refusal('EIO');
      real.renameSync(from, to);
    },
    linkSync(from: string, to: string) {
      if (refuse.link) throw refusal('EPERM');
      real.linkSync(from, to);
    },
  };
});
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    async open(...args: Parameters<typeof real.open>) {
      const handle = await real.open(...args);
      if (refuse.sync !== '') {
        handle.sync = () => Promise.reject(Object.assign(new Error(refuse.sync), { code: refuse.sync }));
      }
      return handle;
    },
  };
});
afterEach(() => Object.assign(refuse, { rename: 0, link: false, sync: '' }));

const { path } = temporaryFolder();
const text = (where: string, content: string): OutputFile => ({
  path: where,
  content: (sink) => sink.write(Buffer.from(content)),
});
function folder(name: string, files: Record<string, string> = {}): string {
  mkdirSync(path(name));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(path(name), file), content);
  return path(name);
}
function contents(here: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(here)
      .sort()
      .map((name) => [name, readFileSync(join(here, name), 'utf8')]),
  );
}

test.each([1, 2, 3, 4])('where rename %i fails, the old files stand again and nothing is left', async (at) => {
  for (const link of [false, true]) {
    const old = { a: 'old a', b: 'old b', 'b.json': 'old json' };
    const here = folder(`rename-${at}-${link}`, old);
    const files = ['a', 'b', 'b.json'].map((name) => text(join(here, name), `new ${name}`));
    Object.assign(refuse, { rename: at, link });
    await expect(writeFiles(files, { force: true })).rejects.toMatchObject({
      code: 'file-unwritable',
      message: expect.stringMatching(/ cannot be written: input\/output error$/),
    });
    expect(contents(here)).toEqual(old);
    await writeFiles(files, { force: true });
    expect(contents(here)).toEqual({ a: 'new a', b: 'new b', 'b.json': 'new b.json' });
  }
});

test('where nothing was there before, nothing is there after a failure', async () => {
  const here = folder('second');
  Object.assign(refuse, { rename: 2, link: true });
  await expect(writeFiles([text(join(here, 'a'), 'a'), text(join(here, 'b'), 'b')])).rejects.toThrow('b cannot be');
  expect(readdirSync(here)).toEqual([]);
});

test('without force no file is replaced, with hard links or without them', async () => {
  for (const link of [false, true]) {
    const here = folder(`clobber-${link}`);
    refuse.link = link;
    const late: OutputFile = {
      path: join(here, 'b'),
      async content(sink) {
        await sink.write(Buffer.from('ours'));
      },
    };
    const first: OutputFile = {
      path: join(here, 'a'),
      async content() {
        writeFileSync(join(here, 'b'), 'theirs');
      },
    };
    await expect(writeFiles([first, late])).rejects.toMatchObject({ code: 'file-exists' });
    expect(contents(here)).toEqual({ b: 'theirs' });
  }
});

test.skipIf(process.platform === 'win32')(
  'a replaced file keeps its permissions; a new one takes those it is given',
  async () => {
    const here = folder('modes', { secret: 'old' });
    chmodSync(join(here, 'secret'), 0o600);
    await writeFiles([text(join(here, 'secret'), 'new'), text(join(here, 'private'), 'new')], {
      force: true,
      mode: 0o600,
    });
    await writeFiles([text(join(here, 'public'), 'new')]);
    const mode = (name: string) => statSync(join(here, name)).mode & 0o777;
    expect([mode('secret'), mode('private'), mode('public')]).toEqual([0o600, 0o600, 0o666 & ~process.umask()]);
    chmodSync(join(here, 'secret'), 0o604);
    await writeFiles([text(join(here, 'secret'), 'newer')], { force: true });
    expect(mode('secret')).toBe(0o604);
  },
);

test('outdated files go with the replacing, and come back with it', async () => {
  const here = folder('outdated', { a: 'old', 'a.json': 'old json', 'a.words': 'old words' });
  const outdated = ['a.json', 'a.words'].map((name) => join(here, name));
  refuse.rename = 3;
  await expect(writeFiles([text(join(here, 'a'), 'new')], { force: true, outdated })).rejects.toThrow();
  expect(contents(here)).toEqual({ a: 'old', 'a.json': 'old json', 'a.words': 'old words' });
  await expect(writeFiles([text(join(here, 'n'), 'new')], { outdated })).rejects.toMatchObject({ code: 'file-exists' });
  await writeFiles([text(join(here, 'a'), 'new')], { force: true, outdated });
  expect(contents(here)).toEqual({ a: 'new' });
});

test.each(['EINVAL', 'ENOTSUP', 'ENOSYS'])('a disk that answers fsync with %s has no fsync', async (code) => {
  const here = folder(`sync-${code}`);
  refuse.sync = code;
  await writeFiles([text(join(here, 'a'), 'text')]);
  expect(contents(here)).toEqual({ a: 'text' });
});

test('a disk that fails while it syncs is told with the name of the file', async () => {
  const here = folder('sync-EIO');
  refuse.sync = 'EIO';
  await expect(writeFiles([text(join(here, 'a'), 'text')])).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `${join(here, 'a')} cannot be written: input/output error`,
  });
  expect(readdirSync(here)).toEqual([]);
});

test.skipIf(process.platform === 'win32')('two outputs that are one file are refused, in any spelling', async () => {
  const here = folder('same', { real: 'old' });
  const at = (name: string) => join(here, name);
  symlinkSync('real', at('link'));
  linkSync(at('real'), at('hard'));
  symlinkSync(here, at('folder'));
  symlinkSync('nowhere', at('dangling'));
  const one: [string, string][] = [
    [at('new'), `${here}/./new`],
    [at('new'), join(at('folder'), 'new')],
    [at('link'), at('real')],
    [at('hard'), at('real')],
    [at('dangling'), at('nowhere')],
  ];
  for (const pair of one) {
    const refusal = {
      code: 'usage',
      message: `the outputs ${pair[0]} and ${pair[1]} are one file`,
      hint: 'give each output a different name',
    };
    await expect(checkOutputs(pair, { force: true })).rejects.toMatchObject(refusal);
    await expect(
      writeFiles(
        pair.map((name) => text(name, 'new')),
        { force: true },
      ),
    ).rejects.toMatchObject(refusal);
  }
  await expect(checkOutputs([at('new'), at('new')])).rejects.toMatchObject({
    code: 'usage',
    message: `two outputs have the name ${at('new')}`,
  });
  expect(readFileSync(at('real'), 'utf8')).toBe('old');
  await checkOutputs([at('new'), at('other')]);
});

test('an output that is an input is refused, under whatever name', async () => {
  const here = folder('inputs', { corpus: 'text', other: 'text' });
  const at = (name: string) => join(here, name);
  linkSync(at('corpus'), at('hard'));
  await expect(checkNotInputs([at('hard')], () => [at('other'), at('corpus')])).rejects.toMatchObject({
    code: 'usage',
    message: `${at('hard')} is the input ${at('corpus')}: writing it would destroy the input`,
  });
  await expect(checkNotInputs([at('corpus')], async () => [at('corpus')])).rejects.toThrow('is an input and an output');
  const inputs = [at('corpus'), at('none'), '-', here, '/dev/null'];
  await checkNotInputs([at('new'), at('other'), '/dev/null'], () => inputs);
  await checkNotInputs([at('new')], () => expect.fail('no output exists, so nothing is to be looked for'));
});

test.skipIf(process.platform === 'win32')('a dangling link is written through', async () => {
  const here = folder('dangling');
  symlinkSync('target', join(here, 'link'));
  await writeFiles([text(join(here, 'link'), 'text')]);
  expect(readFileSync(join(here, 'target'), 'utf8')).toBe('text');
  symlinkSync('missing/target', join(here, 'lost'));
  await expect(checkOutputs([join(here, 'lost')])).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `${join(here, 'lost')} cannot be written: the folder ${join(here, 'missing')} does not exist`,
  });
  symlinkSync('circle', join(here, 'circle'));
  await expect(checkOutputs([join(here, 'circle')])).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `${join(here, 'circle')} cannot be written: its symbolic links form a loop`,
  });
});

test.skipIf(process.platform === 'win32')('a name of 255 bytes can be written, one of 256 cannot', async () => {
  const here = folder('long');
  const name = '語'.repeat(85);
  await writeFiles([text(join(here, name), 'text')]);
  expect(readdirSync(here)).toEqual([name]);
  await expect(checkOutputs([join(here, `${name}x`)])).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringMatching(/: the name is too long$/),
  });
});

test('what a killed run left is removed by the next one that writes the file', async () => {
  const here = folder('leftovers');
  const at = (name: string) => join(here, name);
  const own = temporaryBeside(at('v.bin'));
  writeFileSync(own, 'being written');
  const host = own.slice(own.indexOf('.v.bin.') + '.v.bin.'.length).split('-')[0];
  const dead = `.v.bin.${host}-4194305-0123abcd.tmp`; // above the highest process number of Linux
  const setAside = `.v.bin.json.${host}-4194305-0123abcd.tmp`; // an outdated manifest, which is not written again
  const alive = `.v.bin.${host}-${process.ppid}-0123abcd.tmp`;
  const elsewhere = '.v.bin.zzzz-4194305-0123abcd.tmp'.replace('zzzz', host === '0000' ? '1111' : '0000');
  const notOurs = ['.v.bin.notes.tmp', '.v.bin.json.tmp', `.w.bin.${host}-4194305-0123abcd.tmp`];
  const old = '.v.bin.89abcdef.tmp';
  for (const name of [dead, setAside, alive, elsewhere, old, ...notOurs]) writeFileSync(at(name), '');
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  utimesSync(at(old), yesterday, yesterday);
  await writeFiles([text(at('v.bin'), 'text')]);
  expect(readdirSync(here).sort()).toEqual(['v.bin', own.slice(here.length + 1), alive, elsewhere, ...notOurs].sort());
  removeTemporaries();
  expect(readdirSync(here)).not.toContain(own.slice(here.length + 1));
  // In a container process numbers begin anew: the same number may be that of an earlier run.
  writeFileSync(own, 'of another process with our number');
  utimesSync(own, yesterday + 3600 * 20, yesterday + 3600 * 20);
  await removeLeftovers(at('v.bin'));
  expect(readdirSync(here)).not.toContain(own.slice(here.length + 1));
});
