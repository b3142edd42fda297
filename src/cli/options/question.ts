// The options that all questions share.
import { type Command, Option } from 'commander';
import { decimalNumber, wholeNumber } from './parse.ts';
import type { PrintOptions } from './print.ts';

export interface QuestionOptions extends PrintOptions {
  k: number;
  restrictVocab: number;
  threshold?: number;
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
