// The vector of a text as a weighted mean of the vectors of its known words:
//   v = 1/n sum over the n words w of weight(w) v_w
// `mean`: weight(w) = 1 / |v_w|, as fastText's print-sentence-vectors computes it for word vectors; a zero vector does
// not count in n.
// `sif`: smooth inverse frequency (Arora, Liang & Ma 2017, algorithm 1), weight(w) = a / (a + p(w)), p(w) = count(w) /
// N with N the sum of all counts; a word without a count has p = 0 and weight 1. components.ts does the second step.

import { usage } from '../base/errors.ts';
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { inverseNorm, inverseNorms } from '../vectors/norms.ts';
import { type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import type { WordsOfText } from './words-of-text.ts';

export type Pooling = 'mean' | 'sif';

export interface PooledText {
  /** Words of the text. */
  tokens: number;
  /** Those that have a vector. */
  known: number;
  /** Those of them whose vectors are composed of their n-grams. */
  composed: number;
}

/** Writes the vector of a text, D numbers, to `target` from `offset` on: zeros where no word has a vector. */
export type PoolText = (text: string, target: Float32Array, offset: number) => PooledText;

export interface WeightOptions {
  pooling: Pooling;
  /** Counts of words, for 'sif'. */
  vocabulary?: Vocabulary | undefined;
  /** a of 'sif'. */
  sifA: number;
}

/**
 * A word whose vector holds NaN or infinity is left out, as an unknown one. Throws `usage` for 'sif' without counts.
 */
export function createPooling(vectors: WordVectors, wordsOf: WordsOfText, options: WeightOptions): PoolText {
  const { matrix, dimensions } = vectors;
  const weights = options.pooling === 'mean' ? meanWeights(vectors) : sifWeights(vectors, options);
  const sum = new Float64Array(dimensions);
  /** Adds a vector, D numbers of `from` at `start`, unless its weight is 0 or NaN; returns whether it did. */
  const add = (weight: number, from: Float32Array, start: number): boolean => {
    if (!(weight > 0)) return false;
    for (let column = 0, at = start; column < dimensions; column++, at++) sum[column] += weight * from[at];
    return true;
  };
  return (text, target, offset) => {
    const words = wordsOf(text);
    sum.fill(0);
    let known = 0;
    for (const row of words.rows) if (add(weights[row], matrix, row * dimensions)) known++;
    let composed = 0;
    for (const vector of words.composed) if (add(weightOf(vector, options.pooling), vector, 0)) composed++;
    known += composed;
    const share = known === 0 ? 0 : 1 / known;
    for (let column = 0; column < dimensions; column++) target[offset + column] = share * sum[column];
    return { tokens: words.tokens, known, composed };
  };
}

/** The weight of a word that the vocabulary lacks, whose p(w) is 0. */
function weightOf(vector: Float32Array, pooling: Pooling): number {
  const inverse = inverseNorm(vector, 0, vector.length);
  return pooling === 'mean' || Number.isNaN(inverse) ? inverse : 1;
}

/** (V) 1 / |v_w|: 0 for a row of zeros, NaN for one with NaN or infinity. */
function meanWeights(vectors: WordVectors): Float64Array {
  return inverseNorms(vectors);
}

/** (V) a / (a + p(w)); NaN for a row with NaN or infinity. */
function sifWeights(vectors: WordVectors, { vocabulary, sifA }: WeightOptions): Float64Array {
  if (vocabulary === undefined) {
    throw usage(
      'pooling sif needs the counts of words, and there are none',
      "give { vocabulary }, which encodeCorpus and 'w2v vocab CORPUS -o FILE' make",
    );
  }
  const { words, counts, total } = vocabulary;
  const index = wordIndex(vectors);
  const weights = new Float64Array(vectors.words.length).fill(1);
  for (let id = 0; id < words.length; id++) {
    const row = index.get(words[id]);
    if (row !== undefined) weights[row] = sifA / (sifA + counts[id] / total);
  }
  const inverse = inverseNorms(vectors);
  for (let row = 0; row < weights.length; row++) if (Number.isNaN(inverse[row])) weights[row] = Number.NaN;
  return weights;
}
