// Worker thread that calls the functions of one kernel on a memory shared with the other workers.
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../workers/serve-tasks.ts';
import { startKernel } from './start.ts';

export interface KernelWorkerData {
  kernel: string;
  memory: WebAssembly.Memory;
}

export interface KernelCall {
  name: string;
  numbers: number[];
}

const { kernel, memory } = workerData as KernelWorkerData;
const exports = startKernel(kernel, { memory });

serveTasks<KernelCall, unknown>(({ name, numbers }) =>
  (exports[name] as (...numbers: number[]) => unknown)(...numbers),
);
