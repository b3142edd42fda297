// w2v train CORPUS... -o FILE: the options, and the way from text to a file of vectors.
import type { Command } from 'commander';
import { usage, W2vError } from '../../base/errors.ts';
import { counted, duration, thousands } from '../../base/format-numbers.ts';
import type { Progress } from '../../base/progress.ts';
import { tokenizerIdentity } from '../../corpus/tokenizers/tokenizers.ts';
import { locateTfjsNode } from '../../setup/tfjs-node.ts';
import { checkCheckpoints } from '../../train/checkpoint/checkpoints.ts';
import { requireDimensions } from '../../train/initial-vectors.ts';
import { openEngine } from '../../train/open-engine.ts';
import { type TrainSettings, trainSettings } from '../../train/settings.ts';
import { settingsInRounds } from '../../train/shards/round-settings.ts';
import { trainWordVectors } from '../../train/train.ts';
import { trainingAdvice } from '../../train/training-advice.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import { checkpointSpeaker, checkpointsOf } from '../checkpoints.ts';
import { type CommandContext, cacheDirectory, printJson, say, withProgress } from '../context.ts';
import { fromCorpus } from '../from-corpus.ts';
import { loadDenseVectors } from '../open-vectors.ts';
import { clusterAddress } from '../options/cluster.ts';
import { corpora, preparingOf, tokenizerOf, UNION } from '../options/corpus.ts';
import { declare } from '../options/option.ts';
import {
  centered,
  checkVectorOutput,
  modelFormat,
  type Output,
  sayWithoutNgrams,
  sayWrote,
  writeOutputs,
} from '../options/output.ts';
import { roundsOf, settingsOf, type TrainCommandOptions, trainOptions } from '../options/train.ts';
import { scheduleLine } from '../schedule-line.ts';
import { openBoard } from '../tensorboard.ts';
import { trainBest } from '../train-best.ts';
import { startedFrom, trainManifest } from '../train-manifest.ts';
import { trainingOnCluster } from '../train-on-cluster.ts';

const examples = `Examples:
  w2v train notes.txt -o notes.bin          skip-gram, with the defaults below
  w2v train texts/ more.txt.gz -o out.vec --model cbow --dim 200 --epochs 10
  zcat wiki.gz | w2v train - -o wiki.bin --min-count 10
  w2v train corpus:mix -o mix.bin           a built-in corpus (w2v corpus list)
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  declare(command, { operands: [corpora], options: trainOptions });
  command.action((names: string[], options: TrainCommandOptions) => run(context, names, options));
}

async function run(context: CommandContext, corpora: string[], all: TrainCommandOptions): Promise<void> {
  const { vocab, ...others } = all;
  const keepWords = vocab === UNION;
  // Of a union the words of the text are counted.
  const counting = vocab === undefined || keepWords ? others : all;
  const hasNgrams = all.subwords !== undefined || all.best === true;
  const options: TrainCommandOptions = hasNgrams ? { ...counting, format: modelFormat(all) } : counting;
  const { output, saveOutput, initVectors, freeze } = options;
  const quiet = options.quiet === true;
  checkOptions(options);
  if (options.best) return trainBest(context, corpora, options);
  const remote = clusterAddress(context, options);
  const rounds = roundsOf(options);
  const given = settingsOf(options);
  let settings = rounds ? settingsInRounds(given, rounds) : trainSettings(given);
  checkVectorOutput(context, options);
  const modulePath = locateTfjsNode(cacheDirectory(context));
  const { engine, why } = await openEngine(options.engine, { ...settings, rounds, modulePath });
  if (!quiet) say(context, `Engine: ${engine.name} (${why})`);

  const isRacing = engine.name === 'wasm' && settings.threads > 1 && !settings.deterministic;
  const speaker = checkpointSpeaker(context, { options, epochs: () => settings.epochs, isRacing, corpora });
  const { minCount, maxVocab, pruneVocab } = options;
  const reading = { ...(await tokenizerIdentity(tokenizerOf(options))), ...preparingOf(options) };
  const identity = { ...reading, minCount, maxVocab, pruneVocab, ...rounds };
  const saving = checkpointsOf(options, { identity, onEvent: speaker.onEvent });
  if (saving) await checkCheckpoints(saving.checkpoint, saving.resume, { settings: rounds ? settings : given, engine });

  const start = await startOf(context, options, settings);
  const cluster = remote && rounds && trainingOnCluster(context, remote, corpora, options, { settings, rounds });
  const board = await openBoard(context, options);
  const work = fromCorpus(context, corpora, options, {
    ...(cluster && { read: cluster.read }),
    async make(corpus, progress) {
      settings = rounds ? settings : trainSettings(given, corpus.tokens);
      const line = rounds ? undefined : scheduleLine(options, settings, corpus.tokens);
      if (line !== undefined && !quiet) say(context, line);
      const stopsAtOnce = saving && context.delayStop?.();
      try {
        const onProgress = (report: Progress) => {
          board?.record(report);
          progress.onProgress(report);
        };
        const run = { engine, initVectors: start, freeze, keepWords, rounds, elsewhere: cluster?.elsewhere() };
        return await trainWordVectors(corpus, settings, { ...run, ...saving, ...progress, onProgress });
      } finally {
        stopsAtOnce?.();
      }
    },
    async write(result, corpus, { read }) {
      const seconds = { read, train: result.seconds };
      const mean = await centered(context, result.vectors, options);
      const manifest = await trainManifest(corpus, all, result, { seconds, cluster: cluster?.facts(), ...mean });
      const outputs: Output[] = [{ path: output, vectors: result.vectors, manifest, what: 'the vectors' }];
      if (saveOutput !== undefined) {
        outputs.push({ path: saveOutput, vectors: result.contextVectors, what: 'the context vectors' });
      }
      if (board) outputs.push(board.output(result.vectors));
      await writeOutputs(context, options, outputs);
    },
  });
  const { corpus, made, seconds } = await work
    .catch((error) => {
      board?.close();
      // Also where the outputs could not be written: the training is saved at its end.
      if (!(error instanceof W2vError && error.code === 'diverged')) speaker.stopped();
      throw error;
    })
    .finally(() => cluster?.close());

  board?.close(made.lossByEpoch);
  const { words } = corpus.vocabulary;
  const wordsPerSecond = (corpus.tokens * settings.epochs) / made.seconds;
  const loss = made.lossByEpoch.at(-1);
  if (options.json) {
    const { read, write, total } = seconds;
    printJson(context, {
      command: 'train',
      engine: made.engine,
      model: settings.model,
      lossFunction: settings.loss,
      vocabulary: made.vectors.words.length,
      tokens: corpus.tokens,
      dropped: corpus.dropped,
      cleaned: corpus.source.cleaned ?? null,
      joined: corpus.source.joined ?? null,
      epochs: settings.epochs,
      learningRate: settings.learningRate,
      loss: loss ?? null,
      repeatable: made.repeatable,
      wordsPerSecond,
      initVectors: startedFrom(options, made) ?? null,
      rounds: made.rounds ?? null,
      ...(cluster && { cluster: cluster.facts() }),
      checkpoint: made.checkpoint ?? null,
      seconds: { read, train: made.seconds, write, total },
      output,
    });
  }
  if (quiet) return;
  const epochs = `${counted(settings.epochs, 'epoch')} in ${duration(made.seconds)}`;
  const ofLoss = loss === undefined ? '' : `, loss ${loss.toFixed(3)}`;
  const ofRounds = made.rounds
    ? `, ${counted(made.rounds.shards, 'shard')} combined ${counted(made.rounds.rounds, 'time')}`
    : '';
  const speed = `${thousands(wordsPerSecond)} words/s`;
  const ofSubwords = settings.subwords === undefined ? '' : ` with subwords ${settings.subwords}`;
  const kind = settings.loss === 'ns' ? `${settings.model}${ofSubwords}` : `${settings.model} with ${settings.loss}`;
  say(context, `Trained ${kind} on ${made.engine}${ofRounds}: ${epochs} (${speed})${ofLoss}`);
  if (!made.repeatable) say(context, 'Not repeatable: threads raced. --deterministic gives the same bytes every time');
  const neverLearns = settings.init === 'zeros' && initVectors === undefined;
  if (initVectors !== undefined) {
    const where = `${thousands(made.initWords)} of ${counted(words.length, 'word')} from ${initVectors}`;
    say(context, `Started ${where}${freeze ? ', and froze their vectors' : ''}`);
    const parts = made.newWords > 0 ? [`${thousands(made.newWords)} new`] : [];
    const lacking = 'of the file that the text lacks';
    if (made.keptWords > 0) parts.push(`kept ${thousands(made.keptWords)} ${lacking}`);
    if (made.lostWords > 0) parts.push(`left out ${thousands(made.lostWords)} ${lacking} (--vocab union keeps them)`);
    if (parts.length > 0) say(context, `Words: ${parts.join('; ')}`);
  }
  if (neverLearns) {
    say(context, 'Nothing was learned: with zeros in both matrices every gradient is 0. Try --init uniform');
  }
  const advice = neverLearns
    ? undefined
    : trainingAdvice({
        tokens: corpus.tokens,
        epochs: settings.epochs,
        vocabulary: words.length,
        initWords: made.initWords,
      });
  if (advice) {
    const few = `${counted(corpus.tokens, 'word')} x ${counted(settings.epochs, 'epoch')} are too few for useful vectors`;
    say(context, `${few}. Try ${advice.epochs ? `--epochs ${advice.epochs}, or ` : ''}w2v count`);
  }
  if (saveOutput !== undefined) {
    const whose = settings.loss === 'hs' ? 'inner nodes of the Huffman tree' : 'words as context';
    say(context, `Wrote ${saveOutput} (the vectors of the ${whose})`);
  }
  if (hasNgrams) sayWithoutNgrams(context, options);
  sayWrote(context, output, `${counted(made.vectors.words.length, 'word')} x ${settings.dim}`, words);
}

/** The vectors to start from, read before the corpus is, so that a wrong file is known at once. */
async function startOf(
  context: CommandContext,
  { initVectors, quiet = false }: TrainCommandOptions,
  { dim }: TrainSettings,
): Promise<WordVectors | undefined> {
  if (initVectors === undefined) return undefined;
  return withProgress(context, quiet, async ({ onProgress }) => {
    const vectors = await loadDenseVectors(context, initVectors, { onProgress, signal: context.signal });
    requireDimensions(vectors, dim);
    return vectors;
  });
}

function checkOptions({ loss, negative, subwords, best, format }: TrainCommandOptions): void {
  if (negative === 0 && loss === 'ns') {
    const observed = '--negative 0: expected a whole number from 1 to 64';
    throw usage(observed, 'to train without negatives, add --loss hs');
  }
  if (format === 'fasttext' && subwords === undefined && !best) {
    const observed = '--format fasttext stores vectors with subwords';
    throw usage(observed, 'train with --subwords 3..6, or choose another --format');
  }
}
