// The options of w2v compare, with every default.

import { trainDefaults } from '../../base/defaults.ts';
import { choice, whole } from '../../base/ranges.ts';
import { inputKinds } from '../../compare/inputs.ts';
import { thesaurusMeasures } from '../../thesaurus/thesaurus-similarity.ts';
import { engineChoices } from '../../train/open-engine.ts';
import { words } from './corpus.ts';
import { scoring, wordnet } from './evaluate.ts';
import { fileWritten, texts, within } from './kinds.ts';
import { changed, type OptionSpec, type OptionsOf, onlyFor, onlyIf, option, titled } from './option.ts';
import { force, markdown, printing } from './print.ts';
import { memory, seedOf, temporary, threads } from './run.ts';
import { commonTraining } from './train.ts';

/** The kinds of inputs, as messages call them. */
export const CORPUS = 'a corpus';
export const VECTORS = 'files of vectors';

const output = titled(
  'Output:',
  option({
    flags: '--report <file>',
    text: 'write a report as one self-contained HTML file; - for standard output',
    takes: fileWritten,
    basic: true,
  }),
  option({
    flags: '--map <file>',
    text: 'write a page that compares two methods word by word, the first and the last with dense vectors; the report links to it',
    takes: { ...fileWritten, noStream: 'name a file: --map map.html' },
    basic: true,
  }),
  force,
  ...printing,
  markdown,
);

const comparison = titled(
  'Comparison:',
  option({
    flags: '--as <kind>',
    text: 'type of the inputs: corpus, vectors, or auto (by content)',
    takes: within(choice(inputKinds)),
    fallback: 'auto',
  }),
  option({
    flags: '--words <word...>',
    text: 'words whose neighbors are shown side by side',
    takes: texts,
    shown: 'some frequent words',
    basic: true,
  }),
  option({ flags: '-k <n>', text: 'number of neighbors per list', takes: within(whole(1, 100)), fallback: 10 }),
  option({
    flags: '--thesaurus <measure>',
    text: `WordNet similarity measure: ${thesaurusMeasures.join(', ')}; none: no thesaurus`,
    takes: within(choice([...thesaurusMeasures, 'none'])),
    fallback: 'path',
  }),
  { ...wordnet, only: [onlyIf('thesaurus', ...thesaurusMeasures)] },
);

const [dim, window, negative, epochs, learningRate, sample] = commonTraining;

/** Of every route that is made from a corpus. */
const ofCorpus = <const L extends readonly OptionSpec[]>(...list: L): L =>
  list.map((spec) => ({ ...spec, only: [...(spec.only ?? []), onlyFor(CORPUS)] })) as unknown as L;

const making = ofCorpus(
  ...titled(
    'From a corpus, the same for every method:',
    dim,
    window,
    changed(negative, { takes: within(whole(1, 64)) }),
    epochs,
    learningRate,
    sample,
    option({
      flags: '--seeds <n>',
      text: 'number of random seeds for each method; scores are averaged over the seeds, and intervals cover them',
      takes: within(whole(1, 100)),
      fallback: 1,
      basic: true,
    }),
    option({ flags: '--fresh', text: 'ignore the cache and build everything again (default: false)' }),
  ),
  ...words,
  ...titled(
    'Run:',
    option({
      flags: '--engine <name>',
      text: 'training engine: auto, tensorflow or wasm',
      takes: within(choice(engineChoices)),
      fallback: 'auto',
    }),
    memory,
    threads,
  ),
);

export const compareOptions = [
  ...output,
  ...comparison,
  ...scoring,
  ...making,
  ...titled('Run:', seedOf(trainDefaults.seed)),
  ...ofCorpus(...titled('Run:', temporary)),
] as const;

export type CompareCommandOptions = OptionsOf<typeof compareOptions>;
