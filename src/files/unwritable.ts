// What the system says against writing a file, as an error with one thing to do.
import { dirname } from 'node:path';
import { W2vError } from '../errors.ts';

/** `folder`: where the file would have been, if that is not the folder of its name (a link). */
export function unwritable(name: string, error: unknown, folder = dirname(name)): W2vError {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const [why, hint] = {
    ENOENT: [`the folder ${folder} does not exist`, `make it first: mkdir -p ${folder}`],
    ENOTDIR: [`${folder} is not a folder`, 'choose another path'],
    EISDIR: ['it is a folder', 'choose another name'],
    EACCES: ['no permission', 'choose a folder you may write to'],
    EPERM: ['no permission', 'choose a folder you may write to'],
    EROFS: ['the file system is read-only', 'choose a folder you may write to'],
    ENOSPC: ['the disk is full', 'free disk space, or choose another disk'],
    EDQUOT: ['your disk quota is used up', 'free disk space, or choose another disk'],
    EFBIG: ['the file would be larger than the system allows', 'choose another disk, or raise the limit (ulimit -f)'],
    EIO: ['the disk does not answer', 'check the disk, or choose another one'],
    ENAMETOOLONG: ['the name is too long', 'choose a shorter name'],
    ELOOP: ['its symbolic links lead in a circle', 'remove the link, or choose another path'],
    ENXIO: ['nobody is at the other end', 'choose another path'],
    EMFILE: ['too many files are open', 'raise the limit: ulimit -n 4096'],
  }[code] ?? [code, 'choose another path'];
  return new W2vError('file-unwritable', `${name} cannot be written: ${why}`, hint!, { cause: error });
}

/** An error as `unwritable` tells it, unless it is told already. */
export function told(name: string, error: unknown): W2vError {
  return error instanceof W2vError ? error : unwritable(name, error);
}
