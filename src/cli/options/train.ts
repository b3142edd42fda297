// The options of w2v train, with every default.
import { trainDefaults, trainRanges } from '../../base/defaults.ts';
import { choice, real } from '../../base/ranges.ts';
import { engineChoices } from '../../train/open-engine.ts';
import type { GivenTrainSettings, Model } from '../../train/settings.ts';
import type { RoundSettings } from '../../train/shards/plan-rounds.ts';
import { best } from './best.ts';
import { trainingCheckpoints } from './checkpoints.ts';
import { trainingOnCluster, withCluster } from './cluster.ts';
import { countedWords, UNION, vocab } from './corpus.ts';
import { fileRead, folderWritten, type Kind, orAuto, within } from './kinds.ts';
import {
  changed,
  needs,
  type OptionSpec,
  type OptionsOf,
  onlyIf,
  option,
  replacedBy,
  titled,
  without,
} from './option.ts';
import { besideVectors, center, formatOption, formatsOfModels, vectorOutput } from './output.ts';
import { force, printing } from './print.ts';
import { seedOf, temporary, threads } from './run.ts';
import { subwords } from './subwords.ts';

const { model, ...standard } = trainDefaults;

/** Also as others write it: sg, skip-gram. */
const modelKind: Kind<Model> = {
  parse: (given, flag) => names.parse(/^(sg|skip[-_]gram)$/i.test(given) ? 'skipgram' : given, flag),
  words: trainRanges.model.names,
};
const names = within(trainRanges.model);

const output = titled(
  'Output:',
  vectorOutput,
  formatOption(formatsOfModels),
  force,
  option({
    flags: '--save-output <file>',
    text: 'also write the output matrix (context vectors)',
    takes: besideVectors,
  }),
  changed(center, { only: [without('freeze', 'frozen vectors stay as they are')] }),
  option({
    flags: '--tensorboard <dir>',
    text: 'write loss, learning rate and words/s to this folder for TensorBoard, and the vectors for its projector',
    takes: { ...folderWritten, noStream: 'name a folder: --tensorboard DIR' },
    shown: 'none',
  }),
  ...printing,
);

const dim = option({
  flags: '--dim <n>',
  text: 'vector dimensions',
  takes: within(trainRanges.dim),
  fallback: standard.dim,
  basic: true,
});
const windowOption = option({
  flags: '--window <n>',
  text: 'maximum number of context words on each side',
  takes: within(trainRanges.window),
  fallback: standard.window,
  basic: true,
});
const epochs = option({
  flags: '--epochs <n>',
  text: 'training epochs (passes over the corpus); auto: more for a short text (ns only)',
  takes: orAuto(trainRanges.epochs),
  fallback: standard.epochs,
  basic: true,
});
const learningRate = option({
  flags: '--lr <rate>',
  text: 'initial learning rate; auto: higher for CBOW and subwords, and with --epochs auto for a short text',
  takes: orAuto(trainRanges.learningRate),
  fallback: standard.learningRate,
});
const sample = option({
  flags: '--sample <t>',
  text: 'subsampling threshold for frequent words, as a fraction of all words; 0 turns it off',
  takes: within(trainRanges.sample),
  fallback: standard.sample,
});
const negative = option({
  flags: '--negative <n>',
  text: 'negative samples per training example',
  takes: within(trainRanges.negative),
  fallback: standard.negative,
});

/** The hyper-parameters that train and compare have in common. */
export const commonTraining = [dim, windowOption, negative, epochs, learningRate, sample] as const;

const ofNegativeSampling = onlyIf('loss', 'ns');

const isSome = (negatives: number) => negatives > 0; // word2vec.c: -hs 1 -negative 0

const hyperparameters = titled(
  'Model:',
  best,
  option({
    flags: '--model <name>',
    text: 'skipgram: a word predicts its context words; cbow: the context words predict the word',
    takes: modelKind,
    fallback: model,
    basic: true,
  }),
  option({
    flags: '--loss <name>',
    text: 'ns: negative sampling; hs: hierarchical softmax (wasm); softmax: over all words, at most 20,000',
    takes: within(trainRanges.loss),
    fallback: standard.loss,
  }),
  dim,
  windowOption,
  changed(negative, {
    text: 'negative samples per training example (ns only)',
    only: [{ ...ofNegativeSampling, when: isSome }],
  }),
  epochs,
  learningRate,
  sample,
  option({
    flags: '--negative-exponent <p>',
    text: 'exponent of the noise distribution: negatives are drawn in proportion to count^p (ns only)',
    takes: within(trainRanges.negativeExponent),
    fallback: standard.negativeExponent,
    only: [ofNegativeSampling],
  }),
  option({
    flags: '--cbow-sum',
    text: 'CBOW sums the context vectors instead of averaging them (default: false)',
    only: [onlyIf('model', 'cbow')],
  }),
);

/** Where training starts. */
const start = titled(
  'Initialization:',
  option({
    flags: '--init <name>',
    text:
      'initial weights: uniform: input matrix within ±s, output matrix zero (word2vec); normal: both with standard ' +
      'deviation s; xavier, he: both, scaled by the matrix sizes and s; zeros: both zero, which never learns',
    takes: within(trainRanges.init),
    fallback: standard.init,
  }),
  option({
    flags: '--init-scale <s>',
    text: 'scale s of --init (default: 0.5/dim uniform, 0.01 normal, 1 xavier and he)',
    takes: within(real(0, trainRanges.initScale.high, { above: true })),
  }),
  option({
    flags: '--init-vectors <file>',
    text: 'start words found in this file from their vectors there; --dim must match the file',
    takes: fileRead,
    shown: 'none',
  }),
  option({
    flags: '--freeze',
    text: 'do not train the vectors taken from --init-vectors (default: false)',
    only: [needs('initVectors', 'name the vectors to keep: --init-vectors FILE')],
  }),
);

/** Words are counted, or those of a file, or both those of the text and of the vectors to start from. */
const vocabOrUnion: Kind<string> = { ...fileRead, words: [UNION], files: (name) => (name === UNION ? [] : [name]) };
const isFile = (name: string) => name !== UNION;
const corpusWords = [
  ...countedWords,
  ...titled(
    'Words:',
    changed(vocab, {
      text: `${vocab.text}; 'union': the words of the text, then those found only in --init-vectors, with their vectors`,
      takes: vocabOrUnion,
      only: [
        {
          ...needs('initVectors', 'name the words to keep: --init-vectors FILE'),
          when: (name: string) => !isFile(name),
        },
      ],
    }),
  ),
].map((spec: OptionSpec) =>
  /--(min-count|max-vocab|prune-vocab) /.test(spec.flags)
    ? { ...spec, only: [...(spec.only ?? []), { ...replacedBy('vocab'), whenOther: isFile }] }
    : spec,
) as unknown as readonly [...typeof countedWords, typeof vocab];

const shards = titled(
  'Shards (wasm):',
  option({
    flags: '--shards <n>',
    text:
      'train on n parts of the text independently and merge them row by row (Adasum); --threads parts run at ' +
      "a time, which does not change the result; --lr auto is 1.4 times word2vec.c's for 2 shards, " +
      '2 times for 4 and more',
    takes: within(trainRanges.shards),
    shown: 'none',
  }),
  option({
    flags: '--syncs <n>',
    text: `number of merges per epoch (default: ${standard.syncs})`,
    takes: within(trainRanges.syncs),
    only: [needs('shards', 'add --shards N')],
  }),
);

const running = titled(
  'Run:',
  option({
    flags: '--engine <name>',
    text: 'training engine: tensorflow, wasm (portable), or auto: tensorflow if it is set up and supports the loss, otherwise wasm',
    takes: within(choice(engineChoices)),
    fallback: 'auto',
  }),
  threads,
  seedOf(standard.seed),
  temporary,
  option({
    flags: '--deterministic',
    text: 'same seed, same output, with any --threads (tensorflow: always; wasm: trains on one thread)',
  }),
);

export const trainOptions = withCluster(
  [
    ...output,
    ...hyperparameters,
    ...subwords,
    ...start,
    ...corpusWords,
    ...running,
    ...shards,
    ...trainingOnCluster,
    ...trainingCheckpoints,
  ],
  {
    threads: [without('on', 'each shard trains on one thread of an executor')],
    freeze: [without('on', 'the rows that do not move are known on this machine only')],
  },
);

export type TrainCommandOptions = OptionsOf<typeof trainOptions>;

export function roundsOf({ shards: parts, syncs }: TrainCommandOptions): RoundSettings | undefined {
  return parts === undefined ? undefined : { shards: parts, syncs: syncs ?? trainDefaults.syncs };
}

/** The training settings among the options; what is left out keeps its default. */
export function settingsOf(options: TrainCommandOptions): GivenTrainSettings {
  const { initScale, subwords: ngrams, buckets, subwordUnits: units } = options;
  const { model: kind, loss, dim: D, window: W, negative: K, negativeExponent, epochs: passes, sample: t } = options;
  return {
    ...{ model: kind, loss, dim: D, window: W, negative: K, negativeExponent, epochs: passes, sample: t },
    learningRate: options.lr,
    cbowSum: options.cbowSum ?? false,
    ...(ngrams !== undefined && { subwords: ngrams }),
    ...(buckets !== undefined && { buckets }),
    ...(units !== undefined && { subwordUnits: units }),
    init: options.init,
    ...(initScale !== undefined && { initScale }),
    threads: options.threads,
    seed: options.seed,
    deterministic: options.deterministic ?? false,
  };
}
