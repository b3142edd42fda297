// What a training engine is: it computes and counts, in pieces. Everything around that (reports, the loss of each
// epoch, stopping, divergence) is the loop's in train-loop.ts, the same for every engine.
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import type { HuffmanTree } from '../corpus/huffman.ts';
import type { StoredEntries } from '../corpus/id-store.ts';
import type { InitialRows } from './initialize.ts';
import type { TrainSettings } from './settings.ts';
import type { SubwordTable } from './subword-table.ts';
import type { Tally } from './tally.ts';

/** What an engine reads: a corpus, or the slice of one that a training is to advance over. */
export interface TrainingText extends Pick<EncodedCorpus, 'vocabulary' | 'length' | 'tokens'> {
  storage: StoredEntries;
}

/** What an engine trains: the text as ids, the settings, and the starting weights. */
export interface TrainTask {
  corpus: TrainingText;
  settings: TrainSettings;
  /**
   * What the (V, D) input (word) and output (context) matrices start from; with subwords the input matrix has V + N
   * rows.
   */
  initial: InitialRows;
  /** (V) 1 where a word's row of the input matrix never moves; left out where all move. */
  frozen?: Uint8Array;
  /** Of the vocabulary, for hierarchical softmax; left out, it is built where it is needed. */
  tree?: HuffmanTree;
  /** Of a training with subwords. */
  subwords?: SubwordTable;
}

/** Where a training stands at a boundary, beside its matrices. */
export interface TrainingState {
  tally: Tally;
  /** Numbers of the engine's own: its place in the text, its random state. */
  position: Float64Array;
}

/** An implementation of training, from `openEngine`. */
export interface TrainingEngine {
  name: 'tensorflow' | 'wasm';
  /** Versions of what does the arithmetic, for the manifest. */
  versions: Record<string, string>;
  /** What has to be the same for the same bytes: kinds of arithmetic, builds of kernels. */
  arithmetic: Record<string, string>;
  /**
   * Gets a training ready: memory taken, rows filled, threads started. Whoever opens it closes it. With `from` it goes
   * on from there, with the same task, in which `initial` gives the matrices of that moment and the epochs may be more.
   *
   * @throws W2vError 'out-of-memory', 'engine-unavailable', or 'interrupted' once the signal has fired
   */
  open(task: TrainTask, signal?: AbortSignal, from?: TrainingState): Promise<Training>;
}

export type Matrix = 'input' | 'output';

/**
 * A training that stands at a boundary of its engine's (between two chunks of text, or two chains of batches) and goes
 * on from there. Boundaries are a few milliseconds of work apart. Where the engine is deterministic, the result does
 * not depend on where it stopped.
 */
export interface Training {
  /** Whether its threads race for the rows they share, so that each run gives slightly other bytes. */
  races?: boolean;
  /**
   * Trains on, to the first boundary at which `until` words are done (see Tally), to the next one once the signal has
   * fired, or else to the end. One call at a time.
   *
   * @returns whether there may be more to train on
   */
  advance(until?: number, signal?: AbortSignal): Promise<boolean>;
  /** What has been done so far. May be asked while `advance` runs, where it is a moment's reading. */
  tally(): Tally;
  /** What `open` goes on from, with the rows as they are: between two calls of `advance`, once some words are done. */
  save(): TrainingState;
  /** Copies rows `first` .. of a matrix as it stands to `rows` (n, D). Exact between two calls of `advance`. */
  readRows(matrix: Matrix, first: number, rows: Float32Array): void;
  /** Frees memory and threads, also while `advance` runs, which then stops or rejects. Safe to call twice. */
  close(): Promise<void>;
}

/** What an engine is started with. */
export interface EngineOptions {
  threads?: number | undefined;
  /** Where @tensorflow/tfjs-node lies, if not where Node would look. */
  modulePath?: string | undefined;
}
