// Finds libtensorflow on the system, or downloads a wheel and unpacks it into the cache.
import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { OnProgress } from '../base/progress.ts';
import { publish, requireRoom, temporaryDirectory } from '../fetch/cache.ts';
import { runTool } from '../fetch/tool.ts';
import { recordContents } from './contents.ts';
import { unpackWheel } from './unpack.ts';
import { checkWheel, downloadWheel, type Wheel } from './wheel.ts';

/** A libtensorflow to compile and link against. */
export interface Libtensorflow {
  /** Names this very library among the addons in the cache. */
  key: string;
  libraryDirectory: string;
  includeDirectory: string;
  /**
   * File names in `libraryDirectory` to link: the C library, and the framework library if it is a separate file.
   */
  libraries: string[];
}

const libraryNames: Record<string, string[][]> = {
  linux: [
    ['libtensorflow.so', 'libtensorflow.so.2', 'libtensorflow_cc.so.2'],
    ['libtensorflow_framework.so', 'libtensorflow_framework.so.2'],
  ],
  darwin: [
    ['libtensorflow.dylib', 'libtensorflow.2.dylib', 'libtensorflow_cc.2.dylib'],
    ['libtensorflow_framework.dylib', 'libtensorflow_framework.2.dylib'],
  ],
};

/** Looks for a libtensorflow with its headers in what ldconfig and pkg-config name and below the usual prefixes. */
export async function findSystemLibtensorflow(
  platform: string,
  prefixes: string[] = ['/usr/local', '/opt/homebrew', '/usr'],
): Promise<Libtensorflow | undefined> {
  const [ldconfig, sbinLdconfig, packageLibrary, packageHeaders] = await Promise.all([
    runTool('ldconfig', ['-p']),
    runTool('/sbin/ldconfig', ['-p']),
    runTool('pkg-config', ['--variable=libdir', 'tensorflow']),
    runTool('pkg-config', ['--variable=includedir', 'tensorflow']),
  ]);
  const named = [...`${ldconfig.stdout}${sbinLdconfig.stdout}`.matchAll(/^\s*libtensorflow\.so.*=> (.*)$/gm)];
  const libraryDirectories = [
    packageLibrary.stdout.trim(),
    ...named.map((match) => dirname(match[1])),
    ...prefixes.flatMap((prefix) => [join(prefix, 'lib'), join(prefix, 'lib64')]),
  ];
  const includeDirectories = [packageHeaders.stdout.trim(), ...prefixes.map((prefix) => join(prefix, 'include'))];
  const includeDirectory = includeDirectories.find((path) => path && existsSync(join(path, 'tensorflow/c/c_api.h')));
  if (includeDirectory === undefined) return undefined;
  for (const libraryDirectory of libraryDirectories) {
    const libraries = libraryDirectory ? librariesIn(libraryDirectory, platform) : undefined;
    if (!libraries) continue;
    const file = realpathSync(join(libraryDirectory, libraries[0]));
    const { size, mtimeMs } = statSync(file);
    const key = createHash('sha256').update(`${file} ${size} ${mtimeMs}`).digest('hex').slice(0, 12);
    return { key: `system-${key}`, libraryDirectory, includeDirectory, libraries };
  }
  return undefined;
}

/** The cache folder for an unpacked wheel, whether or not it exists. */
export function cachedLibtensorflow(cacheDirectory: string, wheel: Wheel, platform: string, arch: string): string {
  return join(cacheDirectory, `tensorflow-${wheel.version}-${platform}-${arch}`);
}

/** The unpacked wheel in `directory`, or undefined if missing. */
export function openCachedLibtensorflow(directory: string, platform: string): Libtensorflow | undefined {
  const libraryDirectory = join(directory, 'lib');
  const libraries = librariesIn(libraryDirectory, platform);
  if (!libraries) return undefined;
  return { key: basename(directory), libraryDirectory, includeDirectory: join(directory, 'include'), libraries };
}

/**
 * Downloads and unpacks a wheel into `directory`. A wheel that was downloaded but not yet unpacked when an earlier
 * set-up was interrupted is used, not downloaded again.
 * @throws W2vError 'setup-failed'
 */
export async function downloadLibtensorflow(
  wheel: Wheel,
  options: {
    cacheDirectory: string;
    directory: string;
    platform: string;
    pip: string[];
    onProgress?: OnProgress | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const { cacheDirectory, directory } = options;
  const wheelFile = join(cacheDirectory, `${wheel.package}-${wheel.version}-${wheel.platform}.whl`);
  if (existsSync(wheelFile)) {
    await checkWheel(wheelFile, wheel).catch(() => rm(wheelFile));
  }
  if (!existsSync(wheelFile)) {
    // pip writes the file once to its temporary folder and once to the target.
    const bytes = Math.max(2 * wheel.bytes, wheel.bytes + wheel.unpackedBytes);
    await requireRoom(cacheDirectory, bytes, `${wheel.package} ${wheel.version}`);
    const workDirectory = await temporaryDirectory(cacheDirectory);
    await downloadWheel(wheel, { ...options, workDirectory, destination: wheelFile });
  }
  await requireRoom(cacheDirectory, wheel.unpackedBytes, `libtensorflow ${wheel.version}`);
  const temporary = await temporaryDirectory(cacheDirectory);
  await unpackWheel(wheelFile, temporary, options);
  await linkPlainNames(join(temporary, 'lib'), options.platform);
  await recordContents(temporary);
  await publish(temporary, directory);
  await rm(wheelFile, { force: true });
}

function librariesIn(directory: string, platform: string): string[] | undefined {
  const found = (libraryNames[platform] ?? []).map((names) => names.find((name) => existsSync(join(directory, name))));
  return found[0] === undefined ? undefined : found.filter((name) => name !== undefined);
}

/** The names tfjs-node's own install script looks for: it sees them and skips its download. */
async function linkPlainNames(libraryDirectory: string, platform: string): Promise<void> {
  const names: Record<string, string[]> =
    platform === 'darwin'
      ? {
          'libtensorflow_cc.2.dylib': ['libtensorflow.dylib', 'libtensorflow.2.dylib'],
          'libtensorflow_framework.2.dylib': ['libtensorflow_framework.dylib'],
        }
      : {
          'libtensorflow_cc.so.2': ['libtensorflow.so', 'libtensorflow.so.2.9.1'],
          'libtensorflow_framework.so.2': ['libtensorflow_framework.so'],
        };
  const present = await readdir(libraryDirectory);
  for (const [file, links] of Object.entries(names)) {
    if (!present.includes(file)) continue;
    for (const link of links) await symlink(file, join(libraryDirectory, link));
  }
}

/** Atomically makes `path` a symbolic link to `target`, replacing anything except a folder. */
export async function placeLink(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await rm(temporary, { force: true });
  await symlink(target, temporary);
  await rename(temporary, path);
}
