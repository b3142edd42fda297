import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { nothingDropped } from '../corpus/nothing-dropped.ts';
import { isMissing } from '../requirements.ts';
import { spawnW2v, startW2v } from './run-w2v.ts';

// The built command as a process: what only a process has. Everything else is tested in the other files here.
let folder: string;
let text: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-process-'));
  text = path.join(folder, 'text.txt');
  const animals = ['cat', 'dog', 'horse', 'cow'];
  const lines = Array.from(
    { length: 2000 },
    (_, i) => `the ${animals[i % 4]} eats and sleeps near the old house number${i % 50}`,
  );
  await writeFile(text, `${lines.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('keeps results on stdout and everything else on stderr', async () => {
  const version = await spawnW2v(['--version']);
  expect(version).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
  const misuse = await spawnW2v(['train', text, '-o', 'a.bin', '--widow', '3']);
  expect(misuse).toMatchObject({ code: 2, stdout: '' });
  expect(misuse.stderr).toContain('hint: did you mean --window?');
  expect((await spawnW2v(['vocab', path.join(folder, 'none.txt')])).code).toBe(3);
});

it('loads no TensorFlow to answer', async () => {
  const file = path.join(folder, 'v.txt');
  await writeFile(file, '2 1\na 1\nb 2\n');
  const { code, stdout } = await spawnW2v(['nearest', file, 'a', '--json'], {
    environment: { NODE_DEBUG_NATIVE: '', NODE_OPTIONS: '--no-addons' },
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([{ query: 'a', neighbors: [{ word: 'b', similarity: 1 }] }]);
  expect((await spawnW2v(['nearest', file, 'c'])).code).toBe(5);
});

it('reads standard input', async () => {
  const { code, stdout } = await spawnW2v(['vocab', '-', '--min-count', '1'], { stdin: 'b a b\n' });
  expect([code, stdout]).toEqual([0, 'b\t2\na\t1\n']);
});

it.skipIf(process.platform === 'win32')(
  'a reader that goes early is a failure where half of the output is of no use',
  async () => {
    const file = path.join(folder, 'many.txt');
    const rows = Array.from({ length: 20_000 }, (_, at) => `word${at} 1 2 3 4 5 6 7 8`);
    await writeFile(file, `20000 8\n${rows.join('\n')}\n`);
    const code = (format: string) => {
      const line = `"$0" bin/w2v.js convert "$1" - --format ${format} | head -c 3 > /dev/null; echo "\${PIPESTATUS[0]}"`;
      return execFileSync('bash', ['-c', line, process.execPath, file], { encoding: 'utf8' });
    };
    expect(code('word2vec-binary')).toBe('1\n');
    expect(code('word2vec-text')).toBe('0\n');
  },
);

it('colors errors when told to, and only then', async () => {
  const plain = await spawnW2v(['vocab', 'none.txt']);
  expect(plain.stderr).toBe('error: no such file or folder: none.txt\nhint: check the path\n');
  const colored = await spawnW2v(['vocab', 'none.txt'], { environment: { FORCE_COLOR: '1' } });
  expect(colored.stderr.startsWith('\u001b[31m\u001b[1merror:')).toBe(true);
  const refused = await spawnW2v(['vocab', 'none.txt', '--no-color'], { environment: { FORCE_COLOR: '1' } });
  expect(refused.stderr).toBe(plain.stderr);
});

it('shows the stack when DEBUG=w2v', async () => {
  const { code, stderr } = await spawnW2v(['vocab', 'none.txt'], { environment: { DEBUG: 'w2v' } });
  expect(code).toBe(3);
  expect(stderr).toMatch(/^ {4}at /m);
});

it('an error that nobody waited for is told as any other, and ends the process', async () => {
  const error = "Object.assign(new Error('EMFILE'), { code: 'EMFILE', syscall: 'open' })";
  const ready = "process.listenerCount('uncaughtException') > 0";
  const code = `setInterval(() => { if (${ready}) throw ${error}; }, 20)`;
  const late = `data:text/javascript,${encodeURIComponent(code)}`;
  const child = startW2v(['vocab', '-'], { NODE_OPTIONS: `--import ${late}` });
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  expect([exitCode, stderr]).toEqual([
    3,
    'error: a file (open) cannot be used: too many files are open\nhint: raise the limit: ulimit -n 4096\n',
  ]);
});

it('a reader that leaves early (| head) is no failure', async () => {
  const many = path.join(folder, 'many.txt');
  await writeFile(many, Array.from({ length: 200_000 }, (_, i) => `word${i}`).join('\n'));
  const child = startW2v(['vocab', many, '--min-count', '1']);
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdout!.once('data', () => child.stdout!.destroy());
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, stderr]).toEqual([0, '']);
});

it.skipIf(!existsSync('/dev/full'))('standard output on a full disk is told, and fails', async () => {
  const full = openSync('/dev/full', 'w');
  const child = startW2v(['vocab', text], {}, full);
  closeSync(full);
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, stderr]).toEqual([
    3,
    'error: standard output cannot be written: the disk is full\nhint: free disk space, or choose another disk\n',
  ]);
});

it.skipIf(!existsSync('/dev/full'))('vectors for standard output on a full disk are rescued', async () => {
  const place = await mkdtemp(path.join(folder, 'rescued-'));
  const command = `cd "$1" && exec "$0" "$2" train "$3" -o - --engine wasm --dim 4 --epochs 1 --quiet > /dev/full`;
  const child = spawn('bash', ['-c', command, process.execPath, place, path.resolve('bin/w2v.js'), text]);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, stderr]).toEqual([
    3,
    'error: standard output cannot be written: the disk is full; the vectors are in vectors.rescued\n' +
      'hint: then run: w2v convert vectors.rescued -\n',
  ]);
  expect((await spawnW2v(['convert', path.join(place, 'vectors.rescued'), '-'])).stdout).toMatch(/^61 4\n/);
});

it('standard output that is cut short is told, and fails', async () => {
  const many = path.join(folder, 'many.vec');
  await writeFile(many, `10000 1\n${Array.from({ length: 10_000 }, (_, i) => `word${i} ${i}\n`).join('')}`);
  // A file may have 8 kB: the first write is cut short, as on a disk with so much room.
  const command = `ulimit -f 8; exec "$0" bin/w2v.js convert "$1" - > "$2"`;
  const child = spawn('bash', ['-c', command, process.execPath, many, path.join(folder, 'cut.vec')]);
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, stderr.split('\n')[0]]).toEqual([
    3,
    'error: standard output cannot be written: the file would exceed the size limit',
  ]);
});

it.each([
  ['vocab', '-'],
  ['nearest', 'v.txt'],
  ['nearest', 'v.txt', '--json'],
])('Ctrl-C ends %s %s %s while it waits for standard input', async (...args) => {
  await writeFile(path.join(folder, 'v.txt'), '2 1\na 1\nb 2\n');
  const started = performance.now();
  await spawnW2v(['--version']);
  const start = performance.now() - started; // on this machine, as busy as it is now
  const child = startW2v(args.map((arg) => (arg === 'v.txt' ? path.join(folder, arg) : arg)));
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  setTimeout(() => child.kill('SIGINT'), 1000 + 3 * start);
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, stderr]).toEqual([130, 'Stopping...; press Ctrl-C again to quit\nStopped.\n']);
});

const tfjsNode = locateTfjsNode(defaultCacheDirectory(process.env, process.platform, homedir()));
const hasTensorflow = tfjsNode !== undefined && existsSync(addonFile(tfjsNode));

describe.skipIf(isMissing('TENSORFLOW', hasTensorflow))(
  'train (skipped where TensorFlow is not set up: w2v setup)',
  () => {
    const train = (output: string, ...more: string[]) => ['train', text, '-o', output, '--dim', '16', ...more];

    it('writes vectors and manifest, tells of both, and the vectors answer', async () => {
      const output = path.join(folder, 'vectors.bin');
      const { code, stdout, stderr } = await spawnW2v(train(output, '--json', '--epochs', '2'));
      expect(code).toBe(0);
      const told = JSON.parse(stdout);
      expect(told).toEqual({
        command: 'train',
        engine: 'tensorflow',
        model: 'skipgram',
        lossFunction: 'ns',
        vocabulary: 61,
        tokens: 20_000,
        epochs: 2,
        learningRate: 0.025,
        loss: expect.any(Number),
        wordsPerSecond: expect.any(Number),
        seconds: {
          read: expect.any(Number),
          train: expect.any(Number),
          write: expect.any(Number),
          total: expect.any(Number),
        },
        output,
        initVectors: null,
        rounds: null,
        checkpoint: null,
        repeatable: true,
        dropped: nothingDropped,
        cleaned: null,
        joined: null,
      });
      expect(told.wordsPerSecond).toBeCloseTo((told.tokens * 2) / told.seconds.train, 6);
      const tried = /Wrote .*vectors\.bin \(61 words x 16\)\. Try: w2v (nearest .* \S+)\n$/.exec(stderr)?.[1];
      expect(tried).toBeDefined();
      expect((await spawnW2v(tried!.split(' '))).code).toBe(0);
      const manifest = JSON.parse(await readFile(`${output}.json`, 'utf8'));
      expect(manifest).toMatchObject({
        command: 'train',
        route: 'predict',
        seed: 1,
        vocabulary: 61,
        dimensions: 16,
        tokens: 20_000,
        options: {
          model: 'skipgram',
          dim: 16,
          epochs: 2,
          window: 5,
          learningRate: 0.025,
          tokenizer: 'words',
          minCount: 5,
        },
        corpus: {
          files: [text],
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          lines: 2000,
          dropped: { rareTokens: 0 },
        },
        engine: { name: 'tensorflow', versions: { node: process.versions.node } },
      });
      expect(manifest.lossByEpoch.at(-1)).toBe(told.loss);
    });

    it('writes text to standard output, and nothing else there', async () => {
      const { code, stdout, stderr } = await spawnW2v(
        train('-', '--epochs', '1', '--quiet', '--model', 'cbow', '--cbow-sum'),
      );
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.split('\n')[0]).toBe('61 16');
      expect(stdout.trimEnd().split('\n')).toHaveLength(62);
    });

    it('writes the output matrix beside the vectors with --save-output', async () => {
      const files = [path.join(folder, 'in.vec'), path.join(folder, 'out.vec')] as const;
      const { code } = await spawnW2v(train(files[0], '--epochs', '1', '--save-output', files[1], '--quiet'));
      expect(code).toBe(0);
      const [vectors, contexts] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      expect(contexts!.split('\n')[0]).toBe('61 16');
      expect(contexts).not.toBe(vectors);
    });

    it('stopped by Ctrl-C it ends with 130 and leaves no file', async () => {
      const place = await mkdtemp(path.join(folder, 'stopped-'));
      const child = startW2v(train(path.join(place, 'a.bin'), '--epochs', '10000'));
      let stderr = '';
      child.stderr!.on('data', (chunk) => {
        stderr += chunk;
        if (stderr.includes('Read ') && !child.killed) setTimeout(() => child.kill('SIGINT'), 300);
      });
      const code = await new Promise((resolve) => child.once('close', resolve));
      expect(code).toBe(130);
      expect(stderr).toContain('Stopping...; press Ctrl-C again to quit\n');
      expect(stderr).toMatch(/Stopped\.\n$/);
      expect(await readdir(place)).toEqual([]);
    });
  },
);
