// What long work reports of itself. The library calls back; only the CLI draws.

export interface Progress {
  /** A short name of the phase: 'read', 'train', 'count', 'ppmi', 'svd', 'write', 'download' ... */
  phase: string;
  /** Done so far and in all, in the phase's own unit (bytes, tokens); `total` is 0 where it is not known. */
  done: number;
  total: number;
  /** What `done` and `total` count. */
  unit?: 'bytes' | 'words' | 'steps';
  /** Mean negative-sampling loss of the examples seen lately, per example (nats). */
  loss?: number;
  learningRate?: number;
  wordsPerSecond?: number;
  etaSeconds?: number;
}

export type OnProgress = (progress: Progress) => void;
