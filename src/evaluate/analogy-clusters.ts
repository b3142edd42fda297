// Which analogy questions depend on each other. A question combines two word pairs, a:b and c:d, and a test set combines the
// same few pairs again and again: the 19,544 questions of the Google set are made of 573. What makes a pair easy or hard makes
// all its questions so, wherever it stands in them. So it is the pairs that are drawn, not the questions: a question counts as often as the product of
// how often its two pairs were drawn (the vertex bootstrap of Snijders & Borgatti 1999; Davezies, D'Haultfoeuille & Guyonvarch 2021
// show that it is consistent), and in the test each pair carries the sum of its questions (Aronow, Samii & Assenova 2015).
import type { AnalogyLine, AnalogySet } from './read-analogies.ts';

export interface QuestionClusters {
  /** (questions) the cluster of each, 0 .. n - 1. */
  first: Int32Array;
  /** (questions) its other cluster, or -1: it has only one. */
  second: Int32Array;
  /** How many clusters there are in each stratum; those of a stratum have numbers in a row. */
  strata: number[];
}

/** Each question by itself: as if they were independent. */
export function eachItsOwn(count: number): QuestionClusters {
  return {
    first: Int32Array.from({ length: count }, (_, at) => at),
    second: new Int32Array(count).fill(-1),
    strata: [count],
  };
}

/**
 * The word pairs of the questions that `asked` has a 1 for. A pair that occurs in one question only tells nothing that the
 * question's other pair does not: it is no cluster of its own, so that questions which share nothing are independent.
 *
 * The sections of a set are given and not drawn: pairs are drawn within the section where they first occur (a stratum). Sections of a
 * single pair together are one stratum, for alone they could not vary.
 */
export function wordPairClusters(set: AnalogySet, asked: Uint8Array): QuestionClusters {
  const questions: { pairs: [string, string]; section: number }[] = [];
  let place = 0;
  for (const [section, { questions: lines }] of set.sections.entries()) {
    for (const line of lines) if (asked[place++] === 1) questions.push({ pairs: pairsOf(line), section });
  }
  const occurrences = new Map<string, number>();
  for (const { pairs } of questions)
    for (const pair of new Set(pairs)) occurrences.set(pair, (occurrences.get(pair) ?? 0) + 1);

  const sectionOf = new Map<string, number>();
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

function pairsOf([a, b, c, d]: AnalogyLine): [string, string] {
  return [`${a} ${b}`.toLowerCase(), `${c} ${d}`.toLowerCase()];
}
