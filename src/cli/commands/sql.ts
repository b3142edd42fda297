// w2v sql vocab | count CORPUS...: the SQL that counts a corpus on Spark, for people who run it by other means.
import type { Command } from 'commander';
import { choice } from '../../base/ranges.ts';
import { countsScript, vocabularyScript } from '../../cluster/sql-script.ts';
import { clusterTokenizers } from '../../cluster/worker/settings.ts';
import { type CommandContext, printJson, printResult } from '../context.ts';
import { maxVocab, minCount, readVocabulary } from '../options/corpus.ts';
import { directional, weighting, windowOption } from '../options/count.ts';
import { fileRead, text, within } from '../options/kinds.ts';
import { changed, declare, type OptionsOf, option } from '../options/option.ts';
import { printing } from '../options/print.ts';

const shared = [
  option({
    flags: '--tokenizer <name>',
    text: 'how lines are split into words (without NFC normalization)',
    takes: within(choice(clusterTokenizers.slice(0, 2))),
    fallback: 'words',
  }),
  option({ flags: '--keep-case', text: 'do not lowercase words (default: false)' }),
  option({
    flags: '--to <dir>',
    text: 'output folder on the cluster (default: print the rows of the last statement)',
    takes: text(),
  }),
  ...printing,
] as const;
const vocabularyOptions = [...shared, minCount, maxVocab] as const;
const countsOptions = [
  ...shared,
  option({
    flags: '--vocab <file>',
    text: 'words to count: a local vocabulary file',
    takes: fileRead,
    required: true,
  }),
  windowOption,
  changed(weighting, { text: 'as in w2v count' }),
  directional,
] as const;

type SqlOptions = OptionsOf<typeof shared>;
type VocabOptions = OptionsOf<typeof vocabularyOptions>;
type CountOptions = OptionsOf<typeof countsOptions>;

const examples = `Examples:
  w2v sql vocab s3a://bucket/wiki > words.sql
  w2v sql count /data/wiki --vocab words.tsv --to /data/counts > counts.sql
  w2v count --from-counts counts/ --vocab words.tsv -o wiki.bin
`;

const corpus = 'paths or URIs that the cluster reads: /data/text, s3a://..., hdfs://...';

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).usage('vocab | count CORPUS...').helpCommand(false);
  const vocab = command.command('vocab').description('print the SQL that counts the words');
  const count = command
    .command('count')
    .description('print the SQL that counts co-occurrences, whose result w2v count --from-counts reads');
  const operands = [{ name: '<corpus...>', text: corpus }];
  declare(vocab, { operands, options: vocabularyOptions });
  declare(count, { operands, options: countsOptions });
  const print = (options: SqlOptions, statements: string[]) => {
    if (options.json) printJson(context, { command: 'sql', statements });
    else
      printResult(
        context,
        statements.map((statement) => `${statement};`),
      );
  };
  vocab.action((paths: string[], options: VocabOptions) => {
    print(options, vocabularyScript(paths, tokenizingOf(options), options, options.to));
  });
  count.action(async (paths: string[], options: CountOptions) => {
    const vocabulary = await readVocabulary(context, options.vocab);
    const { window, weighting, directional = false } = options;
    print(
      options,
      countsScript(paths, tokenizingOf(options), vocabulary, { window, weighting, directional }, options.to),
    );
  });
}

const tokenizingOf = ({ tokenizer, keepCase }: SqlOptions) => ({ tokenizer, keepCase: keepCase ?? false });
