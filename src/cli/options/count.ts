// The options of w2v count, with every default.
import { type Command, Option } from 'commander';
import type { Weighting } from '../../count/cooccurrence/window-weights.ts';
import type { CountSettings } from '../../count/count-vectors.ts';
import { countDefaults } from '../../defaults.ts';
import { W2vError } from '../../errors.ts';
import { byteSize } from '../../format-numbers.ts';
import { plainFormats } from '../../formats/formats.ts';
import type { CheckpointCommandOptions } from '../checkpoints.ts';
import { addClusterOptions, type ClusterCommandOptions } from './cluster.ts';
import { addCorpusOptions, type CorpusOptions } from './corpus.ts';
import { addOutputOptions, type OutputOptions } from './output.ts';
import { addChoice, addDecimal, addWhole, byteAmount, decimalNumber, interval } from './parse.ts';
import { addRunOptions } from './run.ts';

export type CountMethod = 'svd' | 'ppmi' | 'counts';

export interface CountCommandOptions
  extends CorpusOptions,
    OutputOptions,
    CheckpointCommandOptions,
    ClusterCommandOptions {
  method: CountMethod;
  fromCounts?: string;
  dim: number;
  window: number;
  weighting: Weighting;
  directional?: boolean;
  sample: number;
  sampling: 'expected' | 'drawn';
  cds: number;
  shift: number;
  base?: number;
  eig: number;
  addContext?: boolean;
  iterations: number;
  oversample: number;
  memory: number;
  threads: number;
  seed: number;
}

const methods = ['svd', 'ppmi', 'counts'] as const;
const weightings = ['flat', 'harmonic', 'dynamic'] as const;
const samplings = ['expected', 'drawn'] as const;

export function addCountOptions(command: Command): void {
  const standard = countDefaults;
  addOutputOptions(command, plainFormats, ['npz']);
  command.optionsGroup('Method:');
  const what =
    'svd: truncated SVD of the PPMI matrix; ppmi: the sparse PPMI matrix (.npz); counts: the co-occurrence counts (.npz)';
  addChoice(command, '--method <name>', what, methods, 'svd');
  command.optionsGroup('Counting:');
  addWhole(command, '--window <n>', 'number of context words on each side', [1, 1000], standard.window);
  const weighs =
    'weight of a context word at distance d: flat 1, harmonic 1/d, dynamic (window + 1 - d)/window, as in training';
  addChoice(command, '--weighting <name>', weighs, weightings, standard.weighting);
  command.option('--directional', 'count left and right context words separately (default: false)');
  const thins = 'subsampling threshold for frequent words (a share of all words); 0 disables it';
  addDecimal(command, '--sample <t>', thins, [0, 1], standard.sample);
  const thinning =
    'how --sample works: expected (counts are weighted) or drawn (words are dropped at random, as in training)';
  addChoice(command, '--sampling <name>', thinning, samplings, standard.sampling);
  command.optionsGroup('PPMI (svd, ppmi):');
  addDecimal(
    command,
    '--cds <p>',
    'context distribution smoothing: exponent of the context counts',
    [0, 1],
    standard.cds,
    {
      above: true,
    },
  );
  addDecimal(
    command,
    '--shift <k>',
    'shifted PPMI: subtract log k from every value; 1 disables it',
    [1, 1e9],
    standard.shift,
  );
  command
    .addOption(
      new Option('--base <b>', 'base of the logarithm (default: e)').argParser(
        decimalNumber('--base', 1, 1e9, { above: true }),
      ),
    )
    .optionsGroup('SVD:');
  addWhole(command, '--dim <n>', 'vector dimensions', [1, 10_000], standard.dim);
  const eig = 'exponent of the singular values in the vectors; 1 is the plain SVD';
  addDecimal(command, '--eig <p>', eig, [0, 10], standard.eig);
  command.option('--add-context', 'add the context vector of each word to its word vector (default: false)');
  addWhole(
    command,
    '--iterations <n>',
    'block Krylov iterations; more is more accurate',
    [0, 1000],
    standard.iterations,
  );
  addWhole(
    command,
    '--oversample <n>',
    'dimensions searched beyond --dim before any iteration (oversampling)',
    [0, 1000],
    standard.oversample,
  );
  addCorpusOptions(command, { mayLack: true });
  command
    .optionsGroup('Run:')
    .addOption(
      new Option('--memory <size>', 'memory limit for counting and the SVD, not counting the process itself')
        .argParser(byteAmount('--memory'))
        .default(standard.memory, byteSize(standard.memory).replace('.0 ', '')),
    );
  addRunOptions(command, standard.seed);
  addClusterOptions(command);
  const counts = "counts that the SQL of 'w2v sql count' wrote as Parquet, in place of a corpus; needs --vocab";
  command.option('--from-counts <dir>', `${counts} (default: none)`);
  command
    .optionsGroup('Checkpoints:')
    .option(
      '--checkpoint <dir>',
      'save what is counted in this folder, every so often and at Ctrl-C or SIGTERM, which print how to resume (default: none)',
    )
    .addOption(
      new Option('--checkpoint-every <time>', 'how often: 30s, 10m, 2h (default: 10m)').argParser(
        interval('--checkpoint-every'),
      ),
    )
    .option(
      '--resume <dir>',
      'go on from what is saved in this folder, and save there; the same text and options, but --method and the options of ' +
        'PPMI and SVD may be others. With --checkpoint of the same folder: begin if it has nothing (default: none)',
    );
}

const ppmiOptions = ['cds', 'shift', 'base'] as const;
const svdOptions = ['dim', 'eig', 'addContext', 'iterations', 'oversample'] as const;

/** Refuses options that the method does not use, and a file format it cannot write. */
export function checkCountOptions(command: Command, { method, output, format }: CountCommandOptions): void {
  const useless = [...(method === 'svd' ? [] : svdOptions), ...(method === 'counts' ? ppmiOptions : [])];
  const given = useless.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given !== undefined) {
    const flag = command.options.find((option) => option.attributeName() === given)!.long!;
    const needed = method === 'ppmi' ? 'svd' : (ppmiOptions as readonly string[]).includes(given) ? 'ppmi' : 'svd';
    throw new W2vError(
      'usage',
      `${flag} does not apply to --method ${method}`,
      `add --method ${needed}, or leave ${flag} out`,
    );
  }
  const sparse = format === 'npz' || (format === undefined && output.endsWith('.npz'));
  if (method === 'svd' && sparse) {
    const hint = 'end the name in .bin, .txt or .vec, or add --method ppmi';
    throw new W2vError('usage', `-o ${output}: .npz holds sparse matrices, not the vectors of an SVD`, hint);
  }
  if (method !== 'svd' && !sparse) {
    const written = format === undefined ? `-o ${output}` : `--format ${format}`;
    const hint = 'end the name in .npz, or leave --method out for vectors by SVD';
    throw new W2vError('usage', `${written}: --method ${method} makes a sparse matrix, expected .npz`, hint);
  }
  if (method !== 'svd' && output === '-') {
    throw new W2vError('usage', 'a sparse matrix and its words are two files', 'give -o a file name that ends in .npz');
  }
}

export function countSettingsOf(options: CountCommandOptions): CountSettings {
  const { window, weighting, sample, sampling, cds, shift, base, eig, iterations, oversample, seed } = options;
  return {
    window,
    weighting,
    directional: options.directional ?? false,
    sample,
    sampling,
    cds,
    shift,
    ...(base !== undefined && { base }),
    dim: options.dim,
    eig,
    addContext: options.addContext ?? false,
    iterations,
    oversample,
    seed,
  };
}
