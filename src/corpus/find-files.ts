// Finds the files that the paths of a corpus name: files, folders and globs.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { missing, throwIfAborted, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { type FoundFile, inspect, unreadable } from '../files/open-file.ts';
import { ownOutputs } from './own-outputs.ts';

/** A file in a folder or matched by a glob that was not read. */
export interface SkippedFile {
  file: string;
  /**
   * 'w2v-output': written by w2v (vectors and their side files). 'name': matched by a glob, but the name is not UTF-8.
   */
  why: 'w2v-output' | 'name';
}

interface Finding {
  files: FoundFile[];
  skipped: SkippedFile[];
  signal: AbortSignal | undefined;
}

/**
 * The files that `path` names, in order. A folder means all files below it, sorted by name, without names that
 * start with a dot, links to folders and dangling links. A path that does not exist but has glob characters stands for
 * the files it matches, sorted by name. Files that w2v wrote are left out of folders and globs and listed in `skipped`.
 * Throws `file-missing`, `file-unreadable`, `interrupted`.
 */
export async function findFiles(
  path: string,
  { signal, platform = process.platform }: { signal?: AbortSignal | undefined; platform?: string } = {},
): Promise<{ files: FoundFile[]; skipped: SkippedFile[] }> {
  const finding: Finding = { files: [], skipped: [], signal };
  const pattern = platform === 'win32' ? path.replaceAll('\\', '/') : path; // on Windows, \ separates folders
  const found = await inspect(path).catch((error: unknown) => {
    if (!(error instanceof W2vError) || error.code !== 'file-missing') throw error;
    if (isDynamicPattern(pattern)) return undefined;
    const { hint, cause } = error;
    throw missing(`no such file or folder: ${quotable(path)}`, hint, { cause });
  });
  if (!found) await addMatches(pattern, finding);
  else if (found === 'folder') await addFilesBelow(path, finding);
  else finding.files.push({ path, name: path, ...found });
  if (finding.files.length > 0) return finding;
  const left = finding.skipped.length > 0 ? ' except output of w2v' : '';
  throw found
    ? missing(`the folder ${quotable(path)} contains no file${left}`, 'name a folder that contains text files')
    : missing(`no file matches ${quotable(path)}`, 'check the path, or put it in quotes');
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

/** The name as a string if it is valid UTF-8, otherwise as the bytes that the system uses. */
function joined(folder: string | Buffer, name: Buffer, text: string): string | Buffer {
  if (typeof folder === 'string' && Buffer.from(text).equals(name)) return join(folder, text);
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), name]);
}

async function addFile(path: string | Buffer, name: string, mayBeLink: boolean, finding: Finding): Promise<void> {
  const found = await inspect(path).catch((error: unknown) => {
    const { code } = ((error as W2vError).cause ?? {}) as NodeJS.ErrnoException;
    if (mayBeLink && (code === 'ENOENT' || code === 'ELOOP')) return undefined; // a dangling link
    throw error;
  });
  if (found && found !== 'folder') finding.files.push({ path, name, ...found });
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
