// The options that all questions share, and what is done with them.
import { type Command, Option } from 'commander';
import { W2vError } from '../../errors.ts';
import { decimalNumber, wholeNumber } from './parse.ts';

export interface QuestionOptions {
  k: number;
  restrictVocab: number;
  threshold?: number;
  json?: boolean;
  tsv?: boolean;
  quiet?: boolean;
}

/** -k, --restrict-vocab, --threshold: what a search answers with. `of`: 'neighbours of each word'. */
export function addSearchOptions(command: Command, of: string, k: number): void {
  command
    .addOption(new Option('-k <n>', of).argParser(wholeNumber('-k', 1, 1_000_000)).default(k))
    .addOption(
      new Option('--restrict-vocab <n>', 'answer only from the first n words of the file; 0 uses all')
        .argParser(wholeNumber('--restrict-vocab', 0))
        .default(0),
    )
    .addOption(
      new Option('--threshold <x>', 'minimum score of an answer (default: none)').argParser(
        decimalNumber('--threshold', -1, 1_000_000),
      ),
    );
}

/** --json, --tsv, --quiet. */
export function addAnswerOptions(command: Command, quiet = 'print no progress'): void {
  command
    .option('--json', 'print one JSON document to standard output')
    .option('--tsv', 'print tab-separated lines without headings to standard output')
    .option('--quiet', quiet);
}

export function checkAnswerOptions({ json, tsv }: Pick<QuestionOptions, 'json' | 'tsv'>): void {
  if (json && tsv) throw new W2vError('usage', '--json and --tsv are both given', 'choose one of them');
}

/** A line of cells; a tab or line end within one becomes a space. */
export function tsvLine(cells: readonly (string | number)[]): string {
  return cells.map((cell) => String(cell).replace(/[\t\n\r]/g, ' ')).join('\t');
}
