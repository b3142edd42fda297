// A small comparison for the tests of the report: two files of vectors and a thesaurus-like similarity measure, with
// words that would break a page which did not escape them.

import { createRandom } from '../../src/base/random.ts';
import { finish } from '../../src/base/steps.ts';
import { compareRoutes } from '../../src/compare/compare-routes.ts';
import type { Route, RouteFacts } from '../../src/compare/routes-comparison.ts';
import { answersOf, type TestSets } from '../../src/evaluate/compare-files.ts';
import { vectorSimilarity } from '../../src/evaluate/similarity-measure.ts';
import { type ComparisonDocument, comparisonDocument } from '../../src/report/comparison-document.ts';

export const hostile = '</script><b>&"\'';
const animals = ['cat', 'dog', 'cow', 'horse', hostile];
const foods = ['bread', 'cheese', 'apple', 'milk', 'soup'];
const others = Array.from({ length: 120 }, (_, at) => `word${at}`);
const words = [...animals, ...foods, ...others];

const pairs = [...animals, ...foods].flatMap((first, at) =>
  [...animals, ...foods].slice(at + 1).map((second) => ({
    first,
    second,
    score: (animals.includes(first) === animals.includes(second) ? 8 : 2) + at / 10,
  })),
);
const sets: TestSets = {
  pairs: [{ name: 'pairs & more', pairs: [...pairs, { first: 'cat', second: 'nowhere', score: 1 }] }],
  analogies: [
    {
      name: 'questions',
      sections: [
        {
          name: 'near',
          questions: [
            ['cat', 'dog', 'bread', 'cheese'],
            ['cow', 'cat', 'apple', 'milk'],
          ],
        },
        { name: 'far', questions: [['word1', 'word2', 'word3', 'nowhere']] },
      ],
    },
  ],
};

/** Animals point one way, foods another, with some noise of a seed. */
export function plantedVectors(seed: number) {
  const random = createRandom(seed);
  const matrix = Float32Array.from({ length: words.length * 8 }, (_, at) => {
    const word = words[Math.floor(at / 8)];
    const planted = (animals.includes(word) && at % 8 === 0) || (foods.includes(word) && at % 8 === 1) ? 2 : 0;
    return planted + random.uint32() / 2 ** 32 - 0.5;
  });
  return { words, matrix, dimensions: 8 };
}

function route(name: string, seed: number, facts: Partial<RouteFacts>): Route {
  const vectors = plantedVectors(seed);
  const reruns = [seed + 100, seed + 200].map((other) => {
    const again = plantedVectors(other);
    return { seed: other, answers: finish(answersOf({ similarityOf: vectorSimilarity(again), vectors: again }, sets)) };
  });
  const made = {
    kind: 'predict' as const,
    title: `route ${name}`,
    words: words.length,
    dimensions: 8,
    settings: { seed },
  };
  return {
    name,
    vectors,
    similarityOf: vectorSimilarity(vectors),
    reruns,
    facts: { ...made, lossByEpoch: [], ...facts },
  };
}

export function exampleRoutes(): Route[] {
  const thesaurus: Route = {
    name: 'thesaurus',
    similarityOf: (first, second) =>
      [animals, foods].some((group) => group.includes(first) && group.includes(second))
        ? 1
        : first === 'word1'
          ? undefined
          : 0,
    related: (word) => animals.filter((other) => other !== word),
    facts: { kind: 'thesaurus', title: 'made by hand', words: 10, settings: {}, bytes: 1000, lossByEpoch: [] },
  };
  const cost = { seconds: 12.5, memory: 3e8, bytes: 5e6, engine: 'wasm' };
  return [
    route('one', 1, { ...cost, lossByEpoch: [2.5, 2.1, 1.9] }),
    route('two <i>', 2, { lossByEpoch: [2.4, 2.2, 2.0], cached: true, seconds: 3 }),
    thesaurus,
  ];
}

export function exampleDocument(): ComparisonDocument {
  const comparison = finish(
    compareRoutes(exampleRoutes(), sets, {
      resamples: 50,
      permutations: 50,
      words: ['cat', hostile],
      mapped: [
        ...animals.map((word) => ({ word, group: 'animal' })),
        ...foods.map((word) => ({ word, group: 'food' })),
      ],
    }),
  );
  return comparisonDocument(comparison, {
    version: '1.2.3',
    createdAt: '2026-01-02T03:04:05.000Z',
    corpus: {
      files: [`text ${hostile}`],
      sha256: 'ab'.repeat(32),
      bytes: 12_345_678,
      lines: 10,
      tokens: 2e6,
      vocabulary: 130,
      seconds: 1.5,
    },
    settings: { missing: 'skip', restrictVocab: 30_000, caseSensitive: false, seed: 1, seeds: 3, k: 10 },
    notes: [`Left out: nothing ${hostile}`],
  });
}
