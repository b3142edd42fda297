import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { startW2v } from './run-w2v.ts';

const { path, file } = temporaryFolder();
const bin = fileURLToPath(new URL('../../bin/w2v.js', import.meta.url));
const text = file(
  'text.txt',
  Array.from({ length: 2000 }, (_, at) => `the animal ${at % 7} eats near house number${at % 50}\n`).join(''),
);
const train = (epochs: number) => [
  'train',
  text,
  '-o',
  path(`${epochs}.bin`),
  '--engine',
  'wasm',
  '--epochs',
  `${epochs}`,
];

/** How a child ends, with all it said; `act` is called at each line that tells something new. */
function ended(child: ChildProcess, act: (stderr: string) => void) {
  let stderr = '';
  child.stderr!.on('data', (chunk) => {
    stderr += chunk;
    act(stderr);
  });
  return new Promise<{ code: number | null; signal: string | null; stderr: string }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, stderr }));
  });
}

/** Runs `action` the first time `wanted` has been said. */
function once(wanted: string, action: () => void): (stderr: string) => void {
  let done = false;
  return (stderr) => {
    if (done || !stderr.includes(wanted)) return;
    done = true;
    action();
  };
}

describe('signals', () => {
  it.each([
    ['SIGINT', 130, 'Stopping...; press Ctrl-C again to quit\nStopped.\n'],
    ['SIGTERM', 143, 'Stopping (SIGTERM)...; a second signal ends it at once\nStopped.\n'],
  ] as const)('%s ends a training with %i, and no file is left', async (name, code, said) => {
    const child = startW2v(train(10_000));
    const end = await ended(
      child,
      once('Read ', () => child.kill(name)),
    );
    expect([end.code, end.stderr.endsWith(said)]).toEqual([code, true]);
    expect(readdirSync(dirname(text)).filter((one) => one.includes('10000'))).toEqual([]);
  });

  it('nohup: the terminal goes, the training does not', async () => {
    const child = startW2v(train(3));
    const end = await ended(
      child,
      once('Engine: ', () => child.kill('SIGHUP')),
    );
    expect(end.code).toBe(0);
    expect(existsSync(path('3.bin'))).toBe(true);
  });

  it('a pipe that nobody reads does not hold the first Ctrl-C', async () => {
    execFileSync('mkfifo', [path('pipe.bin')]);
    const child = startW2v(['train', text, '-o', path('pipe.bin'), '--engine', 'wasm', '--epochs', '1', '--dim', '4']);
    const end = await ended(
      child,
      once('Read ', () => setTimeout(() => child.kill('SIGINT'), 500)),
    );
    expect([end.code, end.stderr.endsWith('Stopped.\n')]).toEqual([130, true]);
  });

  // A thread that hangs in open(2) holds the end of a process, and process.exit too.
  describe('with a thread that hangs', () => {
    execFileSync('mkfifo', [path('hangs')]);
    const hang = `data:text/javascript,import{open}from'node:fs';open(${JSON.stringify(path('hangs'))},'r',()=>{})`;
    const start = () => spawn(process.execPath, ['--import', hang, bin, ...train(10_000)]);

    it('the second Ctrl-C ends it at once', async () => {
      const child = start();
      let asked = 0;
      const first = once('Read ', () => child.kill('SIGINT'));
      const second = once('Stopped.', () => {
        asked = performance.now();
        child.kill('SIGINT');
      });
      const end = await ended(child, (stderr) => {
        first(stderr);
        second(stderr);
      });
      expect([end.code, end.signal]).toEqual([null, 'SIGINT']);
      expect(performance.now() - asked).toBeLessThan(2000);
    });

    it('and the first does, with some patience', async () => {
      const child = start();
      const end = await ended(
        child,
        once('Read ', () => child.kill('SIGTERM')),
      );
      expect(end).toMatchObject({ code: null, signal: 'SIGTERM' });
    });
  });
});
