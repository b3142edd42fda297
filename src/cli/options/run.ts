// The options of how a long computation is run, alike in every command that has one.
import { availableParallelism, tmpdir } from 'node:os';
import { type Command, Option } from 'commander';
import { addWhole, wholeNumber } from './parse.ts';

export function addThreads(command: Command): void {
  const cores = availableParallelism();
  command.addOption(
    new Option('--threads <n>', 'number of worker threads')
      .argParser(wholeNumber('--threads', 1, 1024))
      .default(cores, `${cores}, one per core`),
  );
}

export function addRunOptions(command: Command, seed: number): void {
  addThreads(command);
  addWhole(command, '--seed <n>', 'random seed', [0], seed);
  addTemporaryOption(command);
}

/**
 * The folder for data that exceeds memory; some systems keep /tmp in memory. The caller chooses the help group.
 */
export function addTemporaryOption(command: Command): void {
  command.option(
    '--temporary <dir>',
    `folder for temporary files, on a disk: 4 bytes per word of the text (default: ${tmpdir()})`,
  );
}
