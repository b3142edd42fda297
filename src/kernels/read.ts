// Reads compiled kernels from files. In browsers read-browser.ts replaces this file (see `browser` in package.json).
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { W2vError } from '../errors.ts';
import { builtFile } from '../workers/built-file.ts';

/** Whether kernels are available; otherwise plain JavaScript gives the same results. */
export const hasKernels = true;

/**
 * The bytes of `name`.wasm. Throws `engine-unavailable` on a big-endian processor, because kernels are little-endian.
 */
export function readKernel(name: string): Uint8Array<ArrayBuffer> {
  if (endianness() === 'BE') {
    throw new W2vError(
      'engine-unavailable',
      'this processor is big-endian, expected little-endian',
      'run w2v on a little-endian processor, such as x86-64 or ARM',
    );
  }
  return readFileSync(builtFile(`./${name}.wasm`, import.meta.url));
}
