// A few files of one Python package's wheel, got through pip (its index, proxy and cache settings hold), in memory. A wheel
// is a zip; none of its code is run, and nothing is installed.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Entry, openPromise } from 'yauzl';
import { throwIfAborted, W2vError } from '../errors.ts';
import { downloadWithPip } from './pip.ts';
import { findTool, pipCommands } from './tool.ts';

export interface PythonWheel {
  /** The Python package and an exact version. */
  wheel: string;
  version: string;
  /** Which of its wheels, in pip's names: the same one whatever machine asks, so that the same bytes come. */
  python: string;
  platform: string;
}

/** A file of a wheel: its path in it, and how many bytes it has. */
export interface WheelFile {
  file: string;
  bytes: number;
}

/**
 * The named files of a wheel, by their path in it; those it lacks, or has with another size, are missing in the answer too.
 *
 * Throws `setup-failed` (no Python with pip, no network, no such version), `file-malformed` (no zip), `interrupted`.
 */
export async function fetchWheelFiles(
  { wheel, version, python, platform }: PythonWheel,
  wanted: readonly WheelFile[],
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Map<string, Uint8Array>> {
  throwIfAborted(signal);
  const found = await findTool(pipCommands, signal);
  if (found === undefined) {
    const observed = `Python with pip is needed to get ${wheel}==${version}, and neither python3 nor pip answers`;
    throw new W2vError('setup-failed', observed, 'install Python 3 with pip, or name a file of your own');
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'w2v-wheel-'));
  try {
    const more = ['--quiet', '--retries', '2', '--timeout', '10'];
    const name = { package: wheel, version, python, platform };
    const file = await downloadWithPip(name, { pip: found.command, folder, more, signal });
    return await unzip(file, wanted);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** yauzl gives no more bytes of an entry than the archive says it has, so a bomb is known before it is unpacked. */
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
    throw new W2vError('file-malformed', observed, 'check which package index pip uses (pip config list)', { cause });
  }
}
