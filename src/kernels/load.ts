// Loads compiled kernels (dist/*.wasm) and allocates the memory that worker threads share (pool.ts).
import { outOfMemory } from '../base/errors.ts';
import { byteSize } from '../base/format-numbers.ts';
import { readKernel, requireKernels } from './read.ts';

const compiled = new Map<string, WebAssembly.Module>();

/** The kernel `name`.assembly.ts, compiled once per thread; a module can be sent to workers. */
export function loadKernel(name: string): WebAssembly.Module {
  let module = compiled.get(name);
  if (!module) {
    const bytes = readKernel(name); // before WebAssembly is named, which may not be there
    module = new WebAssembly.Module(bytes);
    compiled.set(name, module);
  }
  return module;
}

/** 4 GiB, the limit of a 32-bit WebAssembly memory. */
export const LARGEST_MEMORY = 65536 * 65536;

/** A zeroed shared memory of at least `bytes` bytes; the system provides pages on first use. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  requireKernels();
  const initial = Math.ceil(bytes / 65536);
  if (initial <= 65536) {
    try {
      return new WebAssembly.Memory({ initial: Math.max(1, initial), maximum: 65536, shared: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const refused = initial <= 65536;
  throw outOfMemory(
    `the compiled kernels need ${byteSize(bytes)} in one piece${
      refused ? ' and about 10 GB of addresses; the system refused them' : '; at most 4.3 GB can be had'
    }`,
    refused
      ? 'raise the limit of virtual memory (ulimit -v unlimited), or keep fewer words ({ minCount, maxVocab })'
      : 'keep fewer words ({ minCount, maxVocab }) or fewer dimensions ({ dim })',
  );
}

/** Lays out consecutive areas in a memory, each aligned to 64 bytes. */
export function createLayout(start = 1024): { take(bytes: number): number; end(): number } {
  let next = start;
  return {
    take(bytes) {
      const at = next;
      next = Math.ceil((next + bytes) / 64) * 64;
      return at;
    },
    end: () => next,
  };
}
