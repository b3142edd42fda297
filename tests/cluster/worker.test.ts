// The worker by pipes, without Spark: a text cut into partitions, counted and merged, is the text counted in one piece.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { asW2vError, type RpcError } from '../../src/cluster/spark-errors.ts';
import { settingsWord, type WorkerSettings } from '../../src/cluster/worker/settings.ts';
import { workerFiles } from '../../src/cluster/worker-archive.ts';
import { clusterCounts } from '../../src/cluster/worker-way.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import { formatVocabulary } from '../../src/corpus/vocabulary.ts';
import { packRows } from '../../src/count/cooccurrence/pack-rows.ts';
import { partRowsOf } from '../../src/count/cooccurrence/packed-counts.ts';
import { countMatrix } from '../../src/count/count-vectors.ts';

const program = fileURLToPath(new URL('../../dist/cluster-worker.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'w2v-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(mode: string, settings: Partial<WorkerSettings>, input: string) {
  const word = settingsWord({ tokenizer: 'words', keepCase: false, ...settings });
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, mode, word], { input, maxBuffer: 1 << 28 });
  return {
    rows: stdout
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((row) => row.split('\t')),
    stderr: stderr.toString(),
    status,
  };
}

const words = [
  'The',
  'cat',
  'ÉCOLE',
  'école',
  'e\u0301cole',
  "don't",
  'saw',
  'a',
  'dog',
  'İzmir',
  '한국',
  'x\u0085y',
  'it’s',
];
const lines = Array.from({ length: 400 }, (_, at) =>
  Array.from({ length: 1 + (at % 17) }, (_, word) => words[(at * 7 + word * word) % words.length]).join(
    at % 3 ? ' ' : '\t',
  ),
);

describe('words', () => {
  const files = join(folder, 'files.txt');
  writeFileSync(files, 'file:/a\nfile:/b\n');
  const prefixed = (uri: string, some: string[]) => some.map((line) => `${uri}\t0\t${line}\n`).join('');

  it('of two partitions are those of the text, in its order, though the second file came first', async () => {
    const half = 150;
    const [first, second] = [prefixed('file:/a', lines.slice(0, half)), prefixed('file:/b', lines.slice(half))];
    const found = new Map<string, { n: number; first: number[] }>();
    for (const partition of [second, first, '']) {
      const { rows, status } = run('vocabulary', { files }, partition);
      expect(status).toBe(0);
      for (const [word, n, ...place] of rows) {
        const before = found.get(word!) ?? { n: 0, first: [9] };
        const here = place.map(Number);
        const isFirst = here.findIndex((value, at) => value !== before.first[at]);
        found.set(word!, {
          n: before.n + Number(n),
          first: here[isFirst] < before.first[isFirst] ? here : before.first,
        });
      }
    }
    const { vocabulary, source } = await encodeText(lines.join('\n'), { minCount: 1 });
    const ranked = [...found]
      .filter(([word]) => !word.startsWith(' '))
      .sort(([, a], [, b]) => {
        return b.n - a.n || a.first[0] - b.first[0] || a.first[1] - b.first[1] || a.first[2] - b.first[2];
      });
    expect(ranked.map(([word]) => word)).toEqual(vocabulary.words);
    expect(ranked.map(([, { n }]) => n)).toEqual([...vocabulary.counts]);
    expect(found.get(' lines')!.n).toBe(source.lines);
  });

  it('of one partition with both files in the wrong order have the places of the right one', () => {
    const { rows } = run('vocabulary', { files }, prefixed('file:/b', ['new old']) + prefixed('file:/a', ['old']));
    const places = rows.filter(([word]) => word === 'old').map(([, , file]) => Number(file));
    expect(Math.min(...places)).toBe(0);
  });

  it('a file that was not there at the start is an error', () => {
    const { status, stderr } = run('vocabulary', { files }, prefixed('file:/c', ['x']));
    expect(status).toBe(70);
    const error = asW2vError(
      { code: 13, rawMessage: `Error: ${stderr}`, details: [], metadata: new Headers() } as RpcError,
      'sc://h',
    );
    expect(error).toMatchObject({ code: 'file-unreadable', message: expect.stringContaining('file:/c') });
  });
});

describe.each([
  { window: 5, weighting: 'dynamic', directional: false },
  { window: 2, weighting: 'harmonic', directional: true },
] as const)('pairs: %o', (pairs) => {
  it('of three partitions, merged, are those of the text', async () => {
    const text = lines.join('\n');
    const corpus = await encodeText(text, { minCount: 3 });
    const vocabulary = join(folder, 'vocabulary.tsv');
    writeFileSync(vocabulary, formatVocabulary(corpus.vocabulary));
    const settings = { ...pairs, vocabulary, parts: 4 };
    const partitions = [lines.slice(0, 100), lines.slice(100, 300), lines.slice(300)].map(
      (some) => `${some.join('\n')}\n`,
    );
    const runs = partitions.flatMap((partition) => run('count', settings, partition).rows);
    runs.sort(([a], [b]) => Number(a) - Number(b)); // as DISTRIBUTE BY part SORT BY part
    // Two tasks of the merge, each with some parts.
    const merged = [0, 1].flatMap((task) => {
      const own = runs.filter(([part]) => Number(part) % 2 === task);
      return run('merge', settings, own.map((row) => `${row.join('\t')}\n`).join('')).rows;
    });
    const figures = merged.find(([part]) => part === '4')!;
    expect(JSON.parse(Buffer.from(figures[2], 'base64').toString())).toMatchObject({
      ...{ lines: lines.length, tokens: corpus.tokens, rareTokens: corpus.dropped.rareTokens },
    });
    const pieces = merged
      .filter(([part]) => part !== '4')
      .map(([part, , bytes]) => ({ part: Number(part), bytes: Buffer.from(bytes!, 'base64') }));
    const { counted, corpus: counts } = clusterCounts(
      { view: '', files: [] },
      { tokenizer: 'words', keepCase: false },
      corpus.vocabulary,
      { lines: 0, bytes: 0, tokens: corpus.tokens, rareTokens: 0, overlongTokens: 0 },
      { parts: 4, pieces },
    );
    const here = await countMatrix(corpus, pairs);
    const there = await countMatrix(counts, pairs, { counted });
    expect(there.vectors).toEqual(here.vectors);
  });

  it('as rows from elsewhere, packed, are those of the text', async () => {
    const corpus = await encodeText(lines.join('\n'), { minCount: 1 });
    const { vectors } = await countMatrix(corpus, pairs);
    const { starts, indices, values } = vectors.matrix;
    const V = vectors.words.length;
    const unit = pairs.weighting === 'dynamic' ? pairs.window : 2;
    const packer = packRows(partRowsOf(corpus.vocabulary, { ...pairs, parts: 3 }), V, pairs.directional);
    for (let row = 0; row < V; row++) {
      for (let at = starts[row]; at < starts[row + 1]; at++) {
        const column = indices[at] - (pairs.directional ? V : 0);
        if (column < (pairs.directional ? 0 : row)) continue;
        const isTwice = !pairs.directional && column === row;
        packer.add(row, column, (values[at] * unit) / (isTwice ? 2 : 1));
      }
    }
    expect(() => packer.add(0, 0, 1)).toThrow(expect.objectContaining({ code: 'file-malformed' }));
    const there = await countMatrix(corpus, pairs, { counted: { parts: 3, pieces: packer.pieces() } });
    expect(there.vectors).toEqual(vectors);
  });
});

it('a NUL byte is an error of the text, and the input is read to its end', () => {
  const vocabulary = join(folder, 'one.tsv');
  writeFileSync(vocabulary, 'a\t1\n');
  const settings = { vocabulary, window: 2, weighting: 'flat', parts: 1 } as const;
  const { status, stderr } = run('count', settings, `a\0b\n${'a b c\n'.repeat(200_000)}`);
  expect(status).toBe(70);
  const error = asW2vError(
    { code: 13, rawMessage: stderr, details: [], metadata: new Headers() } as RpcError,
    'sc://h',
  );
  expect(error).toMatchObject({ code: 'not-text' });
});

it('the worker needs no npm package, and nothing of the command line', async () => {
  const files = await workerFiles();
  expect([...files.keys()].filter((name) => name.endsWith('.js'))).toEqual(
    ['cluster', 'counting', 'training'].map((name) => `dist/${name}-worker.js`),
  );
  expect([...files].map(([name]) => name).filter((name) => name.endsWith('.wasm'))).toHaveLength(4);
  const programs = [...files].filter(([name]) => name.endsWith('.js')).map(([, data]) => Buffer.from(data).toString());
  // Each is whole in itself: what it imports comes with Node.
  const imported = programs.flatMap((text) => [...text.matchAll(/(?:\bfrom|\bimport\(?)\s*["']([^"']+)["']/g)]);
  expect(imported.length).toBeGreaterThan(3);
  expect(
    imported.map(([, name]) => name!).filter((name) => !builtinModules.includes(name.replace(/^node:/, ''))),
  ).toEqual([]);
  expect(programs.join('')).not.toMatch(/w2v COMMAND|safetensors|corpus get/);
});
