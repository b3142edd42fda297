// The options of w2v train, with every default.
import { type Command, Option } from 'commander';
import { trainDefaults } from '../../defaults.ts';
import { W2vError } from '../../errors.ts';
import { type Init, inits } from '../../predict/initialize.ts';
import { type EngineChoice, engineChoices } from '../../predict/open-engine.ts';
import type { RoundSettings } from '../../predict/rounds/plan-rounds.ts';
import { type Loss, learningRates, losses, type Model, models, type TrainSettings } from '../../predict/settings.ts';
import { type SubwordUnits, subwordUnits } from '../../vectors/subwords.ts';
import { addClusterOptions, type ClusterCommandOptions } from './cluster.ts';
import { addCorpora, addWordOptionsWithUnion, type CorpusOptions } from './corpus.ts';
import { addOutputOptions, type OutputOptions } from './output.ts';
import { addChoice, addDecimal, decimalNumber, type Interval, interval, oneOf, wholeNumber } from './parse.ts';
import { addRunOptions } from './run.ts';
import { addCommonTraining } from './training.ts';
import { accepting } from './values.ts';

export interface TrainCommandOptions extends CorpusOptions, OutputOptions, Omit<ClusterCommandOptions, 'via'> {
  saveOutput?: string;
  tensorboard?: string;
  model: Model;
  loss: Loss;
  engine: EngineChoice;
  dim: number;
  window: number;
  negative: number;
  negativeExponent: number;
  epochs: number;
  sample: number;
  lr?: number;
  cbowSum?: boolean;
  subwords?: string;
  buckets?: number;
  subwordUnits?: SubwordUnits;
  init: Init;
  initScale?: number;
  initVectors?: string;
  freeze?: boolean;
  threads: number;
  seed: number;
  deterministic?: boolean;
  checkpoint?: string;
  checkpointEvery?: Interval;
  resume?: string;
  shards?: number;
  syncs?: number;
  evenIfSlower?: boolean;
}

export function addTrainOptions(command: Command): void {
  const { learningRate, subwordLearningRate, negativeExponent } = trainDefaults;
  addOutputOptions(command);
  command
    .option('--save-output <file>', 'also write the output matrix (context vectors)')
    .option(
      '--tensorboard <dir>',
      'log loss, learning rate and words/s there for TensorBoard, and write the vectors for its projector (default: none)',
    )
    .optionsGroup('Model:');
  const whose = 'skipgram: a word predicts its context words; cbow: the context words predict the word';
  command.addOption(
    new Option('--model <name>', whose)
      .argParser(accepting(modelNamed, { words: models }))
      .default(trainDefaults.model, trainDefaults.model),
  );
  const loss = 'ns: negative sampling; hs: hierarchical softmax (wasm); softmax: over all words, at most 20,000';
  addChoice(command, '--loss <name>', loss, losses, trainDefaults.loss);
  addCommonTraining(command, 'negative samples per training example (ns only)', [0, 64]);
  command.addOption(
    new Option(
      '--lr <rate>',
      `initial learning rate (default: ${learningRate.skipgram} skipgram, ${learningRate.cbow} cbow, ${subwordLearningRate} with subwords)`,
    ).argParser(decimalNumber('--lr', ...learningRates)),
  );
  addDecimal(
    command,
    '--negative-exponent <p>',
    'exponent of the noise distribution: negatives are drawn in proportion to count^p (ns only)',
    [-2, 2],
    negativeExponent,
  );
  command.option('--cbow-sum', 'CBOW sums the context vectors instead of averaging them (default: false)');
  addSubwordOptions(command);
  addStartOptions(command);
  addCorpora(command);
  addWordOptionsWithUnion(command);
  command.optionsGroup('Run:');
  const engines =
    'training backend: tensorflow, wasm (portable), or auto: tensorflow if it is set up and has the loss, otherwise wasm';
  addChoice(command, '--engine <name>', engines, engineChoices, 'auto');
  addRunOptions(command, trainDefaults.seed);
  command.option(
    '--deterministic',
    'the same output for the same seed, whatever --threads is (tensorflow: always; wasm: runs on one thread)',
  );
  addShardOptions(command);
  addClusterOptions(command, 'train');
  command.option('--even-if-slower', 'train there although one machine is faster (default: false)');
  addCheckpointOptions(command);
}

/** N-grams that make up words. */
function addSubwordOptions(command: Command): void {
  command
    .optionsGroup('Subwords (wasm, loss ns):')
    .option(
      '--subwords <min..max>',
      "a word's vector is the mean of its own and its n-grams', of min to max characters of <word>, such as 3..6: " +
        'words that the text lacks are composed of theirs; .bin is then a fastText model (default: none)',
    )
    .addOption(
      new Option('--buckets <n>', `hash buckets that the n-grams share (default: ${trainDefaults.buckets})`).argParser(
        wholeNumber('--buckets', 1, 100_000_000),
      ),
    )
    .addOption(
      new Option(
        '--subword-units <name>',
        `n-grams of characters, or of jamo for Hangul: each syllable is three of these (default: ${trainDefaults.subwordUnits})`,
      ).argParser(oneOf('--subword-units', subwordUnits)),
    );
}

/** Parts of the text that train apart from each other. */
function addShardOptions(command: Command): void {
  command
    .optionsGroup('Shards (wasm):')
    .addOption(
      new Option(
        '--shards <n>',
        'train n parts of the text apart from each other, and combine what they learn row by row (Adasum); --threads of ' +
          'them train at a time, which does not change the output; --lr is then 1.4 times its default for 2 shards, ' +
          '2 times for 4 and more (default: none)',
      ).argParser(wholeNumber('--shards', 1, 1024)),
    )
    .addOption(
      new Option(
        '--syncs <n>',
        `how often an epoch the shards are combined (default: ${trainDefaults.syncs})`,
      ).argParser(wholeNumber('--syncs', 1, 1000)),
    );
}

/** Undefined without shards. @throws W2vError 'usage' */
export function roundsOf({ shards, syncs, on }: TrainCommandOptions): RoundSettings | undefined {
  if (shards !== undefined) return { shards, syncs: syncs ?? trainDefaults.syncs };
  if (on !== undefined) throw new W2vError('usage', '--on trains on shards', 'add --shards N');
  if (syncs === undefined) return undefined;
  throw new W2vError('usage', '--syncs is given without shards to combine', 'add --shards N');
}

/** Saved on the way, and gone on from. */
function addCheckpointOptions(command: Command): void {
  command
    .optionsGroup('Checkpoints:')
    .option(
      '--checkpoint <dir>',
      'save the training in this folder, every so often and at Ctrl-C or SIGTERM, which print how to resume (default: none)',
    )
    .addOption(
      new Option('--checkpoint-every <time>', 'how often: 30s, 10m, 2h, or 1e for epochs (default: 10m)').argParser(
        interval('--checkpoint-every'),
      ),
    )
    .option(
      '--resume <dir>',
      'go on from the newest checkpoint in this folder, and save there; the same text and options, --epochs may be more: ' +
        'the learning rate then falls along the line to the new end. With --checkpoint of the same folder: begin where ' +
        'it has none (default: none)',
    );
}

/** Where training starts. */
function addStartOptions(command: Command): void {
  command.optionsGroup('Start:');
  const starts =
    'starting weights: uniform: input matrix within ±s, output zeros (word2vec); normal: both with standard ' +
    'deviation s; xavier, he: both, by the sizes of the matrices, times s; zeros: both, which never learns';
  addChoice(command, '--init <name>', starts, inits, trainDefaults.init);
  command.addOption(
    new Option(
      '--init-scale <s>',
      'the s of --init (default: 0.5/dim uniform, 0.01 normal, 1 xavier and he)',
    ).argParser(decimalNumber('--init-scale', 0, 10, { above: true })),
  );
  command.option(
    '--init-vectors <file>',
    'words that are in this file start from their vector; --dim as in the file (default: none)',
  );
  command.option('--freeze', 'words that start from --init-vectors keep their vector (default: false)');
}

/** Also as others write it: sg, skip-gram. */
function modelNamed(value: string): Model {
  return oneOf('--model', models)(/^(sg|skip[-_]gram)$/i.test(value) ? 'skipgram' : value);
}

/** The training settings among the options; what is left out keeps its default. */
export function settingsOf(options: TrainCommandOptions): Partial<TrainSettings> {
  const { model, loss, dim, window, negative, negativeExponent, epochs, sample, lr, threads, seed } = options;
  return {
    model,
    loss,
    dim,
    window,
    negative,
    negativeExponent,
    epochs,
    sample,
    ...(lr !== undefined && { learningRate: lr }),
    cbowSum: options.cbowSum ?? false,
    ...(options.subwords !== undefined && { subwords: options.subwords }),
    ...(options.buckets !== undefined && { buckets: options.buckets }),
    ...(options.subwordUnits !== undefined && { subwordUnits: options.subwordUnits }),
    init: options.init,
    ...(options.initScale !== undefined && { initScale: options.initScale }),
    threads,
    seed,
    deterministic: options.deterministic ?? false,
  };
}
