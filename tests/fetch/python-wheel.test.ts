import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { getCorpus } from '../../src/fetch/catalog.ts';
import { fetchWheelFiles } from '../../src/fetch/python-wheel.ts';
import { writeZip } from '../../src/formats/io/zip-archive.ts';

let folder: string;
let calls: string;
const pathBefore = process.env.PATH;
const source = { wheel: 'sets', version: '1.0', python: '3.11', platform: 'any' };
const pairs = 'cat\tdog\t7\n';
const questions = ': one\na b c d\n';
const wanted = [{ file: 'sets/pairs.tsv', bytes: pairs.length }];

/** A python3 that answers --version and else does what `script` says, the folder of the download in $dest. */
async function fakePip(script: string): Promise<void> {
  const file = path.join(folder, 'bin', 'python3');
  const body = `#!/bin/sh\nfor one in "$@"; do [ "$one" = --version ] && echo 'pip 1' && exit 0; done\n`;
  const dest = `while [ $# -gt 0 ]; do [ "$1" = --dest ] && dest="$2"; last="$1"; shift; done\n`;
  await writeFile(file, `${body}${dest}echo "$last" >> '${calls}'\n${script}\n`);
  await chmod(file, 0o755);
}

// No test touches the network: pip is a script that copies one prepared wheel.
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-wheels-'));
  calls = path.join(folder, 'calls');
  await mkdir(path.join(folder, 'bin'));
  await mkdir(path.join(folder, 'catalog'));
  const chunks: Uint8Array[] = [];
  const member = (name: string, text: string) => ({ name, pieces: [Buffer.from(text)] });
  await writeZip([member('sets/pairs.tsv', pairs), member('sets/code.py', 'x'), member('sets/q.txt', questions)], {
    write: async (bytes) => void chunks.push(Uint8Array.from(bytes)),
  });
  const wheel = path.join(folder, 'sets.whl');
  await writeFile(wheel, Buffer.concat(chunks));
  await fakePip(`cp '${wheel}' "$dest/sets-1.0.whl"`);
  process.env.PATH = `${path.join(folder, 'bin')}:/usr/bin:/bin`;
});

afterEach(async () => {
  process.env.PATH = pathBefore;
  await rm(folder, { recursive: true, force: true });
});

describe('fetchWheelFiles', () => {
  it('gives the named files, and leaves out the ones that are not there', async () => {
    const files = await fetchWheelFiles(source, [...wanted, { file: 'sets/none.txt', bytes: 1 }]);
    expect([...files.keys()]).toEqual(['sets/pairs.tsv']);
    expect(Buffer.from(files.get('sets/pairs.tsv')!).toString()).toBe(pairs);
    expect(await readFile(calls, 'utf8')).toBe('sets==1.0\n');
  });

  it('leaves a file alone whose size is not the one expected, such as a bomb', async () => {
    const files = await fetchWheelFiles(source, [{ file: 'sets/q.txt', bytes: questions.length - 1 }]);
    expect(files.size).toBe(0);
  });

  it('says what pip said', async () => {
    await fakePip("echo 'WARNING: x' >&2; echo 'ERROR: No matching distribution' >&2; exit 1");
    await expect(fetchWheelFiles(source, wanted)).rejects.toMatchObject({
      code: 'setup-failed',
      message: 'pip could not download sets==1.0: ERROR: No matching distribution',
      hint: "check the network, the proxy and pip's settings (pip config list), then run it again",
    });
  });

  it('says that Python is missing', async () => {
    process.env.PATH = path.join(folder, 'catalog');
    await expect(fetchWheelFiles(source, wanted)).rejects.toMatchObject({
      code: 'setup-failed',
      message: 'Python with pip is needed to get sets==1.0, but neither python3 nor pip works',
      hint: 'install Python 3 with pip, or name a file of your own',
    });
  });

  it('refuses a wheel that is no zip', async () => {
    await fakePip('echo nothing > "$dest/sets-1.0.whl"');
    await expect(fetchWheelFiles(source, wanted)).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(/^sets-1\.0\.whl: not a wheel \(.+\)$/),
    });
  });
});

describe('test sets of the catalog', () => {
  async function addEntry(name: string, kind: string, file: string, text: string): Promise<void> {
    const sha256 = createHash('sha256').update(text).digest('hex');
    const entry = { name, kind, items: 1, title: '', license: '', bytes: text.length, sha256, lines: 1, words: 2 };
    const content = JSON.stringify({ ...entry, source: { ...source, file } });
    await writeFile(path.join(folder, 'catalog', `${name}.json`), content);
  }
  const options = () => ({
    cacheDirectory: path.join(folder, 'cache'),
    catalogDirectory: path.join(folder, 'catalog'),
  });

  it('come from one download', async () => {
    await addEntry('one', 'pairs', 'sets/pairs.tsv', pairs);
    await addEntry('two', 'analogies', 'sets/q.txt', questions);
    expect(await readFile((await getCorpus('one', options())).path, 'utf8')).toBe(pairs);
    const two = await getCorpus('two', options());
    expect([two.cached, await readFile(two.path, 'utf8')]).toEqual([true, questions]);
    expect(await readFile(calls, 'utf8')).toBe('sets==1.0\n');
    expect(await readdir(path.dirname(two.path))).toEqual(['one.txt', 'two.txt']);
  });

  it('are refused when the package holds another text', async () => {
    await addEntry('one', 'pairs', 'sets/q.txt', pairs);
    await expect(getCorpus('one', options())).rejects.toMatchObject({ code: 'file-malformed' });
  });
});
