import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { countWords, encodeCorpus, encodeText } from '../../src/corpus/encode.ts';
import { findSources, type TextChunks } from '../../src/corpus/source.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'w2v-source-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function words(paths: string[], options = {}): Promise<[string, number][]> {
  const { vocabulary } = await countWords(paths, { minCount: 1, ...options });
  return vocabulary.words.map((word, id) => [word, vocabulary.counts[id]]);
}

const posix = process.platform !== 'win32';

describe.skipIf(!posix)('a pipe', () => {
  function fifo(name: string): string {
    const path = join(folder, name);
    execFileSync('mkfifo', [path]);
    return path;
  }

  it('that nobody writes to is left as soon as the signal fires', async () => {
    const path = fifo('silent');
    const started = performance.now();
    await expect(words([path], { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ code: 'interrupted' });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('is read whole, from whoever writes to it and whenever', async () => {
    const path = fifo('written');
    const command = 'sleep 0.1; (printf "one two "; sleep 0.1; printf "two") > "$0"';
    const writer = spawn('sh', ['-c', command, path]);
    expect(await words([path], { signal: new AbortController().signal })).toEqual([
      ['two', 2],
      ['one', 1],
    ]);
    expect(writer.exitCode ?? 0).toBe(0);
  });

  it('is read whole where it is packed', async () => {
    const path = fifo('packed');
    const packed = file('packed.gz', gzipSync('word '.repeat(300_000)));
    spawn('sh', ['-c', 'cat "$0" > "$1"', packed, path]);
    expect(await words([path])).toEqual([['word', 300_000]]);
  });
});

describe('chunks given by a program', () => {
  it('may be strings, cut anywhere', async () => {
    const text = 'naïve \u{20000} end';
    const halves = [...Array(text.length).keys()].map((i) => text[i]);
    const expected = [
      ['naïve', 1],
      ['\u{20000}', 1],
      ['end', 1],
    ];
    const given: TextChunks[] = [halves, [text], Readable.from([text]), [Buffer.from(text)]];
    for (const stdin of given) expect(await words(['-'], { stdin })).toEqual(expected);
  });

  it('of another kind are refused', async () => {
    await expect(words(['-'], { stdin: [7] })).rejects.toMatchObject({
      code: 'usage',
      message: 'standard input has chunks of type number, expected strings or Uint8Array',
    });
  });

  it('that never come are left as soon as the signal fires', async () => {
    const stdin = (async function* () {
      yield 'one ';
      await new Promise(() => {});
    })();
    await expect(words(['-'], { stdin, signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });

  it('that are at hand already let the signal fire between them', async () => {
    const stdin = (function* () {
      for (;;) yield 'word '.repeat(10_000);
    })();
    await expect(words(['-'], { stdin, signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: 'interrupted',
    });
  });
});

describe('memory that a reader gives', () => {
  const target = new Uint8Array(new SharedArrayBuffer(100_000));
  const random = createRandom(1);
  const text = Buffer.from(Array.from({ length: 600_000 }, () => 97 + Math.floor(random.float() * 26)));

  /** The text, how many bytes of it lay in the target, and how often the target was asked for. */
  async function read(path: string) {
    const { sources } = await findSources([path]);
    const chunks: Buffer[] = [];
    let inTarget = 0;
    let asked = 0;
    const give = async () => {
      asked++;
      return target;
    };
    for await (const chunk of sources[0].chunks(() => {}, new AbortController().signal, give)) {
      if (chunk.buffer === target.buffer) inTarget += chunk.length;
      chunks.push(Buffer.from(chunk));
    }
    return { whole: Buffer.concat(chunks), inTarget, asked };
  }

  it('has all of a long file but its first bytes', async () => {
    const { whole, inTarget } = await read(file('long.txt', text));
    expect(whole.equals(text)).toBe(true);
    expect(inTarget).toBeGreaterThan(300_000);
    expect(inTarget).toBeLessThan(600_000);
  });

  it('has nothing of what is still packed', async () => {
    const { whole, inTarget, asked } = await read(file('long.txt.gz', gzipSync(text)));
    expect(whole.equals(text)).toBe(true);
    expect([inTarget, asked]).toEqual([0, 0]);
  });

  it.skipIf(process.platform !== 'linux')('leaves no file open when the signal fires', async () => {
    const path = file('left.txt', text);
    const isOpen = () =>
      readdirSync('/proc/self/fd').some((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`) === path;
        } catch {
          return false; // closed meanwhile
        }
      });
    const { sources } = await findSources([path]);
    const abort = new AbortController();
    const chunks = sources[0].chunks(
      () => {},
      abort.signal,
      async () => target,
    );
    await chunks.next();
    expect(isOpen()).toBe(true);
    abort.abort();
    await expect(chunks.next()).rejects.toMatchObject({ code: 'interrupted' });
    await expect.poll(isOpen).toBe(false);
  });
});

describe('what is no list of paths, no text, no tokenizer', () => {
  it.each([
    [
      () => encodeCorpus('notes.txt' as unknown as string[]),
      'the corpus is a string, expected a list of paths',
      "give a list, such as ['notes.txt']; text itself goes to encodeText",
    ],
    [
      () => encodeText(['hello'] as unknown as string),
      'the text is of type object, expected a string',
      'join the strings; encodeCorpus takes an iterable of strings as its stdin',
    ],
    [
      () => encodeText('a', { tokenizer: 'bpe' as 'words' }),
      expect.stringMatching(/^tokenizer is 'bpe'; it must be words, whitespace, .* or /),
      'for one of your own give { tokenizerModule }',
    ],
  ])('is refused: %s', async (work, message, hint) => {
    await expect(work()).rejects.toMatchObject({ code: 'usage', message, hint });
  });
});

it('a file cut short while it is read is told', async () => {
  const path = file('cut', 'some words here\n'.repeat(200_000));
  let cut = false;
  const onProgress = () => {
    if (!cut) truncateSync(path, 1000);
    cut = true;
  };
  await expect(words([path], { onProgress })).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringMatching(/cut shrank while it was read: 3200000 bytes at the start, \d+ read$/),
    hint: 'run the command again when no other program writes to the file',
  });
});

it('gzip in gzip is told', async () => {
  await expect(words([file('twice.gz', gzipSync(gzipSync('text')))])).rejects.toMatchObject({
    code: 'not-text',
    message: expect.stringMatching(/twice\.gz is compressed with gzip twice, expected text inside$/),
  });
});

it('tells which scripts the words are in', async () => {
  const scripts = async (text: string) => (await encodeText(text, { minCount: 1 })).source.scripts;
  expect(await scripts('서울 seoul')).toEqual({ hangul: 0.5 });
  expect(await scripts('東京 は ラーメン です')).toEqual({ han: 0.25, kana: 0.75 });
  expect(await scripts('ไทย ລາວ ខ្មែរ မြန်မာ')).toEqual({ thai: 0.25, lao: 0.25, khmer: 0.25, myanmar: 0.25 });
  expect(await scripts('plain café')).toBeUndefined();
});

it('text of a script without spaces is known by its long words', async () => {
  const share = async (text: string) => (await encodeText(text, { minCount: 1 })).source.unsegmentedShare;
  expect(await share('東京は日本の首都です。京都は古い都市でした。 w2v')).toBeCloseTo(2 / 3);
  expect(await share('東京 は 日本 の 首都 です')).toBeUndefined();
  expect(await share('대한민국은민주공화국이다 uncharacteristically')).toBeUndefined();
});
