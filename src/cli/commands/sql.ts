// w2v sql vocab | count CORPUS...: the SQL that counts a corpus on Spark, for people who run it by other means.
import type { Command } from 'commander';
import { countsScript, vocabularyScript } from '../../cluster/sql-script.ts';
import type { ClusterTokenizer } from '../../cluster/worker/settings.ts';
import { clusterTokenizers } from '../../cluster/worker/settings.ts';
import type { Weighting } from '../../count/cooccurrence/window-weights.ts';
import { corpusDefaults, countDefaults } from '../../defaults.ts';
import { type CommandContext, printJson, printResult } from '../context.ts';
import { readVocabulary } from '../options/corpus.ts';
import { addChoice, addWhole } from '../options/parse.ts';
import { addPrintOptions, type PrintOptions } from '../options/print.ts';

interface SqlOptions extends PrintOptions {
  tokenizer: ClusterTokenizer;
  keepCase?: boolean;
  to?: string;
}

interface VocabOptions extends SqlOptions {
  minCount: number;
  maxVocab: number;
}

interface CountOptions extends SqlOptions {
  vocab: string;
  window: number;
  weighting: Weighting;
  directional?: boolean;
}

const examples = `Examples:
  w2v sql vocab s3a://bucket/wiki > words.sql
  w2v sql count /data/wiki --vocab words.tsv --to /data/counts > counts.sql
  w2v count --from-counts counts/ --vocab words.tsv -o wiki.bin
`;

const corpus = 'paths or URIs that the cluster reads: /data/text, s3a://..., hdfs://...';

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples).usage('vocab | count CORPUS...').helpCommand(false);
  const vocab = command
    .command('vocab')
    .description('print the SQL that counts the words')
    .argument('<corpus...>', corpus);
  const count = command
    .command('count')
    .description('print the SQL that counts co-occurrences, whose result w2v count --from-counts reads')
    .argument('<corpus...>', corpus);
  for (const one of [vocab, count]) {
    addChoice(one, '--tokenizer <name>', 'how lines are split, without NFC', clusterTokenizers.slice(0, 2), 'words');
    one.option('--keep-case', 'do not lower-case words (default: false)');
    one.option('--to <dir>', 'folder of the cluster to write to (default: the result of the last statement)');
  }
  addWhole(vocab, '--min-count <n>', 'ignore words that occur fewer times', [1], corpusDefaults.minCount);
  addWhole(vocab, '--max-vocab <n>', 'keep only the n most frequent words; 0 keeps all', [0], corpusDefaults.maxVocab);
  count.requiredOption('--vocab <file>', 'the words to count, a file of this machine');
  addWhole(count, '--window <n>', 'number of context words on each side', [1, 1000], countDefaults.window);
  const weightings = ['flat', 'harmonic', 'dynamic'] as const;
  addChoice(count, '--weighting <name>', 'as in w2v count', weightings, countDefaults.weighting);
  count.option('--directional', 'count left and right context words separately (default: false)');
  for (const one of [vocab, count]) addPrintOptions(one);
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
