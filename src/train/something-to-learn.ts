// Training needs two different words side by side; without any it would return its initial vectors.

import { W2vError } from '../base/errors.ts';
import { type EncodedCorpus, LINE_END } from '../corpus/encoded-corpus.ts';
import { keepProbabilities } from '../corpus/subsample.ts';
import type { TrainSettings } from './settings.ts';

/** Throws `corpus-empty` if no two different words are, or none stand on one line. */
export function requireSomethingToLearn(corpus: EncodedCorpus): void {
  const { words } = corpus.vocabulary;
  if (words.length < 2) {
    const why = `the vocabulary has ${words.length === 1 ? 'one word' : 'no word'}, and nothing to tell it from`;
    throw nothingToLearn(why, 'lower { minCount }, raise { maxVocab }, or give a longer text');
  }
  if (!hasNeighbors(corpus)) {
    throw nothingToLearn(
      'no line has two kept words',
      'give a text with several words on a line, or lower { minCount }',
    );
  }
}

function nothingToLearn(why: string, hint: string): W2vError {
  return new W2vError('corpus-empty', `there is nothing to learn from: ${why}`, hint);
}

/** Whether any line has two adjacent words. */
function hasNeighbors(corpus: EncodedCorpus): boolean {
  const piece = new Int32Array(65_536);
  let before = LINE_END;
  for (let position = 0; position < corpus.length; ) {
    const got = corpus.read(position, piece, 0, piece.length);
    if (got <= 0) break;
    for (let i = 0; i < got; i++) {
      if (piece[i] !== LINE_END && before !== LINE_END) return true;
      before = piece[i];
    }
    position += got;
  }
  return false;
}

/** The error for a training that found no center with a context. */
export function allLeftOut({ vocabulary }: EncodedCorpus, { sample }: TrainSettings): W2vError {
  const keep = keepProbabilities(vocabulary, sample);
  const kept = vocabulary.counts.reduce((sum, count, i) => sum + count * keep[i], 0);
  const words = `${Math.round(kept).toLocaleString('en')} of ${vocabulary.total.toLocaleString('en')} words`;
  return nothingToLearn(
    `subsampling with threshold ${sample} keeps about ${words}, and no two of them stood on one line`,
    'keep every word ({ sample: 0 }), or give a longer text',
  );
}
