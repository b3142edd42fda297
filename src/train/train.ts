// Encoded corpus -> word vectors, by whichever engine is there.

import { throwIfAborted, usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import type { OnProgress } from '../base/progress.ts';
import { finishInTurns } from '../base/steps.ts';
import { checkCorpus, type EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { type HuffmanTree, huffmanTree, nodeLabels } from '../corpus/huffman.ts';
import type { Resume } from '../files/resumable-folder.ts';
import { averageSteps, type SubwordVectors } from '../vectors/subword-vectors.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type CheckpointOptions, type CheckpointReport, openCheckpoints } from './checkpoint/checkpoints.ts';
import type { TrainingEngine, TrainTask } from './engine.ts';
import { matchedWords, matchVectors, startFrom } from './initial-vectors.ts';
import { initialRows } from './initialize.ts';
import { lackingRows, requireFiniteVectors, withWords } from './old-words.ts';
import { type EngineChoice, noRounds, noSubwords, openEngine } from './open-engine.ts';
import { type GivenTrainSettings, type TrainSettings, trainSettingNames, trainSettings } from './settings.ts';
import type { RoundSettings } from './shards/plan-rounds.ts';
import { type RoundsReport, roundsReport, settingsInRounds } from './shards/round-settings.ts';
import { trainRoundsHere } from './shards/rounds-on-this-machine.ts';
import type { RoundsElsewhere } from './shards/shard-runner.ts';
import { trainInRounds } from './shards/train-in-rounds.ts';
import { requireLossFits } from './softmax-limit.ts';
import { allLeftOut, requireSomethingToLearn } from './something-to-learn.ts';
import { subwordRules } from './subword-settings.ts';
import { ngramsOf, type SubwordTable, subwordTable } from './subword-table.ts';
import { type LoopOptions, runTraining, type Trained } from './train-loop.ts';

/** How to run a training: engine, starting vectors, checkpoints, progress. */
export interface TrainOptions {
  /** An engine that is already there (see `openEngine`), or the name of one; `auto` by default. */
  engine?: TrainingEngine | EngineChoice;
  /** (n, D) words that are here start from their vector, found by the rule of questions; all others start by `init`. */
  initVectors?: WordVectors | undefined;
  /** Words that start from `initVectors` keep their vector: rows of the input matrix do not move. */
  freeze?: boolean | undefined;
  /** Words of `initVectors` that the text lacks are kept with their vector, after those of the text. */
  keepWords?: boolean | undefined;
  /** Saves the training now and then, and when the signal fires, so that `resume` goes on from there. */
  checkpoint?: CheckpointOptions | undefined;
  /**
   * Goes on from the newest whole checkpoint in the folder of `checkpoint`; 'if-any' begins where there is none. Text,
   * settings and engine are those of the first time; `epochs` may be more, and the learning rate then falls along the
   * line to the new end.
   */
  resume?: Resume | undefined;
  /**
   * Trains N shards of the text apart from each other and combines what they learn S times an epoch, as a cluster does:
   * on the portable engine, the same bytes whatever `threads` is.
   */
  rounds?: RoundSettings | undefined;
  /** What trains the shards, where it is not this machine; the corpus then has no entries. */
  elsewhere?: RoundsElsewhere | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

const runNames = namesOf<TrainOptions>({
  engine: true,
  initVectors: true,
  freeze: true,
  keepWords: true,
  checkpoint: true,
  resume: true,
  rounds: true,
  elsewhere: true,
  onProgress: true,
  signal: true,
});

/** Both matrices of a training, (V, D), with its loss and figures. */
export interface TrainResult {
  /**
   * The input matrix: the word vectors. With subwords each is the mean of the word's own row and its n-grams' rows, and
   * the n-grams are there too, for other words.
   */
  vectors: WordVectors;
  /**
   * The output matrix: the vectors of the words as context, (V, D). With hierarchical softmax those of the tree's inner
   * nodes, (V - 1, D), each named by its two children.
   */
  contextVectors: WordVectors;
  settings: TrainSettings;
  engine: TrainingEngine['name'];
  versions: Record<string, string>;
  /** Whether the same settings and seed give the same bytes again: not where several threads of `wasm` raced. */
  repeatable: boolean;
  /** Mean loss per example (nats; skip-gram: a pair, CBOW: a center) of each epoch, over a sample. */
  lossByEpoch: number[];
  /** Seconds of the epochs alone. */
  seconds: number;
  /** Centers that were trained on, over all epochs: words with a context after subsampling. Never 0. */
  trainedTokens: number;
  /** Words of the vocabulary that started from `initVectors`; 0 without them. */
  initWords: number;
  /**
   * Words of the vocabulary that `initVectors` lack; words of theirs that the text lacks, kept (`keepWords`) or lost.
   */
  newWords: number;
  keptWords: number;
  lostWords: number;
  /** Of a training on shards. */
  rounds?: RoundsReport;
  /** Of a training with checkpoints. */
  checkpoint?: CheckpointReport;
}

/**
 * Trains CBOW or skip-gram with negative sampling, hierarchical softmax (Mikolov et al. 2013b) or the full softmax on
 * an encoded corpus.
 *
 * @returns vectors (V, D), V the vocabulary's size; rows in the vocabulary's order, then those that `keepWords` keeps
 * @throws W2vError 'usage' (a setting out of range; too many words for the loss; `initVectors` of another D or without
 *   a common word), 'file-malformed' (NaN in `initVectors`), 'corpus-empty' (no two different words, or none side by
 *   side), 'engine-unavailable', 'out-of-memory', 'diverged', 'interrupted'
 */
export async function trainWordVectors(
  corpus: EncodedCorpus,
  given: GivenTrainSettings = {},
  options: TrainOptions = {},
): Promise<TrainResult> {
  checkOptionNames('trainWordVectors', given, trainSettingNames, { names: runNames, place: 'the third argument' });
  checkOptionNames('trainWordVectors', options, runNames, { names: trainSettingNames, place: 'the second argument' });
  const { rounds } = options;
  const settings = rounds ? settingsInRounds(given, rounds) : trainSettings(given, corpus?.tokens);
  throwIfAborted(options.signal);
  checkCorpus(corpus);
  if (!options.elsewhere) requireSomethingToLearn(corpus);
  const { words } = corpus.vocabulary;
  const { initVectors, freeze, keepWords = false } = options;
  if ((freeze || keepWords) && initVectors === undefined) {
    const name = freeze ? 'freeze is given without vectors' : 'keepWords is given without words';
    throw usage(`${name} to keep`, 'name them: initVectors');
  }
  if (initVectors && settings.subwords !== undefined) {
    throw usage('initVectors have no subwords to start from', 'leave out { initVectors }, or { subwords }');
  }
  const start = initVectors && matchVectors(initVectors, words, settings.dim);
  const lacking = start ? lackingRows(start) : [];
  if (start && keepWords) requireFiniteVectors(start.vectors, lacking);
  requireLossFits(settings, words.length);
  const { threads, loss, subwords } = settings;
  const engine =
    typeof options.engine === 'object'
      ? options.engine
      : (await openEngine(options.engine, { threads, loss, subwords, rounds })).engine;
  if (subwords !== undefined && engine.name === 'tensorflow') throw noSubwords();
  if (rounds && engine.name === 'tensorflow') throw noRounds();
  const rules = subwordRules(settings);
  const table = rules && (await finishInTurns(subwordTable(words, rules), options.signal));
  const initial = initialRows(settings, words.length);
  if (options.resume && options.checkpoint === undefined) {
    throw usage('resume is given without a folder to resume from', 'name it: checkpoint.dir');
  }
  const tree = loss === 'hs' ? huffmanTree(corpus.vocabulary.counts) : undefined;
  const task = {
    corpus,
    settings,
    initial: start ? startFrom(start, initial) : initial,
    ...(start && freeze && { frozen: matchedWords(start) }),
    ...(tree && { tree }),
    ...(table && { subwords: table }),
  };
  const { input, output, ...rest } = await runWithCheckpoints(engine, task, options);
  if (rest.trainedTokens === 0) throw allLeftOut(corpus, settings);
  const trained: WordVectors = table
    ? await withSubwords(corpus, settings, table, { input, output })
    : { words, matrix: input, dimensions: settings.dim };
  const context = tree ? nodeVectors(tree, output, settings.dim) : { words, matrix: output, dimensions: settings.dim };
  const kept = start && keepWords ? { vectors: start.vectors, rows: lacking } : undefined;
  const keptWords = kept?.rows.map((row) => kept.vectors.words[row]) ?? [];
  return {
    vectors: kept ? withWords(trained, keptWords, kept) : trained,
    contextVectors: kept && loss !== 'hs' ? withWords(context, keptWords) : context,
    settings,
    engine: engine.name,
    versions: engine.versions,
    ...(rounds && { rounds: roundsReport(rounds, settings) }),
    ...rest,
    initWords: start?.matched ?? 0,
    newWords: start ? words.length - start.matched : 0,
    keptWords: keptWords.length,
    lostWords: lacking.length - keptWords.length,
  };
}

type CorpusTask = TrainTask & { corpus: EncodedCorpus };

async function runWithCheckpoints(
  engine: TrainingEngine,
  task: CorpusTask,
  { checkpoint, resume = false, rounds, elsewhere, initVectors, onProgress, signal }: TrainOptions,
): Promise<Trained & { checkpoint?: CheckpointReport }> {
  const saveEachRound = checkpoint?.everySeconds === undefined && checkpoint?.everyEpochs === undefined;
  const run = (task: CorpusTask, options: LoopOptions) => {
    if (!rounds) return runTraining(engine, task, options);
    if (!elsewhere) return trainRoundsHere(engine, task, { ...rounds, saveEachRound }, options);
    const { counts } = task.corpus.vocabulary;
    const plan = { ...rounds, epochs: task.settings.epochs };
    return trainInRounds(elsewhere.runner, { ...task, tokens: elsewhere.tokens, counts, plan, saveEachRound }, options);
  };
  if (checkpoint === undefined) return run(task, { onProgress, signal });
  const saving = { ...checkpoint, identity: { ...checkpoint.identity, ...rounds } };
  const checkpoints = await openCheckpoints(saving, resume, {
    ...{ ...task, engine, initVectors, signal },
    hash: elsewhere?.hash,
  });
  try {
    const { from, saver, initial = task.initial } = checkpoints;
    const trained = await run({ ...task, initial }, { onProgress, signal, saver, from });
    return { ...trained, checkpoint: checkpoints.report() };
  } finally {
    await checkpoints.close();
  }
}

/** The rows of the inner nodes, each named by its two children; the last row of `output` is unused. */
function nodeVectors(tree: HuffmanTree, output: Float32Array, dim: number): WordVectors {
  const words = nodeLabels(tree);
  return { words, matrix: output.subarray(0, words.length * dim), dimensions: dim };
}

/** The words' own rows become their vectors, in place. */
async function withSubwords(
  { vocabulary: { words, counts } }: EncodedCorpus,
  settings: TrainSettings,
  table: SubwordTable,
  { input, output }: Pick<Trained, 'input' | 'output'>,
): Promise<WordVectors> {
  const { dim, model, window, epochs, negative, sample } = settings;
  const minCount = counts.reduce((least, count) => Math.min(least, count), Number.POSITIVE_INFINITY);
  const trained = { counts, output, minCount, model, window, epochs, negative, sample };
  const subwords: SubwordVectors = { ...ngramsOf(table, input, words.length, dim), trained };
  const vectors = { words, matrix: input.subarray(0, words.length * dim), dimensions: dim, subwords };
  await finishInTurns(averageSteps(vectors));
  return vectors;
}
