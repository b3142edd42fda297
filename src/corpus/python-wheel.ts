// A few files of one Python package's wheel, got through pip (its index, proxy and cache settings hold), in memory. A wheel
// is a zip; none of its code is run, and nothing is installed.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Entry, openPromise } from 'yauzl';
import { throwIfAborted, W2vError } from '../errors.ts';
import { findTool, pipCommands, runTool } from '../setup/tool.ts';

export interface PythonWheel {
  /** The Python package and an exact version. */
  wheel: string;
  version: string;
  /** Which of its wheels, in pip's names: the same one whatever machine asks, so that the same bytes come. */
  python: string;
  platform: string;
}

/**
 * The named files of a wheel, by their path in it; those it lacks are missing in the answer too.
 *
 * Throws `setup-failed` (no Python with pip, no network, no such version), `file-malformed` (no zip), `interrupted`.
 */
export async function fetchWheelFiles(
  { wheel, version, python, platform }: PythonWheel,
  names: readonly string[],
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Map<string, Uint8Array>> {
  throwIfAborted(signal);
  const specification = `${wheel}==${version}`;
  const pip = await findTool(pipCommands, signal);
  if (pip === undefined) {
    const observed = `Python with pip is needed to get ${specification}, and neither python3 nor pip answers`;
    throw new W2vError('setup-failed', observed, 'install Python 3 with pip, or name a file of your own');
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'w2v-wheel-'));
  try {
    const [program, ...parameters] = pip.command;
    const asked = ['download', '--no-deps', '--only-binary=:all:', '--python-version', python, '--platform', platform];
    const manners = ['--no-input', '--disable-pip-version-check', '--quiet', '--retries', '2', '--timeout', '10'];
    const outcome = await runTool(
      program!,
      [...parameters, ...asked, ...manners, '--dest', folder, specification],
      signal,
    );
    const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (outcome.code !== 0 || file === undefined) {
      const lines = outcome.stderr.trim().split('\n');
      const reason = lines.filter((line) => /error/i.test(line)).at(-1) ?? lines.at(-1)!;
      const observed = `pip could not get ${specification}: ${reason.trim() || `it ended with exit code ${outcome.code}`}`;
      throw new W2vError('setup-failed', observed, "check the network and pip's settings (pip config list)");
    }
    return await unzip(path.join(folder, file), names);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function unzip(file: string, names: readonly string[]): Promise<Map<string, Uint8Array>> {
  const archive = await openPromise(file, { autoClose: false }).catch((cause: unknown) => {
    const observed = `${path.basename(file)}: no wheel (${(cause as Error).message})`;
    throw new W2vError('file-malformed', observed, 'check which package index pip uses (pip config list)', { cause });
  });
  try {
    const wanted: Entry[] = [];
    for await (const entry of archive.eachEntry()) if (names.includes(entry.fileName)) wanted.push(entry);
    const files = new Map<string, Uint8Array>();
    for (const entry of wanted) {
      const chunks: Buffer[] = [];
      for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      files.set(entry.fileName, Buffer.concat(chunks));
    }
    return files;
  } finally {
    archive.close();
  }
}
