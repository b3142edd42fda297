// Finds the npm package @tensorflow/tfjs-node and its native addon: in the project's node_modules, or in the per-user
// cache, where set-up installs a copy if the project has no writable one.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { checkText } from '../base/check.ts';
import { defaultCacheDirectory } from '../fetch/cache.ts';

export const tfjsNodeName = '@tensorflow/tfjs-node';
/** The version that set-up installs. */
export const tfjsNodeVersion = '4.22.0';
/** What works: the engine uses tfjs-node's documented API, which is the same in all of these. */
export const supportedTfjsNode = '4.x';

/**
 * The addon inside a tfjs-node folder: the place @mapbox/node-pre-gyp finds for Node-API 8, which every Node from 20 on
 * has.
 */
export function addonFile(packageDirectory: string): string {
  return join(packageDirectory, 'lib', 'napi-v8', 'tfjs_binding.node');
}

/** The tfjs-node folder below an npm prefix of the cache, whether it exists or not. */
export function cachedTfjsNode(cacheDirectory: string): string {
  return join(cacheDirectory, `tfjs-node-${tfjsNodeVersion}`, 'node_modules', ...tfjsNodeName.split('/'));
}

/** The version in a tfjs-node folder, or undefined. */
export function versionOf(packageDirectory: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/** Whether the engine is written for the version in a folder. */
export function isSupported(packageDirectory: string): boolean {
  return versionOf(packageDirectory)?.startsWith('4.') ?? false;
}

/** The tfjs-node folder Node resolves from this package, or undefined without a supported version. */
export function projectTfjsNode(): string | undefined {
  try {
    const directory = dirname(createRequire(import.meta.url).resolve(`${tfjsNodeName}/package.json`));
    return isSupported(directory) ? directory : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The tfjs-node folder training should use: the project's if its addon is there, else the cache's if its addon is
 * there, else the project's (or undefined) so that loading it fails with a reason.
 */
export function locateTfjsNode(cacheDirectory?: string): string | undefined {
  if (cacheDirectory !== undefined) checkText(cacheDirectory, 'the folder of the cache');
  const project = projectTfjsNode();
  if (project !== undefined && existsSync(addonFile(project))) return project;
  if (cacheDirectory !== undefined) {
    const cached = cachedTfjsNode(cacheDirectory);
    if (existsSync(addonFile(cached))) return cached;
  }
  return project;
}

/** `locateTfjsNode` with the cache that the environment names, where set-up puts what it makes. */
export function findTfjsNode(environment: Record<string, string | undefined>): string | undefined {
  return locateTfjsNode(defaultCacheDirectory(environment));
}
