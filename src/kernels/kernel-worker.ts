// A worker thread that calls one kernel's functions over a memory it shares with the other workers.
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../workers/serve-tasks.ts';
import { loadKernel } from './load.ts';

export interface KernelWorkerData {
  kernel: string;
  memory: WebAssembly.Memory;
}

export interface KernelCall {
  name: string;
  numbers: number[];
}

const { kernel, memory } = workerData as KernelWorkerData;
const abort = () => {
  throw new Error(`the kernel ${kernel} stopped`);
};
const { exports } = new WebAssembly.Instance(loadKernel(kernel), { env: { memory, abort } });

serveTasks<KernelCall, unknown>(({ name, numbers }) =>
  (exports[name] as (...numbers: number[]) => unknown)(...numbers),
);
