// Saves a training while it goes on: at a boundary both matrices are copied, which takes milliseconds, and a file is
// written from the copies while the engine trains. A checkpoint that cannot be written ends no training: the next one
// is tried.
import { W2vError } from '../../base/errors.ts';
import type { Identity } from '../../files/identity.ts';
import type { TrainingState } from '../engine.ts';
import type { ResultMatrices } from '../result-memory.ts';
import type { Tally } from '../tally.ts';
import type { TrainingFacts, TrainingStore } from './training-state.ts';

export interface CheckpointInterval {
  /** Seconds of training from one checkpoint to the next. */
  everySeconds?: number | undefined;
  /** Epochs, also parts of one, from one to the next. */
  everyEpochs?: number | undefined;
}

/** What `onEvent` of a checkpoint hears: a training resumed, a state saved, a saving that failed. */
export type CheckpointEvent =
  | {
      kind: 'resumed';
      file: string;
      /** Done, of how many it was to have. */
      epochs: number;
      ofEpochs: number;
      savedAt: string;
      /** From here on. */
      learningRate: number;
    }
  | { kind: 'saved'; file: string; epochs: number; seconds: number }
  /** A file that is no whole checkpoint: the one before is taken. */
  | { kind: 'damaged'; file: string; why: string }
  /** A checkpoint that could not be written; training goes on. */
  | { kind: 'failed'; epochs: number; error: W2vError };

export interface Saver {
  /** Where training is to stop for the next checkpoint: at so many words, or once the signal fires. */
  due(tally: Tally): { until: number; signal: AbortSignal };
  /** Resolves once the copies may be overwritten. */
  ready(): Promise<void>;
  /** Begins to write what the copies hold. */
  write(state: TrainingState, seconds: number): void;
  /** What was saved and failed so far. */
  counts(): { saved: number; failed: number };
  close(): void;
}

const LONGEST_TIMER = 2 ** 31 - 1; // milliseconds

export interface SaverOptions extends CheckpointInterval {
  store: TrainingStore;
  identity: Identity;
  epochs: number;
  /** Words of one epoch. */
  tokens: number;
  onEvent?: ((event: CheckpointEvent) => void) | undefined;
}

/** @param copies what is written: the matrices as they were when `write` was called */
export function createSaver(copies: ResultMatrices, options: SaverOptions): Saver {
  const { store, identity, epochs, tokens, everySeconds, everyEpochs, onEvent } = options;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  /** The start of the interval: one clock, however often `due` is asked before it is over. */
  let since = performance.now();
  const counts = { saved: 0, failed: 0 };

  async function write(facts: TrainingFacts, position: Float64Array) {
    const started = performance.now();
    const at = facts.tally.words / tokens;
    try {
      const file = await store.save(identity, facts, { ...copies, position });
      counts.saved++;
      onEvent?.({ kind: 'saved', file, epochs: at, seconds: (performance.now() - started) / 1000 });
    } catch (error) {
      counts.failed++;
      onEvent?.({ kind: 'failed', epochs: at, error: asW2vError(error) });
    }
  }

  return {
    due({ words }) {
      const time = new AbortController();
      if (everySeconds !== undefined) {
        const fire = async () => {
          await writing; // a slow disk does not hold up the training
          since = performance.now();
          time.abort();
        };
        const left = since + everySeconds * 1000 - performance.now();
        timer = setTimeout(fire, Math.min(LONGEST_TIMER, Math.max(0, left)));
        timer.unref();
      }
      const step = everyEpochs === undefined ? Number.POSITIVE_INFINITY : everyEpochs * tokens;
      // Rounding must not give the place where the training stands.
      const until = Number.isFinite(step) ? Math.max(words + 1, step * (Math.floor(words / step) + 1)) : step;
      return { until, signal: time.signal };
    },
    ready() {
      clearTimeout(timer);
      return writing;
    },
    write({ tally, position }, seconds) {
      since = performance.now();
      const whole = { ...tally, loss: [...tally.loss], examples: [...tally.examples] };
      writing = write({ epochs, tokens, seconds, tally: whole }, position);
    },
    counts: () => counts,
    close: () => clearTimeout(timer),
  };
}

function asW2vError(error: unknown): W2vError {
  if (error instanceof W2vError) return error;
  const message = `the checkpoint cannot be written: ${(error as Error).message}`;
  return new W2vError('file-unwritable', message, 'check the disk', { cause: error });
}
