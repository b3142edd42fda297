// w2v analogy FILE A B C: A is to B as C is to what?
import { type Command, Option } from 'commander';
import { queryDefaults } from '../../defaults.ts';
import { type CommandContext, printJson, printResult } from '../context.ts';
import { openVectors, vectorFiles } from '../open-vectors.ts';
import { wholeNumber } from '../options.ts';
import { formatTable } from '../table.ts';

interface AnalogyCommandOptions {
  k: number;
  json?: boolean;
  quiet?: boolean;
}

const examples = `Examples:
  w2v analogy vectors.bin man king woman        man is to king as woman is to ...
  w2v analogy vectors.bin france paris japan --json
`;

export function define(command: Command, context: CommandContext): void {
  command
    .addHelpText('before', examples)
    .argument('<file>', vectorFiles)
    .argument('<a>')
    .argument('<b>', 'A is to B')
    .argument('<c>', 'as C is to the answers')
    .addOption(
      new Option('-k <n>', 'answers').argParser(wholeNumber('-k', 1, 1_000_000)).default(queryDefaults.answers),
    )
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress')
    .action(async (file: string, a: string, b: string, c: string, options: AnalogyCommandOptions) => {
      const vectors = await openVectors(context, file, options.quiet === true);
      const answers = vectors.analogies([[a, b, c]], { k: options.k })[0]!;
      if (options.json) return printJson(context, { query: [a, b, c], answers });
      const rows = answers.map(({ word, score }) => [word, score.toFixed(3)]);
      printResult(context, formatTable([{ title: '' }, { title: '', align: 'right' }], rows));
    });
}
