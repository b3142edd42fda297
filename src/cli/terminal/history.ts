// What was typed at a prompt, kept for the next time: a file in the per-user cache, one line each, the latest last.
// Where it cannot be kept, the prompt works without it.
import { appendFile, chmod, lstat, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printable } from '../../base/printable.ts';
import { makeFolder } from '../../files/make-folder.ts';

export const MOST_LINES = 1000;
const LONGEST_LINE = 1000; // characters
const privateFolder = 0o700;
const privateFile = 0o600;

export interface History {
  /** The latest first, as readline wants them. */
  lines: string[];
  /** Keeps a line, too. */
  add(line: string): Promise<void>;
}

/** The history kept in `file`; only the user may read it. Never rejects. */
export async function openHistory(file: string): Promise<History> {
  let kept: string[];
  try {
    kept = await read(file);
  } catch {
    return { lines: [], add: async () => {} };
  }
  let last = kept.at(-1);
  return {
    lines: kept.reverse(),
    async add(line) {
      if (line === last || !isKept(line)) return;
      last = line;
      await appendFile(file, `${line}\n`, { mode: privateFile }).catch(() => {});
    },
  };
}

async function read(file: string): Promise<string[]> {
  await makeFolder(dirname(file), privateFolder);
  const state = await lstat(file).catch(() => undefined);
  if (state === undefined) {
    await writeFile(file, '', { mode: privateFile, flag: 'wx' });
    return [];
  }
  if (!state.isFile()) throw new Error('not a file');
  await chmod(file, privateFile);
  const lines = (await readFile(file, 'utf8')).split('\n').filter(isKept);
  const latest = lines.slice(-MOST_LINES);
  if (lines.length > 2 * MOST_LINES) await writeFile(file, `${latest.join('\n')}\n`);
  return latest;
}

/** A terminal would obey control characters. */
function isKept(line: string): boolean {
  return line !== '' && line.length <= LONGEST_LINE && printable(line) === line;
}
