import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere, spawnW2v, startW2v } from './run-w2v.ts';

let folder: string;
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(path.join(folder, name), content);
  return path.join(folder, name);
};
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'w2v-trouble-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const posix = process.platform !== 'win32';
const bin = fileURLToPath(new URL('../../bin/w2v.js', import.meta.url));
const ended = (child: ReturnType<typeof startW2v>) => new Promise((resolve) => child.once('close', resolve));

/**
 * Sends Ctrl-C once stderr has `sign`; the exit code, what was said, and the milliseconds from the signal to the end.
 */
async function interrupted(child: ReturnType<typeof startW2v>, sign: RegExp, pause: number) {
  let stderr = '';
  let sent = 0;
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
    if (sent > 0 || !sign.test(stderr)) return;
    sent = Number.POSITIVE_INFINITY;
    setTimeout(() => {
      sent = performance.now();
      child.kill('SIGINT');
    }, pause);
  });
  const code = await ended(child);
  return { code, stderr, milliseconds: performance.now() - sent };
}

describe('Ctrl-C', () => {
  it.skipIf(!posix)(
    'ends a command that waits for a pipe nobody writes to',
    async () => {
      const pipe = path.join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const text = file('a.txt', 'a b c '.repeat(10));
      const train = ['train', '-o', path.join(folder, 'x.bin'), '--engine', 'wasm'];
      for (const args of [
        [...train, pipe],
        [...train, text, '--vocab', pipe],
      ]) {
        const { code, stderr, milliseconds } = await interrupted(startW2v(args), /^Engine: /m, 300);
        expect([code, stderr.slice(-9)]).toEqual([130, 'Stopped.\n']);
        expect(milliseconds).toBeLessThan(1000);
      }
    },
    20_000,
  );

  it.skipIf(!posix)(
    'ends a command that waits for a list or phrases from a pipe nobody writes to',
    async () => {
      const pipe = path.join(folder, 'list.pipe');
      execFileSync('mkfifo', [pipe]);
      const text = file('b.txt', 'a b c '.repeat(10));
      for (const args of [
        ['vocab', text, '--stop-words', pipe],
        ['vocab', text, '--phrases', pipe],
        ['phrases', text, '--connector-words', pipe],
      ]) {
        const child = startW2v(args);
        setTimeout(() => child.kill('SIGINT'), 1500);
        expect(await ended(child), args.join(' ')).toBe(130);
      }
    },
    30_000,
  );

  it('ends a count of many dimensions within its eigenproblems', async () => {
    const words = Array.from({ length: 1500 }, (_, i) => `w${i}`);
    const lines = Array.from({ length: 3000 }, (_, i) => words.slice((7 * i) % 1490, ((7 * i) % 1490) + 10).join(' '));
    const args = ['count', file('many-words.txt', lines.join('\n')), '-o', path.join(folder, 'y.bin')];
    const child = startW2v([...args, '--min-count', '1', '--dim', '1400', '--iterations', '1']);
    const { code, stderr, milliseconds } = await interrupted(child, /^Read /m, 2500);
    expect([code, stderr.slice(-9)]).toEqual([130, 'Stopped.\n']);
    expect(milliseconds).toBeLessThan(1000);
  }, 20_000);
});

it.skipIf(!posix)('text comes from a pipe by any name', async () => {
  const command = `printf 'a b a' | "$0" "$1" vocab /dev/stdin --min-count 1 --quiet`;
  expect(execFileSync('sh', ['-c', command, process.execPath, bin], { encoding: 'utf8' })).toBe('a\t2\nb\t1\n');
  const substitution = '"$0" "$1" vocab <(printf "a b a") --min-count 1 --quiet';
  expect(execFileSync('bash', ['-c', substitution, process.execPath, bin], { encoding: 'utf8' })).toBe('a\t2\nb\t1\n');
});

it.skipIf(!posix)(
  'too few open files for the threads: a message, and an end',
  async () => {
    const text = file('threads.txt', 'a b c d e f g h\n'.repeat(40_000));
    const command = 'ulimit -n 40; exec "$0" "$1" train "$2" -o "$3" --engine wasm --dim 4 --epochs 1 --threads 16';
    const child = spawn('sh', ['-c', command, process.execPath, bin, text, path.join(folder, 'z.bin')]);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    expect(await ended(child)).not.toBe(0);
    expect(stderr).toMatch(/^error: .*too (few|many) (open )?files/m);
    expect(stderr).not.toContain('bug in w2v');
    expect(stderr).toMatch(/^hint: .*ulimit -n/m);
  },
  20_000,
);

it('the output in the folder of the corpus is not read the next time, and that is told', async () => {
  const corpus = mkdtempSync(path.join(folder, 'corpus-'));
  writeFileSync(path.join(corpus, 'a.txt'), 'the cat and the dog\n'.repeat(10));
  const output = path.join(corpus, 'v.txt');
  const args = ['count', corpus, '-o', output, '--dim', '2', '--force'];
  const first = await spawnW2v(args);
  const second = await spawnW2v(args);
  expect([first.code, second.code]).toEqual([0, 0]);
  const read = (stderr: string) => /^Read (\S+ \S+) in .*: (.*)$/m.exec(stderr)!.slice(1);
  expect(read(second.stderr)).toEqual(read(first.stderr));
  expect(second.stderr).toContain(`Not read: ${output}, ${output}.json (made by w2v)\n`);
  expect(first.stderr).not.toContain('Not read');
});

describe('warnings', () => {
  it('of a little Latin-1 in much ASCII', async () => {
    const text = file('latin.txt', Buffer.from(`caf\xe9\n`.repeat(30) + 'plain words\n'.repeat(10_000), 'latin1'));
    const { stderr } = await runHere(['vocab', text]);
    expect(stderr).toContain(
      'warning: 30 bytes are not valid UTF-8; words with them are garbled. If the text is Latin 1 (windows-1252): --encoding windows-1252\n',
    );
  });

  it('none of a few stray bytes in a text of UTF-8', async () => {
    const text = file('utf8.txt', Buffer.concat([Buffer.from('caf\u00e9 '.repeat(50_000)), Buffer.alloc(30, 0xe9)]));
    expect((await runHere(['vocab', text])).stderr).toBe('Left out: 30 bytes not valid UTF-8 (read as U+FFFD)\n');
  });

  it('of a script without spaces', async () => {
    const text = file('japanese.txt', '東京は日本の首都です。\n京都は古い都市でした。\n'.repeat(10));
    const { stderr } = await runHere(['vocab', text]);
    expect(stderr).toEqual(
      expect.stringMatching(
        /^warning: 100 % of the words are whole phrases: Japanese has no spaces\. Split it with .*--tokenizer segmenter --locale ja\n$/,
      ),
    );
    const advised = await runHere(['vocab', text, '--tokenizer', 'segmenter', '--locale', 'ja']);
    expect([advised.code, advised.stderr]).toEqual([0, '']);
  });
});

it('one or two words: too small a text, 3', async () => {
  const few = file('two.txt', 'a b a b\n');
  const { code, stderr } = await runHere([
    'count',
    few,
    '-o',
    path.join(folder, 'w.bin'),
    '--min-count',
    '1',
    '--dim',
    '4',
  ]);
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining('error: the vocabulary has 2 words, too few for vectors'),
  ]);
});
