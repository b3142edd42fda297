// w2v nearest FILE [WORD...]: the words nearest to a word, to a sum of words or to a vector, by cosine similarity.
import type { Command } from 'commander';
import { queryDefaults } from '../../defaults.ts';
import { throwIfAborted, W2vError } from '../../errors.ts';
import { nearestInFile } from '../../formats/nearest-in-file.ts';
import { parseExpression } from '../../vectors/expression.ts';
import type { Neighbor } from '../../vectors/nearest.ts';
import type { Questions } from '../../vectors/questions.ts';
import type { RowIndex } from '../../vectors/row-index.ts';
import { type CommandContext, printJson, printResult, stdoutColors, withProgress } from '../context.ts';
import { allLines, lineBatches } from '../input-lines.ts';
import { openIndexed, openVectors, vectorFiles } from '../open-vectors.ts';
import { addChoice } from '../options.ts';
import { askLines } from '../prompt.ts';
import {
  addAnswerOptions,
  addSearchOptions,
  checkAnswerOptions,
  type QuestionOptions,
  tsvLine,
} from '../question-options.ts';
import { formatTable } from '../table.ts';
import { answerKnown, failUnknown, isUnknown, tell } from '../unknown-words.ts';

interface NearestCommandOptions extends QuestionOptions {
  vector?: boolean;
  index: 'exact' | 'hnsw';
}

/** The options, with the index that --index asks for once it is open. */
type Asked = Omit<NearestCommandOptions, 'index'> & { rowIndex?: RowIndex };

interface Answer {
  query: string;
  neighbors: Neighbor[];
}

const examples = `Examples:
  w2v nearest vectors.bin king
  w2v nearest vectors.bin king queen -k 5 --json
  w2v nearest vectors.bin 'king - man + woman'
  cat words.txt | w2v nearest vectors.bin       one word, or sum of words, a line
  echo '[0.1, -0.2]' | w2v nearest vectors.bin --vector
  w2v nearest vectors.bin                       asks for words, on a terminal
`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .argument('<file>', vectorFiles)
    .argument(
      '[word...]',
      "words, or sums such as 'king - man + woman'; without any, they are read from standard input, one a line",
    );
  addSearchOptions(command, 'neighbours of each word', queryDefaults.neighbors);
  command.option('--vector', 'read vectors on standard input, one a line: numbers, or a JSON array');
  addChoice(
    command,
    '--index <kind>',
    'exact: every row is scored; hnsw: an approximate index beside the file',
    ['exact', 'hnsw'],
    'exact',
  );
  addAnswerOptions(command, 'no progress, no prompt');
  command.action((file: string, words: string[], options: NearestCommandOptions) => run(context, file, words, options));
}

async function run(
  context: CommandContext,
  file: string,
  words: string[],
  options: NearestCommandOptions,
): Promise<void> {
  checkAnswerOptions(options);
  if (options.vector && words.length > 0) {
    throw new W2vError('usage', '--vector and words are both given', 'ask for one or the other');
  }
  if (options.index === 'hnsw') {
    if (options.restrictVocab > 0) {
      throw new W2vError('usage', '--index hnsw covers all words', 'leave out --index or --restrict-vocab');
    }
    const { vectors, index } = await openIndexed(context, file, options.quiet === true);
    return answer(context, vectors, words, { ...options, rowIndex: index });
  }
  if (words.length > 0) return answerWords(context, file, words, options);
  return answer(context, await openVectors(context, file, options.quiet === true), words, options);
}

async function answer(context: CommandContext, vectors: Questions, words: string[], options: Asked): Promise<void> {
  if (options.vector) return answerVectors(context, vectors, options);
  if (words.length > 0) return answerBatch(context, vectors, words, options);
  if (context.stdin.isTTY === true) return answerAtPrompt(context, vectors, options);
  if (options.json)
    return answerBatch(
      context,
      vectors,
      (await allLines(context.stdin)).map(({ text }) => text),
      options,
    );
  return answerLines(context, vectors, options);
}

/** A few words about a large file are answered without loading it. */
async function answerWords(context: CommandContext, file: string, words: string[], options: Asked): Promise<void> {
  const { k, restrictVocab, quiet = false } = options;
  const expressions = words.map(parseExpression);
  const found = await withProgress(context, quiet, ({ onProgress }) =>
    nearestInFile(file, expressions, { k, restrictVocab, onProgress, signal: context.signal }),
  );
  if (found === undefined) return answerBatch(context, await openVectors(context, file, quiet), words, options);
  print(
    context,
    words.map((query, at) => ({ query, neighbors: found[at]! })),
    options,
  );
}

/** Every question whose words are known is answered; then the first with an unknown one fails the command. */
function answerBatch(context: CommandContext, vectors: Questions, texts: string[], options: Asked): void {
  const unknown: W2vError[] = [];
  print(context, answersOf(vectors, texts, options, unknown), options);
  failUnknown(context, unknown);
}

async function answerLines(context: CommandContext, vectors: Questions, options: Asked): Promise<void> {
  const unknown: W2vError[] = [];
  let printed = 0;
  for await (const batch of lineBatches(context.stdin)) {
    const texts = batch.map(({ text }) => text);
    const answers = answersOf(vectors, texts, options, unknown);
    print(context, answers, options, printed);
    printed += answers.length;
  }
  throwIfAborted(context.signal);
  failUnknown(context, unknown);
}

async function answerAtPrompt(context: CommandContext, vectors: Questions, options: Asked): Promise<void> {
  await askLines(context, vectors.words, options.quiet === true, (line) => {
    try {
      const [neighbors] = vectors.nearestExpressions([parseExpression(line)], { ...options, index: options.rowIndex });
      print(context, [{ query: line, neighbors: neighbors! }], options);
    } catch (error) {
      if (!isUnknown(error) && !(error instanceof W2vError && error.code === 'usage')) throw error;
      tell(context, error);
    }
  });
}

async function answerVectors(context: CommandContext, vectors: Questions, options: Asked): Promise<void> {
  if (vectors.nearestVectors === undefined) {
    throw new W2vError('usage', '--vector asks for rows of numbers, but the file is a sparse matrix', 'ask for words');
  }
  const lines = await allLines(context.stdin);
  const found = vectors.nearestVectors(
    lines.map(({ text, line }) => parseVector(text, line)),
    { ...options, index: options.rowIndex },
  );
  print(
    context,
    found.map((neighbors, at) => ({ query: `line ${lines[at]!.line}`, neighbors })),
    options,
  );
}

/** `0.1 -0.2`, `0.1, -0.2` or `[0.1, -0.2]`. */
function parseVector(text: string, line: number): number[] {
  const numbers = text
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  return numbers.map((part) => {
    const value = Number(part);
    if (Number.isFinite(value)) return value;
    throw new W2vError('file-malformed', `standard input:${line}: '${part}' is no number`, 'give a line of numbers');
  });
}

function answersOf(
  vectors: Questions,
  texts: readonly string[],
  { k, restrictVocab, rowIndex }: Asked,
  unknown: W2vError[],
): Answer[] {
  const ask = (queries: readonly string[]) =>
    vectors.nearestExpressions(queries.map(parseExpression), { k, restrictVocab, index: rowIndex });
  return answerKnown(texts, ask, unknown).map(({ question, answer }) => ({ query: question, neighbors: answer }));
}

/** `before`: how many answers stand there already. */
function print(context: CommandContext, found: Answer[], options: Asked, before = 0): void {
  const least = options.threshold ?? Number.NEGATIVE_INFINITY;
  const answers = found.map(({ query, neighbors }) => ({
    query,
    neighbors: neighbors.filter(({ similarity }) => similarity >= least),
  }));
  if (options.json) {
    printJson(context, answers);
    return;
  }
  for (const [index, { query, neighbors }] of answers.entries()) {
    if (options.tsv) {
      printResult(
        context,
        neighbors.map(({ word, similarity }) => tsvLine([query, word, similarity])),
      );
      continue;
    }
    const rows = neighbors.map(({ word, similarity }) => [`  ${word}`, similarity.toFixed(3)]);
    const table = formatTable([{ title: '' }, { title: '', align: 'right' }], rows);
    printResult(context, [...(before + index > 0 ? [''] : []), stdoutColors(context).bold(query), ...table]);
  }
}
