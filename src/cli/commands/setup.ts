// w2v setup: TensorFlow made ready for training, once for this user.
import type { Command } from 'commander';
import { duration } from '../../base/format-numbers.ts';
import { type SetupResult, setUp } from '../../setup/setup.ts';
import { type CommandContext, cacheDirectory, printJson, say, withProgress } from '../context.ts';
import { changed, declare } from '../options/option.ts';
import { force, type PrintOptions, printing } from '../options/print.ts';

interface SetupCommandOptions extends PrintOptions {
  force?: boolean;
}

const examples = `Examples:
  w2v setup                          installs TensorFlow, if it is not there
  W2V_CACHE=/data/w2v w2v setup      uses another folder than ~/.cache/w2v
`;

const sources: Record<SetupResult['source'], string> = {
  official: 'existing addon',
  system: 'libtensorflow of this system',
  cache: 'from the cache',
  download: 'downloaded',
};

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .description(
      'Training runs on TensorFlow or on the portable engine, which is part of w2v and needs no set-up. This command ' +
        "downloads TensorFlow's library with pip (about 0.2 GB, 0.6 GB unpacked), compiles its addon, and keeps both in " +
        'the per-user cache. It does nothing if they already work.',
    );
  const again = changed(force, { text: 'delete the cached library and addon, and install again' });
  declare(command, { options: [again, ...printing] });
  command.action((options: SetupCommandOptions) => run(context, options));
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
