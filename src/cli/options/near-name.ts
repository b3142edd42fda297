// The command or option that a misspelled name means.
import { suggest } from '../../base/suggest.ts';

const LETTERS_AN_EDIT = 3; // there are few names, so a guess is seldom wrong
const SHORTEST_BEGINNING = 3;

/** The name nearest to `name`, or the only one that begins with it; undefined where none is near. */
export function nearName(names: readonly string[], name: string): string | undefined {
  const [nearest] = suggest(names, name, 1, LETTERS_AN_EDIT);
  if (nearest !== undefined || name.length < SHORTEST_BEGINNING) return nearest;
  const begun = names.filter((one) => one.startsWith(name));
  return begun.length === 1 ? begun[0] : undefined;
}
