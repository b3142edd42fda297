import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { countWords, type EncodeCorpusOptions, encodeCorpus } from '../../src/corpus/encode.ts';
import { type EncodedCorpus, LINE_END } from '../../src/corpus/encoded-corpus.ts';
import { createParallelReader } from '../../src/corpus/parallel-reader.ts';
import { readingThreads } from '../../src/corpus/reading-threads.ts';
import { createTextReader, type TextReader } from '../../src/corpus/text-reader.ts';
import { createTokenRules } from '../../src/corpus/token-rules.ts';
import { vocabularyOf } from '../../src/corpus/vocabulary.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'w2v-parallel-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
function write(name: string, ...pieces: (string | Uint8Array)[]): string {
  writeFileSync(path(name), Buffer.concat(pieces.map((piece) => Buffer.from(piece as Uint8Array))));
  return path(name);
}

/** About `megabytes` of words by a Zipf law: capitals, accents in two forms, invalid bytes, long and empty lines. */
function text(megabytes: number, seed: number): Buffer {
  const random = createRandom(seed);
  const odd = [
    '\n',
    '\n\n',
    '\r\n',
    '  ',
    '\u00a0',
    " it's ",
    ' Ünï ',
    ' U\u0308n ',
    ' don\u2019t ',
    '\ufffd',
    ' \u0301 ',
  ];
  const pieces: Buffer[] = [];
  for (let bytes = 0; bytes < megabytes * 1e6; ) {
    let piece = '';
    for (let i = 0; i < 2000; i++) {
      const rank = Math.floor(Math.exp(random.float() * 13));
      piece += `${random.float() < 0.1 ? 'É' : 'w'}${rank.toString(36)} `;
      if (random.float() < 0.1) piece += odd[Math.floor(random.float() * odd.length)];
    }
    pieces.push(Buffer.from(piece), Buffer.from([0xe2, 0x82, 0x20, 0xff]));
    bytes += piece.length;
  }
  return Buffer.concat(pieces);
}

/** All of a corpus that must not depend on the threads. */
function everything(corpus: EncodedCorpus) {
  const { vocabulary, source, dropped, tokens, length } = corpus;
  const ids = new Int32Array(length);
  expect(corpus.read(0, ids, 0, length)).toBe(length);
  corpus.close();
  const hash = (data: string | Int32Array) => createHash('sha256').update(data).digest('hex');
  const words = vocabulary.words.map((word, id) => `${word} ${vocabulary.counts[id]}`);
  return { ids: hash(ids), words: hash(words.join('\n')), first: words.slice(0, 5), source, dropped, tokens, length };
}

async function expectSame(paths: string[], options: () => EncodeCorpusOptions = () => ({})) {
  const alone = everything(await encodeCorpus(paths, { ...options(), threads: 1 }));
  expect(everything(await encodeCorpus(paths, { ...options(), threads: 3 }))).toEqual(alone);
  return alone;
}

describe('reading on several threads gives the same as on one', () => {
  it.each([
    ['words', { tokenizer: 'words', minCount: 2 }],
    ['words with case', { keepCase: true, minCount: 1, maxVocab: 20_000 }],
    ['whitespace', { tokenizer: 'whitespace', minCount: 1 }],
  ] as const)('for %s of many files', async (_, options) => {
    mkdirSync(path('many'), { recursive: true });
    for (let i = 0; i < 300; i++) write(`many/${i}.txt`, i % 3 === 0 ? 'a' : i % 3 === 1 ? '' : 'Ölen b ');
    write('many/0-bom.txt', '\ufeff', text(5, 1));
    write('many/150-no-line-end.txt', text(4, 2), ' last');
    write('many/151-spaces.txt', 'x\n', ' '.repeat(3e6), ' \n \n');
    write('many/20-unbroken.txt', 'start ', 'é'.repeat(2.5e6), ' middle ', 'y'.repeat(3e6), '\nend');
    writeFileSync(path('many/7.txt.gz'), gzipSync(text(3, 3), { level: 1 }));
    const { source, dropped } = await expectSame([path('many')], () => options);
    expect(source.lines).toBeGreaterThan(10_000);
    expect(dropped.overlongTokens).toBe(2);
    expect(dropped.invalidBytes).toBeGreaterThan(1000);
  });

  it('for one endless line', async () => {
    const line = Buffer.from(text(12, 4).map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte)));
    const { source } = await expectSame([write('line.txt', line)], () => ({ minCount: 1 }));
    expect(source.lines).toBe(1);
  });

  it('for standard input in chunks of any size, of which the length is not known', async () => {
    const bytes = text(13, 5);
    const random = createRandom(6);
    const chunks: Uint8Array[] = [];
    for (let from = 0; from < bytes.length; from += chunks.at(-1)!.length) {
      chunks.push(bytes.subarray(from, from + 1 + Math.floor(random.float() * 3e5)));
    }
    await expectSame(['-'], () => ({ stdin: chunks, minCount: 3 }));
  });

  it('for a given vocabulary', async () => {
    const file = write('given.txt', text(9, 7));
    const vocabulary = vocabularyOf(['zzz', 'É1', 'w1', 'é3', "it's"], Float64Array.of(9, 8, 7, 6, 5));
    const { tokens, dropped } = await expectSame([file], () => ({ vocabulary }));
    expect(tokens).toBeGreaterThan(1000);
    expect(dropped.rareTypes).toBeGreaterThan(1000);
  });

  it('for more types than a thread keeps in one table', async () => {
    const bytes = text(6, 8);
    const rules = { tokenizer: 'words', keepCase: false } as const;
    const threads = readingThreads(2, rules, 10_000);
    let tables = 0;
    const collected = async (reader: TextReader, entries: number[][]) => {
      reader.startFile('text', 0);
      await reader.write(bytes);
      await reader.endFile();
      await reader.finish();
      const { size, counts, word } = reader.types.countedTypes();
      tables = reader.tables().length;
      const maps = [Int32Array.from({ length: size }, (_, id) => id), ...reader.tables()];
      const ids = entries.flatMap(([table, id]) => (id === LINE_END ? [] : maps[table!][id!]));
      return { words: Array.from(counts, (count, id) => `${word(id)} ${count}`), ids: Int32Array.from(ids) };
    };
    const [alone, parallel]: number[][][] = [[], []];
    const into = (list: number[][]) => (ids: Int32Array, table: number) => {
      for (const id of ids) list.push([table, id]);
    };
    const tokens = createTokenRules('words', false);
    const expected = await collected(createTextReader(tokens, into(alone!), {}), alone!);
    const reader = createParallelReader(tokens, into(parallel!), threads, { words: [], expected: 1e9 });
    try {
      expect(await collected(reader, parallel!)).toEqual(expected);
    } finally {
      await threads.close();
    }
    expect(tables).toBeGreaterThan(4);
  });

  it.each([2, 3, 1000])('where the system has room for %i memories only', async (room) => {
    const file = write('room.txt', text(10, 14));
    const expected = everything(await encodeCorpus([file], { threads: 1 }));
    const { Memory } = WebAssembly;
    let left = room;
    vi.spyOn(WebAssembly, 'Memory').mockImplementation(function refuse(descriptor) {
      if (left-- <= 0) throw new RangeError('WebAssembly.Memory(): could not allocate memory');
      return new Memory(descriptor);
    });
    try {
      expect(everything(await encodeCorpus([file], { threads: 4 }))).toEqual(expected);
      expect(left).toBe(Math.max(-1, room - 5)); // one memory is that of the main thread
    } finally {
      vi.restoreAllMocks();
    }
  });

  it('when only counting', async () => {
    const file = write('counted.txt', text(9, 9));
    const [one, two] = await Promise.all([1, 2].map((threads) => countWords([file], { threads })));
    expect(two).toEqual(one);
  });
});

describe('reading on several threads fails as on one', () => {
  const errorOf = async (paths: string[], threads: number) => {
    const result = await encodeCorpus(paths, { threads, minCount: 1 }).then(
      () => undefined,
      (error: unknown) => error,
    );
    const { code, message, hint } = result as { code: string; message: string; hint: string };
    return { code, message, hint };
  };

  it('with the first error of the text, at its place', async () => {
    const good = write('good.txt', text(9, 10));
    const nul = write('nul.txt', text(2, 11), '\0 after');
    const [broken, utf16] = [path('broken.gz'), write('utf16.txt', Uint8Array.of(0xff, 0xfe, 0x41, 0))];
    writeFileSync(broken, gzipSync(text(2, 12), { level: 1 }).subarray(0, 5e5));
    for (const paths of [
      [good, nul, broken],
      [good, nul, utf16],
      [good, utf16, nul],
      [good, broken, nul],
      [good, broken],
    ]) {
      const expected = await errorOf(paths, 1);
      expect(expected.message).toMatch(/nul.txt|broken.gz|utf16.txt/);
      expect(await errorOf(paths, 3)).toEqual(expected);
    }
  });

  it('and stops when the signal fires', async () => {
    const controller = new AbortController();
    const reading = encodeCorpus([write('long.txt', text(20, 13))], {
      threads: 2,
      signal: controller.signal,
      onProgress: ({ done }) => done > 9e6 && controller.abort(),
    });
    await expect(reading).rejects.toMatchObject({ code: 'interrupted' });
  });

  it.each([0, -1, 1.5, Number.NaN])('for threads: %s', async (threads) => {
    await expect(encodeCorpus(['x'], { threads })).rejects.toMatchObject({ code: 'usage' });
  });
});
