// The option of w2v train for combined vectors (combined/).
import { onlyIf, option, without } from './option.ts';

const inParts = 'each part is trained in its own way';

/** --best, and what it goes without. */
export const best = option({
  flags: '--best',
  text:
    'the best vectors that w2v makes from a text, in about four times the time: subwords, counting and skip-gram, ' +
    'combined to 3 x --dim dimensions (default: false)',
  basic: true,
  only: [
    { ...onlyIf('model', 'skipgram'), why: inParts },
    { ...onlyIf('loss', 'ns'), why: inParts },
    { ...onlyIf('init', 'uniform'), why: inParts },
    { ...onlyIf('engine', 'auto', 'wasm'), why: 'TensorFlow has no subwords' },
    ...['initScale', 'initVectors', 'saveOutput', 'tensorboard', 'shards', 'on'].map((name) => without(name, inParts)),
    without('center', 'each part is centered already'),
    ...['checkpoint', 'resume'].map((name) => without(name, 'the parts are not saved on the way')),
  ],
});
