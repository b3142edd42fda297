// Where the npm package @tensorflow/tfjs-node and its native addon are: in the project's node_modules, or else in the
// per-user cache, where set-up puts a copy when the project has none that it may write to.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const tfjsNodeName = '@tensorflow/tfjs-node';
export const tfjsNodeVersion = '4.22.0';

/** The addon inside a tfjs-node folder: the place @mapbox/node-pre-gyp finds for Node-API 8, which every Node from 20 on has. */
export function addonFile(packageDirectory: string): string {
  return join(packageDirectory, 'lib', 'napi-v8', 'tfjs_binding.node');
}

/** The tfjs-node folder below an npm prefix of the cache, whether it exists or not. */
export function cachedTfjsNode(cacheDirectory: string): string {
  return join(cacheDirectory, `tfjs-node-${tfjsNodeVersion}`, 'node_modules', ...tfjsNodeName.split('/'));
}

/** The tfjs-node folder Node resolves from this package, or undefined. */
export function projectTfjsNode(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${tfjsNodeName}/package.json`));
  } catch {
    return undefined;
  }
}

/**
 * The tfjs-node folder training should use: the project's if its addon is there, else the cache's if its addon is
 * there, else the project's (or undefined) so that loading it fails with a reason.
 */
export function locateTfjsNode(cacheDirectory?: string): string | undefined {
  const project = projectTfjsNode();
  if (project !== undefined && existsSync(addonFile(project))) return project;
  if (cacheDirectory !== undefined) {
    const cached = cachedTfjsNode(cacheDirectory);
    if (existsSync(addonFile(cached))) return cached;
  }
  return project;
}
