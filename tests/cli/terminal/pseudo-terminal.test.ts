// The prompt of the built command on a pseudo-terminal, under an interactive shell, as a person has it.
import { execFileSync, spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../formats/temporary-folder.ts';

const { file } = temporaryFolder();
const bin = fileURLToPath(new URL('../../../bin/w2v.js', import.meta.url));
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_Z = '\u001a';
const PATIENCE = 20_000; // milliseconds
const UP = '\u001b[A';

function hasScript(): boolean {
  try {
    execFileSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Types each key sequence once the screen shows, after what was typed before, what stands beside it. */
async function typed(cache: string, steps: [shown: string, keys: string][]): Promise<string> {
  const child = spawn('script', ['-qec', 'bash --norc --noprofile -i', '/dev/null'], {
    env: { ...process.env, W2V_CACHE: cache, TERM: 'xterm', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let screen = '';
  let from = 0;
  let next = 0;
  child.stdout.on('data', (chunk) => {
    screen += stripVTControlCharacters(String(chunk));
    const [shown, keys] = steps[next] ?? [];
    if (shown === undefined || !screen.slice(from).includes(shown)) return;
    from = screen.length;
    next++;
    child.stdin.write(keys!);
  });
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  await new Promise((resolve) => child.once('exit', resolve));
  clearTimeout(late);
  expect(steps.length - next, screen).toBe(0);
  return screen;
}

describe.skipIf(!hasScript())('w2v nearest', () => {
  const vectors = () => file('v.txt', '4 2\nking 1 0\nqueen 0.9 0.1\nman 0 1\nwoman 0.1 0.9\n');
  const ask = () => `node ${bin} nearest ${vectors()} -k 1; echo "code $?."\n`;

  it('keeps its history from one session to the next', async () => {
    const cache = path.join(path.dirname(vectors()), 'cache');
    const screen = await typed(cache, [
      ['bash', ask()],
      ['word> ', 'King - man + woman\n'],
      ['queen  0.993', 'exit\n'],
      ['code 0.', ask()],
      ['word> ', UP],
      ['King - man + woman', '\n'],
      ['queen  0.993', CTRL_D],
      ['code 0.', 'exit\n'],
    ]);
    expect(screen.match(/queen {2}0\.993/g)).toHaveLength(2);
    expect(statSync(path.join(cache, 'history', 'nearest')).mode & 0o777).toBe(0o600);
  }, 30_000);

  it('goes on after Ctrl-Z and fg; Ctrl-C clears the line, then leaves', async () => {
    const screen = await typed('/dev/null/none', [
      ['bash', ask()],
      ['word> ', 'ki'],
      ['ki', CTRL_Z],
      ['Stopped', 'fg\n'],
      ['word> ki', 'ng\n'],
      ['queen  0.994', `half${CTRL_C}`],
      ['half', 'man\n'],
      ['woman  0.994', CTRL_C],
      ['bash', 'exit\n'],
    ]);
    expect(screen).toContain('woman  0.994');
    expect(screen).not.toContain('halfman');
  }, 30_000);

  it('Ctrl-D typed ahead, while an answer is worked out, leaves after the answer', async () => {
    const screen = await typed('/dev/null/none', [
      ['bash', ask()],
      ['word> ', `king\n${CTRL_D}`],
      ['code 0.', 'exit\n'],
    ]);
    expect(screen).toContain('queen  0.994');
    expect(screen).not.toContain('error');
  }, 30_000);
});
