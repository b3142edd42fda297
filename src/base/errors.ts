// W2vError, the type of every error that a user can cause: a stable code, what was observed and expected, and a hint.

/** What kind of error it is; the codes are stable. */
export const errorCodes = [
  'usage', // the options contradict each other or are out of range
  'file-missing', // an input does not exist
  'file-unreadable', // an input exists but cannot be read (a directory, no permission)
  'file-malformed', // an input is not in the format it claims or seems to have
  'not-text', // a corpus is binary, or in an encoding other than UTF-8
  'corpus-empty', // a corpus has no words, or no word passes the limits
  'file-exists', // an output exists, and `force` was not given
  'file-unwritable', // an output cannot be written (folder missing, no permission, disk full)
  'word-unknown', // a word is not in the vocabulary
  'engine-unavailable', // a training engine is not set up, or does not work here
  'setup-failed', // set-up lacks a tool, the network or disk space
  'diverged', // training produced NaN or infinity
  'out-of-memory', // a task needs more memory than available or allowed
  'port-unavailable', // a port is taken or not allowed, or a host is not this machine
  'worker-failed', // a worker thread ended before its work was done
  'interrupted', // the caller's AbortSignal fired
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Every error that a user can cause: `code`, `message` (what was found and expected) and `hint`. */
export class W2vError extends Error {
  readonly code: ErrorCode;
  /** One thing the user can do about it. Settings are written as in a program: `{ minCount: 1 }`. */
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'W2vError';
    this.code = code;
    this.hint = hint;
  }
}

type Maker = (message: string, hint: string, options?: ErrorOptions) => W2vError;
const maker =
  (code: ErrorCode): Maker =>
  (message, hint, options) =>
    new W2vError(code, message, hint, options);

/** Makers of the errors that most places throw: `message` says what was observed and expected. */
export const usage = maker('usage');
export const missing = maker('file-missing');
export const malformed = maker('file-malformed');
export const outOfMemory = maker('out-of-memory');

/** `where` is a file, FILE:LINE or 'FILE at byte N'; `observed` says what was found there and what was expected. */
export function malformedAt(
  where: string,
  observed: string,
  hint = 'the file seems damaged or truncated: copy, download or create it again',
  options?: ErrorOptions,
): W2vError {
  return malformed(`${where}: ${observed}`, hint, options);
}

/** Throws `interrupted` after the signal has fired; long loops call it between steps. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interruptionBy(signal);
}

/** The error of work that a caller stopped; its `cause` is the reason that the signal was given. */
export function interruptionBy({ reason }: AbortSignal): W2vError {
  const hint = 'call it again without the signal, or with one that fires later; the cause is the reason of the signal';
  return new W2vError('interrupted', 'the signal stopped the work before it was done', hint, { cause: reason });
}
