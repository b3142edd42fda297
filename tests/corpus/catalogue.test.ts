import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTarGzip } from 'nanotar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogueEntry, getCorpus, listCorpora } from '../../src/corpus/catalogue.ts';
import { cleanFile } from '../../src/corpus/catalogue-cleaning.ts';

let folder: string;
let calls: string;
const pathBefore = process.env.PATH;

// An npm that packs one prepared tarball and writes down that it ran: no test touches the network.
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-catalogue-'));
  calls = path.join(folder, 'calls');
  await mkdir(path.join(folder, 'bin'));
  await mkdir(path.join(folder, 'catalogue'));
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

async function addEntry(name: string, changes: Partial<CatalogueEntry>): Promise<void> {
  const made = changes.bytes === undefined ? text : text.repeat(2);
  const entry: CatalogueEntry = {
    name,
    title: 'a test',
    licence: 'MIT',
    source: { name: 'one', version: '1.0.0', files: 'data/\\d\\.json', cleaning: 'json-text' },
    bytes: made.length,
    sha256: createHash('sha256').update(made).digest('hex'),
    lines: 3,
    words: 5,
    ...changes,
  };
  await writeFile(path.join(folder, 'catalogue', `${name}.json`), JSON.stringify(entry));
}

const options = () => ({
  cacheDirectory: path.join(folder, 'cache'),
  catalogueDirectory: path.join(folder, 'catalogue'),
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
    expect(await readdir(folder)).not.toContain('cache');
  });

  it('names the corpora there are', async () => {
    await addEntry('one', {});
    await addEntry('two', {});
    await expect(getCorpus('three', options())).rejects.toMatchObject({
      code: 'usage',
      message: "no corpus is named 'three'",
      hint: 'choose one of one, two',
    });
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
      hint: 'check the network, then run it again',
    });
    process.env.PATH = path.join(folder, 'nothing');
    await expect(getCorpus('one', options())).rejects.toMatchObject({
      code: 'setup-failed',
      message: 'npm is needed to get one@1.0.0, and is not on the PATH',
      hint: 'install npm: it comes with Node.js',
    });
  });

  it('stops when told to', async () => {
    await addEntry('one', {});
    await expect(getCorpus('one', { ...options(), signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
});

describe('cleanFile', () => {
  it('names each field of nested JSON and splits at ++', () => {
    const json = JSON.stringify({
      Geography: { Terrain: { text: 'plains ++ hills' }, Area: { total: { text: '1 sq km' }, note: null } },
    });
    expect(cleanFile(json, 'json-fields')).toEqual(['Terrain: plains', 'hills', 'total: 1 sq km']);
  });

  it('takes the gloss of a WordNet line and skips the licence', () => {
    const data = '  1 This software | and database\n00001740 03 n 01 entity 0 000 | that which is; "a | b"  \n';
    expect(cleanFile(data, 'wordnet-gloss')).toEqual(['that which is; "a | b"']);
  });
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
