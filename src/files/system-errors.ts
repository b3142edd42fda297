// What errors of the operating system about a file, a folder or a descriptor mean, and what to do: one table for all
// messages.

export type Explanation = readonly [why: string, hint: string];

const permissions = 'check its permissions';
const room = 'free disk space, or choose another disk';
const elsewhere = 'choose a folder you can write to';

export const systemErrors: Readonly<Record<string, Explanation>> = {
  ENOENT: ['no such file or folder', 'check the path'],
  EACCES: ['no permission', permissions],
  EPERM: ['no permission', permissions],
  EEXIST: ['it already exists', 'remove it, or choose another name'],
  ENOTDIR: ['a part of the path is not a folder', 'check the path'],
  EISDIR: ['it is a folder', 'choose another name'],
  ENOTEMPTY: ['the folder is not empty', 'remove it, or choose another name'],
  ELOOP: ['its symbolic links form a loop', 'remove the link, or choose another path'],
  ENAMETOOLONG: ['the name is too long', 'choose a shorter name'],
  ENXIO: ['no process is at the other end', 'choose another path'],
  EROFS: ['the file system is read-only', elsewhere],
  ENOSPC: ['the disk is full', room],
  EDQUOT: ['your disk quota is used up', room],
  EFBIG: ['the file would exceed the size limit', 'choose another disk, or raise the limit (ulimit -f)'],
  EIO: ['input/output error', 'check the disk, or choose another one'],
  EAGAIN: ['it is not ready', 'try again'],
  EBUSY: ['it is in use', 'try again when it is free'],
  ETXTBSY: ['it is in use', 'try again when it is free'],
  ESTALE: ['the network disk has lost the file', 'try again'],
  ETIMEDOUT: ['no answer in time', 'try again'],
  EMFILE: ['too many files are open', 'raise the limit: ulimit -n 4096'],
  ENFILE: ['too many files are open', 'close other programs, or ask the administrator'],
};
