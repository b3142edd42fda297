// What a training engine is. Above this line nobody knows how the matrices are updated.
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import type { OnProgress } from '../progress.ts';
import type { InitialRows } from './initialize.ts';
import type { TrainSettings } from './settings.ts';

export interface TrainTask {
  corpus: EncodedCorpus;
  settings: TrainSettings;
  /** What the (V, D) input (word) and output (context) matrices start from. */
  initial: InitialRows;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface Trained {
  /** (V, D) row-major: the word vectors. */
  input: Float32Array;
  /** (V, D) row-major: the context vectors. */
  output: Float32Array;
  /**
   * Mean negative-sampling loss per positive example (nats), one per epoch, over a sample of the examples. Empty where
   * nothing was measured, which is where nothing was trained. See meansByEpoch for epochs without a sample.
   */
  lossByEpoch: number[];
  /** Wall-clock seconds of the epochs alone. */
  seconds: number;
  /** Centres that were trained on, which are words with a context after subsampling, over all epochs. */
  trainedTokens: number;
}

export interface TrainingEngine {
  name: 'tensorflow' | 'wasm';
  /** Versions of what does the arithmetic, for the manifest. */
  versions: Record<string, string>;
  train(task: TrainTask): Promise<Trained>;
}

/** What an engine is started with. */
export interface EngineOptions {
  threads?: number | undefined;
  /** Where @tensorflow/tfjs-node lies, if not where Node would look. */
  modulePath?: string | undefined;
}
