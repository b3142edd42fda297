// The options of the commands that score vectors on test sets, with every default.
import { type Command, Option } from 'commander';
import { evaluateDefaults } from '../../defaults.ts';
import { type ThesaurusMeasure, thesaurusMeasures } from '../../thesaurus/thesaurus-similarity.ts';
import type { NamedSets } from '../test-sets.ts';
import { addTestSets } from './lists.ts';
import { addChoice, addWhole, oneOf } from './parse.ts';
import type { PrintOptions } from './print.ts';

export interface ScoringOptions extends NamedSets {
  restrictVocab: number;
  missing: 'skip' | 'zero';
  caseSensitive?: boolean;
  seed: number;
}

export interface EvaluateCommandOptions extends ScoringOptions, PrintOptions {
  thesaurus?: ThesaurusMeasure;
  counts?: string;
  wordnet?: string;
  sections?: boolean;
}

/** `seed`: false where the command has a seed already, which then serves here too. */
export function addScoringOptions(command: Command, { seed: withSeed = true } = {}): void {
  const { restrictVocab, seed } = evaluateDefaults;
  const sets =
    'files, - for standard input, or built-in test sets by name (w2v corpus list); without --pairs and --analogies: all built-in sets';
  command.optionsGroup('Test sets:');
  addTestSets(command, '--pairs <file...>', `word pairs with human similarity ratings: ${sets}`, 'pairs');
  const questions =
    'analogy questions, four words per line: files, - for standard input, or built-in test sets by name';
  addTestSets(command, '--analogies <file...>', questions, 'analogies');
  addWhole(
    command,
    '--restrict-vocab <n>',
    'analogies: use only the first n words of the file, for questions and answers; 0 uses all',
    [0],
    restrictVocab,
  );
  const missing =
    'pairs and questions with a missing word: skip them, or count them as similarity 0 and as wrong (zero)';
  addChoice(command, '--missing <policy>', missing, ['skip', 'zero'], 'skip');
  command.option('--case-sensitive', 'treat Paris and paris as different words (default: false)');
  if (withSeed)
    addWhole(command, '--seed <n>', 'random seed for confidence intervals and significance tests', [0], seed);
}

export function addThesaurusOptions(command: Command): void {
  command
    .optionsGroup('Thesaurus:')
    .addOption(
      new Option('--thesaurus [measure]', `also score WordNet on the pairs (${thesaurusMeasures.join(', ')})`)
        .argParser(oneOf('--thesaurus', thesaurusMeasures))
        .preset('path'),
    )
    .option('--counts <file>', "word counts for lin and resnik (a vocabulary file from 'w2v vocab')")
    .option('--wordnet <dir>', 'folder with WordNet 3.x files (default: that of w2v corpus get wordnet)');
}
