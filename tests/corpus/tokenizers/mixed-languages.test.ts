// Every tokenizer on lines of mixed languages: W2V_LINES=100000 npx vitest run tests/corpus/tokenizers
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeHangul } from '../../../src/base/jamo.ts';
import { encodeCorpus } from '../../../src/corpus/encode.ts';
import { type TokenizerOptions, tokenizerNames } from '../../../src/corpus/tokenizers/tokenizers.ts';
import { mixedLines } from './mixed-text.ts';
import { linesOf } from './read-tokens.ts';

const count = Number(process.env.W2V_LINES ?? 600);
const lines = [...mixedLines(count, 15)];
const bytes = Buffer.from(`${lines.join('\n')}\n`);
const minutes = Math.max(60_000, 12 * count);

let folder: string;
let tokenizerModule: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'w2v-mixed-'));
  tokenizerModule = join(folder, 'split.mjs');
  writeFileSync(tokenizerModule, 'export default (line) => line.match(/[\\p{L}\\p{N}\\p{M}]+/gu) ?? [];');
});
afterAll(() => rmSync(folder, { recursive: true }));

function* chunks(size: number): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(options: TokenizerOptions, size: number) {
  const corpus = await encodeCorpus(['-'], { stdin: chunks(size), minCount: 1, threads: 1, ...options });
  const { source, dropped } = corpus;
  const found = linesOf(corpus);
  corpus.close();
  return { found, source, dropped };
}

/** Letters and digits, as the tokenizers fold them. */
function lettersOf(text: string): string {
  const folded = text.normalize('NFC').toLowerCase().normalize('NFC').replaceAll('ς', 'σ');
  return folded.match(/[\p{L}\p{N}]/gu)?.join('') ?? '';
}

describe.each([...tokenizerNames, 'module'] as const)('%s on lines of mixed languages', (name) => {
  const options = (): TokenizerOptions => (name === 'module' ? { tokenizerModule } : { tokenizer: name });

  it('finds the same whatever the chunks', { timeout: minutes }, async () => {
    const whole = await read(options(), 1 << 30);
    expect(whole.source.lines).toBe(count);
    expect(whole.dropped.overlongTokens).toBe(0);
    expect(whole.dropped.invalidBytes).toBe(0);
    expect(await read(options(), 4093)).toEqual(whole);
  });

  if (name === 'korean') return; // its morphemes are not parts of the text: 갔다 -> 가 았 다
  it('loses no letter or digit', { timeout: minutes }, async () => {
    const { found } = await read(options(), 1 << 30);
    const expected = lines.map(lettersOf).filter((letters) => letters !== '');
    const got = found.map((tokens) => lettersOf(tokens.map(name === 'jamo' ? composeHangul : String).join(' ')));
    expect(got.filter((letters) => letters !== '')).toEqual(expected);
  });
});
