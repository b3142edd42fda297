// The progress reports of long work. The library only calls back; the command line displays them.

/** How far the work is. */
export interface Progress {
  /** A short name of the phase: 'read', 'train', 'count', 'ppmi', 'svd', 'write', 'download' ... */
  phase: string;
  /** Done so far and in total, in the unit of the phase (bytes, tokens); `total` is 0 if unknown. */
  done: number;
  total: number;
  /** Unit of `done` and `total`. */
  unit?: 'bytes' | 'words' | 'steps';
  /** Recent mean negative-sampling loss per example (nats). */
  loss?: number;
  learningRate?: number;
  wordsPerSecond?: number;
  etaSeconds?: number;
}

/** Called now and then during long work. Synchronous: what it throws ends the work; a promise is not awaited. */
export type OnProgress = (progress: Progress) => void;
