// The options of how a long computation is run, alike in every command that has one.
import { availableParallelism, tmpdir } from 'node:os';
import { corpusRanges, countDefaults } from '../../base/defaults.ts';
import { byteSize } from '../../base/format-numbers.ts';
import { whole } from '../../base/ranges.ts';
import { bytes, folderWritten, within } from './kinds.ts';
import { option } from './option.ts';

const cores = availableParallelism();

export const threads = option({
  flags: '--threads <n>',
  text: 'number of worker threads',
  takes: within(corpusRanges.threads),
  fallback: cores,
  shown: `${cores}, one per core`,
  environment: 'W2V_THREADS',
  basic: true,
});
/** `fallback`: the seed where none is given. */
export const seedOf = (fallback: number, text = 'random seed') =>
  option({ flags: '--seed <n>', text, takes: within(whole(0)), fallback, basic: true });
/** Some systems keep /tmp in memory. */
export const temporary = option({
  flags: '--temporary <dir>',
  text: `folder for temporary files (about 4 bytes per word of text; not a RAM disk) (default: ${tmpdir()})`,
  takes: folderWritten,
});
export const memory = option({
  flags: '--memory <size>',
  text: 'memory limit for counting and the SVD, in addition to the process itself',
  takes: bytes(),
  fallback: countDefaults.memory,
  shown: byteSize(countDefaults.memory).replace('.0 ', ''),
  basic: true,
});
