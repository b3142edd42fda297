// Checks the environment of w2v and returns findings: a value, a state and, for problems, a fix.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { access, constants, lstat, readdir } from 'node:fs/promises';
import { arch, availableParallelism, cpus, freemem, platform, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkFields } from '../base/check.ts';
import { freeBytes, needsCache } from '../fetch/cache.ts';
import { compilerCommands, findTool, installCommand, linuxSystemName, pipCommands, type Tool } from '../fetch/tool.ts';
import { strangeCode, strangeCodeHint } from '../files/trust.ts';
import { inspectAddon } from './sound-addon.ts';
import { addonFile, locateTfjsNode } from './tfjs-node.ts';
import { systemWithoutWheel } from './wheel.ts';

/** One thing that `diagnose` looked at. */
export interface Finding {
  name: string;
  value: string;
  /** 'warning': not ideal, but w2v works without it; 'problem': something essential fails. */
  state: 'ok' | 'warning' | 'problem';
  /** One thing to do, if `state` is not 'ok'. */
  fix?: string;
}

const oldestNode = [20, 19];
const newestNode = 26;

/**
 * Checks everything that w2v depends on. Throws `usage` without a folder of the cache, and else never, because a failed
 * check is a finding too.
 */
export async function diagnose(
  options: { cacheDirectory: string },
  withoutWheel: string | undefined = systemWithoutWheel(),
): Promise<Finding[]> {
  checkFields(options, 'what is given as options', { cacheDirectory: 'string' }, needsCache);
  const cacheDirectory = resolve(options.cacheDirectory);
  const tensorflow = await tensorflowFindings(cacheDirectory, withoutWheel);
  const works = tensorflow.every((finding) => finding.state === 'ok');
  const tools = [
    guarded('pip', () => toolFinding('pip', pipCommands, works)),
    guarded('C++ compiler', () => toolFinding('compiler', compilerCommands, works)),
  ];
  const rest = await Promise.all([
    guarded('cache', () => cacheFinding(cacheDirectory)),
    guarded('free disk space', () => diskFinding(cacheDirectory, works)),
    ...(withoutWheel === undefined ? tools : []),
  ]);
  return [nodeFinding(process.versions.node), ...tensorflow, ...processorFindings(), memoryFinding(), ...rest];
}

/** Node's version against the range w2v is tested on. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const finding: Finding = { name: 'Node.js', value: version, state: 'ok' };
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    return { ...finding, state: 'problem', fix: `install Node.js ${oldestNode.join('.')} or later` };
  }
  if (major > newestNode) {
    return { ...finding, state: 'warning', fix: `w2v is tested on Node.js ${oldestNode.join('.')} to ${newestNode}` };
  }
  return finding;
}

/** `withoutWheel`: the name of this system if set-up gets no TensorFlow for it. */
async function tensorflowFindings(cacheDirectory: string, withoutWheel: string | undefined): Promise<Finding[]> {
  const packageDirectory = locateTfjsNode(cacheDirectory);
  const isThere = packageDirectory !== undefined && existsSync(addonFile(packageDirectory));
  if (withoutWheel !== undefined && !isThere) {
    const value = `none for ${withoutWheel}; the portable engine is used`;
    return [{ name: 'tensorflow engine', value, state: 'ok' }];
  }
  if (packageDirectory === undefined) {
    const fix = 'run w2v setup';
    return [{ name: 'tensorflow engine', value: '@tensorflow/tfjs-node is not installed', state: 'warning', fix }];
  }
  const result = await inspectAddon(addonFile(packageDirectory));
  const engine: Finding =
    'reason' in result
      ? { name: 'tensorflow engine', value: result.reason, state: 'warning', fix: result.hint ?? 'run w2v setup' }
      : { name: 'tensorflow engine', value: `TensorFlow ${result.tensorflow}, multiplies matrices`, state: 'ok' };
  return [engine, await guarded('tfjs-node', () => packageFinding(packageDirectory))];
}

function packageFinding(packageDirectory: string): Finding {
  const { version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as { version: string };
  return { name: 'tfjs-node', value: `${version} in ${packageDirectory}`, state: 'ok' };
}

function processorFindings(): Finding[] {
  const model = cpus()[0]?.model.trim() ?? '';
  const instructions = vectorInstructions();
  const findings: Finding[] = [
    {
      name: 'processor',
      value: [`${platform()}-${arch()}`, model, instructions.join(' ')].filter((part) => part !== '').join(', '),
      state: 'ok',
    },
    { name: 'threads', value: `${availableParallelism()} usable of ${cpus().length} cores`, state: 'ok' },
  ];
  if (arch() === 'x64' && instructions.length > 0 && !instructions.includes('avx')) {
    const fix = 'TensorFlow needs AVX: use another machine, or another engine';
    findings[0] = { ...findings[0], state: 'warning', fix };
  }
  return findings;
}

/** AVX, AVX2, AVX-512 and FMA by their Linux names; empty if the system does not report them. */
function vectorInstructions(): string[] {
  if (!existsSync('/proc/cpuinfo')) return [];
  const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'latin1'))?.[1]?.split(' ') ?? [];
  return ['avx', 'avx2', 'fma', 'avx512f', 'asimd', 'sve'].filter((name) => flags.includes(name));
}

function memoryFinding(): Finding {
  const value = `${gigabytes(freemem())} free of ${gigabytes(totalmem())}`;
  if (freemem() > 1.5e9) return { name: 'memory', value, state: 'ok' };
  return { name: 'memory', value, state: 'warning', fix: 'close other programs; training a large corpus takes 1.3 GB' };
}

async function cacheFinding(directory: string): Promise<Finding> {
  const name = 'cache';
  const existing = nearestExisting(directory);
  const writable = await access(existing, constants.W_OK | constants.X_OK).then(
    () => statSync(existing).isDirectory(),
    () => false,
  );
  const bytes = existsSync(directory) && statSync(directory).isDirectory() ? await sizeOf(directory) : 0;
  const value = `${directory}, ${bytes === 0 ? 'empty' : gigabytes(bytes)}`;
  const strange = existsSync(directory) ? await strangeCode([directory]) : undefined;
  if (strange !== undefined) return { name, value: `${value}: ${strange}`, state: 'problem', fix: strangeCodeHint };
  if (writable) return { name, value, state: 'ok' };
  const fix = 'set the environment variable W2V_CACHE to a folder you can write to';
  return { name, value: `${value}, not writable`, state: 'problem', fix };
}

async function diskFinding(directory: string, installed: boolean): Promise<Finding> {
  const name = 'free disk space';
  const bytes = await freeBytes(nearestExisting(directory));
  if (installed || bytes > 1e9) return { name, value: gigabytes(bytes), state: 'ok' };
  const fix = 'free some space, or set W2V_CACHE to a folder on another disk: libtensorflow needs 0.9 GB';
  return { name, value: gigabytes(bytes), state: 'warning', fix };
}

/** A missing tool matters only until TensorFlow works. */
async function toolFinding(tool: Tool, candidates: string[][], installed: boolean): Promise<Finding> {
  const name = tool === 'pip' ? 'pip' : 'C++ compiler';
  const found = await findTool(candidates);
  if (found) return { name, value: `${found.command.join(' ')}: ${found.version}`, state: 'ok' };
  if (installed) return { name, value: 'not found, no longer needed', state: 'ok' };
  const command = installCommand([tool], platform(), linuxSystemName(), process.getuid?.() === 0);
  return { name, value: 'not found in the PATH', state: 'warning', fix: `w2v setup needs it: ${command}` };
}

async function guarded(name: string, look: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    return { name, value: `unknown: ${(error as Error).message}`, state: 'warning', fix: 'check it by hand' };
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

/** Bytes of the files below a folder; links are not followed. */
async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await lstat(join(file.parentPath, file.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
