// Turns a system error about writing a file into an error with a hint.
import { dirname } from 'node:path';
import { W2vError } from '../errors.ts';

/** `folder`: the folder of the file, if it differs from the folder in its name (a link). */
export function unwritable(name: string, error: unknown, folder = dirname(name)): W2vError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const [why, hint] = {
    ENOENT: [`the folder ${folder} does not exist`, `create it first: mkdir -p ${folder}`],
    ENOTDIR: [`${folder} is not a folder`, 'choose another path'],
    EISDIR: ['it is a folder', 'choose another name'],
    EACCES: ['no permission', 'choose a folder you may write to'],
    EPERM: ['no permission', 'choose a folder you may write to'],
    EROFS: ['the file system is read-only', 'choose a folder you may write to'],
    ENOSPC: ['the disk is full', 'free disk space, or choose another disk'],
    EDQUOT: ['your disk quota is used up', 'free disk space, or choose another disk'],
    EFBIG: ['the file would exceed the size limit', 'choose another disk, or raise the limit (ulimit -f)'],
    EIO: ['the disk does not answer', 'check the disk, or choose another one'],
    ENAMETOOLONG: ['the name is too long', 'choose a shorter name'],
    ELOOP: ['its symbolic links lead in a circle', 'remove the link, or choose another path'],
    ENXIO: ['no process reads the other end', 'choose another path'],
    EMFILE: ['too many files are open', 'raise the limit: ulimit -n 4096'],
  }[code] ?? [code, 'choose another path'];
  return new W2vError('file-unwritable', `${name} cannot be written: ${why}`, hint!, { cause: error });
}

/** Converts an error with `unwritable`, unless it is a W2vError already. */
export function told(name: string, error: unknown): W2vError {
  return error instanceof W2vError ? error : unwritable(name, error);
}
