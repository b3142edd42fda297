// The portable engine: SIMD kernels on worker threads over one shared memory, without locks (Hogwild, Recht et al. 2011).
//
// One thread gives the same bytes for a seed. Several threads race for the rows they share, so `deterministic` runs on one.
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { keepProbabilities } from '../../corpus/subsample.ts';
import { throwIfAborted } from '../../errors.ts';
import { sharedMemory } from '../../kernels/load.ts';
import { finishInTurns, type Steps } from '../../steps.ts';
import { builtFile } from '../../workers/built-file.ts';
import { startPool } from '../../workers/pool.ts';
import type { Trained, TrainingEngine, TrainTask } from '../engine.ts';
import type { FillRows } from '../initialize.ts';
import { meansByEpoch } from '../loss-by-epoch.ts';
import { aliasTables, noiseDistribution } from '../negatives.ts';
import { fillBlocks, rowBlocks } from '../row-blocks.ts';
import { learningRateAt } from '../schedule.ts';
import { planChunks } from './chunks.ts';
import { type Counters, countersIn } from './counters.ts';
import { loadTrainingKernel } from './training-kernel.ts';
import { layOutMemory, type TrainingMemory } from './training-memory.ts';
import type { TrainingResult, TrainingWorkerData } from './training-worker.ts';

const REPORT_EVERY_MS = 100;

/** The engine is always there: its kernels are part of the package. */
export async function createWasmEngine(): Promise<TrainingEngine> {
  const { module, arithmetic } = loadTrainingKernel();
  return {
    name: 'wasm',
    versions: { v8: process.versions.v8, arithmetic },
    train: (task) => train(module, task),
  };
}

async function train(module: WebAssembly.Module, task: TrainTask): Promise<Trained> {
  const { corpus, settings, signal } = task;
  throwIfAborted(signal);
  const words = corpus.vocabulary.words.length;
  const chunks = planChunks({ ...settings, length: corpus.length });
  const wanted = settings.deterministic ? 1 : settings.threads;
  const threads = Math.max(1, Math.min(wanted, chunks.perEpoch * settings.epochs));
  const at = layOutMemory({ ...settings, words, threads, chunk: chunks.size });
  const memory = sharedMemory(at.bytes);
  fillTables(memory, at, task);
  const matrixAt = (address: number): Rows => {
    const stride = at.row / 4;
    return { values: new Float32Array(memory.buffer, address, words * stride), V: words, D: settings.dim, stride };
  };
  const [input, output] = [matrixAt(at.input), matrixAt(at.output)];
  await finishInTurns(fillRows(input, task.initial.input), signal);
  if (task.initial.output) {
    await finishInTurns(fillRows(output, task.initial.output), signal);
    const mean = new Float32Array(memory.buffer, at.sharedMean, settings.dim);
    mean.set(await finishInTurns(meanRow(output, new Float32Array(memory.buffer, at.noise, words)), signal));
  }

  const storage = shareable(corpus.storage);
  const workerData = Array.from({ length: threads }, (_, thread): TrainingWorkerData => {
    return { module, memory, at, thread, settings, words, tokens: corpus.tokens, storage, chunks };
  });
  const counters = countersIn(memory, at);
  const started = performance.now();
  const pool = startPool<null, TrainingResult>(builtFile('./training-worker.js', import.meta.url), workerData);
  const reports = reportUntilStopped(reporter(task, counters, started));
  try {
    const results = await Promise.race([pool.runOnEach(null, signal), reports.failure]);
    const seconds = (performance.now() - started) / 1000;
    throwIfAborted(signal);
    const { epochs } = settings;
    return {
      input: await finishInTurns(copyOfRows(input), signal),
      output: await finishInTurns(copyOfRows(output), signal),
      lossByEpoch: meansByEpoch(sumByEpoch(results, 'loss', epochs), sumByEpoch(results, 'examples', epochs)),
      seconds,
      trainedTokens: counters.totals().centres,
    };
  } finally {
    reports.stop();
    await pool.close();
  }
}

/** Calls `report` now and then; `failure` rejects with what it throws, as the caller of `train` should see it. */
function reportUntilStopped(report: () => void): { failure: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  const failure = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      try {
        report();
      } catch (error) {
        reject(error);
      }
    }, REPORT_EVERY_MS);
  });
  return { failure, stop: () => clearInterval(timer) };
}

function fillTables(memory: WebAssembly.Memory, at: TrainingMemory, { corpus, settings }: TrainTask): void {
  const { vocabulary } = corpus;
  const V = vocabulary.counts.length;
  const keeps = new Uint32Array(memory.buffer, at.keeps, V);
  const probabilities = keepProbabilities(vocabulary, settings.sample);
  for (let i = 0; i < V; i++) keeps[i] = Math.round(probabilities[i] * 4294967295);
  new Float32Array(memory.buffer, at.noise, V).set(noiseDistribution(vocabulary.counts, settings.negativeExponent));
  const aliases = new Uint32Array(memory.buffer, at.aliases, 2 * V);
  const { keep, alias } = aliasTables(vocabulary.counts, settings.negativeExponent);
  for (let i = 0; i < V; i++) {
    aliases[2 * i] = keep[i];
    aliases[2 * i + 1] = alias[i];
  }
}

/** A (V, D) matrix in the shared memory: rows of D numbers, padded with zeros to `stride`. */
interface Rows {
  values: Float32Array;
  V: number;
  D: number;
  stride: number;
}

function fillRows({ values, V, D, stride }: Rows, fill: FillRows): Steps<void> {
  return fillBlocks(V, D, fill, (rows, first) => {
    for (let i = 0; i < rows.length; i += D) values.set(rows.subarray(i, i + D), (first + i / D) * stride);
  });
}

/** (D) sum of chances[i] times row i. */
function* meanRow({ values, V, D, stride }: Rows, chances: Float32Array): Steps<Float64Array> {
  const mean = new Float64Array(D);
  for (const { first, count } of rowBlocks(V, D)) {
    for (let i = first; i < first + count; i++) {
      for (let d = 0; d < D; d++) mean[d] += chances[i] * values[i * stride + d];
    }
    yield;
  }
  return mean;
}

/** In memory of its own: what others are given must neither be shared with threads nor keep all the rest alive. */
function* copyOfRows({ values, V, D, stride }: Rows): Steps<Float32Array> {
  const copy = new Float32Array(V * D);
  for (const { first, count } of rowBlocks(V, D)) {
    for (let i = first; i < first + count; i++) copy.set(values.subarray(i * stride, i * stride + D), i * D);
    yield;
  }
  return copy;
}

/** Entries in memory would be copied to each worker, unless they are shared. */
function shareable(storage: EncodedCorpus['storage']): EncodedCorpus['storage'] {
  if ('file' in storage || storage.ids.buffer instanceof SharedArrayBuffer) return storage;
  const ids = new Int32Array(new SharedArrayBuffer(storage.ids.byteLength));
  ids.set(storage.ids);
  return { ids };
}

function reporter({ corpus, settings, onProgress }: TrainTask, counters: Counters, started: number): () => void {
  const total = corpus.tokens * settings.epochs;
  let before = { loss: 0, examples: 0 };
  return () => {
    const done = counters.wordsDone();
    if (done === 0) return;
    const totals = counters.totals();
    const examples = totals.examples - before.examples;
    const loss = (totals.loss - before.loss) / examples;
    before = totals;
    const wordsPerSecond = done / ((performance.now() - started) / 1000);
    onProgress?.({
      phase: 'train',
      done,
      total,
      unit: 'words',
      ...(examples > 0 && { loss }),
      learningRate: learningRateAt(settings.learningRate, settings.minLearningRateRatio, done, total),
      wordsPerSecond,
      etaSeconds: (total - done) / wordsPerSecond,
    });
  };
}

function sumByEpoch(results: TrainingResult[], of: keyof TrainingResult, epochs: number): Float64Array {
  const sums = new Float64Array(epochs);
  for (const result of results) for (let epoch = 0; epoch < epochs; epoch++) sums[epoch] += result[of][epoch];
  return sums;
}
