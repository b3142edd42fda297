// Encoded corpus -> word vectors, by whichever engine is there.
import { checkCorpus, type EncodedCorpus, LINE_END } from '../corpus/encoded-corpus.ts';
import { keepProbabilities } from '../corpus/subsample.ts';
import { trainDefaults } from '../defaults.ts';
import { throwIfAborted, W2vError } from '../errors.ts';
import { quotable, shortened } from '../printable.ts';
import type { OnProgress } from '../progress.ts';
import { finishInTurns, type Steps } from '../steps.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type EngineOptions, models, type TrainingEngine, type TrainSettings } from './engine.ts';
import { initialRows } from './initialize.ts';
import { rowBlocks } from './row-blocks.ts';

export const engineChoices = ['auto', 'tensorflow', 'wasm'] as const;
export type EngineChoice = (typeof engineChoices)[number];

export interface TrainOptions {
  /** An engine that is already there (see `openEngine`), or the name of one; `auto` by default. */
  engine?: TrainingEngine | EngineChoice;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

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
 * Starts an engine. `auto` takes TensorFlow where it is set up, and else the portable engine, which is always there.
 *
 * @returns the engine, and in a few words why it is this one
 * @throws W2vError 'engine-unavailable' where TensorFlow is asked for and does not load, 'usage' for a name that is none
 */
export async function openEngine(
  choice: EngineChoice = 'auto',
  options: EngineOptions = {},
): Promise<{ engine: TrainingEngine; why: string }> {
  requireOneOf('engine', choice, engineChoices);
  if (choice !== 'wasm') {
    try {
      const { createTensorflowEngine } = await import('./tensorflow/engine.ts');
      const engine = await createTensorflowEngine(options);
      return { engine, why: choice === 'auto' ? 'it is set up' : 'as asked' };
    } catch (error) {
      const missing = error instanceof W2vError && error.code === 'engine-unavailable';
      if (choice !== 'auto' || !missing) throw error;
      const { createWasmEngine } = await import('./wasm/engine.ts');
      return { engine: await createWasmEngine(), why: error.message };
    }
  }
  const { createWasmEngine } = await import('./wasm/engine.ts');
  return { engine: await createWasmEngine(), why: 'as asked' };
}

/** Fills in defaults and checks ranges. @throws W2vError 'usage' naming the setting, its value and its range */
export function trainSettings(given: Partial<TrainSettings>): TrainSettings {
  const model = given.model ?? trainDefaults.model;
  const settings: TrainSettings = {
    model,
    dim: given.dim ?? trainDefaults.dim,
    window: given.window ?? trainDefaults.window,
    negative: given.negative ?? trainDefaults.negative,
    negativeExponent: given.negativeExponent ?? trainDefaults.negativeExponent,
    epochs: given.epochs ?? trainDefaults.epochs,
    sample: given.sample ?? trainDefaults.sample,
    learningRate: given.learningRate ?? trainDefaults.learningRate[model],
    minLearningRateRatio: given.minLearningRateRatio ?? trainDefaults.minLearningRateRatio,
    cbowSum: given.cbowSum ?? false,
    seed: given.seed ?? trainDefaults.seed,
    threads: given.threads ?? 2,
    deterministic: given.deterministic ?? false,
  };
  requireOneOf('model', model, models);
  const whole = (name: keyof TrainSettings, low: number, high: number) => {
    const value = settings[name] as number;
    if (!Number.isInteger(value) || value < low || value > high)
      throw outOfRange(name, value, `a whole number from ${low} to ${high}`);
  };
  const real = (name: keyof TrainSettings, low: number, high: number) => {
    const value = settings[name] as number;
    if (!(value >= low && value <= high)) throw outOfRange(name, value, `a number from ${low} to ${high}`);
  };
  whole('dim', 1, 1000);
  whole('window', 1, 1000);
  whole('negative', 1, 64);
  real('negativeExponent', -2, 2);
  whole('epochs', 1, 10_000);
  real('sample', 0, 1);
  real('learningRate', 1e-9, 10);
  real('minLearningRateRatio', 0, 1);
  whole('seed', 0, Number.MAX_SAFE_INTEGER);
  whole('threads', 1, 1024);
  return settings;
}

function requireOneOf(name: string, value: unknown, allowed: readonly string[]): void {
  if (allowed.includes(value as string)) return;
  const observed = `${name} is '${quotable(shortened(String(value)))}'`;
  const expected = `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
  throw new W2vError('usage', `${observed}: expected ${expected}`, `set ${name} to one of these`);
}

function outOfRange(name: string, value: unknown, expected: string): W2vError {
  return new W2vError('usage', `${name} is ${String(value)}: expected ${expected}`, `set ${name} within that range`);
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
  const settings = trainSettings(given);
  throwIfAborted(options.signal);
  checkCorpus(corpus);
  const { words } = corpus.vocabulary;
  if (words.length < 2) {
    const why = `the vocabulary has ${words.length === 1 ? 'one word' : 'no word'}, and nothing to tell it from`;
    throw nothingToLearn(why, 'lower --min-count, raise --max-vocab, or give a longer text');
  }
  if (!hasNeighbours(corpus)) {
    throw nothingToLearn(
      'no line has two kept words',
      'give a text with several words on a line, or lower --min-count',
    );
  }
  const engine =
    typeof options.engine === 'object' ? options.engine : (await openEngine(options.engine, settings)).engine;
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

function nothingToLearn(why: string, hint: string): W2vError {
  return new W2vError('corpus-empty', `there is nothing to learn from: ${why}`, hint);
}

/** Whether two words stand side by side on any line. */
function hasNeighbours(corpus: EncodedCorpus): boolean {
  const piece = new Int32Array(65_536);
  let before = LINE_END;
  for (let position = 0; position < corpus.length; ) {
    const got = corpus.read(position, piece, 0, piece.length);
    if (got <= 0) break;
    for (let i = 0; i < got; i++) {
      if (piece[i] !== LINE_END && before !== LINE_END) return true;
      before = piece[i];
    }
    position += got;
  }
  return false;
}

function allLeftOut({ vocabulary }: EncodedCorpus, { sample }: TrainSettings): W2vError {
  const keep = keepProbabilities(vocabulary, sample);
  const kept = vocabulary.counts.reduce((sum, count, i) => sum + count * keep[i], 0);
  const words = `${Math.round(kept).toLocaleString('en')} of ${vocabulary.total.toLocaleString('en')} words`;
  return nothingToLearn(
    `subsampling (--sample ${sample}) keeps about ${words}, and no two of them stood on one line`,
    'keep every word (--sample 0), or give a longer text',
  );
}

function* requireFinite(matrix: Float32Array, { dim, learningRate }: TrainSettings): Steps<void> {
  for (const { first, count } of rowBlocks(matrix.length / dim, dim)) {
    for (let i = first * dim; i < (first + count) * dim; i++) {
      if (Number.isFinite(matrix[i])) continue;
      throw new W2vError(
        'diverged',
        `training diverged: row ${Math.floor(i / dim)} holds ${matrix[i]} (learning rate ${learningRate})`,
        `train with a lower learning rate: --lr ${learningRate / 2}`,
      );
    }
    yield;
  }
}
