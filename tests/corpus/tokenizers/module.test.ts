import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { encodeText } from '../../../src/corpus/encode.ts';
import { tokensOf } from './read-tokens.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'w2v-tokenizer-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});
afterAll(() => rmSync(folder, { recursive: true }));

let modules = 0;
function moduleOf(source: string): string {
  const file = join(folder, `m${++modules}.js`);
  writeFileSync(file, source);
  return file;
}

describe("one's own tokenizer", () => {
  it('splits each line; its tokens become lower case and NFC, and white space in them splits them', async () => {
    const tokenizerModule = moduleOf(
      "export default (line) => line.split(';').map((part) => part.replace('+', '\\n').replace('-', '\\0'));",
    );
    const text = 'New York;E\u0301a+b\n;;\nx-y; ;Z';
    expect(await tokensOf(text, { tokenizerModule })).toEqual([
      ['new', 'york', 'éa', 'b'],
      ['x', 'y', 'z'],
    ]);
    expect((await tokensOf(text, { tokenizerModule, keepCase: true }))[0]).toEqual(['New', 'York', 'Éa', 'b']);
  });

  it('may return any iterable, and more tokens than the line has letters', async () => {
    const tokenizerModule = moduleOf('export default function* (line) { for (let i = 0; i < 9; i++) yield line + i; }');
    expect(await tokensOf('a', { tokenizerModule })).toEqual([['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8']]);
  });

  it('is not waited for longer than a minute', async () => {
    const tokenizerModule = moduleOf('await new Promise(() => {}); export default (line) => [line];');
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const read = expect(tokensOf('a', { tokenizerModule })).rejects.toThrow(
      /does not load: Error: not ready after 60 s/,
    );
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    vi.runAllTimers();
    await read;
    vi.useRealTimers();
  });

  it('stands in the source with its hash', async () => {
    const tokenizerModule = moduleOf("export default (line) => line.split(' ');");
    const { source } = await encodeText('a', { tokenizerModule, minCount: 1 });
    expect(source.tokenizer).toEqual({
      name: 'module',
      keepCase: false,
      module: tokenizerModule,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it.each([
    ['has no default export', 'export const split = 1;'],
    ['has a default export of type number', 'export default 1;'],
    ['does not load: ', 'export default (line => ;'],
    ['does not load: Error: at once', "throw new Error('at once');"],
    ['failed: TypeError: ', 'export default (line) => line.nothing.here;'],
    ['failed: a string', "export default () => { throw 'a string'; };"],
    ['returned a value of type undefined; expected an array of strings', 'export default () => {};'],
    ['returned null; expected an array of strings', 'export default () => null;'],
    ['returned a value of type string; expected an array of strings', 'export default (line) => line;'],
    ['returned a value of type object; expected an array of strings', 'export default (line) => ({ line });'],
    ['returned a promise; expected an array of strings', 'export default async (line) => [line];'],
    ['returned a promise; expected an array of strings', "export default async () => { throw new Error('x'); };"],
    ['returned a token of type number; expected a string', 'export default () => [1];'],
    ['returned a token of type object; expected a string', 'export default () => ["a", null];'],
    [
      'returned more than 1200 tokens for a line of 2 characters',
      "export default function* () { for (;;) yield 'a'; }",
    ],
  ])('is refused if it %s', async (message, source) => {
    const tokenizerModule = moduleOf(source);
    const error = await encodeText('ab\nc', { tokenizerModule }).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'file-malformed' });
    expect(error.message).toContain(`the tokenizer module ${tokenizerModule} ${message}`);
    expect(error.hint).not.toBe('');
  });

  it('names the place of the line that it fails on', async () => {
    const tokenizerModule = moduleOf(
      "export default (line) => { if (line === 'c') throw new Error('no c'); return [line]; };",
    );
    await expect(encodeText('ab\nc', { tokenizerModule })).rejects.toMatchObject({
      message: `the tokenizer module ${tokenizerModule} failed: Error: no c (line at byte 3 of text)`,
    });
  });

  it('is refused if it is missing, a folder, or given with another tokenizer', async () => {
    const missing = join(folder, 'none.js');
    mkdirSync(join(folder, 'sub'));
    await expect(encodeText('a', { tokenizerModule: missing })).rejects.toMatchObject({
      code: 'file-missing',
      message: `the tokenizer module ${missing} does not exist`,
    });
    await expect(encodeText('a', { tokenizerModule: join(folder, 'sub') })).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    const both = { tokenizerModule: missing, tokenizer: 'segmenter' } as const;
    await expect(encodeText('a', both)).rejects.toMatchObject({ code: 'usage' });
    await expect(encodeText('a', { tokenizerModule: missing, locale: 'th' })).rejects.toMatchObject({ code: 'usage' });
  });
});
