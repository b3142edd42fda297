// Replaces read.ts in browsers: kernels need shared memory, which most pages may not use, so none are available.
export const hasKernels = false;

export function readKernel(name: string): Uint8Array<ArrayBuffer> {
  throw new Error(`the kernel ${name} runs on Node only`);
}
