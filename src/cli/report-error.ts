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
  const refusal = systemRefusal(error);
  if (refusal !== undefined) return describeError(refusal, { colors, debug });
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  lines.push(`${colors.red.bold('error:')} ${message} (this is a bug in w2v)`);
  if (stack !== undefined) lines.push(colors.dim(stack));
  lines.push(`${colors.cyan.bold('hint:')} report it with these lines and what 'w2v doctor' prints`);
  return { exitCode: 1, text: `${lines.join('\n')}\n` };
}

const refusals: Record<string, readonly [why: string, hint: string]> = {
  EACCES: ['no permission', 'check its permissions'],
  EPERM: ['no permission', 'check its permissions'],
  EROFS: ['the file system is read-only', 'choose a folder you may write to'],
  ENOSPC: ['the disk is full', 'free some room, or choose another disk'],
  EDQUOT: ['your disk quota is used up', 'free some room, or choose another disk'],
  EIO: ['the disk does not answer', 'check the disk'],
  EMFILE: ['too many files are open', 'raise the limit: ulimit -n 4096'],
};

/** What the system refuses is no bug, wherever it happens. */
function systemRefusal(cause: unknown): W2vError | undefined {
  const { code, path, syscall } = (cause instanceof Error ? cause : {}) as NodeJS.ErrnoException;
  const [why, hint] = refusals[code ?? ''] ?? [];
  if (why === undefined || hint === undefined || syscall === undefined) return undefined;
  const what = path ?? (syscall === 'write' ? 'standard output' : syscall);
  const writing = syscall === 'write' || syscall === 'mkdir' || code === 'ENOSPC' || code === 'EROFS';
  const message = `${what} cannot be ${writing ? 'written' : 'used'}: ${why}`;
  return new W2vError(writing ? 'file-unwritable' : 'file-unreadable', message, hint, { cause });
}
