// The options of w2v train, with every default.
import { type Command, Option } from 'commander';
import { trainDefaults } from '../../defaults.ts';
import { type Model, models, type TrainSettings } from '../../predict/engine.ts';
import { type EngineChoice, engineChoices } from '../../predict/train.ts';
import { addCorpusOptions, type CorpusOptions } from './corpus.ts';
import { addOutputOptions, type OutputOptions } from './output.ts';
import { addChoice, addDecimal, addWhole, decimalNumber } from './parse.ts';
import { addRunOptions } from './run.ts';

export interface TrainCommandOptions extends CorpusOptions, OutputOptions {
  saveOutput?: string;
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

export function addTrainOptions(command: Command): void {
  const { learningRate, negativeExponent } = trainDefaults;
  addOutputOptions(command);
  command
    .option('--save-output <file>', 'also write the output matrix: the vectors of words as context')
    .optionsGroup('Model:');
  const whose = 'skipgram: a word predicts its neighbours; cbow: they predict it';
  addChoice(command, '--model <name>', whose, models, trainDefaults.model);
  addWhole(command, '--dim <n>', 'numbers in a vector', [1, 1000], trainDefaults.dim);
  addWhole(command, '--window <n>', 'neighbours at most on each side', [1, 1000], trainDefaults.window);
  addWhole(command, '--negative <n>', 'negative samples for each example', [1, 64], trainDefaults.negative);
  addWhole(command, '--epochs <n>', 'times the text is gone through', [1, 10_000], trainDefaults.epochs);
  const thins = 'thins out words more frequent than this share; 0: none';
  addDecimal(command, '--sample <t>', thins, [0, 1], trainDefaults.sample);
  command.addOption(
    new Option(
      '--lr <rate>',
      `learning rate at the start (default: ${learningRate.skipgram} skipgram, ${learningRate.cbow} cbow)`,
    ).argParser(decimalNumber('--lr', 0, 10, { above: true })),
  );
  addDecimal(
    command,
    '--negative-exponent <p>',
    'negatives are drawn by count to this power',
    [-2, 2],
    negativeExponent,
  );
  command.option('--cbow-sum', 'CBOW adds the context vectors instead of averaging them (default: false)');
  addCorpusOptions(command);
  command.optionsGroup('Run:');
  const engines = 'what does the arithmetic: tensorflow, wasm, or auto: tensorflow where it is set up, else wasm';
  addChoice(command, '--engine <name>', engines, engineChoices, 'auto');
  addRunOptions(command, trainDefaults.seed);
  command.option(
    '--deterministic',
    'the same file for the same seed, whatever --threads (tensorflow: always; wasm: on one thread)',
  );
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
