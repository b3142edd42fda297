// w2v setup: TensorFlow made ready for training, once for this user.
import type { Command } from 'commander';
import { duration } from '../../format-numbers.ts';
import { type SetupResult, setUp } from '../../setup/setup.ts';
import { type CommandContext, cacheDirectory, printJson, say, withProgress } from '../context.ts';

interface SetupCommandOptions {
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const examples = `Examples:
  w2v setup                                gets TensorFlow, or finds that all is there
  W2V_CACHE=/data/w2v w2v setup            keeps it in another folder than ~/.cache/w2v
`;

const sources: Record<SetupResult['source'], string> = {
  official: 'the addon that was there',
  system: 'the libtensorflow of this system',
  cache: 'kept in the cache',
  download: 'downloaded',
};

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .description(
      'Training can run on TensorFlow, or on the engine that comes with w2v and needs nothing. This gets the library of ' +
        'TensorFlow through pip (about 0.2 GB, 0.6 GB unpacked), compiles its addon, and keeps both in the per-user ' +
        'cache. It does nothing where they work already.',
    )
    .option('--force', 'throw the cached library and addon away and start afresh')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .action((options: SetupCommandOptions) => run(context, options));
}

async function run(context: CommandContext, options: SetupCommandOptions): Promise<void> {
  const quiet = options.quiet === true;
  const result = await withProgress(context, quiet, (reporter) =>
    setUp({
      cacheDirectory: cacheDirectory(context),
      force: options.force,
      onProgress: reporter.onProgress,
      onMessage: (line) => {
        reporter.stop();
        if (!quiet) say(context, line);
      },
      signal: context.signal,
    }),
  );
  if (options.json) return printJson(context, result);
  if (quiet) return;
  const from = sources[result.source];
  const done = result.changed ? `set up in ${duration(result.seconds)}` : 'ready, nothing to do';
  say(context, `TensorFlow ${result.versions.tensorflow} (${from}): ${done}`);
}
