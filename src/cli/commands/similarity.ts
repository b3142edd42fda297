// w2v similarity FILE W1 W2: the cosine of two words' vectors.
import type { Command } from 'commander';
import { W2vError } from '../../errors.ts';
import { type CommandContext, printJson, printResult } from '../context.ts';
import { openVectors, vectorFiles } from '../open-vectors.ts';

const examples = `Examples:
  w2v similarity vectors.bin car train
`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .argument('<file>', vectorFiles)
    .argument('<first>', 'a word')
    .argument('<second>', 'another word')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .action(async (file: string, first: string, second: string, options: { json?: boolean; quiet?: boolean }) => {
      const vectors = await openVectors(context, file, options.quiet === true);
      const value = vectors.similarity(first, second);
      if (value === undefined) {
        throw new W2vError(
          'file-malformed',
          `${file}: the vector of ${first} or of ${second} holds NaN or infinity`,
          'train or convert the file again',
        );
      }
      if (options.json) printJson(context, { words: [first, second], similarity: value });
      else printResult(context, [value.toFixed(4)]);
    });
}
