// w2v nearest FILE [WORD...]: the words nearest to a word, to a sum of words or to a vector, by cosine similarity.
import type { Command } from 'commander';
import { queryDefaults } from '../../base/defaults.ts';
import { throwIfAborted, usage } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { choice } from '../../base/ranges.ts';
import { nearestInFile } from '../../query/nearest-in-file.ts';
import type { AsyncQuestions } from '../../query/questions.ts';
import type { RowIndex } from '../../query/row-index.ts';
import type { Neighbor } from '../../query/search.ts';
import { historyFile } from '../ask.ts';
import {
  type CommandContext,
  printJson,
  printResult,
  printStyled,
  say,
  stdoutColors,
  withProgress,
} from '../context.ts';
import { asked, openIndexed, openVectors, vectorFile } from '../open-vectors.ts';
import { within } from '../options/kinds.ts';
import { declare, type OptionsOf, onlyIf, option } from '../options/option.ts';
import { tsvLine } from '../options/print.ts';
import { searching } from '../options/question.ts';
import { phraseForms } from '../phrase-forms.ts';
import { Problems } from '../problems.ts';
import { checkQuotes, composedField, parseQuery, type Query, queriesAtPrompt, queryOfLine } from '../queries.ts';
import { allLines, parsedBatches, parseLine } from '../terminal/input-lines.ts';
import { askLines } from '../terminal/prompt.ts';
import { scoreTable, wordsFor } from '../terminal/table.ts';

const [k, restrictVocab, ...others] = searching('neighbors of each word', queryDefaults.neighbors);
const nearestOptions = [
  k,
  { ...restrictVocab, only: [onlyIf('index', 'exact')] },
  ...others,
  option({ flags: '--vector', text: 'read vectors from standard input, one per line: numbers or a JSON array' }),
  option({
    flags: '--index <kind>',
    text: 'exact: compare with every row; hnsw: use an approximate index, kept in the cache (needs npm install usearch)',
    takes: within(choice(['exact', 'hnsw'])),
    fallback: 'exact',
  }),
] as const;

type NearestCommandOptions = OptionsOf<typeof nearestOptions>;

/** The options, with the index that --index asks for once it is open. */
type Asked = Omit<NearestCommandOptions, 'index'> & { file: string; rowIndex?: RowIndex };

interface Nearest {
  query: string;
  neighbors: Neighbor[];
  /** Words of the query whose vectors are composed of their n-grams. */
  composed?: string[];
}

const examples = `Examples:
  w2v nearest vectors.bin king
  w2v nearest vectors.bin king queen -k 5 --json
  w2v nearest vectors.bin 'king - man + woman'
  cat words.txt | w2v nearest vectors.bin   one word or sum of words per line
  echo '[0.1, -0.2]' | w2v nearest vectors.bin --vector
  w2v nearest vectors.bin                   on a terminal: a prompt
`;

const typed = [
  ['a word, or king - man + woman', 'the words nearest to it'],
  ['king queen', 'the words nearest to each'],
  ['+ exit, + help', 'these words themselves'],
] as const;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const words = asked(
    '[word...]',
    "words, or sums such as 'king - man + woman'; if omitted, they are read from standard input, one per line",
  );
  declare(command, { operands: [vectorFile, words], options: nearestOptions });
  command.action((file: string, words: string[], options: NearestCommandOptions) => run(context, file, words, options));
}

async function run(
  context: CommandContext,
  file: string,
  words: string[],
  given: NearestCommandOptions,
): Promise<void> {
  const options = { ...given, file };
  if (options.vector && words.length > 0) {
    throw usage('--vector and words are both given', 'ask for one or the other');
  }
  if (options.index === 'hnsw') {
    const queries = words.map(parseQuery);
    const { vectors, index } = await openIndexed(context, file, options.quiet === true);
    const asked = { ...options, rowIndex: index };
    return queries.length > 0 ? answerBatch(context, vectors, queries, asked) : answerInput(context, vectors, asked);
  }
  if (words.length > 0) return answerWords(context, file, words.map(parseQuery), options);
  return answerInput(context, await openVectors(context, file, options.quiet === true), options);
}

/** Answers the questions of standard input. */
async function answerInput(context: CommandContext, vectors: AsyncQuestions, options: Asked): Promise<void> {
  const quiet = options.quiet === true;
  if (options.vector) return answerVectors(context, vectors, options);
  if (context.stdin.isTTY === true && !options.json) return answerAtPrompt(context, vectors, options);
  if (!options.json) return answerLines(context, vectors, options);
  const problems = new Problems();
  const queries = await allLines(context, problems, { what: 'a word', quiet }, queryOfLine);
  return answerBatch(context, vectors, queries, options, problems);
}

/** A few words about a large file are answered without loading it. */
async function answerWords(context: CommandContext, file: string, queries: Query[], options: Asked): Promise<void> {
  const { k, restrictVocab, quiet = false } = options;
  const expressions = queries.map(({ terms }) => terms);
  const found = await withProgress(context, quiet, async ({ onProgress }) =>
    file === '-'
      ? undefined
      : nearestInFile(file, expressions, { k, restrictVocab, onProgress, signal: context.signal }),
  );
  if (found === undefined) return answerBatch(context, await openVectors(context, file, quiet), queries, options);
  print(
    context,
    queries.map(({ query }, at) => ({ query, neighbors: found[at] })),
    options,
  );
}

/** Answers every question whose words are known, then fails with the errors of the others. */
async function answerBatch(
  context: CommandContext,
  vectors: AsyncQuestions,
  queries: Query[],
  options: Asked,
  problems = new Problems(),
): Promise<void> {
  checkQuotes(vectors, queries);
  print(context, await answersOf(context, vectors, queries, options, problems), options);
  await problems.fail(context);
}

async function answerLines(context: CommandContext, vectors: AsyncQuestions, options: Asked): Promise<void> {
  const problems = new Problems();
  let printed = 0;
  for await (const queries of parsedBatches(context.stdin, problems, queryOfLine)) {
    const answers = await answersOf(context, vectors, queries, options, problems);
    print(context, answers, options, printed);
    printed += answers.length;
  }
  throwIfAborted(context.signal);
  await problems.fail(context);
}

async function answerAtPrompt(context: CommandContext, vectors: AsyncQuestions, options: Asked): Promise<void> {
  const { words } = vectors;
  const history = historyFile(context, 'nearest');
  const prompt = { words, asks: 'word', examples: typed, historyFile: history, quiet: options.quiet === true };
  await askLines(context, prompt, async (line, signal) => {
    const problems = new Problems();
    const formOf = await phraseForms(context, { file: options.file, vectors }, [line]);
    const queries = queriesAtPrompt(vectors, formOf(line), (text) => say(context, text));
    print(context, await answersOf({ ...context, signal }, vectors, queries, options, problems), options);
    await problems.fail(context);
  });
}

async function answerVectors(context: CommandContext, vectors: AsyncQuestions, options: Asked): Promise<void> {
  const { nearestVectors, dimensions } = vectors;
  if (nearestVectors === undefined || dimensions === undefined) {
    throw usage('--vector asks for rows of numbers, but the file is a sparse matrix', 'ask for words');
  }
  const { k, restrictVocab, rowIndex, quiet = false } = options;
  const problems = new Problems();
  const what = `a vector of ${dimensions} numbers`;
  const lines = await allLines(context, problems, { what, quiet }, (input) => {
    return { line: input.line, vector: parseLine(input, (text) => parseVector(text, dimensions)) };
  });
  const queries = lines.map(({ vector }) => vector);
  const found = await nearestVectors(queries, { k, restrictVocab, index: rowIndex, signal: context.signal });
  print(
    context,
    found.map((neighbors, at) => ({ query: `line ${lines[at].line}`, neighbors })),
    options,
  );
  for (const [at, neighbors] of found.entries()) {
    if (neighbors.length === 0) problems.undirected(`standard input:${lines[at].line}`, queries[at]);
  }
  await problems.fail(context);
}

async function answersOf(
  context: CommandContext,
  vectors: AsyncQuestions,
  asked: readonly Query[],
  { file, k, restrictVocab, rowIndex }: Asked,
  problems: Problems,
): Promise<Nearest[]> {
  const { signal } = context;
  const words = asked.flatMap(({ terms }) => terms.map(({ word }) => word));
  const formOf = await phraseForms(context, { file, vectors }, words);
  const queries = asked.map(({ query, terms }) => ({
    query,
    terms: terms.map(({ word, sign }) => ({ word: formOf(word), sign })),
  }));
  const known = problems.known(vectors, queries, ({ terms }) => terms.map(({ word }) => word));
  const found = await vectors.nearestExpressions(
    known.map(({ terms }) => terms),
    { k, restrictVocab, index: rowIndex, signal },
  );
  return known.map(({ query, terms }, at) => {
    if (found[at].length === 0) problems.unanswered(vectors, terms, query);
    const words = terms.map(({ word }) => word);
    return { query, neighbors: found[at], ...composedField(vectors, words) };
  });
}

/** `before`: number of answers printed so far. */
function print(context: CommandContext, found: Nearest[], options: Asked, before = 0): void {
  const least = options.threshold ?? Number.NEGATIVE_INFINITY;
  const answers = found.map(({ neighbors, ...answer }) => ({
    ...answer,
    neighbors: neighbors.filter(({ similarity }) => similarity >= least),
  }));
  if (options.json) {
    printJson(context, answers);
    return;
  }
  const shown = wordsFor(context.stdout);
  for (const [index, { query, neighbors, composed }] of answers.entries()) {
    if (options.tsv) {
      printResult(
        context,
        neighbors.map(({ word, similarity }) => tsvLine([shown(query), shown(word), similarity])),
      );
      continue;
    }
    const rows = neighbors.map(({ word, similarity }) => ({ word: `  ${shown(word)}`, score: similarity }));
    const made = composed ? ` (not in the vocabulary, composed of n-grams: ${composed.map(shown).join(', ')})` : '';
    const heading = `${stdoutColors(context).bold(shown(query))}${made}`;
    printStyled(context, [...(before + index > 0 ? [''] : []), heading, ...scoreTable(rows)]);
  }
}

/** `0.1 -0.2`, `0.1, -0.2` or `[0.1, -0.2]`: `dimensions` numbers. Throws `usage` on anything else. */
function parseVector(text: string, dimensions: number): Float64Array {
  const inner = text.replace(/^\[/, '').replace(/\]$/, '').trim();
  // One more than there should be tells that there are too many; a line may have millions.
  const parts = inner === '' ? [] : inner.split(/\s*,\s*|\s+/, dimensions + 1);
  const numbers = parts.map((part) => {
    const value = Number(part);
    if (part !== '' && Number.isFinite(value)) return value;
    throw usage(`'${quotable(part)}' is not a number`, 'give numbers, or a JSON array of them');
  });
  if (numbers.length === dimensions) return Float64Array.from(numbers);
  const count = numbers.length > dimensions ? `more than ${dimensions}` : `${numbers.length}`;
  const observed = `${count} ${numbers.length === 1 ? 'number' : 'numbers'}, expected ${dimensions}`;
  throw usage(observed, 'ask with vectors of the same dimensions as the file');
}
