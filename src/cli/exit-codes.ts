// The exit codes of the command-line contract: 0 done, 1 failure, 2 usage, 3 bad input or file, 4 engine unavailable,
// 5 a word is not in the vocabulary, 130 Ctrl-C (143 SIGTERM, 129 SIGHUP: interrupt.ts).
import type { ErrorCode } from '../errors.ts';

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
