// Instantiates a kernel on a memory. Everything that a kernel declares without a body (`declare function`, `declare
// const`) is provided here by name.
import { loadKernel } from './load.ts';

export interface KernelStart {
  memory: WebAssembly.Memory;
  /** Functions that the kernel calls. */
  functions?: Record<string, (...values: number[]) => unknown>;
  /** Its constants: sizes, switches and addresses. */
  constants?: Record<string, number | boolean>;
}

type Provided = number | WebAssembly.Memory | ((...values: number[]) => unknown);

/**
 * Instantiates the kernel `name`.assembly.ts, or a compiled module. Throws a TypeError if a declaration is not
 * provided.
 */
export function startKernel(
  kernel: string | WebAssembly.Module,
  { memory, functions, constants }: KernelStart,
): Record<string, unknown> {
  const module = typeof kernel === 'string' ? loadKernel(kernel) : kernel;
  const abort = () => {
    throw new Error('a kernel stopped');
  };
  const given: Record<string, Provided | boolean> = { memory, abort, ...functions, ...constants };
  const imports: Record<string, Record<string, Provided>> = {};
  for (const { module: file, name } of WebAssembly.Module.imports(module)) {
    const value = given[name];
    if (value === undefined) throw new TypeError(`the kernel declares ${name}, which is not given`);
    imports[file] ??= {};
    imports[file][name] = typeof value === 'boolean' ? Number(value) : value;
  }
  return new WebAssembly.Instance(module, imports).exports;
}
