// The options of w2v count, with every default.

import { countDefaults, countRanges } from '../../base/defaults.ts';
import { usage } from '../../base/errors.ts';
import { choice } from '../../base/ranges.ts';
import type { CountSettings } from '../../count/count-vectors.ts';
import { countingCheckpoints } from './checkpoints.ts';
import { countingOnCluster, withCluster } from './cluster.ts';
import { words } from './corpus.ts';
import { folderRead, within } from './kinds.ts';
import { changed, nameOf, needs, type OptionSpec, type OptionsOf, onlyIf, option, titled, without } from './option.ts';
import { center, formatOption, formatsOfRows, isSparse, matrixOutput } from './output.ts';
import { force, printing } from './print.ts';
import { memory, seedOf, temporary, threads } from './run.ts';

const methods = ['svd', 'ppmi', 'counts'] as const;
const standard = countDefaults;
const weighed = [onlyIf('method', 'ppmi', 'svd')];
const factored = [onlyIf('method', 'svd')];

const output = titled(
  'Output:',
  matrixOutput,
  formatOption([...formatsOfRows, 'npz']),
  changed(center, { only: factored }),
  force,
  ...printing,
);

const method = titled(
  'Method:',
  option({
    flags: '--method <name>',
    text: 'svd: truncated SVD of the PPMI matrix; ppmi: the sparse PPMI matrix (.npz); counts: the co-occurrence counts (.npz)',
    takes: within(choice(methods)),
    fallback: 'svd',
    basic: true,
  }),
);

export const windowOption = option({
  flags: '--window <n>',
  text: 'number of context words on each side',
  takes: within(countRanges.window),
  fallback: standard.window,
  basic: true,
});
export const weighting = option({
  flags: '--weighting <name>',
  text: 'weight of a context word at distance d: flat 1, harmonic 1/d, dynamic (window + 1 - d)/window, as in training',
  takes: within(countRanges.weighting),
  fallback: standard.weighting,
});
export const directional = option({
  flags: '--directional',
  text: 'count left and right context words separately (default: false)',
});

const counting = titled(
  'Counting:',
  windowOption,
  weighting,
  directional,
  option({
    flags: '--sample <t>',
    text: 'subsampling threshold for frequent words, as a fraction of all words; 0 turns it off',
    takes: within(countRanges.sample),
    fallback: standard.sample,
  }),
  option({
    flags: '--sampling <name>',
    text: 'how --sample works: expected (weights the counts) or drawn (drops words at random, as in training)',
    takes: within(countRanges.sampling),
    fallback: standard.sampling,
  }),
);

const ppmi = titled(
  'PPMI (svd, ppmi):',
  option({
    flags: '--cds <p>',
    text: 'context distribution smoothing: exponent of the context counts',
    takes: within(countRanges.cds),
    fallback: standard.cds,
    basic: true,
    only: weighed,
  }),
  option({
    flags: '--shift <k>',
    text: 'shifted PPMI: subtract log k from every value; 1 turns it off',
    takes: within(countRanges.shift),
    fallback: standard.shift,
    only: weighed,
  }),
  option({
    flags: '--base <b>',
    text: 'base of the logarithm',
    takes: within(countRanges.base),
    shown: 'e',
    only: weighed,
  }),
);

const svd = titled(
  'SVD:',
  option({
    flags: '--dim <n>',
    text: 'vector dimensions',
    takes: within(countRanges.dim),
    fallback: standard.dim,
    basic: true,
    only: factored,
  }),
  option({
    flags: '--eig <p>',
    text: 'exponent of the singular values in the vectors; 1 is the plain SVD',
    takes: within(countRanges.eig),
    fallback: standard.eig,
    only: factored,
  }),
  option({
    flags: '--add-context',
    text: 'add the context vector of each word to its word vector (default: false)',
    only: factored,
  }),
  option({
    flags: '--iterations <n>',
    text: 'block Krylov iterations; more is more accurate',
    takes: within(countRanges.iterations),
    fallback: standard.iterations,
    only: factored,
  }),
  option({
    flags: '--oversample <n>',
    text: 'oversampling: extra dimensions beyond --dim during the iterations',
    takes: within(countRanges.oversample),
    fallback: standard.oversample,
    only: factored,
  }),
);

const running = titled('Run:', memory, threads, seedOf(standard.seed), temporary);

const fromCounts = option({
  flags: '--from-counts <dir>',
  text: "use counts written as Parquet by the SQL of 'w2v sql count' instead of a corpus; needs --vocab",
  takes: folderRead,
  shown: 'none',
  only: [needs('vocab', 'add --vocab FILE, the one of these counts'), without('on')],
});

const drawn = (name: string) => name === 'drawn';
const listed = 'the words of --vocab are all counted; make a vocabulary without them';

const all = withCluster(
  [
    ...output,
    ...method,
    ...counting,
    ...ppmi,
    ...svd,
    ...words,
    ...running,
    ...countingOnCluster,
    ...titled('On a Spark cluster (docs/cluster.md):', fromCounts),
    ...countingCheckpoints,
  ],
  {
    checkpoint: [without('on', 'a cluster tries again by itself')],
    checkpointEvery: [without('on', 'a cluster tries again by itself')],
    resume: [without('on', 'a cluster tries again by itself')],
    sampling: [
      { ...without('on', 'which words are dropped depends on their place in the whole text'), when: drawn },
      { ...without('fromCounts', 'which words are dropped depends on the text'), when: drawn },
    ],
    stopWords: [{ ...without('vocab', listed), provided: 'on' }],
  },
);

/** What decides how a text is read: without effect where its counts are there. */
const ofText = new Set([
  ...['checkpoint', 'checkpointEvery', 'resume', 'phrases', 'strip', 'stopWords', 'digits', 'sentences'],
  ...['encoding', 'tokenizer', 'tokenizerModule', 'locale', 'keepCase', 'via', 'node'],
]);

export const countOptions = all.map((spec: OptionSpec) =>
  ofText.has(nameOf(spec))
    ? { ...spec, only: [...(spec.only ?? []), without('fromCounts', 'the counts are there already')] }
    : spec,
) as unknown as typeof all;

export type CountCommandOptions = OptionsOf<typeof countOptions>;

/** Refuses a file format that the method cannot write. */
export function checkCountOutput({ method: how, output: path, format }: CountCommandOptions): void {
  const sparse = isSparse(path, { format });
  if (how === 'svd' && sparse) {
    const hint = 'end the name in .bin, .txt or .vec, or add --method ppmi';
    throw usage(`-o ${path}: .npz holds sparse matrices, not the vectors of an SVD`, hint);
  }
  if (how !== 'svd' && !sparse) {
    const written = format === undefined ? `-o ${path}` : `--format ${format}`;
    const hint = 'end the name in .npz, or leave --method out for vectors by SVD';
    throw usage(`${written}: --method ${how} makes a sparse matrix, expected .npz`, hint);
  }
  if (how !== 'svd' && path === '-') {
    throw usage('a sparse matrix and its words are two files', 'give -o a file name that ends in .npz');
  }
}

export function countSettingsOf(options: CountCommandOptions): CountSettings {
  const { window, weighting: weights, sample, sampling, cds, shift, base, dim, eig, iterations, oversample } = options;
  return {
    ...{ window, weighting: weights, directional: options.directional ?? false, sample, sampling, cds, shift },
    ...(base !== undefined && { base }),
    ...{ dim, eig, addContext: options.addContext ?? false, iterations, oversample, seed: options.seed },
  };
}
