// Words of the vectors that a training starts from, and what becomes of those that its text lacks.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../../src/corpus/encode.ts';
import { trainWordVectors } from '../../src/train/train.ts';
import { rowVector } from '../../src/vectors/word-vectors.ts';
import { runHere } from '../cli/run-w2v.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path, file } = temporaryFolder();
const text = 'the cat sees the dog\nthe dog sees the cat\n'.repeat(50);
const corpus = await encodeText(text, { minCount: 1 });
const old = {
  words: ['dog', 'Cat', 'whale', 'sea', 'whale', 'the'],
  matrix: Float32Array.from({ length: 24 }, (_, i) => i / 10),
  dimensions: 4,
};
const settings = { dim: 4, epochs: 1, threads: 1 };

describe('keepWords', () => {
  it.each(['ns', 'hs', 'softmax'] as const)('%s: the text as without it, then the old words it lacks', async (loss) => {
    const options = { engine: 'wasm', initVectors: old } as const;
    const plain = await trainWordVectors(corpus, { ...settings, loss }, options);
    expect([plain.initWords, plain.newWords, plain.keptWords, plain.lostWords]).toEqual([2, 2, 0, 3]);
    const union = await trainWordVectors(corpus, { ...settings, loss }, { ...options, keepWords: true });
    expect([union.initWords, union.newWords, union.keptWords, union.lostWords]).toEqual([2, 2, 3, 0]);
    const V = corpus.vocabulary.words.length;
    expect(union.vectors.words).toEqual([...corpus.vocabulary.words, 'Cat', 'whale', 'sea']);
    expect(union.vectors.matrix.subarray(0, V * 4)).toEqual(plain.vectors.matrix);
    for (const [i, row] of [1, 2, 3].entries()) expect(rowVector(union.vectors, V + i)).toEqual(rowVector(old, row));
    if (loss === 'hs') expect(union.contextVectors).toEqual(plain.contextVectors);
    else {
      expect(union.contextVectors.words).toEqual(union.vectors.words);
      expect(union.contextVectors.matrix.subarray(0, V * 4)).toEqual(plain.contextVectors.matrix);
      expect([...union.contextVectors.matrix.subarray(V * 4)]).toEqual(new Array(12).fill(0));
    }
  });

  it('needs vectors, with numbers', async () => {
    const refused = (options: object) =>
      trainWordVectors(corpus, settings, { engine: 'wasm', keepWords: true, ...options });
    await expect(refused({})).rejects.toMatchObject({
      code: 'usage',
      message: 'keepWords is given without words to keep',
    });
    const matrix = old.matrix.slice();
    matrix[13] = Number.NaN; // of sea
    await expect(refused({ initVectors: { ...old, matrix } })).rejects.toMatchObject({
      code: 'file-malformed',
      message: "initVectors: the vector of 'sea' holds NaN or infinity",
    });
  });
});

describe('w2v train --vocab union', () => {
  const train = (input: string, output: string, ...more: string[]) =>
    runHere([
      'train',
      input,
      '-o',
      path(output),
      '--engine',
      'wasm',
      '--dim',
      '4',
      '--epochs',
      '1',
      '--min-count',
      '1',
      '--threads',
      '1',
      ...more,
    ]);

  it('keeps the words of the old file, and counts them in the summary, the JSON and the manifest', async () => {
    const before = await train(file('old.txt', 'the whale swims in the sea\n'.repeat(30)), 'old.bin');
    expect(before.code).toBe(0);
    const now = file('new.txt', text);
    const start = ['--init-vectors', path('old.bin')];
    const { code, stderr, stdout } = await train(
      now,
      'new.bin',
      ...start,
      '--vocab',
      'union',
      '--save-output',
      path('out.bin'),
      '--json',
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining(`Started 1 of 4 words from ${path('old.bin')}\n`)]);
    expect(stderr).toContain('Words: 3 new; kept 4 of the file that the text lacks\n');
    const counts = { file: path('old.bin'), words: 1, frozen: false, new: 3, kept: 4, lost: 0 };
    expect(JSON.parse(stdout)).toMatchObject({ vocabulary: 8, initVectors: counts });
    const manifest = JSON.parse(readFileSync(path('new.bin.json'), 'utf8'));
    expect(manifest).toMatchObject({ vocabulary: 8, initVectors: counts, options: { vocab: 'union', minCount: 1 } });
    const vector = async (name: string) => (await runHere(['vector', path(name), 'whale', '--json'])).stdout;
    expect(await vector('new.bin')).toBe(await vector('old.bin'));
    expect((await runHere(['predict', path('new.bin'), '--context', 'the ? cat'])).code).toBe(0);

    const plain = await train(now, 'plain.bin', ...start, '--json');
    expect(plain.stderr).toContain(
      'Words: 3 new; left out 4 of the file that the text lacks (--vocab union keeps them)\n',
    );
    expect(JSON.parse(plain.stdout)).toMatchObject({ vocabulary: 4, initVectors: { kept: 0, lost: 4 } });
  });

  it('needs --init-vectors; a vocabulary file goes with no counting', async () => {
    const input = file('again.txt', text);
    expect(await train(input, 'x.bin', '--vocab', 'union')).toMatchObject({
      code: 2,
      stderr: 'error: --vocab applies to --init-vectors\nhint: name the words to keep: --init-vectors FILE\n',
    });
    expect(await train(input, 'x.bin', '--vocab', 'words.tsv')).toMatchObject({
      code: 2,
      stderr: 'error: --min-count cannot be used with --vocab\nhint: leave --min-count out, or --vocab\n',
    });
  });
});
