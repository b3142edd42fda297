// The files behind the paths a corpus is given by: files, folders, globs.
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { throwIfAborted, W2vError } from '../errors.ts';
import { quotable } from '../printable.ts';
import { ownOutputs } from './own-outputs.ts';

export interface FoundFile {
  /** Bytes where the name is not valid UTF-8. */
  path: string | Buffer;
  name: string;
  /** 'stream' is a pipe or a terminal: reading it may wait for somebody to write. */
  kind: 'file' | 'stream' | 'device';
  /** Bytes; undefined where that is not known. */
  size: number | undefined;
}

/** A file that a folder or a glob stands for, but that was not read. */
export interface SkippedFile {
  file: string;
  /** 'w2v-output': vectors made by w2v, or what belongs to them. 'name': a glob gives no way to open its name. */
  why: 'w2v-output' | 'name';
}

interface Finding {
  files: FoundFile[];
  skipped: SkippedFile[];
  signal: AbortSignal | undefined;
}

/**
 * The files behind `path`, in order: a file as it is; a folder stands for all files below it, by name (names that start with
 * a dot, links to folders and links to nothing left out); a path that does not exist but has glob characters, for the files
 * it matches, by name. What w2v itself wrote is left out of folders and globs, and told in `skipped`.
 * Throws `file-missing`, `file-unreadable`, `interrupted`.
 */
export async function findFiles(
  path: string,
  { signal, platform = process.platform }: { signal?: AbortSignal | undefined; platform?: string } = {},
): Promise<{ files: FoundFile[]; skipped: SkippedFile[] }> {
  const finding: Finding = { files: [], skipped: [], signal };
  const pattern = platform === 'win32' ? path.replaceAll('\\', '/') : path; // where a backslash is no escape
  const found = await inspect(path).catch((error: unknown) => {
    if (error instanceof W2vError && error.code === 'file-missing' && isDynamicPattern(pattern)) return undefined;
    throw error;
  });
  if (!found) await addMatches(pattern, finding);
  else if (found === 'folder') await addFilesBelow(path, finding);
  else finding.files.push({ path, name: path, ...found });
  if (finding.files.length > 0) return finding;
  const left = finding.skipped.length > 0 ? ' but what w2v wrote' : '';
  throw found
    ? new W2vError(
        'file-missing',
        `the folder ${quotable(path)} holds no file${left}`,
        'name a folder with text files in it',
      )
    : new W2vError('file-missing', `no file matches ${quotable(path)}`, 'check the path, or put it in quotes');
}

async function addMatches(pattern: string, finding: Finding): Promise<void> {
  const matches = await glob(pattern, {
    onlyFiles: true,
    expandDirectories: false,
    followSymbolicLinks: false,
    absolute: isAbsolute(pattern),
    ...(finding.signal && { signal: finding.signal }),
  });
  throwIfAborted(finding.signal);
  const folders = new Map<string, (name: string) => boolean>();
  for (const path of matches.sort(byName)) {
    const folder = dirname(path);
    let isOwn = folders.get(folder);
    if (!isOwn) {
      isOwn = ownOutputs(folder, (name) => existsSync(join(folder, name)));
      folders.set(folder, isOwn);
    }
    if (isOwn(basename(path))) finding.skipped.push({ file: path, why: 'w2v-output' });
    else if (path.includes('\ufffd') && !existsSync(path)) finding.skipped.push({ file: path, why: 'name' });
    else await addFile(path, path, true, finding);
  }
}

async function addFilesBelow(folder: string | Buffer, finding: Finding): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch((cause: unknown) => {
    throw unreadable(folder.toString(), cause);
  });
  const named = entries.map((entry) => ({ entry, name: entry.name.toString() }));
  const names = new Set(named.map(({ name }) => name));
  const isOwn = ownOutputs(folder.toString(), (name) => names.has(name));
  for (const { entry, name } of named.sort((a, b) => byName(a.name, b.name))) {
    if (name.startsWith('.')) continue;
    throwIfAborted(finding.signal);
    const path = joined(folder, entry.name, name);
    if (isOwn(name)) finding.skipped.push({ file: path.toString(), why: 'w2v-output' });
    else if (entry.isDirectory()) await addFilesBelow(path, finding);
    else if (entry.isFile() || entry.isSymbolicLink()) {
      await addFile(path, path.toString(), entry.isSymbolicLink(), finding);
    }
  }
}

/** A string where the name is valid UTF-8, else the bytes that the system knows it by. */
function joined(folder: string | Buffer, name: Buffer, text: string): string | Buffer {
  if (typeof folder === 'string' && Buffer.from(text).equals(name)) return join(folder, text);
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), name]);
}

async function addFile(path: string | Buffer, name: string, mayBeLink: boolean, finding: Finding): Promise<void> {
  const found = await inspect(path).catch((error: unknown) => {
    const { code } = ((error as W2vError).cause ?? {}) as NodeJS.ErrnoException;
    if (mayBeLink && (code === 'ENOENT' || code === 'ELOOP')) return undefined; // a link to nothing
    throw error;
  });
  if (found && found !== 'folder') finding.files.push({ path, name, ...found });
}

/** A file that is named as it is. Throws `file-missing` with `hint`, `file-unreadable`. */
export async function inspectFile(path: string, hint: string): Promise<FoundFile> {
  const found = await inspect(path).catch((error: W2vError) => {
    if (error.code !== 'file-missing') throw error;
    throw new W2vError('file-missing', `${quotable(path)} does not exist`, hint, { cause: error });
  });
  if (found !== 'folder') return { path, name: path, ...found };
  throw new W2vError('file-unreadable', `${quotable(path)} is a folder, expected a file`, 'name a file in it');
}

async function inspect(path: string | Buffer): Promise<'folder' | Pick<FoundFile, 'kind' | 'size'>> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    if (found.isFile()) return { kind: 'file', size: found.size };
    return { kind: found.isFIFO() || found.isCharacterDevice() ? 'stream' : 'device', size: undefined };
  } catch (cause) {
    throw unreadable(path.toString(), cause);
  }
}

/** What it means to the user that the system refuses to read `path`. */
export function unreadable(path: string, cause: unknown): W2vError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const shown = quotable(path);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const hint = path.includes('\ufffd')
      ? 'its name is not valid UTF-8: rename it, or name the folder it is in'
      : 'check the path';
    return new W2vError('file-missing', `no such file or folder: ${shown}`, hint, { cause });
  }
  const [why, hint] = {
    EACCES: [undefined, 'change its permissions, or run as a user who may read it'],
    EPERM: [undefined, 'change its permissions, or run as a user who may read it'],
    ELOOP: ['its links lead in a circle', 'name the file itself'],
    EIO: ['the disk does not answer (EIO)', 'check the disk'],
    ENXIO: ['it cannot be opened (ENXIO)', 'pass the text as standard input: w2v ... - < FILE'],
    ENAMETOOLONG: ['the name is too long', 'check the path'],
    EMFILE: ['too many files are open', 'raise the limit: ulimit -n 4096'],
  }[code ?? ''] ?? [message, 'check that it is a readable file'];
  const observed = why === undefined ? `no permission to read ${shown}` : `cannot read ${shown}: ${why}`;
  return new W2vError('file-unreadable', observed, hint!, { cause });
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
