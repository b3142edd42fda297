// Sets up TensorFlow: prefers a working addon, then a libtensorflow of the system, then the cache, and downloads last.
// Can run repeatedly, in several processes, and be interrupted at any time: the next run continues.

import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkFields, checkOptionKinds } from '../base/check.ts';
import { throwIfAborted, W2vError } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { isCode, needsCache, noRoom, openCache, removeLeftovers } from '../fetch/cache.ts';
import { requireOwnCache } from '../files/trust.ts';
import { probeAddon } from './addon.ts';
import { type Installed, install, type Surroundings } from './install.ts';
import { findSystemLibtensorflow } from './libtensorflow.ts';
import { withLock } from './lock.ts';
import { inspectAddon } from './sound-addon.ts';
import { addonFile, cachedTfjsNode, projectTfjsNode, tfjsNodeVersion, versionOf } from './tfjs-node.ts';
import { hasGlibc, wheelFor } from './wheel.ts';

/** Where TensorFlow is put, and how to report and stop. */
export interface SetupOptions {
  /** From `defaultCacheDirectory`, or any other folder. */
  cacheDirectory: string;
  /** Phases 'download' and 'unpack', in bytes. */
  onProgress?: OnProgress | undefined;
  /** One line of plain text at each step that takes time, and for each thing that was tried and did not work. */
  onMessage?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Deletes the cached library and addon first. */
  force?: boolean | undefined;
}

/** What was set up, and where it is. */
export interface SetupResult {
  /** Origin of the library in use; 'official': an addon that set-up did not build. */
  source: Installed['source'];
  /** False if everything was installed already. */
  changed: boolean;
  versions: { tensorflow: string; 'tfjs-node': string };
  paths: { tfjsNode: string; addon: string; cache: string };
  seconds: number;
}

const thisMachine: Surroundings = {
  platform: process.platform,
  arch: process.arch,
  wheel: () => wheelFor(process.platform, process.arch, hasGlibc()),
  projectPackage: projectTfjsNode,
  systemLibtensorflow: () => findSystemLibtensorflow(process.platform),
  probe: probeAddon,
};

/**
 * Sets TensorFlow up for `loadTensorflow`. Does nothing, without the network and in a fraction of a second, if an
 * addon loads and multiplies two matrices.
 *
 * @throws W2vError 'setup-failed' saying which tool, the network or how much room is missing and the command that
 *   installs it; 'interrupted' once the signal fires.
 */
export async function setUp(options: SetupOptions, surroundings: Surroundings = thisMachine): Promise<SetupResult> {
  checkFields(options, 'what is given as options', { cacheDirectory: 'string' }, needsCache);
  checkOptionKinds('setUp', options);
  const started = performance.now();
  const cacheDirectory = resolve(options.cacheDirectory);
  const finish = (done: Installed, changed: boolean): SetupResult => ({
    source: done.source,
    changed,
    versions: { tensorflow: done.tensorflow, 'tfjs-node': versionOf(done.packageDirectory) ?? tfjsNodeVersion },
    paths: { tfjsNode: done.packageDirectory, addon: done.addon, cache: cacheDirectory },
    seconds: (performance.now() - started) / 1000,
  });
  try {
    throwIfAborted(options.signal);
    const ready = options.force ? undefined : await findReady(cacheDirectory, surroundings, options.signal);
    if (ready) return finish(ready, false);
    await openCache(cacheDirectory);
    await requireOwnCache(cacheDirectory);
    const onWait = (holder: string) => options.onMessage?.(`another set-up (${holder}) is at work: waiting for it`);
    return await withLock(join(cacheDirectory, 'setup.lock'), { signal: options.signal, onWait }, async () => {
      const meanwhile = options.force ? undefined : await findReady(cacheDirectory, surroundings, options.signal);
      if (meanwhile) return finish(meanwhile, false);
      await removeLeftovers(cacheDirectory);
      try {
        return finish(await install({ ...options, cacheDirectory }, surroundings), true);
      } finally {
        await removeLeftovers(cacheDirectory);
      }
    });
  } catch (error) {
    if (error instanceof W2vError) throw error;
    throwIfAborted(options.signal);
    if (isCode(error, 'ENOSPC', 'EDQUOT')) {
      const bytes = surroundings.wheel().bytes + surroundings.wheel().unpackedBytes;
      throw noRoom(cacheDirectory, `the disk filled up; libtensorflow needs ${bytes} bytes`, error);
    }
    const hint = 'run w2v doctor; w2v setup --force starts over';
    throw new W2vError('setup-failed', `set-up failed: ${(error as Error).message}`, hint, { cause: error });
  }
}

async function findReady(
  cache: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<Installed | undefined> {
  for (const packageDirectory of [surroundings.projectPackage(), cachedTfjsNode(cache)]) {
    if (packageDirectory === undefined) continue;
    const addon = addonFile(packageDirectory);
    if (!existsSync(addon)) continue;
    const result = await inspectAddon(addon, surroundings.probe, signal);
    if ('tensorflow' in result) return { ...result, source: sourceOf(addon), packageDirectory, addon };
  }
  return undefined;
}

/** Set-up's own addons are links to a folder named after the library; any other is the official one. */
function sourceOf(addon: string): Installed['source'] {
  if (!lstatSync(addon).isSymbolicLink()) return 'official';
  return /[/\\]addon-[^/\\]*-system-/.test(realpathSync(addon)) ? 'system' : 'cache';
}
