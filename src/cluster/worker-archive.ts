// What is sent to the executors: the worker, bundled, which needs no npm package, and Node itself.
import { readFile } from 'node:fs/promises';
import { createTarGzip } from 'nanotar';
import { packageFile } from '../package-file.ts';
import type { Artifact } from './artifacts.ts';

const FOLDER = 'w2v';
const program = 'dist/cluster-worker.js';
/** Its threads and its kernels, which it finds as in the package. */
const others = ['counting-worker.js', 'training-worker.js'].map((name) => `dist/${name}`);
const kernels = ['tokens', 'cooccurrence', 'training', 'training-relaxed'].map((name) => `dist/${name}.wasm`);

/** Where the program lies below the session's folder. */
export const workerProgram = `${FOLDER}/${program}`;

/** The files of the worker, by their names in the package. */
export async function workerFiles(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of [program, ...others, ...kernels]) files.set(name, await readFile(packageFile(name)));
  return files;
}

/** A name of the artifact ends in the folder to unpack it in. */
export async function workerArchive(): Promise<Artifact> {
  const files = [...(await workerFiles())].map(([name, data]) => ({ name, data }));
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
