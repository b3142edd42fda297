// w2v predict FILE --context 'you ? goodbye': the distribution over the missing word, by the two matrices of a
// training.
import type { Command } from 'commander';
import { queryDefaults } from '../../base/defaults.ts';
import { counted } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import { textSplitter } from '../../corpus/text-words.ts';
import { type ContextWords, contextWords } from '../../query/context-text.ts';
import { predictWord } from '../../query/predict-word.ts';
import { unknownWord, wordIndex } from '../../vectors/word-vectors.ts';
import { type CommandContext, printJson, printResult, say } from '../context.ts';
import { vectorFile, vectorsRead } from '../open-vectors.ts';
import { text } from '../options/kinds.ts';
import { declare, type OptionsOf, option } from '../options/option.ts';
import { printingRecords, tsvLine } from '../options/print.ts';
import { answers } from '../options/question.ts';
import { formatTable, wordColumn, wordsFor } from '../terminal/table.ts';
import { openTrainedPair, type TrainedPair } from '../trained-pair.ts';

const predictOptions = [
  option({
    flags: '--context <text>',
    text: 'the text, with ? or _ in place of the missing word',
    takes: text(),
    required: true,
  }),
  answers('words in the answer', queryDefaults.neighbors),
  option({
    flags: '--output-vectors <file>',
    text: 'output matrix of the same training (default: the one named in the manifest)',
    takes: vectorsRead,
  }),
  ...printingRecords,
] as const;

type PredictCommandOptions = OptionsOf<typeof predictOptions>;

const examples = `Examples:
  w2v train notes.txt -o notes.bin --save-output notes.out.bin
  w2v predict notes.bin --context 'you ? goodbye'
  w2v predict notes.bin --context 'the cat _ on the mat' -k 3 --json
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const operand = { ...vectorFile, text: 'word vectors that w2v train wrote with --save-output' };
  declare(command, { operands: [operand], options: predictOptions });
  command.action((file: string, options: PredictCommandOptions) => run(context, file, options));
}

async function run(context: CommandContext, file: string, options: PredictCommandOptions): Promise<void> {
  const { k, outputVectors, quiet = false } = options;
  contextWords(options.context, new Set(), 1); // its mistakes are known before any file is read
  const pair = await openTrainedPair(context, file, outputVectors, quiet);
  const { vectors, contextVectors } = pair;
  const { window, model, cbowSum, loss } = settingsOf(pair);
  const tokenizer = pair.manifest?.corpus.tokenizer;
  const split = tokenizer && (await textSplitter(tokenizer));
  const around = contextWords(options.context, wordIndex(vectors), window, split);
  if (!quiet) sayLeftOut(context, around, window);
  if (around.words.length === 0) throw unknownWord(vectors, around.unknown[0]);
  const predictions = predictWord(vectors, contextVectors, around.words, { k, model, cbowSum });
  const calibrated = loss !== 'ns';
  if (options.json) {
    const { words, unknown, tooFar } = around;
    printJson(context, {
      context: options.context,
      words,
      unknown,
      tooFar,
      model,
      lossFunction: loss,
      calibrated,
      predictions,
    });
    return;
  }
  const shown = wordsFor(context.stdout);
  if (options.tsv) {
    printResult(
      context,
      predictions.map(({ word, probability }) => tsvLine([shown(word), probability])),
    );
    return;
  }
  if (!quiet) say(context, whatIsShown(around.words, { model, cbowSum, loss }));
  printResult(
    context,
    formatTable(
      [wordColumn, { title: '', align: 'right' }],
      predictions.map(({ word, probability }) => [shown(word), readable(probability)]),
    ),
  );
}

interface HowTrained {
  window: number;
  model: 'skipgram' | 'cbow';
  cbowSum: boolean;
  loss: string;
}

/** From the manifest; without one, as gensim takes a pair: the mean of all words of the context. */
function settingsOf({ manifest, kind }: TrainedPair): HowTrained {
  const { window, model, cbowSum, loss } = manifest?.options ?? {};
  return {
    window: typeof window === 'number' ? window : Number.POSITIVE_INFINITY,
    model: model === 'skipgram' ? 'skipgram' : 'cbow',
    cbowSum: cbowSum === true,
    loss: typeof loss === 'string' ? loss : kind === 'tree' ? 'hs' : 'ns',
  };
}

function sayLeftOut(context: CommandContext, { unknown, tooFar }: ContextWords, window: number): void {
  const list = (words: readonly string[]) => words.map((word) => `'${quotable(word)}'`).join(', ');
  if (unknown.length > 0) say(context, `Left out, not in the vocabulary: ${list(unknown)}`);
  if (tooFar.length > 0) say(context, `Left out, outside the window of ${counted(window, 'word')}: ${list(tooFar)}`);
}

function whatIsShown(words: readonly string[], { model, cbowSum, loss }: Omit<HowTrained, 'window'>): string {
  const sum = words.length === 1 ? '' : cbowSum ? 'the sum of ' : 'the mean of ';
  const hidden = `${sum}${counted(words.length, 'context vector')}`;
  if (loss === 'hs') {
    const each =
      model === 'cbow' || words.length === 1
        ? `from ${hidden}`
        : 'mean of the log-probabilities over the context words';
    return `Hierarchical softmax: decisions along the tree, ${each}`;
  }
  const softmax = `Softmax over the dot products of ${hidden} with all output vectors`;
  return loss === 'ns' ? `${softmax}; not calibrated, as negative sampling trains no distribution` : softmax;
}

/** Four digits after the point, or two digits: 0.2310, 1.4e-7 */
function readable(probability: number): string {
  return probability >= 0.0001 || probability === 0 ? probability.toFixed(4) : probability.toExponential(1);
}
