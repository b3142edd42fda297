// Fetches the files of an npm package into memory with the npm client (and its registry, proxy and cache settings).
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parseTar } from 'nanotar';
import { malformed, W2vError } from '../base/errors.ts';
import { makeTemporaryFolder } from '../files/temporary-folder.ts';
import { runNpm } from './npm.ts';

export interface NpmPackage {
  name: string;
  /** An exact version, so that the content is always the same. */
  version: string;
}

/** Size limit of a package, compressed or not; larger ones are rejected. */
const most = 200_000_000;

/**
 * The files of a package by path ('data/a.json'). Runs `npm pack` in a temporary folder; npm verifies the download
 * against the registry's hash and does not run the package's scripts.
 *
 * Throws `setup-failed` (no npm, no network, no such version), `file-malformed` (not a package, or too large),
 * `interrupted`.
 */
export async function fetchNpmPackage(
  { name, version }: NpmPackage,
  { signal, maximumBytes = most }: { signal?: AbortSignal | undefined; maximumBytes?: number } = {},
): Promise<Map<string, Uint8Array>> {
  const what = `${name}@${version}`;
  const folder = makeTemporaryFolder('npm');
  try {
    await runNpm(['pack', what], { folder, what, signal });
    const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
    if (tarball === undefined) {
      throw new W2vError(
        'setup-failed',
        `npm pack ${what} left no .tgz file`,
        'update npm, then run the command again',
      );
    }
    const files = new Map<string, Uint8Array>();
    for (const entry of parseTar(await unpacked(path.join(folder, tarball), what, maximumBytes))) {
      if (entry.type === 'file') files.set(entry.name.replace(/^[^/]+\//, ''), entry.data ?? new Uint8Array());
    }
    return files;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Decompresses a .tgz to a tar. The input is untrusted, so its size is limited before memory is allocated. */
async function unpacked(file: string, what: string, maximumBytes: number): Promise<Uint8Array> {
  const hint = 'check which registry npm uses (npm config get registry), then run the command again';
  const tooLarge = () => malformed(`${what} has more than ${maximumBytes} bytes, the limit`, hint);
  if ((await stat(file)).size > maximumBytes) throw tooLarge();
  try {
    // A copy, because nanotar reads the whole underlying buffer.
    return new Uint8Array(await promisify(gunzip)(await readFile(file), { maxOutputLength: maximumBytes }));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    const observed = `${what} cannot be unpacked (${(cause as Error).message})`;
    throw malformed(observed, hint, { cause });
  }
}
