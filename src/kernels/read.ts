// The compiled kernels as files. In a browser read-browser.ts stands in for this file (see `browser` in package.json).
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { W2vError } from '../errors.ts';
import { builtFile } from '../workers/built-file.ts';

/** Whether kernels can be run: where they cannot, plain JavaScript does the work, with the same answers. */
export const hasKernels = true;

/** The bytes of `name`.wasm. Throws `engine-unavailable` on a big-endian processor: kernels write little-endian numbers. */
export function readKernel(name: string): Uint8Array {
  if (endianness() === 'BE') {
    throw new W2vError(
      'engine-unavailable',
      'this processor stores numbers with the highest byte first (big-endian), expected the lowest first',
      'run w2v on a little-endian processor, such as x86-64 or ARM',
    );
  }
  return readFileSync(builtFile(`./${name}.wasm`, import.meta.url));
}
