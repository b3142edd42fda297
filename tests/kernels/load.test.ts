import { existsSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import type { KernelCall, KernelWorkerData } from '../../src/kernels/kernel-worker.ts';
import { createLayout, loadKernel, sharedMemory } from '../../src/kernels/load.ts';
import { packageFile } from '../../src/package-file.ts';
import { startPool } from '../../src/workers/pool.ts';

const { processor } = vi.hoisted(() => ({ processor: { endianness: 'LE' } }));
vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  endianness: () => processor.endianness,
}));

function pool(threads: number) {
  const memory = sharedMemory(1 << 16);
  const workers = startPool<KernelCall, unknown>(
    packageFile('dist/kernel-worker.js'),
    new Array<KernelWorkerData>(threads).fill({ kernel: 'svd-products', memory }),
  );
  return { memory, workers };
}

it('finds the files of the package', () => {
  for (const name of ['package.json', 'dist/svd-products.wasm']) expect(existsSync(packageFile(name))).toBe(true);
});

it('compiles a kernel once', () => {
  expect(loadKernel('svd-products')).toBe(loadKernel('svd-products'));
});

it('refuses a processor whose numbers are not those of WebAssembly', () => {
  processor.endianness = 'BE';
  expect(() => loadKernel('nearest')).toThrow(expect.objectContaining({ code: 'engine-unavailable' }));
  processor.endianness = 'LE';
  expect(loadKernel('nearest')).toBeInstanceOf(WebAssembly.Module);
});

it('lays areas out on lines of 64 bytes', () => {
  const layout = createLayout();
  expect([layout.take(1), layout.take(64), layout.take(65), layout.end()]).toEqual([1024, 1088, 1152, 1280]);
});

it('workers share the memory, and every task is done', async () => {
  const { memory, workers } = pool(3);
  const bytes = new Uint8Array(memory.buffer);
  const tasks = Array.from({ length: 20 }, (_, i) => ({
    name: 'multiply',
    numbers: [0, 0, 0, 0, 32, 0, 20_000 + i * 2048], // a matrix without values: 32 rows of 64 bytes become 0
  }));
  bytes.fill(1, 20_000);
  const seen: number[] = [];
  try {
    await workers.run(tasks, (done) => seen.push(done));
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(bytes.subarray(20_000, 20_000 + 20 * 2048).every((byte) => byte === 0)).toBe(true);
  } finally {
    await workers.close();
  }
});

it('an error in a worker reaches the caller, and stops the others', async () => {
  const { workers } = pool(2);
  const beyond = { name: 'multiply', numbers: [0, 0, 0, 0, 16, 0, 0x7fffffff] };
  await expect(workers.run([beyond, beyond, beyond])).rejects.toThrow('memory access out of bounds');
  await workers.close();
});

it('an abort stops the workers', async () => {
  const { workers } = pool(2);
  const controller = new AbortController();
  const tasks = Array.from({ length: 1000 }, () => ({ name: 'multiply', numbers: [0, 0, 0, 0, 100, 0, 8192] }));
  const stopped = workers.run(tasks, (done) => done === 10 && controller.abort(), controller.signal);
  await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
});

it('names the figure where a memory is too large', () => {
  expect(() => sharedMemory(2 ** 33)).toThrow(
    'the compiled kernels need 8.6 GB in one piece; at most 4.3 GB can be had',
  );
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function refuse() {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory');
  });
  expect(() => sharedMemory(2.6e6)).toThrow(
    expect.objectContaining({
      message: 'the compiled kernels need 2.6 MB in one piece and about 10 GB of addresses; the system refused them',
      hint: 'raise the limit of virtual memory (ulimit -v unlimited), or keep fewer words ({ minCount, maxVocab })',
    }),
  );
  vi.restoreAllMocks();
});
