// Replaces read.ts in browsers: kernels need shared memory, which most pages may not use, so none are available.
export const hasKernels = false;

export function requireKernels(): void {
  throw new Error('kernels run on Node only');
}

export function readKernel(name: string): Uint8Array<ArrayBuffer> {
  throw new Error(`the kernel ${name} runs on Node only`);
}
