// w2v train CORPUS... -o FILE: the options, and the way from text to a file of vectors.
import type { Command } from 'commander';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { W2vError } from '../../errors.ts';
import { formatFor, saveVectors, writeVectors } from '../../formats/formats.ts';
import { type Manifest, manifestPath } from '../../formats/manifest.ts';
import { checkOutputs } from '../../formats/write-file.ts';
import { openEngine, type TrainResult, trainSettings, trainWordVectors } from '../../predict/train.ts';
import { locateTfjsNode } from '../../setup/tfjs-node.ts';
import { type CommandContext, cacheDirectory, printJson, say, withProgress } from '../context.ts';
import { droppedLine, readCorpus } from '../corpus-options.ts';
import { byteSize, counted, duration, thousands } from '../format-numbers.ts';
import { addTrainOptions, settingsOf, type TrainCommandOptions } from '../train-options.ts';
import { ownVersion } from '../version.ts';

const examples = `Examples:
  w2v train notes.txt -o notes.bin                   skip-gram, with the defaults below
  w2v train texts/ more.txt.gz -o out.vec --model cbow --dim 200 --epochs 10
  zcat wiki.gz | w2v train - -o wiki.bin --min-count 10
  w2v train corpus:mix -o mix.bin                    a text of ours (w2v corpus list)
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  addTrainOptions(command);
  command.action((corpora: string[], options: TrainCommandOptions) => run(context, corpora, options));
}

async function run(context: CommandContext, corpora: string[], options: TrainCommandOptions): Promise<void> {
  const { output } = options;
  const quiet = options.quiet === true;
  const settings = trainSettings(settingsOf(options));
  await checkEverythingElse(options);
  const modulePath = locateTfjsNode(cacheDirectory(context));
  const { engine, why } = await openEngine(options.engine, { threads: settings.threads, modulePath });
  if (!quiet) say(context, `Engine: ${engine.name} (${why})`);

  const started = performance.now();
  const seconds = { read: 0, train: 0, write: 0, total: 0 };
  const { corpus, result } = await withProgress(context, quiet, async (reporter) => {
    const corpus = await readCorpus(context, corpora, options, reporter.onProgress);
    try {
      seconds.read = secondsSince(started);
      reporter.stop();
      if (!quiet) sayRead(context, corpus, seconds.read);
      const { onProgress } = reporter;
      const result = await trainWordVectors(corpus, settings, { engine, onProgress, signal: context.signal });
      seconds.train = result.seconds;
      const writing = performance.now();
      await write(context, options, result, await manifestOf(corpus, options, result, seconds));
      seconds.write = secondsSince(writing);
      return { corpus, result };
    } finally {
      corpus.close();
    }
  });
  seconds.total = secondsSince(started);

  const { tokens } = corpus;
  const wordsPerSecond = (tokens * settings.epochs) / seconds.train;
  const loss = result.lossByEpoch.at(-1);
  if (options.json) {
    printJson(context, {
      command: 'train',
      engine: result.engine,
      model: settings.model,
      vocabulary: corpus.vocabulary.words.length,
      tokens,
      epochs: settings.epochs,
      loss,
      wordsPerSecond,
      seconds,
      output,
    });
  }
  if (quiet) return;
  const speed = `${thousands(wordsPerSecond)} words/s`;
  const ofLoss = loss === undefined ? '' : `, loss ${loss.toFixed(3)}`;
  say(
    context,
    `Trained ${settings.model} on ${result.engine}: ${counted(settings.epochs, 'epoch')} in ${duration(seconds.train)} (${speed})${ofLoss}`,
  );
  if (options.saveOutput !== undefined)
    say(context, `Wrote ${options.saveOutput} (the vectors of the words as context)`);
  if (output === '-') return;
  const { words } = corpus.vocabulary;
  const size = `${thousands(words.length)} words x ${settings.dim}`;
  say(context, `Wrote ${output} (${size}). Try: w2v nearest ${quotedForShell(output)} ${wordToTry(words)}`);
}

/** What can be known to fail is said before the reading, not after it. */
async function checkEverythingElse(options: TrainCommandOptions): Promise<void> {
  const { output, saveOutput, format, force } = options;
  if (options.cbowSum && options.model !== 'cbow') {
    throw new W2vError('usage', '--cbow-sum is an option of CBOW', 'add --model cbow, or leave it out');
  }
  if (output === '-' && options.json) {
    throw new W2vError('usage', '--json and the vectors cannot both go to standard output', 'give -o a file name');
  }
  if (saveOutput !== undefined && saveOutput === output) {
    throw new W2vError('usage', `-o and --save-output both name ${output}`, 'give them different names');
  }
  if (output !== '-') formatFor(output, format);
  if (saveOutput !== undefined) formatFor(saveOutput, format);
  const files = output === '-' ? [] : [output, manifestPath(output)];
  await checkOutputs(saveOutput === undefined ? files : [...files, saveOutput], { force });
}

async function write(
  context: CommandContext,
  { output, saveOutput, format, force }: TrainCommandOptions,
  { vectors, contextVectors }: TrainResult,
  manifest: Manifest,
): Promise<void> {
  const { signal } = context;
  if (saveOutput !== undefined) await saveVectors(saveOutput, contextVectors, { format, force, signal });
  if (output !== '-') await saveVectors(output, vectors, { format, force, manifest, signal });
  else await writeVectors(stdoutSink(context), vectors, format ?? 'word2vec-text', { signal });
}

function stdoutSink({ stdout }: CommandContext) {
  return {
    write: (bytes: Uint8Array) =>
      new Promise<void>((resolve, reject) => {
        stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
  };
}

async function manifestOf(
  corpus: EncodedCorpus,
  options: TrainCommandOptions,
  result: TrainResult,
  seconds: { read: number; train: number },
): Promise<Manifest> {
  const { tokenizer, keepCase = false, minCount, maxVocab, vocab } = options;
  return {
    version: await ownVersion(),
    command: 'train',
    route: 'predict',
    options: { ...result.settings, tokenizer, keepCase, minCount, maxVocab, ...(vocab !== undefined && { vocab }) },
    seed: result.settings.seed,
    corpus: { ...corpus.source, dropped: corpus.dropped },
    vocabulary: corpus.vocabulary.words.length,
    dimensions: result.settings.dim,
    tokens: corpus.tokens,
    lossByEpoch: result.lossByEpoch,
    seconds: { read: seconds.read, train: seconds.train },
    engine: { name: result.engine, versions: { node: process.versions.node, ...result.versions } },
    createdAt: new Date().toISOString(),
  };
}

function sayRead(context: CommandContext, corpus: EncodedCorpus, seconds: number): void {
  const { vocabulary, source, tokens } = corpus;
  const text = `${byteSize(source.bytes)} in ${duration(seconds)}`;
  say(context, `Read ${text}: ${counted(vocabulary.words.length, 'word')}, ${counted(tokens, 'occurrence')}`);
  const dropped = droppedLine(corpus.dropped);
  if (dropped !== undefined) say(context, dropped);
}

/** A word worth asking about: five letters or more, and not among the very frequent ones, which carry little meaning. */
export function wordToTry(words: readonly string[]): string {
  const start = Math.min(300, Math.floor(words.length / 10));
  const isLong = (word: string) => /^\p{L}{5,}$/u.test(word);
  return words.slice(start).find(isLong) ?? words.find(isLong) ?? words[start]!;
}

function quotedForShell(file: string): string {
  return /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`;
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
