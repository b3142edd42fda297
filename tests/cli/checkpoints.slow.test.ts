// Checkpoints of the command itself: signals, kills, and what it says.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { resumeCommand } from '../../src/cli/checkpoints.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { engines } from '../train/engines.ts';
import { plantedText } from '../train/planted-text.ts';
import { runHere, spawnW2v, startW2v } from './run-w2v.ts';

const { path, file } = temporaryFolder();
const text = file('text.txt', plantedText(2000));
const settings = ['--dim', '16', '--min-count', '1', '--threads', '1', '--force'];
const train = (...more: string[]) => ['train', text, ...settings, ...more];

/** Runs until `wanted` was said, or a file is there, then sends the signal; how it ended. */
async function stopped(args: string[], isTime: (stderr: string) => boolean, signal: NodeJS.Signals) {
  const child = startW2v(args);
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
  });
  const watching = setInterval(() => {
    if (isTime(stderr)) child.kill(signal);
  }, 5);
  const [code, by] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once('close', (code, by) => resolve([code, by]));
    child.stderr!.once('close', () => {});
  });
  clearInterval(watching);
  return { code, by, stderr };
}

describe.each(engines)('with the engine $name', ({ name, isMissing }) => {
  const test = it.skipIf(isMissing);
  const long = ['--engine', name, '--epochs', '300'];

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s saves the training and says how to go on; the result is the same to the byte',
    async (signal, code) => {
      const [whole, part, dir] = [path(`${name}-whole.bin`), path(`${name}-${signal}.bin`), path(`${name}-${signal}`)];
      const { code: wholeCode } = await spawnW2v(train(...long, '-o', whole));
      expect(wholeCode).toBe(0);
      const every = ['--checkpoint-every', '0.1s'];
      const args = train(...long, '-o', part, ...every, '--checkpoint', dir);
      let sent = 0;
      const end = await stopped(args, () => existsSync(`${dir}/checkpoint-1.w2v`) && sent++ === 0, signal);
      expect(end.code).toBe(code);
      const resume = train(...long, '-o', part, ...every, '--resume', dir);
      expect(end.stderr).toMatch(/Saved after [\d.]+ epochs? of 300 in .*\. To go on:\n {2}w2v train .*\nStopped\.\n$/);
      expect(end.stderr).toContain(`  w2v ${resume.join(' ')}\n`);
      expect(existsSync(part)).toBe(false);
      const again = await spawnW2v(resume);
      expect([again.code, again.stderr]).toEqual([
        0,
        expect.stringMatching(/\nResumed after [\d.]+ epochs? of 300, saved at /),
      ]);
      expect(readFileSync(part)).toEqual(readFileSync(whole));
      expect(readdirSync(dir).filter((one) => !one.startsWith('checkpoint-'))).toEqual([]);
    },
  );

  test('kill -9, again and again: the next run goes on, to the same bytes', async () => {
    const [whole, part, dir] = [path(`${name}-whole2.bin`), path(`${name}-part2.bin`), path(`${name}-kill`)];
    await spawnW2v(train(...long, '-o', whole));
    // With both options it begins where there is nothing, so that one command is right each time.
    const args = train(...long, '-o', part, '--checkpoint', dir, '--resume', dir, '--checkpoint-every', '0.05s');
    let kills = 0;
    for (let wait = 40; ; wait *= 2) {
      let looked = 0;
      const end = await stopped(args, (stderr) => stderr.includes('Read ') && ++looked >= wait, 'SIGKILL');
      if (end.by !== 'SIGKILL') {
        expect(end.code).toBe(0);
        break;
      }
      kills++;
    }
    expect(kills).toBeGreaterThan(0);
    expect(readFileSync(part)).toEqual(readFileSync(whole));
    expect(readdirSync(dir).filter((one) => !one.startsWith('checkpoint-'))).toEqual([]);
  }, 120_000);
});

const short = ['--engine', 'wasm', '--epochs', '2'];

describe('w2v train --checkpoint', () => {
  it('damaged: the one before is used, with a warning; both: an error', async () => {
    const dir = path('damaged');
    const first = await runHere(train(...short, '-o', path('a.bin'), '--checkpoint', dir, '--checkpoint-every', '1e'));
    expect([first.code, readdirSync(dir).sort()]).toEqual([0, ['checkpoint-1.w2v', 'checkpoint-2.w2v']]);
    const expected = readFileSync(path('a.bin'));
    const damage = (name: string, at: number) => {
      const bytes = readFileSync(`${dir}/${name}`);
      bytes[at < 0 ? bytes.length + at : at] ^= 1;
      writeFileSync(`${dir}/${name}`, bytes);
    };
    damage('checkpoint-2.w2v', -100);
    const again = await runHere(train(...short, '-o', path('a.bin'), '--resume', dir));
    expect(again.code).toBe(0);
    expect(again.stderr).toContain(
      'checkpoint-2.w2v is damaged (its SHA-256 is wrong): using the previous checkpoint\n',
    );
    expect(again.stderr).toContain('Resumed after 1 epoch of 2');
    expect(readFileSync(path('a.bin'))).toEqual(expected);

    damage('checkpoint-1.w2v', 60);
    writeFileSync(`${dir}/checkpoint-2.w2v`, readFileSync(`${dir}/checkpoint-2.w2v`).subarray(0, 5000));
    const { code, stderr } = await runHere(train(...short, '-o', path('a.bin'), '--resume', dir));
    expect([code, stderr]).toEqual([3, expect.stringContaining(`error: no checkpoint in ${dir} is whole`)]);
    expect(stderr).toMatch(/checkpoint-1\.w2v: its header is damaged; checkpoint-2\.w2v: it has 5000 of \d+ bytes/);
  });

  it('refuses what changed, by name', async () => {
    const dir = path('changed');
    expect((await runHere(train(...short, '-o', path('b.bin'), '--checkpoint', dir))).code).toBe(0);
    const resume = (...more: string[]) => runHere([...train(...short, '-o', path('b.bin'), '--resume', dir), ...more]);
    const of = async (...more: string[]) => {
      const { code, stderr } = await resume(...more);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`the checkpoint in ${dir} is of another training: `)]);
      return /another training: (.*)/.exec(stderr)?.[1];
    };
    expect(await of('--dim', '20')).toMatch(/^dim 16 -> 20, initScale 0.03125 -> 0.025$/);
    expect(await of('--lr', '0.03', '--model', 'cbow')).toBe('model skipgram -> cbow, learningRate 0.025 -> 0.03');
    expect(await of('--seed', '2')).toBe('seed 1 -> 2');
    expect(await of('--loss', 'hs')).toBe('loss ns -> hs');
    expect(await of('--min-count', '2')).toBe('minCount 1 -> 2');
    expect(await of('--keep-case')).toBe('keepCase false -> true');
    expect(await of('--threads', '2')).toBe('threads 1 -> several');
    const { code, stderr } = await resume('--epochs', '1');
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${dir} has 2 epochs, and 1 are asked for`)]);
    // What does not matter.
    expect((await resume('--threads', '3', '--deterministic', '--checkpoint-every', '3h')).code).toBe(0);

    const other = await runHere([
      'train',
      file('other.txt', `${plantedText(2000)} more`),
      ...settings,
      ...short,
      '-o',
      path('b.bin'),
      '--resume',
      dir,
    ]);
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(
      /another training: vocabulary \d+ -> \d+, tokens 10000 -> 10001, corpus [0-9a-f]{16} -> [0-9a-f]{16}\n/,
    );
  });

  it('trains on with more epochs, and says at which rate', async () => {
    const dir = path('more');
    await runHere(train(...short, '-o', path('c.bin'), '--checkpoint', dir));
    const args = train('--engine', 'wasm', '--epochs', '4', '-o', path('c.bin'), '--resume', dir);
    const { code, stdout, stderr } = await runHere([...args, '--json']);
    expect(code).toBe(0);
    expect(stderr).toContain('It had 2: the learning rate falls along the line over all 4, now 0.0125\n');
    const { checkpoint, epochs, seconds } = JSON.parse(stdout);
    expect(checkpoint).toEqual({ dir, saved: 1, failed: 0, resumedAt: 2, secondsBefore: expect.any(Number) });
    expect([epochs, seconds.train > checkpoint.secondsBefore]).toEqual([4, true]);
    const manifest = JSON.parse(readFileSync(path('c.bin.json'), 'utf8'));
    expect(manifest.lossByEpoch).toHaveLength(4);
  });

  it('says how to go on where the output cannot be written after all', async () => {
    const [dir, folder] = [path('late'), path('gone')];
    mkdirSync(folder);
    const output = `${folder}/o.bin`;
    const running = runHere(train('--engine', 'wasm', '--epochs', '100', '-o', output, '--checkpoint', dir));
    await vi.waitUntil(() => existsSync(`${dir}/checkpoint.lock`));
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    const { code, stderr } = await running;
    expect([code, stderr]).toEqual([3, expect.stringMatching(/Saved after 100 epochs of 100 in .*\n {2}w2v train /)]);
  });

  it('on several threads it goes on, and says that the bytes are not those of an uninterrupted run', async () => {
    const dir = path('several');
    const several = ['--engine', 'wasm', '--epochs', '2', '--threads', '2', '-o', path('s.bin')];
    await runHere(train(...several, '--checkpoint', dir, '--checkpoint-every', '1e'));
    rmSync(`${dir}/checkpoint-2.w2v`); // the last; the other was saved at the first boundary after one epoch
    const { code, stderr } = await runHere(train(...several, '--resume', dir));
    expect(code).toBe(0);
    expect(stderr).toMatch(/\nResumed after 1(\.\d+)? epochs? of 2, saved at .*\nSeveral threads train at once: /);
  });

  it('from standard input the same text goes on, another one does not', async () => {
    const dir = path('stdin');
    const args = (...more: string[]) => ['train', '-', ...settings, ...short, '-o', path('i.bin'), ...more];
    const stdin = plantedText(500);
    expect((await runHere(args('--checkpoint', dir), { stdin })).code).toBe(0);
    expect((await runHere(args('--resume', dir), { stdin })).stderr).toContain('Resumed after 2 epochs of 2');
    const other = await runHere(args('--resume', dir), { stdin: plantedText(501) });
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringContaining('is of another training: tokens 2500 -> 2505'),
    ]);
    expect((await runHere(args('--resume', dir))).code).toBe(3); // no text
  });

  it('saved in a folder of texts, checkpoints are not read as text', async () => {
    const folder = path('texts');
    mkdirSync(folder);
    writeFileSync(`${folder}/a.txt`, plantedText(500));
    const dir = `${folder}/saved`;
    const args = (...more: string[]) => ['train', folder, ...settings, ...short, '-o', path('t.bin'), ...more];
    expect((await runHere(args('--checkpoint', dir))).code).toBe(0);
    const { code, stderr } = await runHere(args('--resume', dir));
    expect([code, stderr]).toEqual([0, expect.stringContaining(`Not read: ${dir}/checkpoint-1.w2v (made by w2v)`)]);
  });

  it.each([
    [['--checkpoint-every', '1m'], '--checkpoint-every applies to --checkpoint or --resume'],
    [
      ['--checkpoint', 'x', '--checkpoint-every', '10'],
      '--checkpoint-every 10: expected a time such as 30s, 10m or 2h',
    ],
    [['--checkpoint', 'x', '--checkpoint-every', '0s'], '--checkpoint-every 0s: expected a time'],
    [['--checkpoint', ''], '--checkpoint has no folder'],
    [['--checkpoint', 'x', '--resume', 'y'], '--checkpoint and --resume name different folders'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await runHere(train('-o', path('d.bin'), '--engine', 'wasm', ...args));
    expect([code, stderr]).toEqual([2, expect.stringContaining(`error: ${message}`)]);
    expect(existsSync('x')).toBe(false);
  });

  it('refuses a folder that is none, that is missing, or that holds something else, before the text is read', async () => {
    const attempt = async (...more: string[]) => {
      const { code, stderr } = await runHere(train(...short, '-o', path('e.bin'), ...more));
      expect(stderr).not.toContain('Read ');
      return [code, /error: (.*)/.exec(stderr)?.[1]];
    };
    expect(await attempt('--checkpoint', text)).toEqual([3, `${text} is not a folder, as checkpoints need`]);
    expect(await attempt('--resume', path('none'))).toEqual([
      3,
      `${path('none')}: there is no such folder to resume from`,
    ]);
    const full = path('full');
    expect((await runHere(train(...short, '-o', path('e.bin'), '--checkpoint', full))).code).toBe(0);
    for (const name of readdirSync(full)) rmSync(`${full}/${name}`);
    expect(await attempt('--resume', full)).toEqual([3, `${full} holds no checkpoint to resume from`]);
    writeFileSync(`${full}/notes.txt`, 'mine');
    const others = `${full} holds other files (notes.txt), expected an empty or a new folder`;
    expect(await attempt('--checkpoint', full)).toEqual([3, others]);
    expect(readdirSync(full).map((name) => basename(name))).toEqual(['notes.txt']);
  });
});

describe('resumeCommand', () => {
  it.each([
    [['train', 'a.txt', '-o', 'b', '--checkpoint', 'c'], 'w2v train a.txt -o b --resume c'],
    [['train', '--checkpoint=d', 'my text', '--', '-x'], "w2v train 'my text' --resume c -- -x"],
    [['train', 'a.txt', '--resume', 'c', '--checkpoint', 'c', '-o', 'b'], 'w2v train a.txt -o b --resume c'],
  ])('%j -> %s', (words, command) => {
    expect(resumeCommand(words, 'c')).toBe(command);
  });
});
