// The options of the commands that score vectors on test sets, with every default.
import { evaluateDefaults } from '../../base/defaults.ts';
import { choice, whole } from '../../base/ranges.ts';
import { thesaurusMeasures } from '../../thesaurus/thesaurus-similarity.ts';
import { fileRead, folderRead, testSets, within } from './kinds.ts';
import { needs, type OptionsOf, onlyIf, option, titled, without } from './option.ts';
import { printingRecords } from './print.ts';
import { seedOf } from './run.ts';

const builtIn = 'built-in test sets by name (w2v corpus list)';

/** Test sets, and how they are scored. */
export const scoring = titled(
  'Test sets:',
  option({
    flags: '--pairs <file...>',
    text: `word pairs with human similarity ratings: files, - for standard input, or ${builtIn}; without --pairs and --analogies: all built-in sets`,
    takes: testSets('pairs'),
    basic: true,
  }),
  option({
    flags: '--analogies <file...>',
    text: 'analogy questions, four words per line: files, - for standard input, or built-in test sets by name',
    takes: testSets('analogies'),
    basic: true,
  }),
  option({
    flags: '--restrict-vocab <n>',
    text: 'analogies: use only the first n words of the file for questions and answers; 0 uses all',
    takes: within(whole(0)),
    fallback: evaluateDefaults.restrictVocab,
  }),
  option({
    flags: '--missing <policy>',
    text: 'what to do with missing words: skip the pair or question, or zero: similarity 0, wrong answer',
    takes: within(choice(['skip', 'zero'])),
    fallback: 'skip',
  }),
  option({ flags: '--case-sensitive', text: 'treat Paris and paris as different words (default: false)' }),
);

export const wordnet = option({
  flags: '--wordnet <dir>',
  text: 'folder with WordNet 3.x files (default: from w2v corpus get wordnet)',
  takes: folderRead,
});

const toScore = 'add --thesaurus';

const thesaurus = titled(
  'Thesaurus:',
  option({
    flags: '--thesaurus [measure]',
    text: `also score WordNet on the pairs (${thesaurusMeasures.join(', ')})`,
    takes: within(choice(thesaurusMeasures)),
    preset: 'path',
  }),
  option({
    flags: '--counts <file>',
    text: "word counts for lin and resnik (a vocabulary file from 'w2v vocab')",
    takes: fileRead,
    only: [onlyIf('thesaurus', 'lin', 'resnik')],
  }),
  { ...wordnet, only: [needs('thesaurus', toScore)] },
);

export const evaluateOptions = [
  ...scoring,
  ...titled('Test sets:', seedOf(evaluateDefaults.seed, 'random seed for confidence intervals and significance tests')),
  ...thesaurus,
  ...titled(
    'Output:',
    option({
      flags: '--sections',
      text: 'also show the sections of the analogies (JSON always has them)',
      only: [without('tsv', 'its records are of whole sets'), without('json', 'JSON always has them')],
    }),
    ...printingRecords,
  ),
] as const;

export type EvaluateCommandOptions = OptionsOf<typeof evaluateOptions>;
