// An error as a person reads it on stderr: what happened, then one thing to do. A stack only for bugs and DEBUG=w2v.
import type { ChalkInstance } from 'chalk';
import { type ErrorCode, malformed, outOfMemory, W2vError } from '../../base/errors.ts';
import { printable, shortened } from '../../base/printable.ts';
import { systemErrors } from '../../files/system-errors.ts';
import { packageFile } from '../../package-file.ts';
import { withFlags } from './setting-flags.ts';
import type { OutputStream } from './terminal.ts';
import { fitted } from './text-width.ts';

/** The exit code and the text for the stream, which ends in a line end. */
export function describeError(
  error: unknown,
  { colors, debug, stream }: { colors: ChalkInstance; debug: boolean; stream?: OutputStream },
): { exitCode: number; text: string } {
  const lines: string[] = [];
  const within = (text: string) => (stream === undefined ? text : fitted(stream, text));
  const known = error instanceof W2vError ? error : (systemRefusal(error) ?? ofModule(error));
  if (known !== undefined) {
    lines.push(within(`${colors.red.bold('error:')} ${harmless(known.message)}`));
    if (debug && known.stack !== undefined) lines.push(colors.dim(printable(known.stack, '\n')));
    lines.push(within(`${colors.cyan.bold('hint:')} ${harmless(withFlags(known.hint))}`));
    // Never 0, whatever the code is.
    return {
      exitCode: Object.hasOwn(exitCodes, known.code) ? exitCodes[known.code] : 1,
      text: `${lines.join('\n')}\n`,
    };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  lines.push(`${colors.red.bold('error:')} ${harmless(message)} (this is a bug in w2v)`);
  if (stack !== undefined) lines.push(colors.dim(printable(stack, '\n')));
  lines.push(`${colors.cyan.bold('hint:')} report it with these lines and what 'w2v doctor' prints`);
  return { exitCode: 1, text: `${lines.join('\n')}\n` };
}

/** Converts any error to a W2vError, so that the caller can add to it. */
export function describeFailure(error: unknown): W2vError {
  if (error instanceof W2vError) return error;
  const hint = "report it with what 'w2v doctor' prints";
  return systemRefusal(error) ?? new W2vError('file-unwritable', messageOf(error), hint, { cause: error });
}

const LONGEST_LINE = 1000; // characters; what is quoted is shorter, a path may be as long as this

function harmless(text: string): string {
  const lines = text.split('\n').map((line) => shortened(line, LONGEST_LINE));
  return printable(lines.join('\n'), '\n');
}

const fewerThreads = 'use fewer --threads, or raise the limits (ulimit -u, ulimit -n)';
const lessMemory = 'free some memory, or use smaller settings or a smaller file';

/** System errors without a file name, by code or message. */
const shortages: readonly (readonly [pattern: RegExp, why: string, hint: string])[] = [
  [/ERR_WORKER_OUT_OF_MEMORY/, 'a thread does not have enough memory', lessMemory],
  [/ERR_WORKER_INIT_FAILED|^EAGAIN\b/, 'the system refuses more threads', fewerThreads],
  [/^ENOMEM\b|Array buffer allocation failed|could not allocate memory|out of memory/i, 'out of memory', lessMemory],
  [/ERR_BUFFER_TOO_LARGE|ERR_STRING_TOO_LONG|Invalid string length/, 'a piece of text is too large', lessMemory],
  [/^Invalid typed array length: \d{10,}$/, 'an array is too large', lessMemory],
];

/** An error of the operating system, which is not a bug in w2v; undefined for other errors. */
function systemRefusal(cause: unknown): W2vError | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { code = '', path, syscall } = cause as NodeJS.ErrnoException;
  const [why, hint] = systemErrors[code] ?? [];
  if (why !== undefined && hint !== undefined && syscall !== undefined) {
    const what = path ?? (syscall === 'write' ? 'standard output' : `a file (${syscall})`);
    const writing =
      ['write', 'mkdir', 'rename', 'link', 'fsync'].includes(syscall) || /^(ENOSPC|EROFS|EDQUOT)$/.test(code);
    const message = `${what} cannot be ${writing ? 'written' : 'used'}: ${why}`;
    return new W2vError(writing ? 'file-unwritable' : 'file-unreadable', message, hint, { cause });
  }
  const shortage = shortages.find(([pattern]) => pattern.test(code) || pattern.test(cause.message));
  if (shortage === undefined) return undefined;
  return outOfMemory(`${shortage[1]} (${cause.message})`, shortage[2], { cause });
}

const own = packageFile('').href; // the package

/** An error of the user's own module, thrown after w2v called it: by a timer, or a promise nobody waits for. */
function ofModule(error: unknown): W2vError | undefined {
  const [, place] = /(file:\/\/[^\s)]+)/.exec(error instanceof Error ? (error.stack ?? '') : '') ?? [];
  if (place === undefined || place.startsWith(own)) return undefined;
  const hint = 'correct that file: w2v runs it as it is';
  return malformed(`${messageOf(error)}, thrown at ${place}`, hint, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The exit codes of the command-line contract: 0 done, 1 failure, 2 usage, 3 bad input or file, 4 engine unavailable, 5 a
 * word is not in the vocabulary, 130 Ctrl-C (143 SIGTERM, 129 SIGHUP: interrupt.ts).
 */
export const exitCodes: Record<ErrorCode, number> = {
  usage: 2,
  'file-missing': 3,
  'file-unreadable': 3,
  'file-malformed': 3,
  'not-text': 3,
  'corpus-empty': 3,
  'file-exists': 3,
  'file-unwritable': 3,
  'word-unknown': 5,
  'engine-unavailable': 4,
  'setup-failed': 4,
  diverged: 1,
  'out-of-memory': 1,
  'port-unavailable': 1,
  'worker-failed': 1,
  interrupted: 130,
};
