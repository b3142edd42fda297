import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTarGzip } from 'nanotar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogEntry, getCorpus, listCorpora } from '../../src/fetch/catalog.ts';
import { cleanFile } from '../../src/fetch/catalog-cleaning.ts';
import { fetchNpmPackage } from '../../src/fetch/npm-package.ts';

let folder: string;
let calls: string;
const pathBefore = process.env.PATH;

// An npm that packs one prepared tarball and writes down that it ran: no test touches the network.
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-catalog-'));
  calls = path.join(folder, 'calls');
  await mkdir(path.join(folder, 'bin'));
  await mkdir(path.join(folder, 'catalog'));
  const tarball = path.join(folder, 'package.tgz');
  await writeFile(
    tarball,
    await createTarGzip([
      { name: 'package/data/2.json', data: JSON.stringify({ text: 'second  line\n\nthird' }) },
      { name: 'package/data/1.json', data: JSON.stringify({ text: 'say &quot;first&quot;' }) },
      { name: 'package/index.json', data: '[]' },
    ]),
  );
  const npm = path.join(folder, 'bin', 'npm');
  await writeFile(npm, `#!/bin/sh\necho "$2" >> '${calls}'\ncp '${tarball}' "one-1.0.0.tgz"\n`);
  await chmod(npm, 0o755);
  process.env.PATH = `${path.dirname(npm)}:${pathBefore}`;
});

afterEach(async () => {
  process.env.PATH = pathBefore;
  await rm(folder, { recursive: true, force: true });
});

const text = 'say "first"\nsecond line\nthird\n';

async function addEntry(name: string, changes: Partial<CatalogEntry>): Promise<void> {
  const made = changes.bytes === undefined ? text : text.repeat(2);
  const entry: CatalogEntry = {
    name,
    title: 'a test',
    license: 'MIT',
    source: { name: 'one', version: '1.0.0', files: 'data/\\d\\.json', cleaning: 'json-text' },
    bytes: made.length,
    sha256: createHash('sha256').update(made).digest('hex'),
    lines: 3,
    words: 5,
    ...changes,
  };
  await writeFile(path.join(folder, 'catalog', `${name}.json`), JSON.stringify(entry));
}

const options = () => ({
  cacheDirectory: path.join(folder, 'cache'),
  catalogDirectory: path.join(folder, 'catalog'),
});

describe('getCorpus', () => {
  it('makes the text once, in the order of the file names, and finds it again', async () => {
    await addEntry('one', {});
    const first = await getCorpus('one', options());
    expect(first.cached).toBe(false);
    expect(await readFile(first.path, 'utf8')).toBe(text);
    const second = await getCorpus('one', options());
    expect(second).toMatchObject({ path: first.path, cached: true });
    expect(await readFile(calls, 'utf8')).toBe('one@1.0.0\n');
  });

  it('joins the parts of a mixture', async () => {
    await addEntry('one', {});
    await addEntry('both', { source: { parts: ['one', 'one'] }, bytes: 2 * text.length });
    const both = await getCorpus('both', options());
    expect(await readFile(both.path, 'utf8')).toBe(text + text);
    expect((await listCorpora(options())).map((corpus) => [corpus.entry.name, corpus.cached])).toEqual([
      ['both', true],
      ['one', true],
    ]);
  });

  it('takes offline what is in the package or the cache, and says how to get the rest', async () => {
    const packed = gzipSync(text);
    await writeFile(path.join(folder, 'catalog', 'packed.txt.gz'), packed);
    await addEntry('one', {});
    await addEntry('packed', { source: { packed: 'packed.txt.gz' } });
    await addEntry('both', { source: { parts: ['packed', 'one'] }, bytes: 2 * text.length });
    const offline = { ...options(), offline: true };
    expect((await getCorpus('packed', offline)).cached).toBe(false);
    for (const name of ['one', 'both']) {
      await expect(getCorpus(name, offline)).rejects.toMatchObject({
        code: 'file-missing',
        message: 'one is not in the cache',
        hint: 'get it with: w2v corpus get one',
      });
    }
    expect(await readdir(folder)).not.toContain('calls');
    await getCorpus('one', options());
    expect((await getCorpus('one', offline)).cached).toBe(true);
    expect((await getCorpus('both', offline)).cached).toBe(false);
  });

  it('makes a damaged text anew', async () => {
    await addEntry('one', {});
    const { path: file } = await getCorpus('one', options());
    await writeFile(file, 'damaged');
    expect((await getCorpus('one', options())).cached).toBe(false);
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('survives being run twice at once, and leaves only the text', async () => {
    await addEntry('one', {});
    const [a, b] = await Promise.all([getCorpus('one', options()), getCorpus('one', options())]);
    expect(a.path).toBe(b.path);
    expect(await readFile(a.path, 'utf8')).toBe(text);
    expect(await readdir(path.dirname(a.path))).toEqual(['one.txt']);
  });

  it('refuses a text that is not the one expected, and keeps nothing', async () => {
    await addEntry('one', { sha256: 'ab'.repeat(32) });
    const got = createHash('sha256').update(text).digest('hex');
    await expect(getCorpus('one', options())).rejects.toMatchObject({
      code: 'file-malformed',
      message: `corpus one: expected SHA-256 ${'ab'.repeat(32)} (30 bytes), got ${got} (30 bytes)`,
    });
    expect(await readdir(path.join(folder, 'cache'))).toEqual([]);
  });

  it('names the corpora there are', async () => {
    await addEntry('one', {});
    await addEntry('two', {});
    await expect(getCorpus('three', options())).rejects.toMatchObject({
      code: 'file-missing',
      message: "no corpus is named 'three'",
      hint: 'choose one of one, two',
    });
  });

  it('keeps texts and test sets apart where only one will do', async () => {
    await addEntry('text', {});
    await addEntry('set', { kind: 'pairs' });
    await expect(getCorpus('set', { ...options(), kind: 'text' })).rejects.toMatchObject({
      code: 'usage',
      message: "'set' is a set of word pairs, expected a corpus",
      hint: 'choose one of text',
    });
    await expect(getCorpus('text', { ...options(), kind: 'analogies' })).rejects.toMatchObject({
      message: "'text' is a corpus, expected a set of analogies",
    });
    expect((await getCorpus('set', options())).entry.kind).toBe('pairs');
  });

  it('refuses a folder in the place of the text', async () => {
    await addEntry('one', {});
    const place = path.join(folder, 'cache', 'corpora', 'one.txt');
    await mkdir(place, { recursive: true });
    await expect(getCorpus('one', options())).rejects.toMatchObject({
      code: 'file-unreadable',
      message: `${place} is a folder, expected a file`,
      hint: 'remove it, then run the command again',
    });
  });

  it.each([
    ['a file', 'one.txt', 'ENOTDIR'],
    ['below a file', 'one.txt/below', 'ENOTDIR'],
    ['in a folder that takes no folders', '/proc/w2v/cache', 'ENOENT'],
  ])('says before it fetches that the cache cannot be written to: %s', async (_, cache, code) => {
    await addEntry('one', {});
    await writeFile(path.join(folder, 'one.txt'), 'a file');
    const cacheDirectory = path.resolve(folder, cache);
    await expect(getCorpus('one', { ...options(), cacheDirectory })).rejects.toMatchObject({
      code: 'setup-failed',
      message: `the cache ${cacheDirectory} is not writable (${code})`,
      hint: 'set the environment variable W2V_CACHE to a folder you can write to',
    });
    expect(await readdir(folder)).not.toContain('calls');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'says so too of a cache that may not be looked into',
    async () => {
      await addEntry('one', {});
      const cacheDirectory = path.join(folder, 'locked');
      await mkdir(cacheDirectory, { mode: 0o000 });
      await expect(getCorpus('one', { ...options(), cacheDirectory })).rejects.toMatchObject({
        code: 'setup-failed',
        message: `the cache ${cacheDirectory} is not writable (EACCES)`,
      });
    },
  );

  it.skipIf(process.platform === 'win32')('keeps the cache to its owner', async () => {
    await addEntry('one', {});
    await getCorpus('one', options());
    for (const name of ['cache', 'cache/corpora']) {
      expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o700);
    }
  });

  it('says what npm said when it fails, and when there is no npm', async () => {
    await addEntry('one', {});
    await writeFile(
      path.join(folder, 'bin', 'npm'),
      '#!/bin/sh\necho "npm error code ENOTFOUND" >&2\necho "npm error errno ENOTFOUND" >&2\necho "npm error request failed" >&2\nexit 1\n',
    );
    await expect(getCorpus('one', options())).rejects.toMatchObject({
      code: 'setup-failed',
      message: 'npm could not get one@1.0.0: ENOTFOUND: request failed',
      hint: 'check the network, then run the command again',
    });
    await writeFile(
      path.join(folder, 'bin', 'npm'),
      '#!/bin/sh\necho "npm error code EACCES" >&2\necho "npm error path /nonexistent" >&2\nexit 1\n',
    );
    await expect(getCorpus('one', options())).rejects.toMatchObject({
      message: 'npm could not get one@1.0.0: EACCES: path /nonexistent',
      hint: 'npm cannot write its cache: set npm_config_cache to a folder you can write to',
    });
    process.env.PATH = path.join(folder, 'nothing');
    await expect(getCorpus('one', options())).rejects.toMatchObject({
      code: 'setup-failed',
      message: 'npm is needed to get one@1.0.0, but is not on the PATH',
      hint: 'install npm, which comes with Node.js',
    });
  });

  it('stops when told to', async () => {
    await addEntry('one', {});
    await expect(getCorpus('one', { ...options(), signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
});

describe('fetchNpmPackage', () => {
  const fetched = { name: 'one', version: '1.0.0' };

  it('bounds what it unpacks', async () => {
    await writeFile(path.join(folder, 'package.tgz'), gzipSync(Buffer.alloc(1_000_000)));
    await expect(fetchNpmPackage(fetched, { maximumBytes: 999_999 })).rejects.toMatchObject({
      code: 'file-malformed',
      message: 'one@1.0.0 has more than 999999 bytes, the limit',
    });
    expect((await fetchNpmPackage(fetched, { maximumBytes: 1_000_000 })).size).toBe(0);
  });

  it('refuses what is not gzip', async () => {
    await writeFile(path.join(folder, 'package.tgz'), 'nothing');
    await expect(fetchNpmPackage(fetched)).rejects.toMatchObject({
      code: 'file-malformed',
      message: 'one@1.0.0 cannot be unpacked (incorrect header check)',
    });
  });

  it('runs npm in a project of its own, and leaves nothing of it', async () => {
    const told = path.join(folder, 'told');
    const npm = path.join(folder, 'bin', 'npm');
    await writeFile(
      npm,
      `#!/bin/sh\n{ pwd; cat package.json; echo "$@"; } > '${told}'\ncp '${folder}/package.tgz' one.tgz\n`,
    );
    await fetchNpmPackage(fetched);
    const [place, project, asked] = (await readFile(told, 'utf8')).split('\n');
    expect(place).toMatch(/w2v-npm-[\w-]+$/);
    expect(project).toBe('{"private":true}');
    expect(asked).toMatch(/^pack one@1\.0\.0 --prefix=\. --ignore-scripts /);
    await expect(stat(place!)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('cleanFile', () => {
  it('names each field of nested JSON and splits at ++', () => {
    const json = JSON.stringify({
      Geography: { Terrain: { text: 'plains ++ hills' }, Area: { total: { text: '1 sq km' }, note: null } },
    });
    expect(cleanFile(json, 'json-fields')).toEqual(['Terrain: plains', 'hills', 'total: 1 sq km']);
  });

  it('takes the messages of a program without the places that it fills', () => {
    const json = JSON.stringify({ A_0_1: "'{0}' 형식은 {1}이(가) 아닙니다.", Stop_2: '停止', Only_3: "'{0}'" });
    expect(cleanFile(json, 'json-messages')).toEqual(['형식은 이(가) 아닙니다.', '停止']);
  });

  it('takes the gloss of a WordNet line and skips the license', () => {
    const data = '  1 This software | and database\n00001740 03 n 01 entity 0 000 | that which is; "a | b"  \n';
    expect(cleanFile(data, 'wordnet-gloss')).toEqual(['that which is; "a | b"']);
  });
});

it('two test sets are in the package: neither npm nor Python is asked', async () => {
  process.env.PATH = path.join(folder, 'nothing');
  for (const name of ['wordsim353', 'google-analogies']) {
    const { path: file, entry } = await getCorpus(name, { cacheDirectory: folder });
    expect(
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    ).toBe(entry.sha256);
  }
});

it('every entry in corpora/ is whole, and mix is the sum of its parts', async () => {
  const entries = new Map(
    (await listCorpora({ cacheDirectory: folder })).map(({ entry, cached }) => {
      expect(cached).toBe(false);
      expect(entry.sha256).toMatch(/^[0-9a-f]{64}$/);
      return [entry.name, entry];
    }),
  );
  const mix = entries.get('mix');
  if (mix === undefined || !('parts' in mix.source)) throw new Error('mix is missing');
  const parts = mix.source.parts.map((name) => entries.get(name)!);
  for (const field of ['bytes', 'lines', 'words'] as const) {
    expect(parts.reduce((sum, part) => sum + part[field], 0)).toBe(mix[field]);
  }
});
