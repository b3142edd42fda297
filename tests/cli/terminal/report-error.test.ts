import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { W2vError } from '../../../src/base/errors.ts';
import { describeError } from '../../../src/cli/terminal/report-error.ts';

const colors = new Chalk({ level: 0 });
const told = new W2vError('word-unknown', "'kign' is not among the words", 'did you mean king?');

describe('describeError', () => {
  it('says what happened and what to do', () =>
    expect(describeError(told, { colors, debug: false })).toEqual({
      exitCode: 5,
      text: "error: 'kign' is not among the words\nhint: did you mean king?\n",
    }));

  it('shows the stack when debugging', () =>
    expect(describeError(told, { colors, debug: true }).text).toContain('report-error.test.ts'));

  it('asks for a report of what is a bug, with its stack', () => {
    const { exitCode, text } = describeError(new TypeError('x is not a function'), { colors, debug: false });
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^error: x is not a function \(this is a bug in w2v\)\n/);
    expect(text).toContain('report-error.test.ts');
    expect(text).toMatch(/hint: report it with these lines and what 'w2v doctor' prints\n$/);
  });

  it('takes what the system refuses for no bug', () => {
    const refusal = (code: string, syscall: string, path?: string) =>
      Object.assign(new Error(code), { code, syscall, path });
    const describe = (error: Error) => describeError(error, { colors, debug: false });
    expect(describe(refusal('EACCES', 'open', '/root/a.txt'))).toEqual({
      exitCode: 3,
      text: 'error: /root/a.txt cannot be used: no permission\nhint: check its permissions\n',
    });
    expect(describe(refusal('ENOSPC', 'write'))).toEqual({
      exitCode: 3,
      text: 'error: standard output cannot be written: the disk is full\nhint: free disk space, or choose another disk\n',
    });
    expect(describe(refusal('ENOTSUP', 'open', 'a')).text).toContain('this is a bug');
  });

  it.each([
    ['ENOTDIR', 'stat', 'a part of the path is not a folder'],
    ['ELOOP', 'stat', 'its symbolic links form a loop'],
    ['ENAMETOOLONG', 'lstat', 'the name is too long'],
    ['EISDIR', 'read', 'it is a folder'],
    ['ENXIO', 'open', 'no process is at the other end'],
    ['EIO', 'read', 'input/output error'],
  ])('%s is no bug', (code, syscall, why) => {
    const error = Object.assign(new Error(code), { code, syscall });
    const { exitCode, text } = describeError(error, { colors, debug: false });
    expect([exitCode, text.split('\n')[0]]).toEqual([3, `error: a file (${syscall}) cannot be used: ${why}`]);
  });

  it.each([
    [new Error('EAGAIN'), 'the system refuses more threads (EAGAIN)'],
    [
      Object.assign(new Error('Worker initialization failure: EMFILE'), { code: 'ERR_WORKER_INIT_FAILED' }),
      'the system refuses more threads (Worker initialization failure: EMFILE)',
    ],
    [
      Object.assign(new Error('Worker terminated due to reaching memory limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' }),
      'a thread does not have enough memory (Worker terminated due to reaching memory limit)',
    ],
    [new RangeError('Array buffer allocation failed'), 'out of memory (Array buffer allocation failed)'],
    [
      new RangeError('Invalid typed array length: 1099511627776'),
      'an array is too large (Invalid typed array length: 1099511627776)',
    ],
  ])('%s is no bug either', (error, message) => {
    const { exitCode, text } = describeError(error, { colors, debug: false });
    expect([exitCode, text.split('\n')[0]]).toEqual([1, `error: ${message}`]);
  });

  it('a code that is unknown is a failure', () => {
    for (const code of ['nonsense', '__proto__', 'toString'] as unknown as 'usage'[]) {
      expect(describeError(new W2vError(code, 'x', 'y'), { colors, debug: false }).exitCode).toBe(1);
    }
  });

  it('a length that no shortage explains is a bug', () =>
    expect(describeError(new RangeError('Invalid typed array length: -1'), { colors, debug: false }).text).toContain(
      'this is a bug',
    ));

  it('shows no control characters, keeps the lines, and cuts what is endless', () => {
    const hostile = new W2vError(
      'usage',
      `a \u001b]52;c;eA==\u0007 b\nsecond line ${'x'.repeat(5000)}`,
      'not \u009b31m',
    );
    const { text } = describeError(hostile, { colors, debug: false });
    expect(text).toMatch(/^error: a \\x1b\]52;c;eA==\\x07 b\nsecond line x+…\nhint: not \\x9b31m\n$/);
    expect(text.length).toBeLessThan(1200);
  });

  it('takes anything that was thrown', () =>
    expect(describeError('odd', { colors, debug: false }).text).toMatch(/^error: odd/));
});
