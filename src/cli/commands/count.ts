// w2v count CORPUS... -o FILE: word vectors from co-occurrence counts, or the counts themselves.
import type { Command } from 'commander';
import { usage } from '../../base/errors.ts';
import { counted, duration, thousands } from '../../base/format-numbers.ts';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { checkCountCheckpoint } from '../../count/cooccurrence/count-checkpoint.ts';
import { type CountReport, countMatrix, countVectors, ppmiMatrix } from '../../count/count-vectors.ts';
import { isSpecial } from '../../files/targets.ts';
import { wordListPath } from '../../formats/io/word-list.ts';
import type { Manifest } from '../../formats/manifest.ts';
import { saveSparseVectors } from '../../formats/save-sparse.ts';
import type { SparseVectors } from '../../vectors/sparse-matrix.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import { type CommandContext, printJson, say } from '../context.ts';
import { countCheckpoints } from '../count-checkpoints.ts';
import { fromCorpus, manifestOf, secondsSince } from '../from-corpus.ts';
import { countedBefore, countingOnCluster } from '../on-cluster.ts';
import { clusterAddress } from '../options/cluster.ts';
import { corpora } from '../options/corpus.ts';
import { type CountCommandOptions, checkCountOutput, countOptions, countSettingsOf } from '../options/count.ts';
import { seeHelp } from '../options/kinds.ts';
import { declare } from '../options/option.ts';
import { centered, checkVectorOutput, quotedForShell, sayWrote, writeOutputs } from '../options/output.ts';
import { type Rescuable, saveOrRescue } from '../rescue.ts';

const examples = `Examples:
  w2v count notes.txt -o notes.svd.bin      SVD of PPMI, with the defaults below
  w2v count texts/ -o out.vec --dim 300 --eig 0 --window 2
  w2v count corpus:mix -o mix.npz --method ppmi     the sparse PPMI matrix
  zcat wiki.gz | w2v count - -o wiki.bin --min-count 50 --memory 4GB
  w2v count big.txt -o big.bin --checkpoint saved   Ctrl-C prints how to resume
  w2v count s3a://bucket/wiki -o wiki.bin --on sc://host:15002
`;

interface Counted {
  vectors: WordVectors | SparseVectors;
  report: CountReport;
  /** What was counted, with its figures; on a cluster they are known only then. */
  corpus: EncodedCorpus;
}

const makers = { svd: countVectors, ppmi: ppmiMatrix, counts: countMatrix };

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const operand = { ...corpora, name: '[corpus...]' };
  declare(command, { operands: [operand], options: countOptions });
  command.action((names: string[], options: CountCommandOptions) => run(context, names, options));
}

async function run(context: CommandContext, corpora: string[], options: CountCommandOptions): Promise<void> {
  const { method, output, memory, threads, temporary } = options;
  checkCountOutput(options);
  checkCorpus(corpora, options);
  const settings = countSettingsOf(options);
  const remote = clusterAddress(context, options);
  const elsewhere = remote
    ? countingOnCluster(context, remote, corpora, options, settings)
    : options.fromCounts === undefined
      ? undefined
      : countedBefore(context, options.fromCounts, options, settings);
  if (method === 'svd') checkVectorOutput(context, options);
  else if (await isSpecial(output)) {
    const hint = 'give -o a file name that ends in .npz';
    throw usage(`a sparse matrix and its words are two files, and ${output} is a stream`, hint);
  }

  const { checkpoint, sayStopped } = countCheckpoints(context, options, corpora);
  if (checkpoint) await checkCountCheckpoint(checkpoint);
  const { made, seconds } = await fromCorpus<Counted>(context, corpora, options, {
    ...(elsewhere && { read: elsewhere.read }),
    make: async (read, progress) => {
      const started = performance.now();
      const { corpus, counted } = elsewhere ? await elsewhere.count(progress.onProgress) : { corpus: read };
      const before = elsewhere ? secondsSince(started) : 0;
      const stopsAtOnce = checkpoint && context.delayStop?.();
      const limits = { memory, threads, temporaryDirectory: temporary, checkpoint, counted, ...progress };
      try {
        const made = await makers[method](corpus, settings, limits);
        made.report.seconds.count += before;
        return { ...made, corpus };
      } finally {
        stopsAtOnce?.();
      }
    },
    write: async (made, _, { read }) =>
      write(context, options, made, {
        ...(await countManifest(options, made, { read, elsewhere: elsewhere?.facts() })),
        ...('dimensions' in made.vectors && (await centered(context, made.vectors, options))),
      }),
  })
    .catch((error) => {
      if (context.signal.aborted) sayStopped();
      throw error;
    })
    .finally(() => elsewhere?.close());

  const { corpus, report } = made;
  const { words } = corpus.vocabulary;
  const nonzeros = method === 'counts' ? report.cooccurrences : report.nonzeros;
  if (options.json) {
    const { read, write, total } = seconds;
    printJson(context, {
      command: 'count',
      engine: 'wasm',
      model: method, // train's names where there is a meaning for them, so that one script reads both
      method,
      vocabulary: words.length,
      tokens: corpus.tokens,
      dropped: corpus.dropped,
      cleaned: corpus.source.cleaned ?? null,
      joined: corpus.source.joined ?? null,
      epochs: 1,
      loss: null,
      nonzeros,
      ...(method === 'svd' && { keptShare: report.keptShare }),
      ...(elsewhere && { cluster: elsewhere.facts() }),
      wordsPerSecond: corpus.tokens / report.seconds.count,
      seconds: { read, ...report.seconds, write, total },
      output,
    });
  }
  if (options.quiet) return;
  for (const line of summary(options, report)) say(context, line);
  const size =
    method === 'svd' ? ` x ${options.dim}` : `, ${counted(nonzeros, 'nonzero')}; the words in ${wordListPath(output)}`;
  sayWrote(context, output, `${counted(words.length, 'word')}${size}`, words);
}

/** A corpus, or counts that are there. */
function checkCorpus(names: readonly string[], { fromCounts }: CountCommandOptions): void {
  if (fromCounts === undefined && names.length === 0) {
    throw usage("missing required argument 'corpus'", seeHelp);
  }
  if (fromCounts !== undefined && names.length > 0) {
    throw usage('--from-counts cannot be used with a corpus', 'leave one of them out');
  }
}

/** What each stage came to, a line each. */
function summary({ method, dim, threads }: CountCommandOptions, report: CountReport): string[] {
  const { seconds, runs } = report;
  const merged = runs > threads ? `, merged from ${runs} runs on disk` : '';
  const lines = [`Counted ${counted(report.cooccurrences, 'cell')} in ${duration(seconds.count)}${merged}`];
  if (method === 'counts') return lines;
  lines.push(`PPMI: ${thousands(report.nonzeros)} of them above 0, in ${duration(seconds.ppmi)}`);
  if (method === 'ppmi') return lines;
  const share = (100 * report.keptShare).toFixed(1);
  return [...lines, `SVD to ${dim} dimensions keeps ${share} % of the squared norm, in ${duration(seconds.svd)}`];
}

async function write(
  context: CommandContext,
  options: CountCommandOptions,
  { vectors }: Counted,
  manifest: Manifest,
): Promise<void> {
  const { output, force, temporary } = options;
  if ('dimensions' in vectors) {
    return writeOutputs(context, options, [{ path: output, vectors, manifest, what: 'the vectors' }]);
  }
  const { signal } = context;
  const save = () => saveSparseVectors(output, vectors, { manifest, force, signal });
  const rescuable: Rescuable = {
    path: output,
    what: 'the matrix and its words',
    save,
    saveAs: (path, mode) => saveSparseVectors(path, vectors, { manifest, signal, mode }),
    restore: (rescued) =>
      ['', '.words', '.json']
        .map((end) => `mv ${[rescued + end, output + end].map(quotedForShell).join(' ')}`)
        .join(' && '),
  };
  await saveOrRescue(save, [rescuable], { signal, temporary });
}

function countManifest(
  options: CountCommandOptions,
  { corpus, vectors, report }: Counted,
  { read, elsewhere }: { read: number; elsewhere: object | undefined },
): Promise<Manifest> {
  const { method, memory, threads, center } = options;
  const { vocabulary: _vocabulary, tokens: _tokens, seconds, ...found } = report;
  return manifestOf(corpus, options, {
    command: 'count',
    route: 'count',
    options: {
      method,
      ...countSettingsOf(options),
      ...(center && { center }),
      memory,
      threads,
      ...(elsewhere && { cluster: elsewhere }),
    },
    seed: options.seed,
    dimensions: 'dimensions' in vectors ? vectors.dimensions : vectors.matrix.columns,
    ...found,
    seconds: { read, ...seconds },
    engine: { name: 'wasm', versions: { node: process.versions.node } },
    repeatable: true,
  });
}
