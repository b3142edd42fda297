// w2v train --shards on this machine: what it writes, says and refuses, and that it goes on after Ctrl-C.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { plantedText } from '../train/planted-text.ts';
import { runHere, spawnW2v, startW2v } from './run-w2v.ts';

const { path, file } = temporaryFolder();
const text = file('text.txt', plantedText(2000));
const train = (...more: string[]) => ['train', text, '--dim', '8', '--min-count', '1', '--epochs', '2', ...more];

describe('w2v train --shards', () => {
  it('writes the same bytes for any --threads, and says in manifest and JSON how', async () => {
    const [one, two] = [path('one.bin'), path('two.bin')];
    const first = await runHere(train('--shards', '3', '--threads', '1', '-o', one));
    expect([first.code, first.stderr]).toEqual([
      0,
      expect.stringMatching(/\nTrained skipgram on wasm, 3 shards combined 8 times: 2 epochs in /),
    ]);
    expect(first.stderr).toContain('Engine: wasm (shards need it)\n');
    const again = await runHere(train('--shards', '3', '--threads', '2', '-o', two, '--json'));
    expect(again.code).toBe(0);
    expect(readFileSync(two)).toEqual(readFileSync(one));
    const rounds = {
      shards: 3,
      syncs: 4,
      rounds: 8,
      combined: 'adasum by row',
      learningRate: 'standard x min(2, sqrt(shards))',
    };
    expect(JSON.parse(again.stdout)).toMatchObject({ engine: 'wasm', rounds });
    const manifest = JSON.parse(readFileSync(`${one}.json`, 'utf8'));
    expect(manifest).toMatchObject({ rounds, options: { deterministic: true } });
    expect(manifest.options.learningRate).toBeCloseTo(0.025 * Math.sqrt(3), 12);
  });

  it('records a learning rate that was given', async () => {
    const output = path('given.bin');
    const { code } = await runHere(train('--shards', '2', '--syncs', '1', '--lr', '0.03', '-o', output));
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(`${output}.json`, 'utf8'))).toMatchObject({
      rounds: { rounds: 2, learningRate: 'given' },
      options: { learningRate: 0.03 },
    });
  });

  it.each([
    [['--syncs', '3'], '--syncs applies to --shards', 'add --shards N'],
    [['--shards', '0'], '--shards 0: expected a whole number from 1 to 1024', 'see'],
    [['--shards', '2', '--syncs', 'x'], '--syncs x: expected a whole number from 1 to 1000', 'see'],
    [['--shards', '2', '--engine', 'tensorflow'], 'the TensorFlow engine trains no shards', 'give --engine wasm'],
    [['--shards', '2', '--subwords', '3..6'], 'shards train without subwords', 'leave out --subwords, or --shards'],
  ])('refuses %j', async (options, message, hint) => {
    const output = path('refused.bin');
    const { code, stderr } = await runHere(train(...options, '-o', output));
    expect([code, stderr]).toEqual([2, expect.stringContaining(`error: ${message}\nhint: ${hint}`)]);
    expect(existsSync(output)).toBe(false);
  });

  it('refuses a text that is too short for so many slices', async () => {
    const { code, stderr } = await runHere(train('--shards', '100', '--syncs', '9', '-o', path('short.bin')));
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining('is too short for 100 shards of 9 slices\nhint: train with fewer --shards or --syncs'),
    ]);
  });

  it('Ctrl-C keeps the last round, and what goes on from it has the same bytes', async () => {
    const [whole, part, dir] = [path('whole.bin'), path('part.bin'), path('checkpoints')];
    const args = (output: string, ...more: string[]) =>
      train('--shards', '2', '--syncs', '2', '--epochs', '20', '-o', output, ...more);
    expect((await spawnW2v(args(whole))).code).toBe(0);
    const child = startW2v(args(part, '--checkpoint', dir));
    let stderr = '';
    child.stderr!.on('data', (chunk) => {
      stderr += chunk;
    });
    let isSent = false;
    const watching = setInterval(() => {
      if (!isSent && existsSync(`${dir}/checkpoint-1.w2v`)) isSent = child.kill('SIGINT');
    }, 5);
    const code = await new Promise((resolve) => child.once('close', resolve));
    clearInterval(watching);
    expect([code, stderr]).toEqual([130, expect.stringMatching(/Saved after [\d.]+ epochs? of 20 in .* To go on:\n/)]);
    expect(existsSync(part)).toBe(false);
    const again = await spawnW2v(args(part, '--resume', dir));
    expect([again.code, again.stderr]).toEqual([0, expect.stringMatching(/\nResumed after [\d.]+ epochs? of 20/)]);
    expect(readFileSync(part)).toEqual(readFileSync(whole));
  });
});
