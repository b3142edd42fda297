import { Chalk } from 'chalk';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/cli/report-error.ts';
import { W2vError } from '../../src/errors.ts';

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
      text: 'error: standard output cannot be written: the disk is full\nhint: free some room, or choose another disk\n',
    });
    expect(describe(refusal('ENOTSUP', 'open', 'a')).text).toContain('this is a bug');
  });

  it('takes anything that was thrown', () =>
    expect(describeError('odd', { colors, debug: false }).text).toMatch(/^error: odd/));
});
