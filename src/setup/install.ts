// Performs set-up while holding the cache's lock: gets libtensorflow, compiles an addon for it, and links both into
// tfjs-node's folder.
import { accessSync, constants, existsSync, lstatSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { W2vError } from '../base/errors.ts';
import type { OnProgress } from '../base/progress.ts';
import { publish, temporaryDirectory } from '../fetch/cache.ts';
import { runNpm } from '../fetch/npm.ts';
import { compilerCommands, findTool, installCommand, linuxSystemName, pipCommands, type Tool } from '../fetch/tool.ts';
import { addonDirectory, buildAddon, type ProbeResult } from './addon.ts';
import { checkContents } from './contents.ts';
import {
  cachedLibtensorflow,
  downloadLibtensorflow,
  type Libtensorflow,
  openCachedLibtensorflow,
  placeLink,
} from './libtensorflow.ts';
import { inspectAddon } from './sound-addon.ts';
import { addonFile, cachedTfjsNode, tfjsNodeName, tfjsNodeVersion, versionOf } from './tfjs-node.ts';
import type { Wheel } from './wheel.ts';

/** The environment of set-up; tests replace it. */
export interface Surroundings {
  platform: string;
  arch: string;
  /** The wheel for this machine; throws if there is none. */
  wheel: () => Wheel;
  projectPackage: () => string | undefined;
  systemLibtensorflow: () => Promise<Libtensorflow | undefined>;
  probe: (addon: string, signal?: AbortSignal) => Promise<ProbeResult>;
}

export interface InstallOptions {
  cacheDirectory: string;
  onProgress?: OnProgress | undefined;
  onMessage?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
  force?: boolean | undefined;
}

export interface Installed {
  source: 'official' | 'system' | 'cache' | 'download';
  tensorflow: string;
  packageDirectory: string;
  addon: string;
}

/**
 * Installs from the system's libtensorflow, or else from the cache, or else from a download.
 * @throws W2vError 'setup-failed'
 */
export async function install(options: InstallOptions, surroundings: Surroundings): Promise<Installed> {
  const system = await surroundings.systemLibtensorflow();
  if (system) {
    try {
      options.onMessage?.(`trying the system's libtensorflow in ${system.libraryDirectory}`);
      return await installFrom(system, 'system', options, surroundings);
    } catch (error) {
      if (!(error instanceof W2vError) || error.code === 'interrupted') throw error;
      options.onMessage?.(`the system's libtensorflow cannot be used: ${error.message}`);
    }
  }
  const { platform, arch } = surroundings;
  const wheel = surroundings.wheel();
  const directory = cachedLibtensorflow(options.cacheDirectory, wheel, platform, arch);
  if (options.force) await rm(directory, { recursive: true, force: true });
  const cached = openCachedLibtensorflow(directory, platform);
  if (cached) {
    const contents = await checkContents(directory);
    let trouble = contents.state === 'damaged' ? contents.reason : undefined;
    try {
      if (trouble === undefined) return await installFrom(cached, 'cache', options, surroundings);
    } catch (error) {
      // A library without a record may be incomplete, so download it once more.
      if (contents.state === 'whole' || !(error instanceof W2vError) || error.code === 'interrupted') throw error;
      trouble = error.message;
    }
    options.onMessage?.(`the libtensorflow in the cache cannot be used: ${trouble}`);
    await rm(directory, { recursive: true, force: true });
  }
  const { pip } = await requireTools(['pip', 'compiler'], platform, options.signal);
  const megabytes = Math.round(wheel.bytes / 1e6);
  options.onMessage?.(`downloading ${wheel.package} ${wheel.version} with pip (${megabytes} MB)`);
  await downloadLibtensorflow(wheel, { ...options, directory, platform, pip });
  const library = openCachedLibtensorflow(directory, platform)!;
  return await installFrom(library, 'download', options, surroundings);
}

async function installFrom(
  libtensorflow: Libtensorflow,
  source: Installed['source'],
  options: InstallOptions,
  surroundings: Surroundings,
): Promise<Installed> {
  const { cacheDirectory, signal } = options;
  const { platform } = surroundings;
  const packageDirectory = await writablePackage(options, surroundings);
  const directory = addonDirectory(cacheDirectory, versionOf(packageDirectory) ?? tfjsNodeVersion, libtensorflow.key);
  if (options.force) await rm(directory, { recursive: true, force: true });
  let result = await inspectAddon(addonFile(directory), surroundings.probe, signal);
  if ('reason' in result) {
    const { compiler } = await requireTools(['compiler'], platform, signal);
    options.onMessage?.("compiling tfjs-node's addon");
    await buildAddon({ ...options, compiler: compiler[0], packageDirectory, libtensorflow, directory, platform });
    result = await inspectAddon(addonFile(directory), surroundings.probe, signal);
  }
  if ('reason' in result) {
    throw new W2vError(
      'setup-failed',
      `the addon was compiled with libtensorflow in ${libtensorflow.libraryDirectory} but does not work: ${result.reason}`,
      'run w2v doctor; w2v setup --force starts over',
    );
  }
  const addon = addonFile(packageDirectory);
  await placeLink(addonFile(directory), addon);
  // tfjs-node's own install script, should it ever run, then sees libtensorflow and downloads nothing.
  const dependencies = join(packageDirectory, 'deps');
  if (!existsSync(dependencies) || lstatSync(dependencies).isSymbolicLink()) {
    await placeLink(join(directory, 'deps'), dependencies);
  }
  return { source, tensorflow: result.tensorflow, packageDirectory, addon };
}

/** The project's tfjs-node if it is writable, otherwise one in the cache, installed there if necessary. */
async function writablePackage(options: InstallOptions, surroundings: Surroundings): Promise<string> {
  const project = surroundings.projectPackage();
  if (project !== undefined && isWritable(project)) return project;
  const { cacheDirectory } = options;
  const cached = cachedTfjsNode(cacheDirectory);
  if (existsSync(join(cached, 'package.json'))) return cached;
  const specification = `${tfjsNodeName}@${tfjsNodeVersion}`;
  options.onMessage?.(`installing ${specification} in the cache`);
  const temporary = await temporaryDirectory(cacheDirectory);
  await runNpm(['install', specification], { folder: temporary, what: specification, signal: options.signal });
  await publish(temporary, join(cached, '..', '..', '..'));
  return cached;
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const toolCommands: Record<Tool, string[][]> = { pip: pipCommands, compiler: compilerCommands };
const toolNames: Record<Tool, string> = { pip: 'pip (Python 3)', compiler: 'a C++ compiler (c++)' };

/** Finds the tools, or throws naming all that are missing at once and the command that installs them. */
async function requireTools<T extends Tool>(
  tools: T[],
  platform: string,
  signal: AbortSignal | undefined,
): Promise<Record<T, string[]>> {
  const found = {} as Record<T, string[]>;
  const missing: Tool[] = [];
  for (const tool of tools) {
    const answer = await findTool(toolCommands[tool], signal);
    if (answer) found[tool] = answer.command;
    else missing.push(tool);
  }
  if (missing.length === 0) return found;
  const command = installCommand(missing, platform, linuxSystemName(), process.getuid?.() === 0);
  const names = missing.map((tool) => toolNames[tool]).join(' and ');
  throw new W2vError('setup-failed', `set-up needs ${names}, not found in the PATH`, `install it with: ${command}`);
}
