// The options that all questions share.
import { real, whole } from '../../base/ranges.ts';
import { within } from './kinds.ts';
import { option } from './option.ts';
import { printingRecords } from './print.ts';

/** Answers of a question. `of`: 'neighbors of each word'. */
export const answers = (of: string, fallback: number) =>
  option({ flags: '-k <n>', text: of, takes: within(whole(1, 1_000_000)), fallback });

/** -k, --restrict-vocab, --threshold: what a search answers with. */
export const searching = (of: string, fallback: number) =>
  [
    answers(of, fallback),
    option({
      flags: '--restrict-vocab <n>',
      text: 'answer only from the first n words of the file; 0 uses all',
      takes: within(whole(0)),
      fallback: 0,
    }),
    option({
      flags: '--threshold <x>',
      text: 'minimum score of an answer',
      takes: within(real(-1, 1_000_000)),
      shown: 'none',
    }),
    ...printingRecords,
  ] as const;
