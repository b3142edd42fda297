import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { countWords, type EncodeCorpusOptions, encodeCorpus } from '../../../src/corpus/encode.ts';
import { findPhrases } from '../../../src/corpus/phrases/find-phrases.ts';
import { samples } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-encoding-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(paths: string[], options: EncodeCorpusOptions = {}) {
  const corpus = await encodeCorpus(paths, { minCount: 1, ...options });
  const ids = new Int32Array(corpus.length);
  corpus.read(0, ids, 0, ids.length);
  corpus.close();
  const { words } = corpus.vocabulary;
  return { text: [...ids].map((id) => words[id] ?? '\n').join(' '), corpus };
}

const lines = (base64: string, count = 20) =>
  Buffer.concat(Array.from({ length: count }, () => [Buffer.from(base64, 'base64'), Buffer.from('\n')]).flat());
const korean = samples[0][2];

describe('text in another encoding', () => {
  it.each(samples)('%s: %s: is refused with its name, and read with it', async (encoding, text, base64) => {
    const path = file('other.txt', lines(base64));
    await expect(countWords([path])).rejects.toMatchObject({
      code: 'not-text',
      message: expect.stringMatching(/^\S+other\.txt is not UTF-8: 100 % of the text .*; it looks like /),
      hint: expect.stringMatching(new RegExp(`encoding: '${encoding}' }, or convert it: iconv -f \\S+ -t UTF-8`)),
    });
    const proper = await read([file('utf8.txt', `${text}\n`.repeat(20))]);
    const { text: decoded, corpus } = await read([path], { encoding });
    expect(decoded).toBe(proper.text);
    expect([corpus.source.encoding, corpus.dropped.invalidBytes]).toEqual([encoding, 0]);
  });

  it('is the same packed, from standard input, cleaned, and on several threads', async () => {
    const bytes = lines(korean, 150_000); // 12 MB
    const path = file('large.txt', bytes);
    const all = [
      await read([path], { encoding: 'euc-kr', threads: 1 }),
      await read([path], { encoding: 'cp949', threads: 3 }),
      await read([file('large.gz', gzipSync(bytes, { level: 1 }))], { encoding: 'euc-kr', threads: 3 }),
      await read(['-'], { encoding: 'euc-kr', stdin: [bytes.subarray(0, 100_001), bytes.subarray(100_001)] }),
    ];
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(new Set(all.map(({ corpus }) => corpus.source.sha256)).size).toBe(1);
    const cleaned = await read([path], { encoding: 'euc-kr', sentences: true });
    expect(cleaned.corpus.source.cleaned!.sentences).toBe(150_000);
    await expect(countWords([path], { threads: 3 })).rejects.toMatchObject({ code: 'not-text' });
  });

  it('is refused for phrases too', async () => {
    await expect(findPhrases([file('k.txt', lines(korean))])).rejects.toMatchObject({ code: 'not-text' });
    expect((await findPhrases([file('k.txt', lines(korean))], { encoding: 'euc-kr' })).tokens).toBeGreaterThan(100);
  });

  it('is UTF-16 where a byte order mark says so', async () => {
    const text = '서울 the \u{1f600} end\nTHE';
    const little = Buffer.from(`\ufeff${text}`, 'utf16le');
    const proper = (await read([file('utf8.txt', text)])).text;
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      expect((await read([file('utf16.txt', bytes)])).text).toBe(proper);
      expect((await read([file('utf16.gz', gzipSync(bytes))], { strip: ['html'] })).text).toBe(proper);
    }
    expect((await read([file('nomark.txt', little.subarray(2))], { encoding: 'utf-16le' })).text).toBe(proper);
    expect((await read([file('both.txt', `\ufeff${text}`)], { encoding: 'euc-kr' })).text).toBe(proper);
  });

  it('needs a known name', async () => {
    await expect(countWords([file('a.txt', 'a')], { encoding: 'klingon' })).rejects.toMatchObject({ code: 'usage' });
  });

  it('counts what cannot be decoded', async () => {
    const path = file('bad.txt', Buffer.concat([lines(korean, 1), Buffer.from([0xff, 0x20, 0xff])]));
    expect((await read([path], { encoding: 'euc-kr' })).corpus.dropped.invalidBytes).toBe(2);
  });
});

describe('text in UTF-8', () => {
  it('may have a little of another encoding, which is told', async () => {
    const { corpus } = await read([
      file('some.txt', Buffer.concat([lines(korean, 1), Buffer.from('plain words\n'.repeat(200))])),
    ]);
    expect(corpus.source.looksLike).toBe('euc-kr');
  });

  it('may be damaged: invalid bytes among many proper characters', async () => {
    const damaged = Buffer.concat(
      Array.from({ length: 50 }, () => [Buffer.from('한국어 문장'), Buffer.from([0xff, 0x0a])]).flat(),
    );
    expect((await read([file('damaged.txt', damaged)])).corpus.dropped.invalidBytes).toBe(50);
  });

  it('is not suspected where chunks cut its characters', async () => {
    const bytes = Buffer.from('한국어 문장 é \u{1f600}\n'.repeat(20_000));
    const stdin = Array.from({ length: 70 }, (_, at) => bytes.subarray(at * 9_973, (at + 1) * 9_973));
    const { corpus } = await read(['-'], { stdin });
    expect([corpus.dropped.invalidBytes, corpus.source.looksLike]).toEqual([0, undefined]);
  });
});
