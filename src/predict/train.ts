// Encoded corpus -> word vectors, by whichever engine is there.
import { checkCorpus, type EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { throwIfAborted, W2vError } from '../errors.ts';
import { checkOptionNames, namesOf } from '../option-names.ts';
import type { OnProgress } from '../progress.ts';
import { finishInTurns, type Steps } from '../steps.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { TrainingEngine } from './engine.ts';
import { initialRows } from './initialize.ts';
import { type EngineChoice, openEngine } from './open-engine.ts';
import { rowBlocks } from './row-blocks.ts';
import { type TrainSettings, trainSettingNames, trainSettings } from './settings.ts';
import { allLeftOut, requireSomethingToLearn } from './something-to-learn.ts';

export interface TrainOptions {
  /** An engine that is already there (see `openEngine`), or the name of one; `auto` by default. */
  engine?: TrainingEngine | EngineChoice;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

const runNames = namesOf<TrainOptions>({ engine: true, onProgress: true, signal: true });

export interface TrainResult {
  /** The input matrix: the word vectors. */
  vectors: WordVectors;
  /** The output matrix: the vectors of the words as context. */
  contextVectors: WordVectors;
  settings: TrainSettings;
  engine: TrainingEngine['name'];
  versions: Record<string, string>;
  /** Mean negative-sampling loss per example (nats; skip-gram: a pair, CBOW: a centre) of each epoch, over a sample. */
  lossByEpoch: number[];
  /** Seconds of the epochs alone. */
  seconds: number;
  /** Centres that were trained on, over all epochs: words with a context after subsampling. Never 0. */
  trainedTokens: number;
}

/**
 * Trains CBOW or skip-gram with negative sampling (Mikolov et al. 2013b) on an encoded corpus.
 *
 * @returns vectors (V, D), V the vocabulary's size; rows in the vocabulary's order
 * @throws W2vError 'usage' (a setting out of range), 'corpus-empty' (no two different words, or none side by side),
 *   'engine-unavailable', 'out-of-memory', 'diverged', 'interrupted'
 */
export async function trainWordVectors(
  corpus: EncodedCorpus,
  given: Partial<TrainSettings> = {},
  options: TrainOptions = {},
): Promise<TrainResult> {
  checkOptionNames('trainWordVectors', given, trainSettingNames, { names: runNames, place: 'the third argument' });
  checkOptionNames('trainWordVectors', options, runNames, { names: trainSettingNames, place: 'the second argument' });
  const settings = trainSettings(given);
  throwIfAborted(options.signal);
  checkCorpus(corpus);
  requireSomethingToLearn(corpus);
  const { threads } = settings;
  const engine =
    typeof options.engine === 'object' ? options.engine : (await openEngine(options.engine, { threads })).engine;
  const { input, output, ...rest } = await engine.train({
    corpus,
    settings,
    initial: initialRows(settings.dim, settings.seed),
    onProgress: options.onProgress,
    signal: options.signal,
  });
  if (rest.trainedTokens === 0) throw allLeftOut(corpus, settings);
  const total = corpus.tokens * settings.epochs;
  options.onProgress?.({ phase: 'train', done: total, total, unit: 'words', etaSeconds: 0 }); // the engines report now and then
  for (const matrix of [input, output]) await finishInTurns(requireFinite(matrix, settings), options.signal);
  const { words } = corpus.vocabulary;
  const dimensions = settings.dim;
  return {
    vectors: { words, matrix: input, dimensions },
    contextVectors: { words, matrix: output, dimensions },
    settings,
    engine: engine.name,
    versions: engine.versions,
    ...rest,
  };
}

function* requireFinite(matrix: Float32Array, { dim, learningRate }: TrainSettings): Steps<void> {
  for (const { first, count } of rowBlocks(matrix.length / dim, dim)) {
    for (let i = first * dim; i < (first + count) * dim; i++) {
      if (Number.isFinite(matrix[i])) continue;
      throw new W2vError(
        'diverged',
        `training diverged: row ${Math.floor(i / dim)} holds ${matrix[i]} (learning rate ${learningRate})`,
        `train with a lower learning rate: { learningRate: ${learningRate / 2} }`,
      );
    }
    yield;
  }
}
