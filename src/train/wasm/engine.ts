// The portable engine: SIMD kernels on worker threads over one shared memory, without locks (Hogwild, Recht et al.
// 2011).
//
// One thread gives the same bytes for a seed. Several threads race for the rows they share, so `deterministic` runs on
// one.
import { finishInTurns } from '../../base/steps.ts';
import { huffmanTree, pathsOf, type WordPaths } from '../../corpus/huffman.ts';
import type { StoredEntries } from '../../corpus/id-store.ts';
import { keepProbabilities } from '../../corpus/subsample.ts';
import { sharedMemory } from '../../kernels/load.ts';
import { packageFile } from '../../package-file.ts';
import { startPool } from '../../workers/pool.ts';
import type { Training, TrainingEngine, TrainingState, TrainTask } from '../engine.ts';
import { aliasTables, noiseDistribution } from '../negatives.ts';
import type { SubwordTable } from '../subword-table.ts';
import { planChunks } from './chunks.ts';
import { countersIn, createCounterMemory } from './counters.ts';
import { createPlace } from './place.ts';
import { copyRows, fillMatrix, sharedMatrix } from './shared-matrix.ts';
import { loadTrainingKernel } from './training-kernel.ts';
import { layOutMemory, type TrainingMemory } from './training-memory.ts';
import type { TrainingWorkerData } from './training-worker.ts';

/**
 * Raise it with each change of what is computed outside the kernel: a checkpoint of another number is not gone on from.
 */
const CHUNKS = '2';

/** The engine is always there: its kernels are part of the package. */
export async function createWasmEngine(): Promise<TrainingEngine> {
  const { module, arithmetic, hash } = loadTrainingKernel();
  return {
    name: 'wasm',
    versions: { v8: process.versions.v8, arithmetic },
    arithmetic: { kernel: `${arithmetic} ${hash}`, chunks: CHUNKS },
    open: (task, signal, from) => open(module, task, signal, from),
  };
}

async function open(
  module: WebAssembly.Module,
  task: TrainTask,
  signal: AbortSignal | undefined,
  from: TrainingState | undefined,
): Promise<Training> {
  const { corpus, settings, initial, frozen, subwords } = task;
  const hasFrozen = frozen !== undefined;
  const hasSubwords = subwords !== undefined;
  const words = corpus.vocabulary.words.length;
  const chunks = planChunks({ ...settings, length: corpus.length });
  const allChunks = chunks.perEpoch * settings.epochs;
  const wanted = settings.deterministic ? 1 : settings.threads;
  const threads = Math.max(1, Math.min(wanted, allChunks));
  const paths = settings.loss === 'hs' ? pathsOf(task.tree ?? huffmanTree(corpus.vocabulary.counts)) : undefined;
  const sizes = subwords && { inputRows: subwords.inputRows, subwordRows: subwords.rows.length };
  const at = layOutMemory({ ...settings, words, ...sizes, paths, threads, chunk: chunks.size, hasFrozen });
  const memory = sharedMemory(at.bytes);
  fillTables(memory, at, task, paths);
  if (frozen) new Uint8Array(memory.buffer, at.frozen, words).set(frozen);
  if (subwords) placeSubwords(memory, at, subwords);
  const matrices = {
    input: sharedMatrix(memory, at.input, at.row, subwords?.inputRows ?? words, settings.dim),
    output: sharedMatrix(memory, at.output, at.row, words, settings.dim),
  };
  await finishInTurns(fillMatrix(matrices.input, initial.input), signal);
  if (initial.output) await finishInTurns(fillMatrix(matrices.output, initial.output), signal);

  const storage = shareable(corpus.storage);
  const counterMemory = createCounterMemory(threads, settings.epochs);
  const counters = countersIn(counterMemory);
  const place = createPlace(memory, at, counters, allChunks);
  if (from) place.resume(from);
  const { tokens } = corpus;
  const shared = {
    module,
    memory,
    at,
    counterMemory,
    settings,
    words,
    hasFrozen,
    hasSubwords,
    tokens,
    storage,
    chunks,
  };
  const workerData = Array.from({ length: threads }, (_, thread): TrainingWorkerData => ({ ...shared, thread }));
  const pool = startPool<number, void>(packageFile('dist/training-worker.js'), workerData);
  const halt = () => counters.halt(true);
  return {
    races: threads > 1,
    async advance(until = Number.POSITIVE_INFINITY, stop) {
      counters.halt(stop?.aborted === true);
      stop?.addEventListener('abort', halt);
      try {
        await pool.runOnEach(until);
      } finally {
        stop?.removeEventListener('abort', halt);
      }
      return counters.chunksTaken() < allChunks;
    },
    tally: counters.tally,
    save: place.save,
    readRows: (matrix, first, rows) => copyRows(matrices[matrix], first, rows),
    close: pool.close,
  };
}

function fillTables(
  memory: WebAssembly.Memory,
  at: TrainingMemory,
  { corpus, settings }: TrainTask,
  paths: WordPaths | undefined,
): void {
  const { vocabulary } = corpus;
  const V = vocabulary.counts.length;
  const keeps = new Uint32Array(memory.buffer, at.keeps, V);
  const probabilities = keepProbabilities(vocabulary, settings.sample);
  for (let i = 0; i < V; i++) keeps[i] = Math.round(probabilities[i] * 4294967295);
  if (paths) {
    new Uint32Array(memory.buffer, at.pathStarts, V + 1).set(paths.starts);
    new Uint32Array(memory.buffer, at.pathLinks, paths.links.length).set(paths.links);
  }
  if (settings.loss !== 'ns') return;
  new Float32Array(memory.buffer, at.noise, V).set(noiseDistribution(vocabulary.counts, settings.negativeExponent));
  const aliases = new Uint32Array(memory.buffer, at.aliases, 2 * V);
  const { keep, alias } = aliasTables(vocabulary.counts, settings.negativeExponent);
  for (let i = 0; i < V; i++) {
    aliases[2 * i] = keep[i];
    aliases[2 * i + 1] = alias[i];
  }
}

/** The rows of each word, as addresses. */
export function placeSubwords(
  memory: WebAssembly.Memory,
  at: Pick<TrainingMemory, 'input' | 'row' | 'subwordStarts' | 'subwordRows'>,
  { starts, rows }: Pick<SubwordTable, 'starts' | 'rows'>,
): void {
  new Uint32Array(memory.buffer, at.subwordStarts, starts.length).set(starts);
  const addresses = new Uint32Array(memory.buffer, at.subwordRows, rows.length);
  for (let i = 0; i < rows.length; i++) addresses[i] = at.input + rows[i] * at.row;
}

/** Entries in memory would be copied to each worker, unless they are shared. */
function shareable(storage: StoredEntries): StoredEntries {
  if ('file' in storage || storage.ids.buffer instanceof SharedArrayBuffer) return storage;
  const ids = new Int32Array(new SharedArrayBuffer(storage.ids.byteLength));
  ids.set(storage.ids);
  return { ...storage, ids };
}
