// w2v vector FILE WORD...: the numbers of words' vectors.
import type { Command } from 'commander';
import { float32Text } from '../../formats/io/print-float32.ts';
import { KeyedVectors } from '../../query/keyed-vectors.ts';
import type { SparseVectors } from '../../vectors/sparse-matrix.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import { historyFile } from '../ask.ts';
import { type CommandContext, printJson, printResult, say } from '../context.ts';
import { asked, loadShown, vectorFile } from '../open-vectors.ts';
import { declare } from '../options/option.ts';
import { type PrintOptions, printingRecords, tsvLine } from '../options/print.ts';
import { phraseForms } from '../phrase-forms.ts';
import { Problems } from '../problems.ts';
import { sayComposed, wordAsTrained } from '../queries.ts';
import { allLines, wordsOf } from '../terminal/input-lines.ts';
import { askLines } from '../terminal/prompt.ts';
import { wordsFor } from '../terminal/table.ts';

const examples = `Examples:
  w2v vector vectors.bin king queen
  w2v vector vectors.bin king --json
  cat words.txt | w2v vector vectors.bin > some.txt      one word per line
`;

const typed = [['a word, or several', 'their vectors']] as const;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  const words = asked('[word...]', 'words; if omitted, they are read from standard input, one per line');
  declare(command, { operands: [vectorFile, words], options: printingRecords });
  command.action((file: string, words: string[], options: PrintOptions) => run(context, file, words, options));
}

async function run(context: CommandContext, file: string, words: string[], options: PrintOptions): Promise<void> {
  const quiet = options.quiet === true;
  const vectors = await loadShown(context, file, quiet);
  if (words.length === 0 && context.stdin.isTTY === true && !options.json) {
    const prompt = { words: vectors.words, asks: 'word', examples: typed, historyFile: historyFile(context, 'vector') };
    return askLines(context, { ...prompt, quiet }, (line) => {
      const asked = wordsOf(line).map((word) => wordAsTrained(vectors, word, (note) => say(context, note)));
      return answer(context, vectors, asked, options);
    });
  }
  const asked = words.length > 0 ? words : await allLines(context, 'a word', quiet, ({ text }) => text);
  const formOf = await phraseForms(context, { file, vectors }, asked);
  await answer(context, vectors, asked.map(formOf), options);
}

async function answer(
  context: CommandContext,
  vectors: WordVectors | SparseVectors,
  asked: readonly string[],
  { json, tsv, quiet = false }: PrintOptions,
): Promise<void> {
  const keyed = new KeyedVectors(vectors);
  const problems = new Problems();
  const known = problems.known(vectors, asked, (word) => [word]);
  if (json) {
    const rows = known.map((word) => ({
      word,
      vector: [...keyed.vector(word)].map(shortest),
      composed: keyed.isComposed(word),
    }));
    printJson(context, rows);
  } else {
    const shown = wordsFor(context.stdout);
    const line = tsv ? tsvLine : (cells: readonly string[]) => cells.join(' ');
    for (const word of known) printResult(context, [line([shown(word), ...[...keyed.vector(word)].map(float32Text)])]);
    if (!quiet) sayComposed(context, vectors, known);
  }
  await problems.fail(context);
}

/** JSON has no float32: the shortest number that reads back as the same one; null for NaN and infinity. */
function shortest(value: number): number | null {
  return Number.isFinite(value) ? Number(float32Text(value)) : null;
}
