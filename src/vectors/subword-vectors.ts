// Vectors of n-grams, from which the vector of a word without one of its own is composed: the mean of its n-grams' rows
// (Bojanowski et al. 2017; fastText's getWordVector), summed in float32 in fastText's order.
import { decomposeHangul } from '../base/jamo.ts';
import { STEP_WORK, type Steps } from '../base/steps.ts';
import { type SubwordRules, subwordBuckets } from './subwords.ts';

export interface SubwordVectors {
  rules: SubwordRules;
  /** (N, D) row-major. */
  matrix: Float32Array;
  /**
   * (buckets) the row of a bucket, -1 for a bucket of zeros, which no word of the vocabulary has; left out: row =
   * bucket.
   */
  rows?: Int32Array;
  /** What a file of the whole model keeps beside the vectors. */
  trained?: SubwordTraining;
}

/** The training that the vectors come from. */
export interface SubwordTraining {
  /** (V) how often each word occurs. */
  counts: ArrayLike<number>;
  /** (V, D) row-major: the output matrix. */
  output: Float32Array;
  /** Words that occur less often are not in the vocabulary. */
  minCount: number;
  model: 'skipgram' | 'cbow';
  window: number;
  epochs: number;
  negative: number;
  sample: number;
}

const encoder = new TextEncoder();

/** The buckets of a word's n-grams; one that the word has twice is listed twice. */
export function bucketsOf({ rules }: Pick<SubwordVectors, 'rules'>, word: string): number[] {
  return subwordBuckets(encoder.encode(rules.units === 'jamo' ? decomposeHangul(word.normalize('NFC')) : word), rules);
}

/** Adds the rows of the buckets to `target` (D numbers). Returns how many of them are not zeros by definition. */
export function addBuckets(
  { matrix, rows }: Pick<SubwordVectors, 'matrix' | 'rows'>,
  buckets: readonly number[],
  target: Float32Array,
): number {
  let there = 0;
  for (const bucket of buckets) {
    const row = rows === undefined ? bucket : rows[bucket];
    if (row < 0) continue;
    there++;
    const from = row * target.length;
    for (let at = 0; at < target.length; at++) target[at] += matrix[from + at];
  }
  return there;
}

/** Whether training saw one of the word's n-grams. */
export function hasNgrams(subwords: SubwordVectors, word: string): boolean {
  const { rows } = subwords;
  return bucketsOf(subwords, word).some((bucket) => rows === undefined || rows[bucket] >= 0);
}

/** (D) the mean of the rows of a word's n-grams; undefined where training saw none of them. */
export function composeVector(subwords: SubwordVectors, word: string, dimensions: number): Float32Array | undefined {
  const buckets = bucketsOf(subwords, word);
  const vector = new Float32Array(dimensions);
  if (addBuckets(subwords, buckets, vector) === 0) return undefined;
  const scale = Math.fround(1 / buckets.length);
  for (let at = 0; at < dimensions; at++) vector[at] *= scale;
  return vector;
}

/** A token of fastText's at line ends, which has no n-grams. */
const END_OF_SENTENCE = '</s>';

/** The buckets of a word of the vocabulary. */
export function bucketsOfKnown(subwords: Pick<SubwordVectors, 'rules'>, word: string): number[] {
  return word === END_OF_SENTENCE ? [] : bucketsOf(subwords, word);
}

/**
 * Replaces the own row of each word in `matrix`, (V, D), by its vector: the mean of this row and those of its n-grams.
 */
export function* averageSteps(vectors: {
  words: readonly string[];
  matrix: Float32Array;
  dimensions: number;
  subwords: SubwordVectors;
}): Steps<void> {
  const { words, matrix, dimensions, subwords } = vectors;
  let work = 0;
  for (const [word, text] of words.entries()) {
    const buckets = bucketsOfKnown(subwords, text);
    const vector = matrix.subarray(word * dimensions, (word + 1) * dimensions);
    addBuckets(subwords, buckets, vector);
    const scale = Math.fround(1 / (1 + buckets.length));
    for (let at = 0; at < dimensions; at++) vector[at] *= scale;
    work += (1 + buckets.length) * dimensions;
    if (work < STEP_WORK) continue;
    work = 0;
    yield;
  }
}
