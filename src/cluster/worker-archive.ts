// What is sent to the executors: the built modules that the worker consists of, which need no npm package, and Node
// itself.
import { readFile } from 'node:fs/promises';
import { createTarGzip } from 'nanotar';
import { builtFile } from '../workers/built-file.ts';
import type { Artifact } from './artifacts.ts';

const FOLDER = 'w2v';
const program = 'cluster/worker/main.js';
/** Started by name, so that no import leads to them. */
const others = ['count/cooccurrence/counting-worker.js', 'predict/wasm/training-worker.js'];
const kernels = ['tokens', 'cooccurrence', 'training', 'training-relaxed'].map((name) => `kernels/${name}.wasm`);

/** Where the program lies below the session's folder. */
export const workerProgram = `${FOLDER}/${program}`;

/** The modules of the worker, below the folder of built files, found by their imports. */
export async function workerModules(): Promise<Map<string, Uint8Array>> {
  const root = builtFile('../', import.meta.url);
  const modules = new Map<string, Uint8Array>();
  const waiting = [program, ...others];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (modules.has(name)) continue;
    const data = await readFile(new URL(name, root));
    modules.set(name, data);
    for (const [, specifier] of data.toString().matchAll(/(?:\bfrom|\bimport)\s*\(?["'](\.[^"']+)["']/g)) {
      waiting.push(new URL(specifier!, new URL(name, root)).href.slice(root.href.length));
    }
  }
  for (const name of kernels) modules.set(name, await readFile(new URL(name, root)));
  return modules;
}

/** A name of the artifact ends in the folder to unpack it in. */
export async function workerArchive(): Promise<Artifact> {
  const files = [...(await workerModules())].map(([name, data]) => ({ name, data }));
  const manifest = { name: 'package.json', data: JSON.stringify({ type: 'module' }) };
  const data = await createTarGzip([manifest, ...files]);
  return { name: `archives/w2v.tar.gz#${FOLDER}`, data };
}

/** This Node, for executors of the same system: some 40 MB. */
export async function nodeArchive(binary: string): Promise<Artifact> {
  const data = await createTarGzip([{ name: 'bin/node', data: await readFile(binary), attrs: { mode: '755' } }]);
  return { name: 'archives/node.tar.gz#node', data };
}

/** Where it lies below the session's folder. */
export const sentNode = 'node/bin/node';
