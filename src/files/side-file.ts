// Side files: what was computed from a file and is kept next to it. FILE.ENDING has the content, FILE.ENDING.json its
// facts: the identity of FILE, and size and hash of the content. Whoever reads a side file compares both and computes
// the content again if anything differs.

import { lstat, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkText } from '../base/check.ts';
import { throwIfAborted } from '../base/errors.ts';
import { sha256OfFile } from './sha256.ts';
import { removeLeftovers, removeTemporary, temporaryBeside } from './temporaries.ts';
import { asUnwritable } from './unwritable.ts';

/** Identifies a version of a file. */
export interface FileStamp {
  bytes: number;
  modified: number;
}

/** Identifies the content of a side file. */
export interface ContentStamp {
  bytes: number;
  sha256: string;
}

const MOST_FACTS = 1 << 16; // bytes

/** What may lie next to a file of vectors: layouts (src/map/). */
export const sideEndings: readonly string[] = ['pca-2', 'pca-3', 'umap-2', 'umap-3'].flatMap((kind) => [
  `.layout-${kind}`,
  `.layout-${kind}-beside`,
]);

/**
 * The identity of the file of vectors. Call it before loading: if the file changes in the meantime, what is kept does
 * not match the new file. Undefined for a pipe, a device, or a name in /dev or /proc (`/dev/stdin < FILE`), next to
 * which nothing is kept.
 */
export async function stampOf(path: string): Promise<FileStamp | undefined> {
  checkText(path, 'the path');
  if (/^\/(dev|proc)\//.test(resolve(path))) return undefined;
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { bytes: found.size, modified: found.mtimeMs } : undefined;
}

/** The facts of the side file `path`, not yet validated; undefined if they are missing or unreadable. */
export async function readFacts(path: string): Promise<Record<string, unknown> | undefined> {
  try {
    const name = `${path}.json`;
    const found = await lstat(name);
    if (!found.isFile() || found.size > MOST_FACTS) return undefined;
    const facts: unknown = JSON.parse(await readFile(name, 'utf8'));
    return typeof facts === 'object' && facts !== null ? (facts as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The side files of `path`, each with its facts, as far as they are certainly ours: their facts say what they belong
 * to.
 */
export async function sideFilesOf(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const ending of sideEndings) {
    const name = `${path}${ending}`;
    const { bytes, modified, words } = (await readFacts(name)) ?? {};
    if (![bytes, modified, words].every((value) => typeof value === 'number')) continue;
    if ((await lstat(name).catch(() => undefined))?.isFile()) found.push(name);
    found.push(`${name}.json`);
  }
  return found;
}

/** Whether `path` is a file, no link, with this content. Throws `interrupted`. */
export async function hasContent(
  path: string,
  content: ContentStamp,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile() || found.size !== content.bytes) return false;
  const hash = await sha256OfFile(path, signal).catch(() => undefined);
  throwIfAborted(signal);
  return hash === content.sha256;
}

/**
 * Keeps a side file: `save` writes the content to the empty file it is given, `factsOf` makes the facts. Content
 * without facts is ignored, so the facts are written last. Both get temporary names and are renamed; a rename replaces
 * a link and does not follow it. Returns the reason for a failure. Throws `interrupted`.
 */
export async function keepSideFile(
  path: string,
  save: (temporary: string) => void | Promise<void>,
  factsOf: (content: ContentStamp) => object,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const about = `${path}.json`;
  const [newContent, newFacts] = [temporaryBeside(path), temporaryBeside(about)];
  try {
    for (const name of [path, about]) await removeLeftovers(name);
    await (await open(newContent, 'wx')).close(); // 'wx' never follows a link
    await save(newContent);
    const { size: bytes } = await stat(newContent);
    const facts = factsOf({ bytes, sha256: await sha256OfFile(newContent, signal) });
    await writeFile(newFacts, `${JSON.stringify(facts)}\n`, { flag: 'wx' });
    await rm(about, { force: true });
    await rename(newContent, path);
    await rename(newFacts, about);
    return undefined;
  } catch (error) {
    throwIfAborted(signal);
    return asUnwritable(path, error).message;
  } finally {
    for (const name of [newContent, newFacts]) await removeTemporary(name);
  }
}
