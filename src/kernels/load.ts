// Compiled kernels (dist/kernels/*.wasm) and the memory they share with the threads that run them (pool.ts).
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { W2vError } from '../errors.ts';

/** Where a built file lies: kernels and workers are run from dist/, also when this code runs from src/ (in tests). */
export function builtFile(relative: string, from: string): URL {
  const { href } = new URL(relative, from);
  const source = href.lastIndexOf('/src/'); // the last: the project itself may lie below a folder of that name
  if (!from.endsWith('.ts') || source < 0) return new URL(href);
  return new URL(`${href.slice(0, source)}/dist/${href.slice(source + '/src/'.length)}`.replace(/\.ts$/, '.js'));
}

const compiled = new Map<string, WebAssembly.Module>();

/** The kernel `name`.assembly.ts, compiled once a thread; a module may be sent to workers as it is. */
export function loadKernel(name: string): WebAssembly.Module {
  let module = compiled.get(name);
  if (!module) {
    // Kernels write little-endian numbers, which this program reads as its own.
    if (endianness() === 'BE') {
      throw new W2vError(
        'engine-unavailable',
        'this processor stores numbers with the highest byte first (big-endian), expected the lowest first',
        'run w2v on a little-endian processor, such as x86-64 or ARM',
      );
    }
    module = new WebAssembly.Module(readFileSync(builtFile(`./${name}.wasm`, import.meta.url)));
    compiled.set(name, module);
  }
  return module;
}

/** 4 GiB: as much as a 32-bit WebAssembly memory can hold. */
export const LARGEST_MEMORY = 65536 * 65536;

/** A shared memory of at least `bytes` bytes, all zero; the system gives its pages as they are touched. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const initial = Math.ceil(bytes / 65536);
  if (initial <= 65536) {
    try {
      return new WebAssembly.Memory({ initial: Math.max(1, initial), maximum: 65536, shared: true });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  const refused = initial <= 65536;
  throw new W2vError(
    'out-of-memory',
    `the compiled kernels need ${readableBytes(bytes)} in one piece${
      refused ? ' and about 10 GB of addresses; the system refused them' : '; at most 4.3 GB can be had'
    }`,
    refused
      ? 'raise the limit of virtual memory (ulimit -v unlimited), or keep fewer words (--min-count, --max-vocab)'
      : 'keep fewer words (--min-count, --max-vocab) or fewer dimensions (--dim)',
  );
}

/** 1234567 -> '1.2 MB' (powers of ten). */
export function readableBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Lays out areas one behind another in a memory, each on a 64-byte line. */
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
