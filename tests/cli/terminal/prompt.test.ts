// The prompt as a terminal drives it: keys go in one by one, lines come out.
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { askLines, completionsOf } from '../../../src/cli/terminal/prompt.ts';
import { throwIfAborted } from '../../../src/errors.ts';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

function prompt(answer: (line: string, signal: AbortSignal) => Promise<void>) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let shown = '';
  stderr.on('data', (chunk) => {
    shown += chunk;
  });
  const controller = new AbortController();
  const context = { stdin, stdout: stderr, stderr, environment: {}, noColor: true, signal: controller.signal };
  const ended = askLines(context, ['king'], false, answer);
  return { stdin, shown: () => shown, ended, controller };
}

it('Ctrl-C clears a line that is half typed, and leaves where there is none', async () => {
  const asked: string[] = [];
  const { stdin, ended } = prompt(async (line) => {
    asked.push(line);
  });
  stdin.write(`quee${CTRL_C}king\n`);
  stdin.write(CTRL_C);
  await ended;
  expect(asked).toEqual(['king']);
});

it('Ctrl-C stops an answer that is being worked out, and the prompt is there again', async () => {
  const answered: string[] = [];
  let started = () => {};
  const working = new Promise<void>((resolve) => {
    started = resolve;
  });
  const { stdin, shown, ended } = prompt(async (line, signal) => {
    if (line === 'slow') {
      started();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    }
    throwIfAborted(signal);
    answered.push(line);
  });
  stdin.write('slow\n');
  await working;
  stdin.write(CTRL_C);
  stdin.write('king\n');
  await new Promise((resolve) => setTimeout(resolve, 20));
  stdin.write(CTRL_D);
  await ended;
  expect(answered).toEqual(['king']);
  expect(shown()).toContain('Stopped.\n');
});

it('the signal of the process ends it', async () => {
  const { stdin, ended, controller } = prompt(async () => controller.abort());
  stdin.write('king\n');
  await expect(ended).rejects.toMatchObject({ code: 'interrupted' });
});

it('other failures of an answer are not taken for Ctrl-C', async () => {
  const { stdin, ended } = prompt(async () => {
    throw new Error('broken');
  });
  stdin.write('king\n');
  await expect(ended).rejects.toThrow('broken');
});

it('completes words, in the order of the file, but none that a terminal would obey', () => {
  expect(completionsOf(['king', 'kin\u001b[2J', 'kingdom', 'kin g'], 'queen - kin')).toEqual([
    ['king', 'kingdom'],
    'kin',
  ]);
});
