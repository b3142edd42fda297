// An error as a person reads it on stderr: what happened, then one thing to do. A stack only for bugs and DEBUG=w2v.
import type { ChalkInstance } from 'chalk';
import { W2vError } from '../errors.ts';
import { exitCodes } from './exit-codes.ts';

/** The exit code and the text, which ends in a line end. */
export function describeError(
  error: unknown,
  { colors, debug }: { colors: ChalkInstance; debug: boolean },
): { exitCode: number; text: string } {
  const lines: string[] = [];
  if (error instanceof W2vError) {
    lines.push(`${colors.red.bold('error:')} ${error.message}`);
    if (debug && error.stack !== undefined) lines.push(colors.dim(error.stack));
    lines.push(`${colors.cyan.bold('hint:')} ${error.hint}`);
    return { exitCode: exitCodes[error.code], text: `${lines.join('\n')}\n` };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  lines.push(`${colors.red.bold('error:')} ${message} (this is a bug in w2v)`);
  if (stack !== undefined) lines.push(colors.dim(stack));
  lines.push(`${colors.cyan.bold('hint:')} report it with these lines and what 'w2v doctor' prints`);
  return { exitCode: 1, text: `${lines.join('\n')}\n` };
}
