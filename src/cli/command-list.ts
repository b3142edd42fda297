// The commands by the groups of `w2v --help`. A command's own file is loaded only when it is asked for, so that
// `w2v --help` starts at once.
import type { Command } from 'commander';
import type { CommandContext } from './context.ts';

interface CommandModule {
  /** `wholeProgram`: the tree with every command defined. */
  define(command: Command, context: CommandContext, wholeProgram: () => Promise<Command>): void;
}

export interface CommandEntry {
  name: string;
  alias?: string;
  /** At most 47 characters, so that it fits one line of `w2v --help`. */
  summary: string;
  /** Not listed by `w2v --help`. */
  hidden?: true;
  load(): Promise<CommandModule>;
}

/** The groups in the order of `w2v --help`. */
export const commandGroups: Readonly<Record<string, readonly CommandEntry[]>> = {
  'Start here': [
    {
      name: 'explain',
      summary: 'how word vectors are made, step by step',
      load: () => import('./commands/explain.ts'),
    },
    {
      name: 'train',
      summary: 'train word vectors on text (skip-gram, CBOW)',
      load: () => import('./commands/train.ts'),
    },
    {
      name: 'nearest',
      alias: 'nn',
      summary: 'find the nearest words',
      load: () => import('./commands/nearest.ts'),
    },
    {
      name: 'map',
      summary: 'make a page with a map of all words',
      load: () => import('./commands/map.ts'),
    },
  ],
  'Make vectors': [
    {
      name: 'count',
      summary: 'build them from co-occurrences (PPMI, SVD)',
      load: () => import('./commands/count.ts'),
    },
    {
      name: 'combine',
      summary: 'join several files of vectors into one',
      load: () => import('./commands/combine.ts'),
    },
    {
      name: 'phrases',
      summary: 'find phrases to join (new york)',
      load: () => import('./commands/phrases.ts'),
    },
    {
      name: 'vocab',
      summary: 'count the words of a text',
      load: () => import('./commands/vocab.ts'),
    },
  ],
  Ask: [
    {
      name: 'analogy',
      summary: 'solve analogies: A is to B as C is to ...',
      load: () => import('./commands/analogy.ts'),
    },
    {
      name: 'similarity',
      summary: 'cosine similarity of two words, from -1 to 1',
      load: () => import('./commands/similarity.ts'),
    },
    {
      name: 'odd',
      summary: 'find the odd word out',
      load: () => import('./commands/odd.ts'),
    },
    {
      name: 'vector',
      summary: 'print the vectors of words',
      load: () => import('./commands/vector.ts'),
    },
    {
      name: 'predict',
      summary: 'predict a missing word from its context',
      load: () => import('./commands/predict.ts'),
    },
  ],
  Texts: [
    {
      name: 'embed',
      summary: 'make vectors of sentences and other texts',
      load: () => import('./commands/embed.ts'),
    },
    {
      name: 'search',
      summary: 'find the lines of a text closest to a query',
      load: () => import('./commands/search.ts'),
    },
  ],
  'Compare and judge': [
    {
      name: 'compare',
      summary: 'compare methods or files, with a report',
      load: () => import('./commands/compare.ts'),
    },
    {
      name: 'evaluate',
      summary: 'score vectors on word pairs and analogies',
      load: () => import('./commands/evaluate.ts'),
    },
    {
      name: 'thesaurus',
      summary: 'look words up in WordNet, an English thesaurus',
      load: () => import('./commands/thesaurus.ts'),
    },
  ],
  See: [
    {
      name: 'serve',
      summary: 'explore vectors in a browser',
      load: () => import('./commands/serve.ts'),
    },
  ],
  'Files and setup': [
    {
      name: 'convert',
      summary: 'convert vectors between file formats',
      load: () => import('./commands/convert.ts'),
    },
    {
      name: 'info',
      summary: 'show what a file of vectors contains',
      load: () => import('./commands/info.ts'),
    },
    {
      name: 'corpus',
      summary: 'list or download built-in corpora and test sets',
      load: () => import('./commands/corpus.ts'),
    },
    {
      name: 'sql',
      summary: 'print the SQL that counts a corpus on Spark',
      hidden: true,
      load: () => import('./commands/sql.ts'),
    },
    {
      name: 'setup',
      summary: 'install TensorFlow for training (optional)',
      load: () => import('./commands/setup.ts'),
    },
    {
      name: 'doctor',
      summary: 'check the installation and suggest fixes',
      load: () => import('./commands/doctor.ts'),
    },
    {
      name: 'completion',
      summary: 'print a completion script for a shell',
      load: () => import('./commands/completion.ts'),
    },
  ],
};
