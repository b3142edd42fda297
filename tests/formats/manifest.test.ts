// FILE.json beside vectors comes from anywhere: it is whole, or it counts as none and says why.
import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { W2vError } from '../../src/base/errors.ts';
import { hasManifest, type Manifest, manifestFile, readManifest } from '../../src/formats/manifest.ts';
import { fc, runs } from '../properties.ts';
import { aManifest } from './a-manifest.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { path, file } = temporaryFolder();
const read = (content: string) => {
  file('v.bin.json', content);
  return readManifest(path('v.bin'));
};

test('a whole manifest is read as it stands, with fields of later versions', async () => {
  expect(await read(JSON.stringify(aManifest))).toEqual(aManifest);
  const later = { ...aManifest, checkpoint: { every: 5 } };
  expect(await read(JSON.stringify(later))).toEqual(later);
  expect(await readManifest(path('none.bin'))).toBe(undefined);
});

test('the counts of the words are one line at the end of what people read', async () => {
  const manifest = { ...aManifest, counts: [7, 5, 0] };
  let text = '';
  await manifestFile('v.bin', manifest).content({
    write: async (bytes) => {
      text += Buffer.from(bytes).toString();
    },
  });
  expect(text).toMatch(/^\{\n {2}"version".*,\n {2}"counts": \[7,5,0\]\n\}\n$/s);
  expect(await read(text)).toEqual(manifest);
});

const { engine: _engine, ...withoutEngine } = aManifest;
test.each<[string, unknown, string]>([
  [
    'two fields',
    { version: '0', command: 'train' },
    'not a manifest: "route" is missing, expected predict or count or texts or combined',
  ],
  ['no engine', withoutEngine, 'not a manifest: "engine" is missing, expected an object'],
  ['an engine of null', { ...aManifest, engine: null }, 'not a manifest: "engine" is not an object'],
  ['a loss in words', { ...aManifest, lossByEpoch: ['x'] }, 'not a manifest: "lossByEpoch.0" is not a number'],
  ['no tokens', { ...aManifest, tokens: -1 }, 'not a manifest: "tokens" is not a number, 0 or more'],
  ['seconds of text', { ...aManifest, seconds: { a: '' } }, 'not a manifest: "seconds.a" is not a number, 0 or more'],
  ['files that are none', { ...aManifest, corpus: { files: 1 } }, 'not a manifest: "corpus.files" is not a list'],
  ['counts below 0', { ...aManifest, counts: [3, -1] }, 'not a manifest: "counts" is not a list of numbers, 0 or more'],
  [
    'counts that are no list',
    { ...aManifest, counts: 3 },
    'not a manifest: "counts" is not a list of numbers, 0 or more',
  ],
  ['texts of nothing', { ...aManifest, texts: {} }, 'not a manifest: "texts.vectors" is missing, expected text'],
  ['a list', [], 'not a manifest: expected an object'],
  ['null', null, 'not a manifest: expected an object'],
])('%s', async (_, value, message) => {
  await expect(read(JSON.stringify(value))).rejects.toMatchObject({
    code: 'file-malformed',
    message: `${path('v.bin.json')}: ${message}`,
    hint: 'delete it; the vectors can be used without it',
  });
});

test('what would be too deep to write again, and too large, is refused', async () => {
  const deep = JSON.stringify(aManifest).replace('"cbow"', `${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  await expect(read(deep)).rejects.toThrow('a manifest nested too deeply');
  file('large.json', '{');
  truncateSync(path('large.json'), 2 ** 32);
  await expect(readManifest(path('large'))).rejects.toThrow('4294967296 bytes, too large for a manifest');
});

describe('only a file is read', () => {
  test('not a folder', async () => {
    mkdirSync(path('d.json'));
    await expect(readManifest(path('d'))).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test.skipIf(process.platform === 'win32')('not a pipe, which nobody may ever write to', async () => {
    execFileSync('mkfifo', [path('p.json')]);
    await expect(readManifest(path('p'))).rejects.toMatchObject({
      code: 'file-unreadable',
      message: `${path('p.json')} is not a regular file`,
    });
  });
});

test('a manifest of another version is still known as one of ours', async () => {
  file('old.json', '{"version":"0.0.1","command":"train","route":"predict","vocabulary":3,"other":1}');
  file('mine.json', '{"version":1}');
  expect([await hasManifest(path('old')), await hasManifest(path('mine'))]).toEqual([true, false]);
});

/** Every place in a value: the names that lead there. */
function places(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([name, inner]) => places(inner).map((rest) => [name, ...rest]))];
}

function replaced(value: unknown, [name, ...rest]: string[], by: unknown): unknown {
  if (name === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}

test('whatever stands in the place of a field: a manifest that can be used, or a W2vError', async () => {
  const change = fc.tuple(fc.constantFrom(...places(aManifest)), fc.jsonValue({ maxDepth: 3 }));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
      let value: unknown = aManifest;
      for (const [place, by] of changes) {
        if (places(value).some((one) => one.join() === place.join())) value = replaced(value, place, by);
      }
      writeFileSync(path('fuzz.json'), JSON.stringify(value) ?? '');
      let manifest: Manifest | undefined;
      try {
        manifest = await readManifest(path('fuzz'));
      } catch (error) {
        if (!(error instanceof W2vError)) throw error;
        expect(error.code).toBe('file-malformed');
        return;
      }
      const { engine, lossByEpoch, seconds, corpus, tokens, createdAt } = manifest!;
      expect(lossByEpoch.map((loss) => loss.toFixed(3)).join()).not.toContain('NaN');
      expect(Object.values(seconds).reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(0);
      for (const one of [engine.name, corpus.sha256, createdAt, ...corpus.files]) expect(typeof one).toBe('string');
      for (const one of [tokens, ...Object.values(corpus.dropped)]) expect(one).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: runs(400) },
  );
});
