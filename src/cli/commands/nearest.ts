// w2v nearest FILE [WORD...]: the words nearest to a word, by cosine similarity.
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { queryDefaults } from '../../defaults.ts';
import { throwIfAborted, W2vError } from '../../errors.ts';
import type { Neighbor } from '../../vectors/nearest.ts';
import type { Questions } from '../../vectors/questions.ts';
import { type CommandContext, printJson, printResult, say, stderrColors, stdoutColors } from '../context.ts';
import { openVectors, vectorFiles } from '../open-vectors.ts';
import { wholeNumber } from '../options.ts';
import { describeError } from '../report-error.ts';
import { formatTable } from '../table.ts';

interface NearestCommandOptions {
  k: number;
  json?: boolean;
  quiet?: boolean;
}

interface Answer {
  query: string;
  neighbors: Neighbor[];
}

const examples = `Examples:
  w2v nearest vectors.bin king
  w2v nearest vectors.bin king queen -k 5 --json
  cat words.txt | w2v nearest vectors.bin       one word a line
  w2v nearest vectors.bin                       asks for words, on a terminal
`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .argument('<file>', vectorFiles)
    .argument('[word...]', 'the words asked about; without any, they are read from standard input, one a line')
    .addOption(
      new Option('-k <n>', 'neighbours of each word')
        .argParser(wholeNumber('-k', 1, 1_000_000))
        .default(queryDefaults.neighbors),
    )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress, no prompt')
    .action((file: string, words: string[], options: NearestCommandOptions) => run(context, file, words, options));
}

async function run(
  context: CommandContext,
  file: string,
  words: string[],
  options: NearestCommandOptions,
): Promise<void> {
  const vectors = await openVectors(context, file, options.quiet === true);
  if (words.length > 0) return answerAll(context, vectors, words, options);
  if (options.json) return answerAll(context, vectors, await allLines(context), options);
  return answerLines(context, vectors, options);
}

/** Every word that is known is answered; then the first unknown one fails the command. */
function answerAll(context: CommandContext, vectors: Questions, words: string[], options: NearestCommandOptions): void {
  const answers: Answer[] = [];
  const unknown: W2vError[] = [];
  for (const query of words) {
    try {
      answers.push(answer(vectors, query, options));
    } catch (error) {
      if (!(error instanceof W2vError) || error.code !== 'word-unknown') throw error;
      unknown.push(error);
    }
  }
  if (options.json) printJson(context, answers);
  else for (const [index, one] of answers.entries()) printResult(context, block(context, one, index));
  failUnknown(context, unknown);
}

/** Words on standard input, answered as they come; with a prompt where a person types them. */
async function answerLines(context: CommandContext, vectors: Questions, options: NearestCommandOptions): Promise<void> {
  const { stdin, stderr } = context;
  const person = stdin.isTTY === true;
  const lines = createInterface({
    input: stdin,
    output: person ? stderr : undefined,
    prompt: options.quiet ? '' : 'word> ',
  });
  lines.on('SIGINT', () => lines.close());
  context.signal.addEventListener('abort', () => lines.close());
  if (person && !options.quiet) say(context, 'Type a word; Ctrl-D or .exit leaves.');
  const unknown: W2vError[] = [];
  let answered = 0;
  if (person) lines.prompt();
  for await (const line of lines) {
    const query = line.trim();
    if (query === '.exit') break;
    try {
      if (query !== '') printResult(context, block(context, answer(vectors, query, options), person ? 0 : answered++));
    } catch (error) {
      if (!(error instanceof W2vError) || error.code !== 'word-unknown') throw error;
      if (person) tell(context, error);
      else unknown.push(error);
    }
    if (person) lines.prompt();
  }
  lines.close();
  throwIfAborted(context.signal);
  if (person && !options.quiet) say(context, ''); // Ctrl-D leaves the cursor behind the prompt
  failUnknown(context, unknown);
}

function answer(vectors: Questions, query: string, { k }: NearestCommandOptions): Answer {
  return { query, neighbors: vectors.nearestWords([query], { k })[0]! };
}

function block(context: CommandContext, { query, neighbors }: Answer, index: number): string[] {
  const rows = neighbors.map(({ word, similarity }) => [`  ${word}`, similarity.toFixed(3)]);
  const table = formatTable([{ title: '' }, { title: '', align: 'right' }], rows);
  return [...(index > 0 ? [''] : []), stdoutColors(context).bold(query), ...table];
}

function failUnknown(context: CommandContext, unknown: W2vError[]): void {
  for (const error of unknown.slice(0, -1)) tell(context, error);
  const last = unknown.at(-1);
  if (last !== undefined) throw last;
}

function tell(context: CommandContext, error: W2vError): void {
  context.stderr.write(describeError(error, { colors: stderrColors(context), debug: false }).text);
}

async function allLines(context: CommandContext): Promise<string[]> {
  const lines = (await text(context.stdin)).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}
