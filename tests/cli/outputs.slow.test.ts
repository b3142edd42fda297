import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { saveVectors } from '../../src/formats/save.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { runHere, spawnW2v, startW2v } from './run-w2v.ts';

const { path, file } = temporaryFolder();
const lines = Array.from({ length: 2000 }, (_, at) => `the animal ${at % 7} eats near house number${at % 50}\n`).join(
  '',
);
const text = file('text.txt', lines);
const quick = ['--engine', 'wasm', '--dim', '4', '--epochs', '1', '--threads', '1', '--quiet'];
function folder(name: string): (file: string) => string {
  mkdirSync(path(name));
  return (one) => join(path(name), one);
}

describe('an output that is an input is refused before anything is read', () => {
  const at = folder('inputs');
  writeFileSync(at('c.txt'), lines);
  writeFileSync(at('v.bin.json'), lines);
  writeFileSync(at('voc.tsv'), 'the\t9\nanimal\t8\n');
  mkdirSync(at('texts'));
  writeFileSync(at('texts/a.txt'), lines);
  symlinkSync('c.txt', at('link.txt'));

  it.each([
    ['train c.txt -o c.txt', 'c.txt'],
    ['train c.txt -o link.txt', 'c.txt'],
    ['train v.bin.json -o v.bin', 'v.bin.json'],
    ['train c.txt --vocab voc.tsv -o voc.tsv --format word2vec-text', 'voc.tsv'],
    ['train texts -o texts/a.txt', 'texts/a.txt'],
    ['train c.txt -o new.bin --save-output c.txt', 'c.txt'],
    ['count c.txt -o c.txt', 'c.txt'],
    ['count v.npz.words -o v.npz --method ppmi', 'v.npz.words'],
    ['vocab c.txt -o ./c.txt', 'c.txt'],
  ])('w2v %s --force', async (command, input) => {
    writeFileSync(at('v.npz.words'), lines);
    const before = readFileSync(at(input), 'utf8');
    const args = command.split(' ').map((arg) => (/[./]/.test(arg) || arg === 'texts' ? at(arg) : arg));
    const { code, stderr } = await runHere([...args, '--force']);
    expect(stderr).toContain('writing it would destroy the input\nhint: choose another name for the output\n');
    expect([code, readFileSync(at(input), 'utf8')]).toEqual([2, before]);
  });

  it('standard input too, where it is a file', async () => {
    const command = `exec "$0" bin/w2v.js vocab - -o "$1" --force < "$1"`;
    const run = () => execFileSync('sh', ['-c', command, process.execPath, at('c.txt')], { stdio: 'pipe' });
    expect(run).toThrow('writing it would destroy the input');
    expect(readFileSync(at('c.txt'), 'utf8')).toBe(lines);
  });

  it('convert: the vectors and their words', async () => {
    await saveVectors(at('w.npy'), { words: ['a'], matrix: Float32Array.of(1), dimensions: 1 });
    for (const output of ['w.npy', 'w.npy.words']) {
      const { code } = await runHere(['convert', at('w.npy'), at(output), '--format', 'glove', '--force']);
      expect(code).toBe(2);
    }
    expect(readFileSync(at('w.npy.words'), 'utf8')).toBe('a\n');
  });
});

describe('what can be known is said before the training', () => {
  const at = folder('early');
  writeFileSync(at('plain'), '');
  symlinkSync('loop.bin', at('loop.bin'));
  const cases: [args: string[], code: number, message: string][] = [
    [['-o', '-', '--format', 'npy'], 2, 'the format npy needs more than one file, but the output is a stream'],
    [
      ['-o', '-', '--format', 'projector'],
      2,
      'the format projector needs more than one file, but the output is a stream',
    ],
    [['-o', '/dev/null', '--format', 'npy'], 2, 'the format npy needs more than one file, but the output is a stream'],
    [['-o', at('plain/v.bin')], 3, `${at('plain/v.bin')} cannot be written: ${at('plain')} is not a folder`],
    [
      ['-o', at('plain/b'), '--format', 'projector'],
      3,
      `${at('plain/b')} cannot be written: ${at('plain')} is not a folder`,
    ],
    [['-o', at('loop.bin')], 3, `${at('loop.bin')} cannot be written: its symbolic links form a loop`],
    [['-o', at(`${'語'.repeat(82)}.binx.bin`)], 3, 'the name is too long'],
    [['-o', at('a.bin'), '--save-output', '-'], 2, '--save-output cannot go to standard output'],
    [
      ['-o', at('v.npy'), '--save-output', at('v.npy.words'), '--format', 'npy'],
      2,
      `two outputs have the name ${at('v.npy.words')}`,
    ],
  ];
  it.each(cases)('train %j', async (args, code, message) => {
    const { code: found, stderr } = await runHere(['train', text, ...quick, ...args]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('a bug in w2v');
    expect(found).toBe(code);
  });

  it('a standard output that cannot be opened by name', async () => {
    // Node.js gives its children sockets for pipes.
    const { code, stderr } = await spawnW2v(['train', text, ...quick, '-o', '/dev/stdout', '--format', 'glove']);
    expect([code, stderr.split('\n')[0]]).toEqual([
      3,
      'error: /dev/stdout cannot be written: no process is at the other end',
    ]);
  });

  it('count: a matrix and its words are two files', async () => {
    const { code, stderr } = await runHere(['count', text, '-o', '/dev/null', '--format', 'npz', '--method', 'ppmi']);
    expect([code, stderr.split('\n')[0]]).toEqual([
      2,
      'error: a sparse matrix and its words are two files, and /dev/null is a stream',
    ]);
  });

  it('binary vectors are not shown on a terminal', async () => {
    await saveVectors(at('t.bin'), { words: ['a'], matrix: Float32Array.of(1), dimensions: 1 });
    const { code, stdout, stderr } = await runHere(['convert', at('t.bin'), '-', '--format', 'parquet'], {
      terminal: true,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('the format parquet is binary, and standard output is a terminal');
    expect((await runHere(['convert', at('t.bin'), '-'], { terminal: true })).stdout).toBe('1 1\na 1.0\n');
    const hostile = file('hostile.txt', '1 1\n\u001b]0;title\u0007왕 1\n');
    const shown = await runHere(['convert', hostile, '-'], { terminal: true });
    expect(shown.stdout).toBe('1 1\n\\x1b]0;title\\x07왕 1.0\n');
    expect((await runHere(['convert', hostile, '-'])).stdout).toBe('1 1\n\u001b]0;title\u0007왕 1.0\n');
  });
});

describe('what fails at the end', () => {
  /** Trains, and does `meanwhile` when the text is read. */
  async function train(args: string[], meanwhile: () => void) {
    const child = startW2v(['train', text, '--engine', 'wasm', '--dim', '50', '--epochs', '20', ...args]);
    let stderr = '';
    child.stderr!.on('data', (chunk) => {
      if (!stderr.includes('Read ') && `${stderr}${chunk}`.includes('Read ')) meanwhile();
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    return { code, stderr };
  }

  it('a file of that name has come: the vectors are kept, and the command to place them works', async () => {
    const at = folder('late');
    const { code, stderr } = await train(['-o', at('v.bin')], () => writeFileSync(at('v.bin'), 'theirs'));
    expect(code).toBe(3);
    expect(stderr).toContain(`error: ${at('v.bin')} already exists; the vectors are in ${at('v.bin.rescued')}\n`);
    expect(readFileSync(at('v.bin'), 'utf8')).toBe('theirs');
    expect(readdirSync(path('late')).sort()).toEqual(['v.bin', 'v.bin.rescued', 'v.bin.rescued.json']);
    const command = /hint: then run: w2v (.*)\n/.exec(stderr)![1];
    rmSync(at('v.bin'));
    expect((await runHere(command.split(' '))).code).toBe(0);
    expect((await loadVectors(at('v.bin'))).dimensions).toBe(50);
    expect(JSON.parse(readFileSync(at('v.bin.json'), 'utf8')).command).toBe('train');
  });

  it('the folder of the context vectors has gone: the vectors are where they were to go', async () => {
    const at = folder('gone');
    mkdirSync(at('sub'));
    const args = ['-o', at('v.bin'), '--save-output', at('sub/c.bin'), '--temporary', path('gone')];
    const { code, stderr } = await train(args, () => rmSync(at('sub'), { recursive: true }));
    expect(code).toBe(3);
    expect(stderr).toContain(`the vectors are in ${at('v.bin')}, the context vectors are in ${at('c.bin.rescued')}\n`);
    expect((await loadVectors(at('v.bin'))).dimensions).toBe(50);
    expect((await loadVectors(at('c.bin.rescued'))).dimensions).toBe(50);
  });

  it('a sparse matrix and its words', async () => {
    const at = folder('sparse');
    mkdirSync(at('sub'));
    const corpus = Readable.from(
      (async function* () {
        rmSync(at('sub'), { recursive: true }); // it is read when the outputs have been checked
        yield Buffer.from(lines);
      })(),
    );
    const args = ['count', '-', '-o', at('sub/m.npz'), '--method', 'ppmi', '--temporary', path('sparse')];
    const { code, stderr } = await runHere(args, { stdin: corpus });
    expect(code).toBe(3);
    expect(stderr).toContain(`the matrix and its words are in ${at('m.npz.rescued')}\n`);
    expect(readdirSync(path('sparse')).sort()).toEqual(['m.npz.rescued', 'm.npz.rescued.json', 'm.npz.rescued.words']);
  });
});

describe('what to try with it', () => {
  const tried = async (name: string, words: string) => {
    const corpus = file(`${name}.txt`, `${words}\n`.repeat(50));
    const args = ['train', corpus, '-o', path(`${name}.bin`), '--tokenizer', 'whitespace', '--engine', 'wasm'];
    const { code, stderr } = await runHere([...args, '--dim', '4', '--epochs', '1']);
    expect(code).toBe(0);
    return / Try: (.*)\n/.exec(stderr)![1].replace(path(`${name}.bin`), 'FILE');
  };

  it('a word is quoted for the shell', async () => {
    expect(await tried('quoted', '$(id>pwned) $(id>pwned) - +')).toBe("w2v nearest FILE '$(id>pwned)'");
  });

  it('no word that would be an option or a sum, none that a terminal obeys', async () => {
    expect(await tried('options', '--help -k + \u001b]0;x\u0007')).toBe('w2v nearest FILE');
  });
});

describe('pipes', () => {
  it('-o >(...) and -o /dev/stdout in a pipe', async () => {
    const at = folder('pipes');
    const command = [process.execPath, 'bin/w2v.js', 'train', text, ...quick, '--format', 'glove'].join(' ');
    const shell = (line: string) => execFileSync('bash', ['-c', line], { encoding: 'utf8' });
    expect(shell(`${command} -o /dev/stdout | head -1`)).toMatch(/^the( -?\d\S*){4}\n$/);
    shell(`${command} -o >(gzip > ${at('x.gz')}); while [ ! -s ${at('x.gz')} ]; do sleep 0.05; done`);
    expect(shell(`gunzip -c ${at('x.gz')} | wc -l`).trim()).toBe('62');
    expect(readdirSync(path('pipes'))).toEqual(['x.gz']);
    expect(shell(`${command} -o /dev/stdout >> ${at('file')}; wc -l < ${at('file')}`).trim()).toBe('62');
  });

  it('convert reads standard input', () => {
    const at = folder('from-pipe');
    const command = `cat "$1" | "$0" bin/w2v.js convert - "$2" 2>&1`;
    const vectors = file('three.txt', '2 2\na 1 2\nb 3 4\n');
    const args = ['-c', command, process.execPath, vectors, at('v.bin')];
    expect(execFileSync('sh', args, { encoding: 'utf8' })).toBe(
      `Read standard input (word2vec-text, 2 words x 2), wrote ${at('v.bin')} (word2vec-binary)\n`,
    );
  });
});
