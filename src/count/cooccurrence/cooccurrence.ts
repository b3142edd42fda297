// Counts co-occurrences: how often two words occur within W words of each other on the same line,
//   #(w, c) = sum over positions p, q with token w at p and c at q, 0 < |p - q| <= W, of weight(|p - q|).
// Counted by worker threads in bounded memory: sorted runs go to a temporary file and are merged at the end.
// Every sum is an exact whole number of units, so the result is the same for any memory and any number of threads.
import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { countDefaults } from '../../base/defaults.ts';
import { throwIfAborted, W2vError } from '../../base/errors.ts';
import type { OnProgress } from '../../base/progress.ts';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { keepProbabilities } from '../../corpus/subsample.ts';
import type { Identity } from '../../files/identity.ts';
import { updateWithList } from '../../files/sha256.ts';
import type { SparseMatrix } from '../../vectors/sparse-matrix.ts';
import type { WorkerPool } from '../../workers/pool.ts';
import { assembleCounts } from './assemble-counts.ts';
import { type CountCheckpoint, type CountCheckpointOptions, openCountCheckpoint } from './count-checkpoint.ts';
import { planCounting, TASK_TOKENS } from './counting-plan.ts';
import type { CountingResult, CountingTask, CountingWorkerData, Extents } from './counting-worker.ts';
import { type PackedCounts, storeParts } from './packed-counts.ts';
import { countRuns, mergeRuns, reporter, runsOf, startCounting, tasksOf } from './runs.ts';
import { openSpillFile } from './spill-file.ts';
import { createTallies } from './tallies.ts';
import { type Weighting, windowWeights } from './window-weights.ts';

export interface CooccurrenceSettings {
  /** W: context words on each side, 1 to 1000. */
  window: number;
  weighting: Weighting;
  /** Left and right contexts apart: a (V, 2V) matrix, columns 0 .. V-1 for c before w, V .. 2V-1 for c after w. */
  directional: boolean;
  /** Subsampling threshold t for frequent words, as in training; 0 disables subsampling. */
  sample: number;
  /**
   * How to subsample. 'expected': multiply each count by the probability that both words are kept; distances do not
   * change. 'drawn': drop tokens at random, from `seed`, before windows are formed, as word2vec does.
   */
  sampling: 'expected' | 'drawn';
  seed: number;
}

/** Memory, threads and disk that counting may use; they change no result. */
export interface CountLimits {
  /** Memory limit in bytes for counting and its result, without the process itself; default `countDefaults.memory`. */
  memory?: number | undefined;
  /** Worker threads; default: the number of cores. */
  threads?: number | undefined;
  /** Folder for counts that do not fit in memory; default the system's temporary folder. */
  temporaryDirectory?: string | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  /**
   * Saves what is counted to a folder, and goes on from there; the result is that of an undisturbed run. The signal
   * then takes effect once the pieces of the text at work are counted and saved.
   */
  checkpoint?: CountCheckpointOptions | undefined;
  /**
   * What was counted elsewhere, in place of counting the entries of the corpus: of its vocabulary and these settings.
   */
  counted?: PackedCounts | undefined;
  /** For tests: tokens a worker counts before it empties its 32-bit cells; default: as many as cannot overflow them. */
  tokensPerDrain?: number | undefined;
}

export function boundsOf({ memory, threads }: CountLimits): { memory: number; threads: number } {
  return { memory: memory ?? countDefaults.memory, threads: threads ?? availableParallelism() };
}

export interface Cooccurrences {
  /** (V, V), symmetric; or (V, 2V) where directional. */
  matrix: SparseMatrix;
  /** Sorted runs written to disk and merged, and bytes written, including those of intermediate merges. */
  runs: number;
  spilledBytes: number;
}

/**
 * Counts the co-occurrences of a corpus. Throws `usage` for settings out of range, `corpus-empty` if no two words occur
 * together, `out-of-memory` with the memory needed, `file-unwritable` if the temporary file cannot grow, `interrupted`.
 */
export async function countCooccurrences(
  corpus: EncodedCorpus,
  settings: CooccurrenceSettings,
  limits: CountLimits,
): Promise<Cooccurrences> {
  const { memory, threads } = boundsOf(limits);
  const weights = windowWeights(settings.weighting, settings.window);
  const { vocabulary } = corpus;
  const { counted } = limits;
  if (vocabulary.words.length === 0) throw noPairs('the vocabulary is empty');
  const keep = settings.sample > 0 ? keepProbabilities(vocabulary, settings.sample) : undefined;
  const drawn = keep !== undefined && settings.sampling === 'drawn';
  const plan = planCounting({
    ...{ counts: vocabulary.counts, tokens: counted ? corpus.tokens : corpus.length, window: settings.window, weights },
    ...{ directional: settings.directional, drawn, tokensPerDrain: limits.tokensPerDrain, memory, threads },
    parts: counted?.parts,
  });
  const saved =
    limits.checkpoint && (await openCountCheckpoint(limits.checkpoint, identityOf(corpus, settings, plan.partRows)));
  const spill = saved?.spill ?? openSpillFile(limits.temporaryDirectory);
  const spillEnd = new BigInt64Array(new SharedArrayBuffer(8));
  spillEnd[0] = BigInt(saved?.found.bytes ?? 0);
  const tallies = createTallies(plan);
  let pool: WorkerPool<CountingTask, CountingResult> | undefined;
  try {
    pool = startCounting({
      ...{ plan, spill, spillEnd, tallies, corpus: sharedCorpus(corpus) },
      ...(drawn && { draw: { keep, seed: settings.seed } }),
    });
    const end = () => Number(Atomics.load(spillEnd, 0));
    const runs = await (counted
      ? storeParts(counted, plan, spill, spillEnd)
      : saved
        ? countAndSave(pool, corpus.length, limits, saved, end)
        : countRuns(pool, corpus.length, limits));
    const merged = await mergeRuns(pool, plan, runs, limits.signal);
    await pool.close();
    const matrix = await assembleCounts({
      ...{ spill, plan, parts: merged, tallies, unit: weights.unit, memory, signal: limits.signal },
      ...(keep && !drawn && { keep }),
    });
    if (matrix.starts[matrix.rows] === 0) throw noPairs('no line has two kept words');
    return { matrix, runs: runs.length, spilledBytes: Number(spillEnd[0]) };
  } finally {
    await pool?.close();
    if (saved) await saved.close();
    else closeSync(spill.file);
  }
}

function noPairs(why: string): W2vError {
  return new W2vError(
    'corpus-empty',
    `there is nothing to count: ${why}`,
    'lower { minCount } or { sample }, or give a longer text',
  );
}

/** The corpus in the form that workers read: a descriptor, or ids copied once to shared memory. */
function sharedCorpus({ storage, length }: EncodedCorpus): CountingWorkerData['corpus'] {
  if ('file' in storage) return { length, file: storage.file };
  if (storage.ids.buffer instanceof SharedArrayBuffer) return { length, ids: storage.ids };
  const ids = new Int32Array(new SharedArrayBuffer(Math.max(4, length * 4)));
  ids.set(storage.ids.subarray(0, length));
  return { length, ids };
}

/** As `countRuns`, but it begins where the checkpoint ends, and what is counted is saved now and then. */
async function countAndSave(
  pool: WorkerPool<CountingTask, CountingResult>,
  length: number,
  { onProgress, signal, checkpoint }: CountLimits,
  saved: CountCheckpoint,
  end: () => number,
): Promise<Extents[][]> {
  const { everySeconds = 600, onSaved, onResumed } = checkpoint!;
  const report = reporter(length, onProgress);
  const runs = [...saved.found.runs];
  let { position } = saved.found;
  let last = performance.now();
  report(position);
  if (position > 0) onResumed?.(position, length);
  while (position < length) {
    throwIfAborted(signal);
    // All of them are done, or the state would not be a position: no signal ends them.
    const to = Math.min(length, position + 2 * pool.threads * TASK_TOKENS);
    runs.push(...runsOf(await pool.run(tasksOf(position, to))));
    position = to;
    report(position);
    const isDue = performance.now() - last >= 1000 * everySeconds;
    if (!isDue && !signal?.aborted && position < length) continue;
    runs.push(...runsOf(await pool.runOnEach({ kind: 'drain' })));
    await saved.save({ position, runs, bytes: end() });
    onSaved?.(position, length);
    last = performance.now();
  }
  throwIfAborted(signal);
  return runs;
}

/** All that decides what is in the runs. Memory and threads do not: every sum is exact. */
function identityOf(
  { vocabulary, length, source }: EncodedCorpus,
  { window, weighting, directional, sample, sampling, seed }: CooccurrenceSettings,
  partRows: readonly number[],
): Identity {
  const words = createHash('sha256').update('[');
  updateWithList(words, vocabulary.words);
  words.update(',');
  updateWithList(words, vocabulary.counts);
  words.update(']');
  const isDrawn = sample > 0 && sampling === 'drawn';
  return {
    ...{ text: source.sha256, vocabulary: words.digest('hex'), entries: length, window, weighting, directional },
    ...(isDrawn && { sample, seed }), // expected counts are weighted at the end
    rows: partRows.join(' '),
  };
}
