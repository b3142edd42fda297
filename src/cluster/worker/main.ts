// The program on an executor: `node main.js MODE SETTINGS`, fed by Spark with lines on standard input. It ends with 0
// only if all was read and written; otherwise the last line of standard error is the error, which Spark hands back.
import { W2vError } from '../../base/errors.ts';
import { writtenError } from '../spark-errors.ts';
import { countPartitionPairs, mergePartitions } from './count-pairs.ts';
import { countPartitionWords } from './count-words.ts';
import { rowWriter } from './rows.ts';
import { readSettings, type WorkerMode } from './settings.ts';

/** Loaded when needed: a training has modules that counting does not need. */
const modes = {
  vocabulary: async () => countPartitionWords,
  count: async () => countPartitionPairs,
  merge: async () => mergePartitions,
  encode: async () => (await import('./encode-text.ts')).encodeText,
  measure: async () => (await import('./train-shards.ts')).measureSlices,
  train: async () => (await import('./train-shards.ts')).trainShards,
  combine: async () => (await import('./train-shards.ts')).combineChanges,
};

process.exitCode = 70; // unless the end is reached: Spark believes a script that ends with 0
try {
  const [mode, settings] = process.argv.slice(2) as [WorkerMode, string];
  const rows = rowWriter(process.stdout);
  const work = await modes[mode]();
  await work(process.stdin.iterator({ destroyOnReturn: false }), readSettings(settings), rows);
  await rows.end();
  process.exitCode = 0;
} catch (error) {
  const { message, stack } = error as Error;
  const hint = 'report it with what is above, and the version of Node on the executors';
  const known = error instanceof W2vError ? error : new W2vError('worker-failed', `a worker failed: ${message}`, hint);
  if (!(error instanceof W2vError)) process.stderr.write(`${stack}\n`);
  process.stderr.write(writtenError(known));
  // All is read, or Spark would report a broken pipe and not the error.
  process.stdin.resume();
}
