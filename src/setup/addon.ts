// Builds tfjs-node's native addon: compiles and links two C++ files with the compiler, against Node-API's headers from
// npm. Node-API has a stable binary interface, so one addon in the cache works for Node 20 and later.
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { W2vError } from '../base/errors.ts';
import { publish, temporaryDirectory } from '../fetch/cache.ts';
import { runTool } from '../fetch/tool.ts';
import { type Libtensorflow, placeLink } from './libtensorflow.ts';
import { addonFile } from './tfjs-node.ts';

/**
 * The cache's folder for the addon of one version of tfjs-node and one libtensorflow, laid out as tfjs-node's own:
 * lib/napi-v8/tfjs_binding.node finds its libraries at ../../deps/lib, as the official one does.
 */
export function addonDirectory(cacheDirectory: string, version: string, key: string): string {
  return join(cacheDirectory, `addon-${version}-${key}`);
}

export interface AddonOptions {
  compiler: string;
  /** The tfjs-node folder, for its sources. */
  packageDirectory: string;
  libtensorflow: Libtensorflow;
  cacheDirectory: string;
  /** From `addonDirectory`. */
  directory: string;
  platform: string;
  signal?: AbortSignal | undefined;
}

/**
 * Compiles the addon into `directory`.
 * @throws W2vError 'setup-failed' with the compiler's first error.
 */
export async function buildAddon(options: AddonOptions): Promise<void> {
  const { compiler, libtensorflow, cacheDirectory, directory, platform, signal } = options;
  const temporary = await temporaryDirectory(cacheDirectory);
  const flags = ['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8', '-w'];
  const include = [libtensorflow.includeDirectory, nodeApiHeaders()].flatMap((path) => ['-I', path]);
  // The names and flags of tfjs-node's binding.gyp.
  const objects = await Promise.all(
    ['tfjs_backend', 'tfjs_binding'].map(async (name) => {
      const object = join(temporary, `${name}.o`);
      const source = join(options.packageDirectory, 'binding', `${name}.cc`);
      await compile(compiler, [...flags, ...include, '-c', source, '-o', object], signal);
      return object;
    }),
  );
  const libraries = libtensorflow.libraries.map((name) => join(libtensorflow.libraryDirectory, name));
  const output = addonFile(temporary);
  await mkdir(dirname(output), { recursive: true });
  const shared =
    platform === 'darwin'
      ? ['-bundle', '-undefined', 'dynamic_lookup', '-Wl,-rpath,@loader_path/../../deps/lib']
      : ['-shared', '-Wl,-rpath,$ORIGIN/../../deps/lib'];
  await compile(compiler, [...shared, ...objects, ...libraries, '-o', output], signal);
  for (const object of objects) await rm(object);
  await placeLink(fromCache(libtensorflow.libraryDirectory, options), join(temporary, 'deps', 'lib'));
  await placeLink(fromCache(libtensorflow.includeDirectory, options), join(temporary, 'deps', 'include'));
  await rm(directory, { recursive: true, force: true });
  await publish(temporary, directory);
}

/** Links inside the cache are relative, so that the cache can be moved; those out of it are not. */
function fromCache(path: string, { cacheDirectory, directory }: AddonOptions): string {
  return path.startsWith(`${cacheDirectory}/`) ? relative(join(directory, 'deps'), path) : path;
}

async function compile(compiler: string, parameters: string[], signal: AbortSignal | undefined): Promise<void> {
  const { code, stderr } = await runTool(compiler, parameters, { signal });
  if (code === 0) return;
  const lines = stderr.trim().split('\n');
  const reason = lines.find((line) => /error|undefined|cannot find|No space left/i.test(line)) ?? lines.at(-1) ?? '';
  throw new W2vError(
    'setup-failed',
    `${compiler} could not compile tfjs-node's addon: ${reason.trim()}`,
    'run w2v doctor; a C++17 compiler is needed (GCC 8 or Clang 7, or later)',
  );
}

function nodeApiHeaders(): string {
  const headers = createRequire(import.meta.url)('node-api-headers') as { include_dir: string };
  return headers.include_dir;
}

// In a separate process, because a library built for another processor crashes the process that loads it.
const probe = `
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
const binding = require(process.argv[1]);
const two = binding.createTensor([2, 2], binding.TF_FLOAT, new Float32Array([1, 2, 3, 4]));
const attributes = [
  { name: 'transpose_a', type: binding.TF_ATTR_BOOL, value: false },
  { name: 'transpose_b', type: binding.TF_ATTR_BOOL, value: false },
  { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
];
const [product] = binding.executeOp('MatMul', attributes, [two, two], 1);
const values = Array.from(binding.tensorDataSync(product.id));
console.log(JSON.stringify({ values, version: binding.TF_Version }));
`;

export type ProbeResult = { tensorflow: string } | { reason: string; hint?: string };

/** Loads an addon, squares [[1, 2], [3, 4]] with it and returns TensorFlow's version, or why that failed. */
export async function probeAddon(file: string, signal?: AbortSignal): Promise<ProbeResult> {
  if (!existsSync(file)) return { reason: `${file} does not exist` };
  const { code, stdout, stderr } = await runTool(process.execPath, ['-e', probe, file], { signal });
  if (code === null)
    return { reason: 'loading it crashed the process: it is damaged, or this processor lacks instructions' };
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || !line.startsWith('{')) {
    const error = stderr.split('\n').find((text) => /^\w*Error:/.test(text)) ?? stderr.trim().split('\n').at(-1);
    return { reason: error ?? `it ended with code ${code}` };
  }
  const { values, version } = JSON.parse(line) as { values: number[]; version: string };
  if (values.join() !== '7,10,15,22') return { reason: `[[1,2],[3,4]] squared gave ${values.join()}` };
  if (!isSupportedTensorflow(version)) return { reason: `it is TensorFlow ${version}, expected 2.9 or a later 2.x` };
  return { tensorflow: version };
}

/** tfjs-node 4 is written for 2.9.1; the C interface keeps what it has within a major version. */
export function isSupportedTensorflow(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 2 && minor! >= 9;
}
