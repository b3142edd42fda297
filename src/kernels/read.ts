// Reads compiled kernels from files. In browsers read-browser.ts replaces this file (see `browser` in package.json).
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { W2vError } from '../base/errors.ts';
import { packageFile } from '../package-file.ts';

// (module (func (result v128) (i8x16.popcnt (i8x16.splat (i32.const 0)))))
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** Why no kernel runs here, and what to do. */
function obstacle(): readonly [observed: string, hint: string] | undefined {
  if (endianness() === 'BE') {
    const hint = 'run w2v on a little-endian processor, such as x86-64 or ARM';
    return ['this processor is big-endian, expected little-endian', hint];
  }
  if (typeof WebAssembly === 'undefined') {
    const hint = 'leave --jitless out of the command and of NODE_OPTIONS, or use a Node with WebAssembly';
    return ['this Node runs no WebAssembly, which w2v computes with', hint];
  }
  if (!WebAssembly.validate(SIMD)) {
    const hint =
      'run w2v on a processor with SSE4.1 (x86-64, since 2008) or NEON (ARM), which virtual machines can hide';
    return ['this processor has no SIMD for WebAssembly, which w2v computes with', hint];
  }
  return undefined;
}

/** Whether kernels are available; otherwise plain JavaScript gives the same results, where there is a choice. */
export const hasKernels = obstacle() === undefined;

/** Throws `engine-unavailable` where no kernel runs. */
export function requireKernels(): void {
  const found = obstacle();
  if (found !== undefined) throw new W2vError('engine-unavailable', ...found);
}

/** The bytes of `name`.wasm. Throws as `requireKernels` does. */
export function readKernel(name: string): Uint8Array<ArrayBuffer> {
  requireKernels();
  return readFileSync(packageFile(`dist/${name}.wasm`));
}
