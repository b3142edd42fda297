// Files of settings (w2v.config.json), the environment, and --print-config: flag > environment > file > default.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { whyNotSettable } from '../../src/cli/config/settable.ts';
import { createProgram } from '../../src/cli/program.ts';
import { flagOf } from '../../src/cli/terminal/setting-flags.ts';
import { runHere, spawnW2v } from './run-w2v.ts';

const folder = mkdtempSync(join(tmpdir(), 'w2v-config-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'settings.json');
const text = join(folder, 'text.txt');
writeFileSync(text, 'the cat sat on the mat and the dog ran\n'.repeat(300));

function configure(content: unknown): string {
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

/** What --print-config says of a command line. */
async function printed(args: readonly string[], environment: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runHere([...args, '--config', file, '--print-config'], { environment });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as {
    command: string;
    file: string | null;
    options: Record<string, { value: unknown; from: string }>;
  };
}

/** The error of a command with this file. */
async function refused(content: unknown, command = 'train') {
  const { code, stdout, stderr } = await runHere(['--config', configure(content), command, '--print-config']);
  expect(stdout).toBe('');
  return { code, stderr: stderr.replace(file, 'FILE') };
}

describe('the order', () => {
  it('flag > environment > file > default; of the environment the threads alone', async () => {
    configure({ train: { dim: 30, window: 4, epochs: 9, threads: 2 }, count: { dim: 5 } });
    const { command, options } = await printed(['train', '--window', '2'], { W2V_DIM: '40', W2V_THREADS: '7' });
    expect(command).toBe('train');
    expect(options).toMatchObject({
      window: { value: 2, from: 'flag' },
      threads: { value: 7, from: 'environment' },
      dim: { value: 30, from: 'file' },
      epochs: { value: 9, from: 'file' },
      negative: { value: 5, from: 'default' },
      lr: { value: 'auto', from: 'default' },
    });
    expect((await printed(['train', '--threads', '3'], { W2V_THREADS: '7' })).options.threads?.value).toBe(3);
    expect((await printed(['count'])).options.dim).toEqual({ value: 5, from: 'file' });
  });

  it('lists of a flag take the place of those of a file', async () => {
    configure({
      evaluate: { pairs: ['wordsim353', 'simlex999'] },
      train: { strip: ['html', 'urls'], stopWords: 'english' },
    });
    expect((await printed(['evaluate'])).options.pairs?.value).toEqual(['wordsim353', 'simlex999']);
    expect((await printed(['evaluate', '--pairs', 'a.tsv'])).options.pairs?.value).toEqual(['a.tsv']);
    const { strip, stopWords } = (await printed(['train'])).options;
    expect(strip?.value).toEqual(['html', 'urls']);
    expect(stopWords?.value).toBe('english');
  });

  it('switches, sizes, times and optional values', async () => {
    configure({
      count: { quiet: true, memory: '1GB', checkpointEvery: '30s' },
      evaluate: { thesaurus: true },
      train: { quiet: false },
    });
    expect((await printed(['count'])).options).toMatchObject({
      quiet: { value: true },
      memory: { value: 1e9 },
      checkpointEvery: { value: { seconds: 30 } },
    });
    expect((await printed(['evaluate'])).options.thesaurus?.value).toBe('path');
    expect((await printed(['train'])).options.quiet).toEqual({ value: false, from: 'file' });
  });

  it('a flag takes the place of what cannot stand beside it', async () => {
    configure({ count: { tokenizer: 'korean', minCount: 2 } });
    const { options } = await printed(['count', '--tokenizer-module', 'x.js', '--vocab', 'v.tsv']);
    expect(options.tokenizer?.from).toBe('default');
    expect(options.minCount?.from).toBe('default');
  });

  it('corpus and nn are their commands, and none is no file', async () => {
    configure({ corpus: { quiet: true }, nearest: { k: 3 } });
    expect((await printed(['nn'])).options.k).toEqual({ value: 3, from: 'file' });
    expect(await printed(['corpus', 'get'])).toMatchObject({ command: 'corpus', options: { quiet: { from: 'file' } } });
    const { stdout } = await runHere(['nearest', '--config=none', '--print-config']);
    expect(JSON.parse(stdout)).toMatchObject({ file: null, options: { k: { from: 'default' } } });
  });
});

describe('what is refused', () => {
  it.each([
    [{ trian: {} }, "FILE: unknown section 'trian': expected a command's name", 'did you mean train?'],
    [{ train: { minCoutn: 2 } }, 'FILE: unknown setting train.minCoutn', 'did you mean minCount?'],
    [{ train: { 'min-count': 2 } }, 'FILE: unknown setting train.min-count', 'did you mean minCount?'],
    [{ common: { dim: 2 } }, "FILE: unknown section 'common': expected a command's name", 'known are explain, train'],
    [{ train: { dim: [[[[8]]]] } }, 'FILE: train.dim is a list: expected a number', ''],
    [{ train: { dim: '8' } }, 'FILE: train.dim is "8": expected a number', ''],
    [{ train: { dim: null } }, 'FILE: train.dim is null: expected a number', ''],
    [
      { train: { dim: 0 } },
      'FILE: train.dim is 0: expected a whole number from 1 to 1000',
      'give such a value, or remove it',
    ],
    [{ count: { dim: 1e9 } }, 'FILE: count.dim is 1000000000: expected a whole number from 1 to 10000', ''],
    [{ train: { model: 'skip' } }, 'FILE: train.model is skip: expected skipgram or cbow', ''],
    [{ train: { freeze: 'yes' } }, 'FILE: train.freeze is "yes": expected true or false', ''],
    [{ train: { strip: [1] } }, 'FILE: train.strip is [1]: expected a text or a list of texts', ''],
    [{ train: { strip: [] } }, 'FILE: train.strip is []: expected a text or a list of texts', ''],
    [{ train: { model: ['cbow'] } }, 'FILE: train.model is ["cbow"]: expected a text', ''],
    [
      { train: { force: true } },
      'train.force cannot be set in a file: it overwrites files',
      '--force on the command line',
    ],
    [{ train: { tokenizerModule: 'x.js' } }, 'cannot be set in a file: it runs code', '--tokenizer-module'],
    [{ train: { output: 'x' } }, 'FILE: train.output cannot be set in a file: it names a file', '--output'],
    [{ train: { checkpoint: 'x' } }, 'cannot be set in a file: it names a folder', ''],
    [{ train: { json: true } }, 'cannot be set in a file: it decides the form of the output', ''],
    [
      { train: { stopWords: '/etc/passwd' } },
      'train.stopWords is /etc/passwd: expected english, none',
      '--stop-words FILE',
    ],
    [{ evaluate: { pairs: ['wordsim353', 'a.tsv'] } }, 'evaluate.pairs is a.tsv: expected simlex999, wordsim353', ''],
    ['{"__proto__": {"dim": 8}}', "FILE: unknown section '__proto__'", ''],
    ['{"train": {"__proto__": 8}}', 'FILE: unknown setting train.__proto__', ''],
    ['{"train": {"constructor": 8}}', 'FILE: unknown setting train.constructor', ''],
  ])('%j (usage)', async (content, observed, hint) => {
    const { code, stderr } = await refused(content);
    expect(code).toBe(2);
    expect(stderr).toContain(observed);
    expect(stderr).toContain(hint);
  });

  it.each([
    ['', 'is empty'],
    ['{"train": ', 'is not JSON'],
    ['[]', 'is not an object'],
    ['{"train": 3}', 'has no object in train'],
    ['{"train": {"dim": 8, "window": 3, "dim": 9}}', 'has dim twice in one object'],
    ['{"train": {}, "tr\\u0061in": {}}', 'has train twice in one object'],
    [Buffer.from([0x7b, 0xff, 0x7d]), 'is not valid UTF-8'],
  ])('%j (bad input)', async (content, observed) => {
    const { code, stderr } = await refused(content);
    expect(code).toBe(3);
    expect(stderr).toContain(observed);
  });

  it('values of the environment', async () => {
    const run = (environment: Record<string, string>) => runHere(['train', '--print-config'], { environment });
    expect(await run({ W2V_THREADS: 'x' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('W2V_THREADS is x: expected a whole'),
    });
    const { stdout } = await run({ W2V_OUTPUT: 'x', W2V_FORCE: '1', W2V_KEEP_CASE: 'constructor' });
    expect(stdout).not.toContain('environment');
  });

  it('a folder, a pipe, a huge file, and --config without a file or with one that is not there', async () => {
    const code = async (name: string, said: string) => {
      const { code, stderr } = await runHere(['info', 'x.bin', '--config', name]);
      expect(stderr).toContain(said);
      return code;
    };
    expect(await code(folder, 'is a folder')).toBe(3);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await code(join(folder, 'pipe'), 'is not a regular file')).toBe(3);
    writeFileSync(join(folder, 'huge'), '');
    truncateSync(join(folder, 'huge'), 2 ** 30);
    expect(await code(join(folder, 'huge'), 'more than 1 MiB')).toBe(3);
    expect(await code(join(folder, 'none'), 'no such file')).toBe(3);
    expect(await code(join(folder, 'none'), 'check the path, or use --config none')).toBe(3);
    expect((await runHere(['info', 'x.bin', '--config'])).stderr).toContain('--config has no file');
  });
});

it('words with braces, quotes and colons are no keys, and a byte order mark is skipped', async () => {
  configure('\ufeff{"phrases": {"delimiter": "{\\"a\\": 1}"}, "train": {"locale": "\\"locale\\":"}}');
  expect((await printed(['train'])).options.locale?.value).toBe('"locale":');
  expect((await printed(['phrases'])).options.delimiter?.value).toBe('{"a": 1}');
});

it('only options known to be harmless are settable, and no variable has another meaning', async () => {
  const streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
  const context = { ...streams, environment: {}, noColor: true, signal: new AbortController().signal };
  const program = await createProgram([], context, { all: true });
  const options = program.commands.flatMap((command) => [command, ...command.commands].flatMap((one) => one.options));
  const names = new Set(
    options.filter((one) => whyNotSettable(one) === undefined).map((one) => flagOf(one.attributeName())),
  );
  for (const flag of [
    '--output',
    '--save-output',
    '--report',
    '--force',
    '--resume',
    '--temporary',
    '--in',
    '--init-vectors',
  ]) {
    expect(names).not.toContain(flag);
  }
  for (const flag of ['--tokenizer-module', '--wordnet', '--json', '--on', '--host', '--open'])
    expect(names).not.toContain(flag);
  for (const flag of ['--dim', '--memory', '--engine', '--quiet', '--tokenizer', '--pairs', '-k'])
    expect(names).toContain(flag);
  for (const flag of ['--cache', '--config', '--print-config']) expect(names).not.toContain(flag);
});

describe('w2v.config.json of the current folder', () => {
  const room = join(folder, 'room');
  mkdirSync(join(room, 'below'), { recursive: true });
  const here = async (args: readonly string[], settings: unknown, where = room) => {
    writeFileSync(join(room, 'w2v.config.json'), JSON.stringify(settings));
    return spawnW2v(args, { folder: where });
  };
  const train = ['train', text, '-o', join(room, 'v.bin'), '--force'];
  const settings = { train: { dim: 6, epochs: 1, minCount: 1, engine: 'wasm', threads: 1 } };

  it('is used, named, and in the manifest', async () => {
    const { code, stderr } = await here(train, settings);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^From w2v.config.json: --dim 6 --epochs 1 --min-count 1 --engine wasm --threads 1$/m);
    const manifest = JSON.parse(readFileSync(join(room, 'v.bin.json'), 'utf8'));
    expect(manifest).toMatchObject({ dimensions: 6, options: { dim: 6, epochs: 1, minCount: 1 } });
  });

  it('is named also where it says quiet itself, but not with --quiet', async () => {
    const quiet = { train: { ...settings.train, quiet: true } };
    expect((await here(train, quiet)).stderr).toMatch(/^From w2v.config.json: --quiet .*\n$/);
    expect((await here([...train, '--quiet'], settings)).stderr).toBe('');
  });

  it('is not looked for above, nor by help, and a damaged one is told apart by --config none', async () => {
    expect(
      (await here(['info', join(room, 'v.bin'), '--print-config'], settings, join(room, 'below'))).stdout,
    ).toContain('"file":null');
    expect((await here(['train', '--help'], { trian: {} })).code).toBe(0);
    expect((await here(['info', join(room, 'v.bin')], { trian: {} })).code).toBe(2);
    expect((await here(['info', join(room, 'v.bin'), '--config', 'none'], { trian: {} })).code).toBe(0);
  });
});
