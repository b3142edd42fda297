// What read.ts is in a browser: kernels need shared memory, which most pages may not have, so there are none.
export const hasKernels = false;

export function readKernel(name: string): Uint8Array {
  throw new Error(`the kernel ${name} runs on Node only`);
}
