// Checks that only the user can write code in a folder, because other writers could have put any code there (as ssh
// checks keys).
import { stat } from 'node:fs/promises';
import { W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';

interface Owned {
  uid: number;
  gid: number;
  mode: number;
}

/**
 * Describes who else could have written a file; undefined if only the user and root could. A group with the user's id
 * counts as the user's own, because many distributions create one per user.
 */
export function strangerTo({ uid, gid, mode }: Owned, user: { uid: number; gid: number }): string | undefined {
  if (uid !== user.uid && uid !== 0) return 'belongs to another user';
  if ((mode & 0o002) !== 0) return 'can be written to by any user';
  const isOwnGroup = gid === 0 || (gid === user.gid && gid === user.uid);
  if ((mode & 0o020) !== 0 && !isOwnGroup) return 'can be written to by a group of users';
  return undefined;
}

/** The first of `paths` that another user could have written, and how; undefined on systems without such owners. */
export async function strangeCode(paths: readonly string[]): Promise<string | undefined> {
  const uid = process.getuid?.();
  const gid = process.getgid?.();
  if (uid === undefined || gid === undefined) return undefined;
  for (const path of paths) {
    const reason = strangerTo(await stat(path), { uid, gid });
    if (reason !== undefined) return `${quotable(path)} ${reason}`;
  }
  return undefined;
}

export const strangeCodeHint =
  'run chmod -R go-w on the cache, or set W2V_CACHE to a folder of your own and run w2v setup';

/**
 * Checks that a cache that is to hold code is the user's own.
 * @throws W2vError 'setup-failed'
 */
export async function requireOwnCache(cacheDirectory: string): Promise<void> {
  const strange = await strangeCode([cacheDirectory]);
  if (strange === undefined) return;
  throw new W2vError('setup-failed', `the cache holds code to run, and ${strange}`, strangeCodeHint);
}
