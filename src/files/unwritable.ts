// Turns a system error about writing a file into an error with a hint.
import { dirname } from 'node:path';
import { W2vError } from '../errors.ts';
import { systemErrors } from './system-errors.ts';

/** `folder`: the folder of the file, if it differs from the folder in its name (a link). */
export function unwritable(name: string, error: unknown, folder = dirname(name)): W2vError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const denied = process.platform === 'win32' ? 'no permission, or another program has it open' : 'no permission';
  const [why, hint] = {
    ...systemErrors,
    ENOENT: [`the folder ${folder} does not exist`, `create it first: mkdir -p ${folder}`],
    ENOTDIR: [`${folder} is not a folder`, 'choose another path'],
    EACCES: [denied, 'choose a folder you may write to'],
    EPERM: [denied, 'choose a folder you may write to'],
  }[code] ?? [code, 'choose another path'];
  return new W2vError('file-unwritable', `${name} cannot be written: ${why}`, hint, { cause: error });
}

/** Converts an error with `unwritable`, unless it is a W2vError already. */
export function asUnwritable(name: string, error: unknown): W2vError {
  return error instanceof W2vError ? error : unwritable(name, error);
}
