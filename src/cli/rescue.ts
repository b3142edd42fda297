// Hours of work are not lost because the last second goes wrong: what cannot be written where it was to go is written under
// another name, and the error says where it is.
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { W2vError } from '../errors.ts';
import { describeFailure } from './terminal/report-error.ts';

/** One result that was to be written to `path`. */
export interface Rescuable {
  path: string;
  /** For the message: 'the vectors'. */
  what: string;
  /** Under its own name, in its own format. */
  save(): Promise<void>;
  /** Under any name, in a form that holds whatever the result holds. */
  saveAs(path: string): Promise<void>;
  /** The command that makes the wanted file of the rescued one. */
  restore(rescued: string): string;
}

export interface RescueOptions {
  signal: AbortSignal;
  /** Where to put it if not beside its place; the system's folder for temporary files unless told otherwise. */
  temporary?: string | undefined;
}

/**
 * Runs `save`, which writes all of `results` or none. Where it fails, each is written under its own name as far as that
 * is possible, else as NAME.rescued beside it, else in the temporary folder. Throws the error of `save`, with what is where
 * and how to go on; `interrupted` as it is: who stops the work wants no file.
 */
export async function saveOrRescue(
  save: () => Promise<void>,
  results: readonly Rescuable[],
  { signal, temporary = tmpdir() }: RescueOptions,
): Promise<void> {
  let error: W2vError;
  try {
    return await save();
  } catch (cause) {
    if (signal.aborted) throw cause;
    error = describeFailure(cause);
  }
  const places: string[] = [];
  const commands: string[] = [];
  for (const result of results) {
    const { path, what } = result;
    const saved = results.length > 1 && (await succeeds(() => result.save()));
    const place = saved ? path : await rescued(result, temporary);
    places.push(place === undefined ? `${what} could not be kept` : `${what} are in ${place}`);
    if (place !== undefined && !saved) commands.push(result.restore(place));
  }
  if (commands.length === 0 && places.every((place) => place.includes(' are in '))) return;
  const hint = commands.length > 0 ? `when that is mended: ${commands.join('; ')}` : error.hint;
  throw new W2vError(error.code, `${error.message}; ${places.join(', ')}`, hint, { cause: error });
}

const MOST = 9; // rescued files of one name

async function rescued(result: Rescuable, temporary: string): Promise<string | undefined> {
  // Beside /dev/stdout is no place for a file.
  const path = /^\/(dev|proc)\//.test(result.path) || result.path === '-' ? 'vectors' : result.path;
  for (const name of [path, join(temporary, basename(path))]) {
    for (let number = 1; number <= MOST; number++) {
      const place = number === 1 ? `${name}.rescued` : `${name}.rescued.${number}`;
      try {
        await result.saveAs(place);
        return place;
      } catch (error) {
        if (!(error instanceof W2vError) || error.code !== 'file-exists') break;
      }
    }
  }
  return undefined;
}

async function succeeds(action: () => Promise<void>): Promise<boolean> {
  return action().then(
    () => true,
    () => false,
  );
}
