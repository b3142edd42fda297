// Measures the peak memory of the process during some work. A separate thread samples every 20 ms, because the main
// thread may be busy.
import { Worker } from 'node:worker_threads';

// As text, because it must run from src (tests) as well as from dist.
const watcher = `
  const { workerData } = require('node:worker_threads');
  const peak = new Float64Array(workerData.peak);
  const look = () => { peak[0] = Math.max(peak[0], process.memoryUsage.rss()); };
  look();
  setInterval(look, 20);
`;

/** Runs `work`; resolves to its result and the peak resident memory in bytes. */
export async function withPeakMemory<T>(work: () => Promise<T>): Promise<{ result: T; bytes: number }> {
  const peak = new Float64Array(new SharedArrayBuffer(8));
  const worker = new Worker(watcher, { eval: true, workerData: { peak: peak.buffer } });
  worker.unref();
  try {
    const result = await work();
    return { result, bytes: Math.max(peak[0], process.memoryUsage.rss()) };
  } finally {
    await worker.terminate();
  }
}
