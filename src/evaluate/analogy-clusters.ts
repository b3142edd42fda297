// Finds dependent analogy questions. A question combines two word pairs, a:b and c:d, and a test set reuses the same
// few pairs: the 19,544 questions of the Google set combine 573 pairs. A difficult pair makes all its questions
// difficult. The bootstrap therefore resamples pairs, not questions: a question counts as often as the product of the
// numbers of draws of its two pairs (the vertex bootstrap of Snijders & Borgatti 1999; Davezies, D'Haultfoeuille &
// Guyonvarch 2021 show that it is consistent). The permutation test flips the signs of the pairs' effects.
import type { AnalogySet } from './read-analogies.ts';

export interface QuestionClusters {
  /** (questions) the first cluster of each question, 0 .. n - 1. */
  first: Int32Array;
  /** (questions) its second cluster, or -1 if it has only one. */
  second: Int32Array;
  /** Number of clusters per stratum; clusters of a stratum have consecutive numbers. */
  strata: number[];
}

/** One cluster per question, for independent questions. */
export function eachItsOwn(count: number): QuestionClusters {
  return {
    first: Int32Array.from({ length: count }, (_, at) => at),
    second: new Int32Array(count).fill(-1),
    strata: [count],
  };
}

/**
 * The word pairs of the questions with a 1 in `asked`. A pair that occurs in only one question adds nothing to that
 * question's other pair, so it is not a separate cluster; questions without common pairs are therefore independent.
 *
 * The sections of a set are fixed: pairs are drawn within the section where they first occur (a stratum). Sections with
 * a single pair together form one stratum, because alone they could not vary.
 */
export function wordPairClusters(set: AnalogySet, asked: Uint8Array): QuestionClusters {
  const numbers = new Map<string, number>(); // of pairs: quicker to compare than their words
  const pairOf = (first: string, second: string) => {
    const words = `${first} ${second}`.toLowerCase();
    if (!numbers.has(words)) numbers.set(words, numbers.size);
    return numbers.get(words)!;
  };
  const questions: { pairs: [number, number]; section: number }[] = [];
  let place = 0;
  for (const [section, { questions: lines }] of set.sections.entries()) {
    for (const [a, b, c, d] of lines) {
      if (asked[place++] === 1) questions.push({ pairs: [pairOf(a, b), pairOf(c, d)], section });
    }
  }
  const occurrences = new Map<number, number>();
  for (const { pairs } of questions)
    for (const pair of new Set(pairs)) occurrences.set(pair, (occurrences.get(pair) ?? 0) + 1);

  const sectionOf = new Map<number, number>();
  const clustered = questions.map(({ pairs: [one, other], section }) => {
    const shared = [...new Set([one, other])].filter((pair) => occurrences.get(pair)! > 1);
    const clusters = shared.length > 0 ? shared : [one];
    for (const pair of clusters) if (!sectionOf.has(pair)) sectionOf.set(pair, section);
    return clusters;
  });

  const groups = set.sections.map((_, section) =>
    [...sectionOf.keys()].filter((pair) => sectionOf.get(pair) === section),
  );
  const several = groups.filter((group) => group.length > 1);
  const alone = groups.filter((group) => group.length === 1).flat();
  const strata = alone.length > 0 ? [...several, alone] : several;
  const numberOf = new Map(strata.flat().map((pair, at) => [pair, at]));
  return {
    first: Int32Array.from(clustered, ([pair]) => numberOf.get(pair!)!),
    second: Int32Array.from(clustered, ([, pair]) => (pair === undefined ? -1 : numberOf.get(pair)!)),
    strata: strata.map((group) => group.length),
  };
}

/**
 * Splits the sum of `values` (questions) into contributions of the clusters. With least-squares effects g of the
 * clusters,
 *   value(q) = g(first(q)) + g(second(q)) + residual(q),
 * a cluster contributes its effect times its number of questions, and the residuals sum to 0 (the normal equations). A
 * question with only one cluster contributes its value.
 *
 * Conjugate gradients, preconditioned by the number of questions, solve the normal equations (Golub & Van Loan 2013,
 * section 11.5.2). Where these are singular (all first clusters up, all second clusters down), that direction stays 0.
 */
export function clusterContributions(values: Float64Array, { first, second, strata }: QuestionClusters): Float64Array {
  const count = strata.reduce((sum, size) => sum + size, 0);
  const questions = new Float64Array(count);
  const sums = new Float64Array(count);
  const times = (effects: Float64Array) => {
    const product = effects.map((effect, at) => effect * questions[at]);
    for (let at = 0; at < first.length; at++) {
      if (second[at] < 0) continue;
      product[first[at]] += effects[second[at]];
      product[second[at]] += effects[first[at]];
    }
    return product;
  };
  for (let at = 0; at < first.length; at++) {
    for (const cluster of [first[at], second[at]]) {
      if (cluster < 0) continue;
      questions[cluster] += 1;
      sums[cluster] += values[at];
    }
  }
  const scaled = (residual: Float64Array) => residual.map((value, at) => value / Math.max(1, questions[at]));
  const product = (one: Float64Array, other: Float64Array) =>
    one.reduce((sum, value, at) => sum + value * other[at], 0);

  const effects = new Float64Array(count);
  const residual = sums.slice();
  const direction = scaled(residual);
  let length = product(residual, direction);
  const enough = 1e-24 * length;
  for (let step = 0; step < 2 * count && length > enough; step++) {
    const moved = times(direction);
    const size = length / product(direction, moved);
    for (let at = 0; at < count; at++) {
      effects[at] += size * direction[at];
      residual[at] -= size * moved[at];
    }
    const next = scaled(residual);
    const before = length;
    length = product(residual, next);
    for (let at = 0; at < count; at++) direction[at] = next[at] + (length / before) * direction[at];
  }
  return effects.map((effect, at) => effect * questions[at]);
}
