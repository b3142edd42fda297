// Selects the Python wheel that contains libtensorflow for this machine and downloads it with pip. A wheel is a zip;
// TensorFlow's contains the C library and its headers, and is available even if tfjs-node's own download server is not.
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { W2vError } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { isCode } from '../fetch/cache.ts';
import { downloadWithPip } from '../fetch/pip.ts';
import { sha256OfFile } from '../files/sha256.ts';

export interface Wheel {
  /** The Python package, its fixed version, and pip's name of the platform. */
  package: string;
  version: string;
  platform: string;
  bytes: number;
  sha256: string;
  /** Bytes of the entries that are unpacked. */
  unpackedBytes: number;
}

// TensorFlow 2.15.1: it scattered rows 5 times and trained 1.3 times as fast as 2.21 did.
const wheels: Record<string, Wheel> = {
  'linux-x64': {
    package: 'tensorflow-cpu',
    version: '2.15.1',
    platform: 'manylinux2014_x86_64',
    bytes: 207_208_420,
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
    unpackedBytes: 614_500_000,
  },
  'linux-arm64': {
    package: 'tensorflow-cpu-aws', // the package `tensorflow` is an empty wheel that depends on this one
    version: '2.15.1',
    platform: 'manylinux2014_aarch64',
    bytes: 211_874_120,
    sha256: 'd4c3a3a9363bf42999adedbbd514e3a133be2d62f61fee9cfa46aaefb087c09e',
    unpackedBytes: 696_500_000,
  },
  'darwin-arm64': {
    package: 'tensorflow', // `tensorflow-macos` is an empty wheel that depends on this one
    version: '2.15.1',
    platform: 'macosx_12_0_arm64',
    bytes: 205_736_374,
    sha256: 'aa926114d1e13ffe5b2ea59c3f195216f26646d7fe36e9e5207b291e4b7902ff',
    unpackedBytes: 603_500_000,
  },
};

/**
 * The wheel for a platform and processor, in Node's names.
 * @throws W2vError 'setup-failed' if there is none.
 */
export function wheelFor(platform: string, arch: string, glibc: boolean): Wheel {
  const system = systemWithoutWheel(platform, arch, () => glibc);
  if (system === undefined) return wheels[`${platform}-${arch}`];
  throw new W2vError(
    'setup-failed',
    `there is no libtensorflow to download for ${system}, only for linux-x64 and linux-arm64 with glibc and darwin-arm64`,
    portableHint,
  );
}

/** What to do where there is no TensorFlow. */
export const portableHint = "use the portable engine, which needs no set-up: { engine: 'wasm' }";

/** The name of this system if there is no wheel for it: Windows, Intel Macs, Linux with musl. */
export function systemWithoutWheel(
  platform: string = process.platform,
  arch: string = process.arch,
  glibc: () => boolean = hasGlibc,
): string | undefined {
  const system = `${platform}-${arch}`;
  if (wheels[system] === undefined) return system;
  return platform === 'linux' && !glibc() ? `${system} without glibc` : undefined;
}

/** TensorFlow's wheels for Linux are built on glibc; Node reports its version if it uses glibc. */
export function hasGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}

export interface DownloadOptions {
  /** The command line that starts pip. */
  pip: string[];
  /** An empty folder on the cache's disk; a download cut short leaves its parts there. */
  workDirectory: string;
  /** The path of the complete and verified wheel. */
  destination: string;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Downloads a wheel with pip, from the index that pip is configured for, and verifies its SHA-256.
 * @throws W2vError 'setup-failed' if pip fails or the file is not the expected one.
 */
export async function downloadWheel(wheel: Wheel, options: DownloadOptions): Promise<void> {
  const { workDirectory, onProgress, signal } = options;
  const temporary = join(workDirectory, 'pip');
  const folder = join(workDirectory, 'wheel');
  await mkdir(temporary, { recursive: true });
  await mkdir(folder, { recursive: true });
  const report = async () => {
    const done = Math.min(wheel.bytes, (await largestFile(workDirectory)) ?? 0);
    onProgress?.({ phase: 'download', done, total: wheel.bytes, unit: 'bytes' });
  };
  const timer = setInterval(() => void report(), 250);
  // `env` gives pip a TMPDIR beside the target: its parts are then where their growth is seen and they are cleaned up.
  const pip = ['env', `TMPDIR=${temporary}`, ...options.pip];
  const name = { ...wheel, python: '3.11' };
  const file = await downloadWithPip(name, { pip, folder, more: ['--no-cache-dir'], signal }).finally(() =>
    clearInterval(timer),
  );
  await checkWheel(file, wheel);
  await rename(file, options.destination);
  await rm(workDirectory, { recursive: true, force: true });
  onProgress?.({ phase: 'download', done: wheel.bytes, total: wheel.bytes, unit: 'bytes' });
}

/** @throws W2vError 'setup-failed' if the file is not the expected wheel. */
export async function checkWheel(path: string, wheel: Wheel): Promise<void> {
  const sha256 = await sha256OfFile(path);
  if (sha256 === wheel.sha256) return;
  throw new W2vError(
    'setup-failed',
    `${basename(path)} is not the expected file: ${(await stat(path)).size} bytes with SHA-256 ${sha256}, expected ${wheel.bytes} bytes with ${wheel.sha256}`,
    'check which package index pip uses (pip config list), then run w2v setup again',
  );
}

/** Progress is the size of the largest file, not the sum, because pip copies the finished download to its target. */
async function largestFile(directory: string): Promise<number | undefined> {
  let largest: number | undefined;
  try {
    for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const { size } = await stat(join(entry.parentPath, entry.name));
      largest = Math.max(largest ?? 0, size);
    }
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error; // pip moved a file between the listing and the look at it
  }
  return largest;
}
