// The prompt as a terminal drives it: keys go in one by one, lines come out.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { throwIfAborted, W2vError } from '../../../src/base/errors.ts';
import { askLines, completionsOf } from '../../../src/cli/terminal/prompt.ts';

const CTRL_C = '\u0003';
const UP = '\u001b[A';
const CTRL_D = '\u0004';

function prompt(answer: (line: string, signal: AbortSignal) => Promise<void>, historyFile = '/dev/null/none') {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let shown = '';
  stderr.on('data', (chunk) => {
    shown += chunk;
  });
  const controller = new AbortController();
  const context = { stdin, stdout: stderr, stderr, environment: {}, noColor: true, signal: controller.signal };
  const examples = [['a word', 'its neighbors']] as const;
  const asking = { words: ['king'], asks: 'word', examples, historyFile, quiet: false };
  const ended = askLines(context, asking, answer);
  return { stdin, shown: () => shown, ended, controller };
}

it('Ctrl-C clears a line that is half typed, and leaves with 130 where there is none', async () => {
  const asked: string[] = [];
  const { stdin, ended } = prompt(async (line) => {
    asked.push(line);
  });
  stdin.write(`quee${CTRL_C}king\n`);
  stdin.write(CTRL_C);
  await expect(ended).rejects.toMatchObject({ code: 'interrupted' });
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

it('Ctrl-D while an answer is worked out leaves after it, and after the lines typed before', async () => {
  const answered: string[] = [];
  let finish = () => {};
  const { stdin, shown, ended } = prompt(async (line) => {
    if (line === 'slow') await new Promise<void>((resolve) => (finish = resolve));
    answered.push(line);
  });
  stdin.write('slow\nking\n');
  await new Promise((resolve) => setTimeout(resolve, 20));
  stdin.write(CTRL_D);
  await new Promise((resolve) => setTimeout(resolve, 20));
  finish();
  await ended;
  expect(answered).toEqual(['slow', 'king']);
  expect(shown().match(/word> /g)).toHaveLength(1);
});

it('the signal of the process ends it', async () => {
  const { stdin, ended, controller } = prompt(async () => controller.abort());
  stdin.write('king\n');
  await expect(ended).rejects.toMatchObject({ code: 'interrupted' });
});

it.each(['exit', 'quit', '.exit', CTRL_D])('%j leaves', async (typed) => {
  const asked: string[] = [];
  const { stdin, ended } = prompt(async (line) => void asked.push(line));
  stdin.write(`king\n${typed}\nqueen\n`);
  await ended;
  expect(asked).toEqual(['king']);
});

it.each(['help', '?', '.help'])('%s shows what may be typed', async (typed) => {
  const { stdin, shown, ended } = prompt(async () => {});
  stdin.write(`${typed}\n${CTRL_D}`);
  await ended;
  expect(shown()).toMatch(/a word {2,}its neighbors\n(.*\n)* {2}exit, quit, Ctrl-D {2,}leave\n/);
});

it('an error of an answer is printed, and the next line asked for', async () => {
  const { stdin, shown, ended } = prompt(async () => {
    throw new W2vError('word-unknown', 'no such word', 'check the spelling');
  });
  stdin.write(`zzz\nexit\n`);
  await ended;
  expect(shown()).toContain('error: no such word\nhint: check the spelling\n');
});

it('the arrow keys bring back what was typed in an earlier session', async () => {
  const historyFile = path.join(await mkdtemp(path.join(tmpdir(), 'w2v-history-')), 'history', 'nearest');
  const asked: string[] = [];
  for (const keys of ['king\nqueen\n', `${UP}\n${UP}${UP}\n`]) {
    const { stdin, ended } = prompt(async (line) => void asked.push(line), historyFile);
    stdin.write(`${keys}exit\n`);
    await ended;
  }
  expect(asked).toEqual(['king', 'queen', 'queen', 'king']);
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
