// The Word Embedding Association Test (Caliskan, Bryson & Narayanan, Science 2017). With targets X and Y and attributes
// A and B,
//   s(w) = mean of cos(w, a) over A - mean of cos(w, b) over B
//   d    = (mean of s over X - mean of s over Y) / standard deviation of s over X and Y
//   p    = share of the partitions of X and Y into sets of the same sizes whose difference of means is as large or
//   larger
// The deviation is that of a sample (n - 1), as in R's `sd`: with it GloVe's vectors give the 1.50 that the paper
// prints for flowers and insects. WEFE takes that of a population, so its d is larger by sqrt(n / (n - 1)). The paper
// writes p with > instead of >=; p here counts the given partition too, so it is never 0 (Phipson & Smyth 2010).

import { malformed, usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { quotable } from '../base/printable.ts';
import { createRandom } from '../base/random.ts';
import type { Steps } from '../base/steps.ts';
import { checkAnyVectors } from '../vectors/check-vectors.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { hasVector, type WordVectors } from '../vectors/word-vectors.ts';
import { type Partitions, partitionShare } from './partition-share.ts';
import { atOnce, type Interruptible, inTurns } from './search.ts';
import { similarity } from './similarity.ts';

/** The words of a Word Embedding Association Test: two lists of targets, two of attributes. */
export interface AssociationTest {
  /** Target words, such as flowers and insects. */
  targets: readonly [readonly string[], readonly string[]];
  /** Attribute words, such as pleasant and unpleasant ones. */
  attributes: readonly [readonly string[], readonly string[]];
}

/** How the permutation test is computed. */
export interface AssociationOptions {
  /** All partitions if there are at most this many, else this many drawn ones; default 200,000. */
  permutations?: number | undefined;
  /** Seed of the drawn partitions; default 1. */
  seed?: number | undefined;
}

/** The result of a Word Embedding Association Test. */
export interface Association extends Partitions {
  /** d, in standard deviations, -2 .. 2. */
  effectSize: number;
  used: { targets: [string[], string[]]; attributes: [string[], string[]] };
  /** The words without a vector, in the order given. */
  missing: string[];
  /** s of each used target word, -2 .. 2. */
  associations: [number[], number[]];
}

export const associationDefaults = { permutations: 200_000, seed: 1 };

const optionNames = namesOf<AssociationOptions & Interruptible>({ permutations: true, seed: true, signal: true });
const listNames = ['first targets', 'second targets', 'first attributes', 'second attributes'];
/** Words that a list needs. */
const FEWEST = 2;

function* associationSteps(
  vectors: WordVectors | SparseVectors,
  test: AssociationTest,
  options: AssociationOptions = {},
): Steps<Association> {
  checkOptionNames('association', options, optionNames);
  checkAnyVectors(vectors);
  const { permutations = associationDefaults.permutations, seed = associationDefaults.seed } = options;
  if (!Number.isInteger(permutations) || permutations < 1) {
    const observed = `permutations is ${permutations}, expected a whole number of at least 1`;
    throw usage(observed, 'leave it out for 200,000');
  }
  const { lists, missing } = usedWords(vectors, test);
  const [x, y, a, b] = lists;
  function* associationsOf(words: readonly string[]): Steps<number[]> {
    const found: number[] = [];
    for (const word of words) {
      found.push(meanOf(a.map((other) => cosineOf(word, other))) - meanOf(b.map((other) => cosineOf(word, other))));
      yield;
    }
    return found;
  }
  const cosineOf = (word: string, other: string): number => {
    const cosine = similarity(vectors, word, other);
    if (cosine !== undefined) return cosine;
    const observed = `the vector of '${quotable(word)}' or '${quotable(other)}' contains NaN or infinity`;
    throw malformed(observed, 'leave the word out, or train or convert the file again');
  };
  const first = yield* associationsOf(x);
  const second = yield* associationsOf(y);
  const deviation = sampleDeviation([...first, ...second]);
  if (deviation < 1e-9) {
    const observed =
      'all target words have the same association with both lists of attributes, so there is no effect size';
    throw usage(observed, 'give other words');
  }
  const partitions = yield* partitionShare(first, second, permutations, createRandom(seed, 4).below);
  return {
    effectSize: (meanOf(first) - meanOf(second)) / deviation,
    ...partitions,
    used: { targets: [x, y], attributes: [a, b] },
    missing,
    associations: [first, second],
  };
}

/**
 * Effect size and one-sided p of an association test; a repeated word of a list counts once. Throws `usage` if a word
 * is in two lists, a list has fewer than two words with vectors, or all target words have the same association;
 * `file-malformed` for vectors with NaN or infinity.
 */
export const association = atOnce(associationSteps);

/** `association` that yields to the event loop every 20 ms. Rejects as that throws, and with `interrupted`. */
export const associationAsync = inTurns(associationSteps);

type Lists = [x: string[], y: string[], a: string[], b: string[]];

function usedWords(vectors: WordVectors | SparseVectors, test: AssociationTest): { lists: Lists; missing: string[] } {
  const given = [...(test?.targets ?? []), ...(test?.attributes ?? [])];
  if (given.length !== 4 || !given.every(isListOfWords)) {
    const observed = `${given.length} lists of words, expected two of targets and two of attributes`;
    throw usage(observed, 'give { targets: [X, Y], attributes: [A, B] }, each a list of words');
  }
  const lists = given.map((list) => [...new Set(list)]);
  const listOf = new Map<string, number>();
  for (const [at, list] of lists.entries()) {
    for (const word of list) {
      const before = listOf.get(word);
      if (before !== undefined) {
        const observed = `'${quotable(word)}' is among the ${listNames[before]} and the ${listNames[at]}`;
        throw usage(observed, 'give each word in one list only');
      }
      listOf.set(word, at);
    }
  }
  const missing = lists.flatMap((list) => list.filter((word) => !hasVector(vectors, word)));
  const used = lists.map((list) => list.filter((word) => hasVector(vectors, word)));
  const short = used.findIndex((list) => list.length < FEWEST);
  if (short >= 0) {
    const lacking = lists[short].filter((word) => !hasVector(vectors, word)).map((word) => `'${quotable(word)}'`);
    const not = lacking.length === 0 ? '' : `; not in the vocabulary: ${lacking.join(', ')}`;
    const observed = `${used[short].length} of the ${listNames[short]} can be used, expected at least ${FEWEST}${not}`;
    throw usage(observed, 'give more words that are in the vocabulary');
  }
  return { lists: used as Lists, missing };
}

function isListOfWords(list: unknown): boolean {
  return Array.isArray(list) && list.every((word) => typeof word === 'string');
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sampleDeviation(values: readonly number[]): number {
  const middle = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
