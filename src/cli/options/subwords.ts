// The options of w2v train for n-grams.
import { trainDefaults, trainRanges } from '../../base/defaults.ts';
import { partDefaults } from '../../combined/combine-parts.ts';
import { text, within } from './kinds.ts';
import { needs, option, titled, without } from './option.ts';

const withSubwords = needs(['subwords', 'best'], 'add --subwords 3..6');

export const subwords = titled(
  'Subwords (wasm, loss ns):',
  option({
    flags: '--subwords <min..max>',
    text:
      'character n-grams of min to max characters, such as 3..6, as in fastText: a word is the mean of its own vector ' +
      'and those of its n-grams, so unseen words get vectors, too; .bin is then a fastText model',
    takes: text({ isHarmless: true }),
    shown: 'none',
    basic: true,
    only: [without('initVectors', 'its n-grams have no vectors to start from')],
  }),
  option({
    flags: '--buckets <n>',
    text: `number of hash buckets for n-grams (default: ${trainDefaults.buckets}; with --best ${partDefaults.buckets})`,
    takes: within(trainRanges.buckets),
    only: [withSubwords],
  }),
  option({
    flags: '--subword-units <name>',
    text: `units of the n-grams: characters, or jamo (a Hangul syllable counts as three) (default: ${trainDefaults.subwordUnits})`,
    takes: within(trainRanges.subwordUnits),
    only: [withSubwords],
  }),
);
