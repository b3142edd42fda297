import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Progress } from '../../src/base/progress.ts';
import { type EncodeCorpusOptions, encodeCorpus, encodeText } from '../../src/corpus/encode.ts';
import { type EncodedCorpus, LINE_END } from '../../src/corpus/encoded-corpus.ts';
import { fc } from '../properties.ts';

let folder: string;
let temporaryDirectory: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'w2v-corpus-test-'));
  temporaryDirectory = join(folder, '.temporary');
  mkdirSync(temporaryDirectory);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const harbour = readFileSync(new URL('../../corpora/harbour.txt', import.meta.url));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** The lines of the corpus as words, and everything it says of itself; closes it. */
function contents(corpus: EncodedCorpus) {
  const ids = new Int32Array(corpus.length);
  expect(corpus.read(0, ids, 0, corpus.length + 1)).toBe(corpus.length);
  const lines: string[][] = [[]];
  for (const id of ids) {
    if (id === LINE_END) lines.push([]);
    else lines.at(-1)!.push(corpus.vocabulary.words[id]);
  }
  expect(lines.pop()).toEqual([]);
  const { vocabulary, tokens, dropped } = corpus;
  corpus.close();
  corpus.close();
  expect(ids.filter((id) => id !== LINE_END).length).toBe(tokens);
  const { files: _, ...source } = corpus.source;
  return { lines, vocabulary, tokens, source, dropped };
}

/** The descriptors this process has of temporary files of a corpus, which have no name. */
function openTemporaryFiles(): string[] {
  if (process.platform !== 'linux') return [];
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ''; // the one that read the folder
    }
  });
  return links.filter(
    (link) => link.includes('/w2v-') && link.endsWith(' (deleted)') && link.startsWith(temporaryDirectory),
  );
}

const encode = async (paths: string[], options: EncodeCorpusOptions = {}) =>
  contents(await encodeCorpus(paths, { minCount: 1, temporaryDirectory, ...options }));

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

describe('where text comes from', () => {
  it('is the same from a file, its gzip whatever the name, several gzip members, standard input and memory', async () => {
    const plain = await encode([file('harbour.txt', harbour)]);
    expect(plain.source).toEqual({
      bytes: harbour.length,
      sha256: createHash('sha256').update(harbour).digest('hex'),
      lines: harbour.toString().split('\n').length - 1,
      tokenizer: { name: 'words', keepCase: false },
    });
    expect(await encode([file('harbour.gz', gzipSync(harbour))])).toEqual(plain);
    expect(await encode([file('packed.txt', gzipSync(harbour))])).toEqual(plain);
    const members = Buffer.concat([gzipSync(harbour.subarray(0, 101)), gzipSync(harbour.subarray(101))]);
    expect(await encode([file('members.gz', members)])).toEqual(plain);
    expect(await encode(['-'], { stdin: chunked(harbour, 1) })).toEqual(plain);
    expect(await encode(['-'], { stdin: chunked(gzipSync(harbour), 1) })).toEqual(plain);
    expect(contents(await encodeText(harbour.toString(), { minCount: 1 }))).toEqual(plain);
  });

  it('takes files in the order given, the same one twice, and ends a line with each', async () => {
    const [a, b] = [file('order/b.txt', 'one two'), file('order/a.txt', 'three')];
    expect((await encode([a, b, a])).lines).toEqual([['one', 'two'], ['three'], ['one', 'two']]);
  });

  it('takes all files below a folder by name, but hidden ones and links to folders', async () => {
    file('tree/b/2.txt', 'two');
    file('tree/b/10.txt', 'ten');
    file('tree/a.gz', gzipSync('packed'));
    file('tree/.hidden', 'hidden');
    file('tree/.git/x', 'git');
    symlinkSync('..', join(folder, 'tree/loop'));
    symlinkSync('a.gz', join(folder, 'tree/z-link'));
    expect((await encode([join(folder, 'tree')])).lines).toEqual([['packed'], ['ten'], ['two'], ['packed']]);
  });

  it('takes globs by name, and a file whose name looks like one', async () => {
    file('globs/2.txt', 'two');
    file('globs/1.txt', 'one');
    file('globs/deep/3.txt', 'three');
    file('globs/other.md', 'other');
    const literal = file('globs/[1].txt', 'bracket');
    expect((await encode([join(folder, 'globs/?.txt')])).lines).toEqual([['one'], ['two']]);
    expect((await encode([join(folder, 'globs/**/*.txt')])).lines).toHaveLength(4);
    expect((await encode([literal])).lines).toEqual([['bracket']]);
  });

  it('skips a byte order mark at the start of each file, and only there', async () => {
    const [a, b] = [file('bom-a', '\ufeffone\n'), file('bom-b', gzipSync('\ufefftwo x\ufeffy'))];
    expect((await encode([a, b], { tokenizer: 'whitespace' })).lines).toEqual([['one'], ['two', 'x\ufeffy']]);
    expect((await encode([file('only-bom', '\ufeff'), a])).lines).toEqual([['one']]);
  });

  it('reads CRLF as it reads LF', async () => {
    const lines = (await encode([file('crlf', 'one two\r\n\r\nthree\r\n')], { tokenizer: 'whitespace' })).lines;
    expect(lines).toEqual([['one', 'two'], ['three']]);
  });

  it('reads a line of 5 MB whole', async () => {
    const corpus = await encode([file('long-line', 'over and '.repeat(600_000))]);
    expect(corpus.lines).toHaveLength(1);
    expect(corpus.lines[0]).toHaveLength(1_200_000);
    expect([...corpus.vocabulary.counts]).toEqual([600_000, 600_000]);
  });

  it('keeps many long and short types apart', async () => {
    const words = Array.from({ length: 70_000 }, (_, i) => (i % 2 ? `w${i}` : `longer-word-${i}`));
    const corpus = await encode([file('types', words.join(' '))]);
    expect(corpus.vocabulary.words.join(' ')).toBe(words.join(' '));
  });

  it('tells types apart by every byte, whatever their length', async () => {
    const words: string[] = [];
    for (let length = 1; length <= 50; length++) {
      words.push('a'.repeat(length));
      for (let at = 0; at < length; at++) words.push(`${'a'.repeat(at)}b${'a'.repeat(length - at - 1)}`);
    }
    const corpus = await encode([file('bytes', `${words.join(' ')}\n${words.toReversed().join(' ')}`)]);
    expect(corpus.vocabulary.words).toEqual(words);
    expect(new Set(corpus.vocabulary.counts)).toEqual(new Set([2]));
    expect(corpus.lines).toEqual([words, words.toReversed()]);
  });
});

describe('what is counted', () => {
  it('agrees with Python on white space', async () => {
    const golden = JSON.parse(readFileSync(new URL('../golden/whitespace-counts.json', import.meta.url), 'utf8'));
    const corpus = await encode([file('whitespace', golden.text)], { tokenizer: 'whitespace' });
    expect(corpus.vocabulary.words.map((word, id) => [word, corpus.vocabulary.counts[id]])).toEqual(golden.counts);
    expect(corpus.source.lines).toBe(golden.lines);
  });

  it('drops rare words, and lines left empty, and says so', async () => {
    const corpus = await encode([file('rare', 'a b a\nc\nb a d d d\n')], { minCount: 2, maxVocab: 2 });
    expect(corpus.lines).toEqual([
      ['a', 'a'],
      ['a', 'd', 'd', 'd'],
    ]);
    expect(corpus.vocabulary).toEqual({ words: ['a', 'd'], counts: Float64Array.of(3, 3), total: 6 });
    expect(corpus.dropped).toEqual({
      rareTokens: 1,
      rareTypes: 1,
      cappedTokens: 2,
      cappedTypes: 1,
      prunedTokens: 0,
      prunedTypes: 0,
      stopTokens: 0,
      stopTypes: 0,
      invalidBytes: 0,
      overlongTokens: 0,
    });
  });

  it('counts invalid bytes and overlong words', async () => {
    const bytes = Buffer.concat([Buffer.from('ok \xff\xfe\xe2\x82 ok ', 'latin1'), Buffer.alloc(5000, 0x61)]);
    const corpus = await encode([file('invalid', bytes)]);
    expect(corpus.lines).toEqual([['ok', 'ok']]);
    expect(corpus.dropped).toMatchObject({ invalidBytes: 4, overlongTokens: 1 });
  });
});

describe('the encoded corpus', () => {
  it('reads the same at any position from disk and from memory', async () => {
    const disk = await encodeCorpus([file('positions', harbour)], { minCount: 2, temporaryDirectory });
    const memory = await encodeText(harbour.toString(), { minCount: 2 });
    expect('file' in disk.storage && 'ids' in memory.storage).toBe(true);
    expect([disk.length, disk.tokens]).toEqual([memory.length, memory.tokens]);
    expect(disk.tokens).toBe(disk.vocabulary.total);
    const position = fc.nat(disk.length + 5);
    fc.assert(
      fc.property(position, fc.nat(disk.length + 5), fc.nat(20), (from, count, offset) => {
        const [a, b] = [new Int32Array(100).fill(-7), new Int32Array(100).fill(-7)];
        const got = disk.read(from, a, offset, count);
        expect(got).toBe(Math.max(0, Math.min(count, 100 - offset, disk.length - from)));
        expect(memory.read(from, b, offset, count)).toBe(got);
        expect(a).toEqual(b);
      }),
    );
    disk.close();
  });

  it('leaves no file behind, not even while it is open', async () => {
    const corpus = await encodeCorpus([file('tidy', harbour)], { temporaryDirectory, minCount: 1 });
    expect(readdirSync(temporaryDirectory)).toEqual([]);
    corpus.close();
  });

  it('that is closed says so', async () => {
    const corpus = await encodeCorpus([file('closed', harbour)], { temporaryDirectory, minCount: 1 });
    corpus.close();
    const closed = expect.objectContaining({ code: 'usage', message: 'this corpus is closed' });
    expect(() => corpus.read(0, new Int32Array(1), 0, 1)).toThrow(closed);
    expect(() => corpus.storage).toThrow(closed);
  });

  it('reports the bytes read of all there are', async () => {
    const path = file('progress.gz', gzipSync(harbour));
    const seen: Progress[] = [];
    await encode([path, path], { onProgress: (progress) => seen.push(progress) });
    const size = gzipSync(harbour).length * 2;
    const read = seen.filter((progress) => progress.phase === 'read');
    expect(read.at(-1)).toEqual({ phase: 'read', done: size, total: size, unit: 'bytes' });
    const last = seen.at(-1)!;
    expect(last.phase).toBe('encode');
    expect(last.done).toBe(last.total);
    const piped: Progress[] = [];
    await encode(['-', path], { stdin: chunked(harbour, 999), onProgress: (progress) => piped.push(progress) });
    expect(piped[0]).toMatchObject({ phase: 'read', total: 0 });
  });

  it('stops when told to', async () => {
    const controller = new AbortController();
    const path = file('abort', 'some words '.repeat(200_000));
    const run = encodeCorpus([path], {
      temporaryDirectory,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'interrupted' });
    expect(openTemporaryFiles()).toEqual([]);
  });
});

describe('errors', () => {
  const failure = async (paths: string[], options: EncodeCorpusOptions = {}) => {
    const error = await encode(paths, options).catch((reason) => reason);
    expect(error.hint).toBeTruthy();
    return [error.code, error.message.replaceAll(folder, 'DIR')];
  };

  it('name what is missing', async () => {
    const at = (name: string) => join(folder, name);
    mkdirSync(at('empty'));
    expect(await failure([at('nowhere.txt')])).toEqual(['file-missing', 'no such file or folder: DIR/nowhere.txt']);
    expect(await failure([at('empty')])).toEqual(['file-missing', 'the folder DIR/empty contains no file']);
    expect(await failure([at('*.nothing')])).toEqual(['file-missing', 'no file matches DIR/*.nothing']);
    expect(await failure([])).toEqual(['usage', 'no corpus given']);
    expect(await failure(['-'])).toEqual(['usage', 'standard input (-) is not available here']);
    expect(await failure(['-', '-'], { stdin: chunked(harbour, 9) })).toEqual([
      'usage',
      'standard input (-) was named twice',
    ]);
    expect(await failure([file('some', 'text')], { temporaryDirectory: at('gone') })).toEqual([
      'file-unwritable',
      'the ids of the corpus (temporary) cannot be kept in DIR/gone: the folder does not exist',
    ]);
  });

  it('name broken gzip', async () => {
    const packed = gzipSync(harbour);
    expect(await failure([file('cut.gz', packed.subarray(0, packed.length - 20))])).toEqual([
      'file-malformed',
      expect.stringMatching(/^DIR\/cut\.gz: the gzip data is truncated or damaged \(unexpected end of file\)$/),
    ]);
    packed.fill(0x55, 300, 400);
    expect(await failure([file('damaged.gz', packed)])).toEqual([
      'file-malformed',
      expect.stringMatching(/^DIR\/damaged\.gz: the gzip data is truncated or damaged /),
    ]);
  });

  it('name what is no UTF-8 text', async () => {
    expect(await failure([file('utf32', Buffer.from('fffe000041000000', 'hex'))])).toEqual([
      'not-text',
      'DIR/utf32 is UTF-32LE, expected UTF-8',
    ]);
    for (const tokenizer of ['words', 'whitespace'] as const) {
      const nul = `${'\ufeff'}some text`.repeat(40_000);
      const offset = Buffer.byteLength(nul);
      expect(await failure([file('first', 'fine'), file('nul', `${nul}\0 more`)], { tokenizer })).toEqual([
        'not-text',
        `DIR/nul is not text: byte ${offset} is NUL`,
      ]);
    }
  });

  it('say why no word is left', async () => {
    expect(await failure([file('nothing', '')])).toEqual(['corpus-empty', 'the corpus contains no words']);
    expect(await failure([file('dots', '... !\n')])).toEqual(['corpus-empty', 'the corpus contains no words']);
    expect(await failure([file('few', 'a b b')], { minCount: 3 })).toEqual([
      'corpus-empty',
      'no word reaches the minimum count of 3: the most frequent one occurs 2 times',
    ]);
  });
});
