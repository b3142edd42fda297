// The options of w2v compare, with every default.
import { type Command, Option } from 'commander';
import { type InputKind, inputKinds } from '../../compare/inputs.ts';
import { countDefaults, trainDefaults } from '../../defaults.ts';
import { byteSize } from '../../format-numbers.ts';
import { type EngineChoice, engineChoices } from '../../predict/open-engine.ts';
import { type ThesaurusMeasure, thesaurusMeasures } from '../../thesaurus/thesaurus-similarity.ts';
import { addWordOptions, type CorpusOptions } from './corpus.ts';
import { addScoringOptions, type ScoringOptions } from './evaluate.ts';
import { addChoice, addWhole, byteAmount } from './parse.ts';
import { addPrintOptions } from './print.ts';
import { addRunOptions } from './run.ts';
import { addCommonTraining } from './training.ts';

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
  map?: string;
  markdown?: boolean;
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
}

export function addCompareOptions(command: Command): void {
  command
    .optionsGroup('Output:')
    .option('--report <file>', 'write a report as one self-contained HTML file; - for standard output')
    .option(
      '--map <file>',
      'write a page to explore two routes word by word, the first and the last with dense vectors; the report links to it',
    )
    .option('--force', 'overwrite existing files (default: false)')
    .option('--markdown', 'print Markdown to standard output');
  addPrintOptions(command);
  command.optionsGroup('Comparison:');
  addChoice(command, '--as <kind>', 'type of the inputs: corpus, vectors, or auto (by content)', inputKinds, 'auto');
  command.option('--words <word...>', 'words whose neighbours are shown side by side (default: some frequent words)');
  addWhole(command, '-k <n>', 'number of neighbours per list', [1, 100], 10);
  const measure = `WordNet similarity measure: ${thesaurusMeasures.join(', ')}; none: no thesaurus`;
  addChoice(command, '--thesaurus <measure>', measure, [...thesaurusMeasures, 'none'], 'path');
  command.option('--wordnet <dir>', 'folder with WordNet 3.x files (default: that of w2v corpus get wordnet)');
  addScoringOptions(command, { seed: false });
  command.optionsGroup('From a corpus, the same for every route:');
  addCommonTraining(command, 'negative samples per training example', [1, 64]);
  const seeds = 'number of random seeds for each route; scores are means over the seeds, and intervals include them';
  addWhole(command, '--seeds <n>', seeds, [1, 100], 1);
  command.option('--fresh', 'ignore the cache and build everything again (default: false)');
  addWordOptions(command);
  command.optionsGroup('Run:');
  addChoice(command, '--engine <name>', 'training backend: auto, tensorflow or wasm', engineChoices, 'auto');
  command.addOption(
    new Option('--memory <size>', 'memory limit for counting and the SVD, not counting the process itself')
      .argParser(byteAmount('--memory'))
      .default(countDefaults.memory, byteSize(countDefaults.memory).replace('.0 ', '')),
  );
  addRunOptions(command, trainDefaults.seed);
}
