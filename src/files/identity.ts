// What has to be the same for saved work to go on as if it had never stopped. Each value has a name, so that a refusal
// can say what changed.
import { malformed, usage } from '../base/errors.ts';
import { printable, quotable, shortened } from '../base/printable.ts';
import { recordOf, shape } from './shape.ts';

export type Identity = Record<string, string | number | boolean>;

const plain = ['string', 'number', 'boolean'];
/** An identity that was read from a file. */
export const identityShape = recordOf(shape('text, a number, true or false', (value) => plain.includes(typeof value)));

/**
 * Throws `usage` naming each value of `now` that differs from the saved one. `work`: `training` or `counting`. `isAll`:
 * `now` has all values, so that one which it lacks has been left out.
 */
export function requireSame(
  saved: Identity,
  now: Identity,
  { folder, work, isAll }: { folder: string; work: string; isAll: boolean },
): void {
  const names = isAll ? new Set([...Object.keys(saved), ...Object.keys(now)]) : Object.keys(now);
  const changes: string[] = [];
  for (const name of names) {
    if (saved[name] !== now[name]) changes.push(`${name} ${shown(saved[name])} -> ${shown(now[name])}`);
  }
  if (changes.length === 0) return;
  const observed = `the checkpoint in ${quotable(folder)} is of another ${work}: ${changes.join(', ')}`;
  const hint = `resume with what it began with, or begin a new ${work} with another folder ({ checkpoint })`;
  throw usage(observed, hint);
}

/** Throws `file-malformed` unless what is saved has the format that this version reads. */
export function requireFormat(
  format: number,
  expected: number,
  { folder, work }: { folder: string; work: string },
): void {
  if (format === expected) return;
  const observed = `the checkpoint in ${quotable(folder)} has format ${format}, expected ${expected}`;
  throw malformed(observed, `resume it with the version of w2v that began the ${work}`);
}

const shown = (value: Identity[string] | undefined): string => shortened(printable(String(value ?? 'none')));
