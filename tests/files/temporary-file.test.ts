import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { temporaryFileError } from '../../src/files/temporary-file.ts';

const use = { directory: '/scratch', holds: 'the ids', room: 'free disk space' };
const another = 'name another folder for temporary files ({ temporaryDirectory })';

type Row = [cause: object, why: string, hint: string];
const quotaIsUsedUp: Row = [
  { code: 'UNKNOWN', errno: -constants.errno.EDQUOT, message: 'UNKNOWN: unknown error, write' }, // as Node gives it
  'your disk quota is used up',
  `free disk space, or ${another}`,
];

it.each<Row>([
  [{ code: 'EROFS' }, 'the file system is read-only', another],
  [{ code: 'ENAMETOOLONG', message: `name too long, open '${'x'.repeat(5000)}'` }, 'the name is too long', another],
  [{ code: 'EACCES' }, 'no permission', another],
  [{ code: 'ENOSPC' }, 'the disk is full', `free disk space, or ${another}`],
  ...(constants.errno.EDQUOT === undefined ? [] : [quotaIsUsedUp]), // Windows has none
  [{ code: 'EFBIG' }, 'the file would exceed the size limit', `raise the limit (ulimit -f), or ${another}`],
  [{ code: 'EBADF', message: 'bad file descriptor' }, 'bad file descriptor', another],
])('a temporary file that the system refuses with %j', (cause, why, hint) => {
  expect(temporaryFileError(use, Object.assign(new Error(), cause))).toMatchObject({
    code: 'file-unwritable',
    message: `the ids cannot be kept in /scratch: ${why}`,
    hint,
  });
});
