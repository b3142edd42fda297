// Words that start from vectors that are already there, as with fastText's -pretrainedVectors and gensim's
// intersect_word2vec_format: rows of the input matrix. The output matrix starts as for all other words.

import { malformed, usage } from '../base/errors.ts';
import { counted } from '../base/format-numbers.ts';
import { quotable } from '../base/printable.ts';
import { knownForm } from '../corpus/known-form.ts';
import { checkVectors, rowVector, type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import type { InitialRows } from './initialize.ts';

export interface InitialVectors {
  vectors: WordVectors;
  /** (V) the row of each word of the vocabulary in `vectors`, -1 where it has none. */
  rows: Int32Array;
  /** Words that have one. */
  matched: number;
}

/** Throws `usage` unless the vectors have D dimensions. */
export function requireDimensions(vectors: WordVectors, D: number): void {
  checkVectors(vectors);
  const { dimensions } = vectors;
  if (dimensions === D) return;
  const observed = `${nameOf(vectors)} has vectors of ${counted(dimensions, 'dimension')}, the training has ${D}`;
  throw usage(observed, `train with { dim: ${dimensions} }, or start from other vectors`);
}

/**
 * A word of the vocabulary is taken as it is written, else in lower case, as in questions (corpus/known-form.ts).
 *
 * @param words (V) the vocabulary
 * @throws W2vError 'usage' (other dimensions, no common word), 'file-malformed' (a vector with NaN or infinity)
 */
export function matchVectors(vectors: WordVectors, words: readonly string[], D: number): InitialVectors {
  requireDimensions(vectors, D);
  const index = wordIndex(vectors);
  const rows = Int32Array.from(words, (word) => {
    const form = knownForm(index, word);
    return form === undefined ? -1 : index.get(form)!;
  });
  let matched = 0;
  for (const [id, row] of rows.entries()) {
    if (row < 0) continue;
    matched++;
    if (rowVector(vectors, row).every(Number.isFinite)) continue;
    const observed = `${nameOf(vectors)}: the vector of '${quotable(words[id])}' holds NaN or infinity`;
    throw malformed(observed, 'start from other vectors');
  }
  if (matched > 0) return { vectors, rows, matched };
  const observed = `none of the ${counted(words.length, 'word')} of the vocabulary is in ${nameOf(vectors)}`;
  throw usage(observed, 'start from vectors of the same language and tokenizer');
}

/** `initial`, and over it the vectors of the words that have one. */
export function startFrom({ vectors, rows }: InitialVectors, initial: InitialRows): InitialRows {
  const D = vectors.dimensions;
  return {
    ...initial,
    input(target, first) {
      initial.input(target, first);
      for (let i = 0; i < target.length / D; i++) {
        const row = rows[first + i];
        if (row >= 0) target.set(rowVector(vectors, row), i * D);
      }
    },
  };
}

/** (V) 1 where a word has a vector to start from. */
export function matchedWords({ rows }: InitialVectors): Uint8Array {
  return Uint8Array.from(rows, (row) => (row < 0 ? 0 : 1));
}

function nameOf({ source }: WordVectors): string {
  return source ?? 'initVectors';
}
