// Encoded corpus -> combined vectors: subword vectors, counting (PPMI and SVD) and skip-gram, side by side.
import { throwIfAborted } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import type { OnProgress } from '../base/progress.ts';
import { checkCorpus, type EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { countVectors } from '../count/count-vectors.ts';
import type { TrainingEngine } from '../train/engine.ts';
import { type EngineChoice, openEngine } from '../train/open-engine.ts';
import { type GivenTrainSettings, type TrainSettings, trainSettings } from '../train/settings.ts';
import { type TrainResult, trainWordVectors } from '../train/train.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { combineParts, type PartName, partDefaults, partNames, partWeights } from './combine-parts.ts';

const settingNames = [
  'dim',
  'window',
  'negative',
  'negativeExponent',
  'epochs',
  'sample',
  'learningRate',
  'subwords',
  'buckets',
  'subwordUnits',
  'seed',
  'threads',
  'deterministic',
] as const;

/** Those of a training, for all parts; D is the dimensions of each. Subwords take a window of at most 3. */
export type CombinedSettings = Pick<GivenTrainSettings, (typeof settingNames)[number]>;

export interface CombinedOptions {
  /** A portable engine that is already there (see `openEngine`), or its name; subwords need it. */
  engine?: TrainingEngine | EngineChoice | undefined;
  /** For counts that do not fit in memory; by default the system's. */
  temporaryDirectory?: string | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface CombinedPartReport {
  name: PartName;
  /** w_i: its square is the part's share of a cosine. */
  weight: number;
  dimensions: number;
  seconds: number;
}

export interface CombinedResult {
  /** (V, 3 D), or less where the vocabulary has fewer words than D; with the n-grams from which others are composed. */
  vectors: WordVectors;
  /** In the order of their dimensions. */
  parts: CombinedPartReport[];
  /** Of the skip-gram part, and its loss. */
  settings: TrainSettings;
  lossByEpoch: number[];
  /** Of the subwords part. */
  subwordSettings: TrainSettings;
  engine: TrainingEngine['name'];
  versions: Record<string, string>;
  /** Whether the same settings and seed give the same bytes again. */
  repeatable: boolean;
  /** Of the parts, and of combining them. */
  seconds: Record<PartName | 'combine', number>;
}

const optionNames = namesOf<CombinedOptions>({
  engine: true,
  temporaryDirectory: true,
  onProgress: true,
  signal: true,
});

/** What the trainings of combined vectors take. Throws `usage` as `trainSettings`. */
export function combinedSettings(
  given: CombinedSettings,
  tokens?: number,
): { subwords: TrainSettings; skipgram: TrainSettings } {
  checkOptionNames('trainCombined', given, settingNames);
  const { subwords = partDefaults.subwords, buckets = partDefaults.buckets, subwordUnits, ...common } = given;
  const skipgram = trainSettings({ ...common, model: 'skipgram' }, tokens);
  const window = Math.min(skipgram.window, partDefaults.subwordWindow);
  const ofSubwords = { subwords, buckets, ...(subwordUnits && { subwordUnits }) };
  return { subwords: trainSettings({ ...common, ...ofSubwords, model: 'skipgram', window }, tokens), skipgram };
}

/**
 * Trains subword vectors, counts, and trains skip-gram, and combines the three: better vectors than each alone
 * (docs/quality.md), in about four times the time of skip-gram. Throws as `trainWordVectors` and `countVectors` do.
 */
export async function trainCombined(
  corpus: EncodedCorpus,
  given: CombinedSettings = {},
  options: CombinedOptions = {},
): Promise<CombinedResult> {
  checkOptionNames('trainCombined', options, optionNames, { names: settingNames, place: 'the second argument' });
  const { temporaryDirectory, onProgress, signal } = options;
  throwIfAborted(signal);
  checkCorpus(corpus);
  const settings = combinedSettings(given, corpus.tokens);
  const { dim, window, negativeExponent: cds, seed, threads } = settings.skipgram;
  const engine =
    typeof options.engine === 'object'
      ? options.engine
      : (await openEngine(options.engine, { subwords: settings.subwords.subwords })).engine;
  const train = async (name: PartName, taken: TrainSettings) => {
    const report: OnProgress | undefined =
      onProgress && ((progress) => onProgress(progress.phase === 'train' ? { ...progress, phase: name } : progress));
    return trainWordVectors(corpus, taken, { engine, onProgress: report, signal });
  };

  const ofSubwords = await train('subwords', settings.subwords);
  const V = corpus.vocabulary.words.length;
  const counting = { dim: Math.min(dim, V), window, cds, seed };
  const counted = await countVectors(corpus, counting, { threads, temporaryDirectory, onProgress, signal });
  const ofSkipgram = await train('skip-gram', settings.skipgram);
  const vectors = {
    subwords: ofSubwords.vectors,
    counting: counted.vectors,
    'skip-gram': ofSkipgram.vectors,
  };
  const started = performance.now();
  const combined = await combineParts(vectors, { onProgress, signal });
  const { count, ppmi, svd } = counted.report.seconds;
  const seconds = {
    subwords: ofSubwords.seconds,
    counting: count + ppmi + svd,
    'skip-gram': ofSkipgram.seconds,
    combine: (performance.now() - started) / 1000,
  };
  return {
    vectors: combined,
    parts: partNames.map((name, at) => ({
      ...{ name, weight: partWeights[at], dimensions: vectors[name].dimensions, seconds: seconds[name] },
    })),
    settings: ofSkipgram.settings,
    lossByEpoch: ofSkipgram.lossByEpoch,
    subwordSettings: ofSubwords.settings,
    engine: engine.name,
    versions: engine.versions,
    repeatable: isRepeatable(ofSubwords, ofSkipgram),
    seconds,
  };
}

function isRepeatable(...trained: TrainResult[]): boolean {
  return trained.every(({ repeatable }) => repeatable);
}
