// Segmenters on several threads: lines of all lengths, also longer than a block (64 KiB) and a part (1 MiB).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeCorpus } from '../../../src/corpus/encode.ts';
import type { TokenizerOptions } from '../../../src/corpus/tokenizers/tokenizers.ts';
import { mixedLines } from './mixed-text.ts';
import { linesOf } from './read-tokens.ts';

let folder: string;
let text: string;
let tokenizerModule: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'w2v-segmented-'));
  text = join(folder, 'text.txt');
  tokenizerModule = join(folder, 'twice.mjs');
  // Three tokens for each word, so that the entries of a part do not fit in its output.
  writeFileSync(tokenizerModule, "export default (line) => line.split(' ').flatMap((w) => [w, '1', '2', '3']);");
  const lines = [...mixedLines(1200, 4)];
  const long = 'a b c 한국 '.repeat(10_000);
  const veryLong = `${'x y '.repeat(280_000)}Été`;
  const unbroken = '日本語を勉強する。'.repeat(6000) + 'ก'.repeat(30_000);
  writeFileSync(text, [...lines, long, ...lines, veryLong, ...lines, unbroken, '', '\ufffd'].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['segmenter', { tokenizer: 'segmenter', locale: 'ja' }],
  ['characters', { tokenizer: 'characters' }],
  ['chinese', { tokenizer: 'chinese', keepCase: true }],
  ["one's own", {}],
] satisfies [string, TokenizerOptions][])('%s gives the same on three threads as on one', async (name, options) => {
  const read = async (threads: number) => {
    const own = name === "one's own" ? { tokenizerModule } : options;
    const corpus = await encodeCorpus([text], { minCount: 1, ...own, threads });
    const { vocabulary, source, dropped, tokens } = corpus;
    const lines = linesOf(corpus);
    corpus.close();
    return { words: vocabulary.words, counts: [...vocabulary.counts], source, dropped, tokens, lines };
  };
  const alone = await read(1);
  expect(alone.tokens).toBeGreaterThan(500_000);
  const several = await read(3);
  expect(several.lines.length).toBe(alone.lines.length);
  expect(several.lines.findIndex((line, at) => line.join(' ') !== alone.lines[at].join(' '))).toBe(-1);
  expect({ ...several, lines: [] }).toEqual({ ...alone, lines: [] });
});

it('an error of a line is the same on three threads', async () => {
  const failing = join(folder, 'failing.mjs');
  writeFileSync(
    failing,
    "export default (line) => { if (line.startsWith('x y')) throw new Error('x'); return [line]; };",
  );
  const errors = [1, 3].map((threads) =>
    encodeCorpus([text], { tokenizerModule: failing, threads }).catch(({ code, message, hint }) => ({
      code,
      message,
      hint,
    })),
  );
  const [alone, several] = await Promise.all(errors);
  expect(alone).toMatchObject({
    code: 'file-malformed',
    message: expect.stringMatching(/failed: Error: x \(line at byte/),
  });
  expect(several).toEqual(alone);
});
