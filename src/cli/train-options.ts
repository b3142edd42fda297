// The options of w2v train, with every default.
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { trainDefaults } from '../defaults.ts';
import { formats } from '../formats/formats.ts';
import type { Model, TrainSettings } from '../predict/engine.ts';
import { type EngineChoice, engineChoices } from '../predict/train.ts';
import { addCorpusOptions, type CorpusOptions } from './corpus-options.ts';
import { decimalNumber, oneOf, wholeNumber } from './options.ts';

export interface TrainCommandOptions extends CorpusOptions {
  output: string;
  saveOutput?: string;
  format?: string;
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
  model: Model;
  engine: EngineChoice;
  dim: number;
  window: number;
  negative: number;
  negativeExponent: number;
  epochs: number;
  sample: number;
  lr?: number;
  cbowSum?: boolean;
  threads: number;
  seed: number;
  deterministic?: boolean;
}

const models = ['skipgram', 'cbow'] as const;

export function addTrainOptions(command: Command): void {
  const { learningRate } = trainDefaults;
  const formatNames = formats.map((format) => format.name);
  addOutputOptions(command, formatNames);
  command.optionsGroup('Model:');
  choice(
    command,
    '--model <name>',
    'skipgram: a word predicts its neighbours; cbow: they predict it',
    models,
    trainDefaults.model,
  );
  whole(command, '--dim <n>', 'numbers in a vector', 1, 1000, trainDefaults.dim);
  whole(command, '--window <n>', 'neighbours at most on each side', 1, 1000, trainDefaults.window);
  whole(command, '--negative <n>', 'negative samples for each example', 1, 64, trainDefaults.negative);
  whole(command, '--epochs <n>', 'times the text is gone through', 1, 10_000, trainDefaults.epochs);
  decimal(
    command,
    '--sample <t>',
    'thins out words more frequent than this share; 0: none',
    0,
    1,
    trainDefaults.sample,
  );
  command.addOption(
    new Option(
      '--lr <rate>',
      `learning rate at the start (default: ${learningRate.skipgram} skipgram, ${learningRate.cbow} cbow)`,
    ).argParser(decimalNumber('--lr', 0, 10, { above: true })),
  );
  const { negativeExponent } = trainDefaults;
  decimal(command, '--negative-exponent <p>', 'negatives are drawn by count to this power', -2, 2, negativeExponent);
  command.option('--cbow-sum', 'CBOW adds the context vectors instead of averaging them (default: false)');
  addCorpusOptions(command);
  command.optionsGroup('Run:');
  choice(
    command,
    '--engine <name>',
    'what does the arithmetic; auto: tensorflow where it is set up',
    engineChoices,
    'auto',
  );
  command.addOption(
    new Option('--threads <n>', 'threads at work')
      .argParser(wholeNumber('--threads', 1, 1024))
      .default(availableParallelism(), `${availableParallelism()}, the cores here`),
  );
  whole(command, '--seed <n>', 'start of all chance', 0, Number.MAX_SAFE_INTEGER, trainDefaults.seed);
  command.option(
    '--deterministic',
    'the same file for the same seed, whatever --threads (tensorflow: always; wasm: on one thread)',
  );
}

function addOutputOptions(command: Command, formatNames: readonly string[]): void {
  command
    .optionsGroup('Output:')
    .requiredOption('-o, --output <file>', 'where the vectors go: .bin, .txt or .vec; - is standard output')
    .addOption(
      new Option('--format <name>', `${formatNames.join(' or ')} (default: by the ending of the file)`).argParser(
        oneOf('--format', formatNames),
      ),
    )
    .option('--save-output <file>', 'also write the output matrix: the vectors of words as context')
    .option('--force', 'overwrite files that exist (default: false)')
    .option('--json', 'one JSON document on standard output, about the run')
    .option('--quiet', 'no progress and no summary');
}

function choice<const T extends string>(
  command: Command,
  flags: string,
  text: string,
  choices: readonly T[],
  standard: T,
): void {
  const parse = oneOf(flags.split(' ')[0]!, choices);
  command.addOption(new Option(flags, `${text} (${choices.join(', ')})`).argParser(parse).default(standard));
}

function whole(command: Command, flags: string, text: string, low: number, high: number, standard: number): void {
  const parse = wholeNumber(flags.split(' ')[0]!, low, high);
  command.addOption(new Option(flags, text).argParser(parse).default(standard));
}

function decimal(command: Command, flags: string, text: string, low: number, high: number, standard: number): void {
  const parse = decimalNumber(flags.split(' ')[0]!, low, high);
  command.addOption(new Option(flags, text).argParser(parse).default(standard));
}

/** The training settings among the options; what is left out keeps its default. */
export function settingsOf(options: TrainCommandOptions): Partial<TrainSettings> {
  const { model, dim, window, negative, negativeExponent, epochs, sample, lr, threads, seed } = options;
  return {
    model,
    dim,
    window,
    negative,
    negativeExponent,
    epochs,
    sample,
    ...(lr !== undefined && { learningRate: lr }),
    cbowSum: options.cbowSum ?? false,
    threads,
    seed,
    deterministic: options.deterministic ?? false,
  };
}
