// Saves the results of a long computation that cannot be written to their place: they go to another file, which the
// error names.
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { W2vError } from '../base/errors.ts';
import { describeFailure } from './terminal/report-error.ts';

/** One result, to write to `path`. */
export interface Rescuable {
  path: string;
  /** For the message: 'the vectors'. */
  what: string;
  /** Writes it under its own name, in its own format. */
  save(): Promise<void>;
  /** Writes it under another name, in a format that can store every word. `mode`: permissions of the new files. */
  saveAs(path: string, mode?: number): Promise<void>;
  /** The command that creates the intended file from the saved one. */
  restore(rescued: string): string;
}

export interface RescueOptions {
  signal: AbortSignal;
  /** The second choice, after the folder of the file; default: the system's folder for temporary files. */
  temporary?: string | undefined;
}

/**
 * Runs `save`, which writes all of `results` or none. If it fails, writes each under its own name if possible, else as
 * NAME.rescued next to it, else in the temporary folder. Throws the error of `save`, extended by where the results are
 * and how to continue.
 * `interrupted` is thrown as it is, and nothing is saved.
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
    places.push(place === undefined ? `${what} could not be saved` : `${what} are in ${place}`);
    if (place !== undefined && !saved) commands.push(result.restore(place));
  }
  if (commands.length === 0 && places.every((place) => place.includes(' are in '))) return;
  const hint = commands.length > 0 ? `then run: ${commands.join('; ')}` : error.hint;
  throw new W2vError(error.code, `${error.message}; ${places.join(', ')}`, hint, { cause: error });
}

const MOST = 9; // rescued files of one name
const PRIVATE = 0o600; // every user can look into the folder for temporary files

async function rescued(result: Rescuable, temporary: string): Promise<string | undefined> {
  // No file can be created next to /dev/stdout.
  const path = /^\/(dev|proc)\//.test(result.path) || result.path === '-' ? 'vectors' : result.path;
  const elsewhere = join(temporary, basename(path));
  for (const name of [path, elsewhere]) {
    for (let number = 1; number <= MOST; number++) {
      const place = number === 1 ? `${name}.rescued` : `${name}.rescued.${number}`;
      try {
        await result.saveAs(place, name === elsewhere ? PRIVATE : undefined);
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
