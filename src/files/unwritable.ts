// Turns a system error about writing a file into an error with a hint.
import { existsSync } from 'node:fs';
import { dirname, win32 } from 'node:path';
import { W2vError } from '../base/errors.ts';
import { quotedFor } from './shell-name.ts';
import { type Explanation, systemErrors } from './system-errors.ts';

/** `folder`: the folder of the file, if it differs from the folder in its name (a link). */
export function unwritable(
  name: string,
  error: unknown,
  folder = dirname(name),
  platform: string = process.platform,
): W2vError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const denied: Explanation =
    platform === 'win32' && existsSync(name)
      ? ['no permission, or another program has it open', 'close that program, or choose another name']
      : ['no permission', 'choose a folder you can write to'];
  const explanations: Record<string, Explanation> = {
    ...systemErrors,
    ENOENT: noFolder(folder, platform),
    ENOTDIR: noDirectory(folder),
    EACCES: denied,
    EPERM: denied,
  };
  const [why, hint] = explanations[code] ?? [code, 'choose another path'];
  return new W2vError('file-unwritable', `${name} cannot be written: ${why}`, hint, { cause: error });
}

function noDirectory(path: string): Explanation {
  return [`${path} is not a folder`, 'choose another path'];
}

/** cmd's mkdir makes the parents too, and would make a folder named -p. */
function noFolder(folder: string, platform: string): Explanation {
  const observed = `the folder ${folder} does not exist`;
  if (platform !== 'win32') return [observed, `create it first: mkdir -p ${quotedFor(folder, platform)}`];
  const { root } = win32.parse(folder);
  if (existsSync(folder)) return noDirectory(folder); // what others call ENOTDIR
  if (root !== '' && !existsSync(root)) return [`there is no ${root}`, 'choose another drive'];
  return [observed, `create it first: mkdir ${quotedFor(win32.normalize(folder), platform)}`];
}

/** Converts an error with `unwritable`, unless it is a W2vError already. */
export function asUnwritable(name: string, error: unknown): W2vError {
  return error instanceof W2vError ? error : unwritable(name, error);
}
