// Against gensim 4 and scipy: tests/golden/make-evaluation.py.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/base/steps.ts';
import { evaluateAnalogies } from '../../src/evaluate/analogy-scores.ts';
import { parseAnalogies } from '../../src/evaluate/read-analogies.ts';
import { parsePairs } from '../../src/evaluate/read-pairs.ts';
import { vectorSimilarity } from '../../src/evaluate/similarity-measure.ts';
import { quantile, ranks, spearman } from '../../src/evaluate/statistics.ts';
import { answerPairs, pairScorer } from '../../src/evaluate/word-pairs.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

interface Golden {
  dimensions: number;
  words: string[];
  matrix: string;
  pairs: string;
  analogies: string;
  results: {
    restrictVocab: number;
    caseInsensitive: boolean;
    dummy: boolean;
    spearman: number;
    oovRatio: number;
    add: (number | null)[];
    mul: (number | null)[];
    sections: [name: string, correct: number, used: number][];
  }[];
  tied: number[][];
  tiedRanks: number[][];
  tiedSpearman: number;
  quantiles: number[];
}

const golden = JSON.parse(readFileSync(new URL('../golden/evaluation.json', import.meta.url), 'utf8')) as Golden;
const bytes = Uint8Array.from(Buffer.from(golden.matrix, 'base64'));
const vectors: WordVectors = {
  words: golden.words,
  matrix: new Float32Array(bytes.buffer),
  dimensions: golden.dimensions,
};
const pairs = parsePairs(golden.pairs, 'pairs.tsv');
const analogies = parseAnalogies(golden.analogies, 'questions.txt');
const quick = { resamples: 200 };

describe.each(golden.results)(
  'first $restrictVocab words, case-insensitive $caseInsensitive, missing words count $dummy',
  (expected) => {
    const { restrictVocab, caseInsensitive, dummy } = expected;
    const options = { restrictVocab, caseInsensitive, ...quick };

    it('word pairs', () => {
      const answers = finish(answerPairs(vectorSimilarity(vectors, options), pairs));
      const result = finish(pairScorer(pairs, { ...quick, missing: dummy ? 'zero' : 'skip' }).score([answers]));
      expect(Math.abs(result.spearman! - expected.spearman)).toBeLessThan(1e-9);
      expect(100 * (1 - result.answered / result.total)).toBeCloseTo(expected.oovRatio, 9);
      expect(result.used).toBe(dummy ? result.total : result.answered);
      expect(result.low!).toBeLessThan(result.spearman!);
      expect(result.high!).toBeGreaterThan(result.spearman!);
    });

    it('analogies, question by question', () => {
      const results = finish(evaluateAnalogies(vectors, analogies, { ...options, missing: dummy ? 'wrong' : 'skip' }));
      expect(results.map((result) => result.method)).toEqual(['add', 'mul']);
      for (const result of results) {
        const bits = Array.from(result.runs[0], (bit, at) => (result.asked[at] === 1 ? bit : null));
        expect(bits).toEqual(expected[result.method]);
      }
      const [add] = results;
      const sections = add!.sections.map(({ section, correct, used }) => [section, correct, used]);
      expect([...sections, ['Total accuracy', add!.correct, add!.used]]).toEqual(expected.sections);
      expect(add!.accuracy).toBe(add!.correct / add!.used);
      expect(add!.total).toBe(expected.add.length);
    });
  },
);

describe('statistics as scipy and numpy compute them', () => {
  it('ranks with ties', () => {
    expect(golden.tied.map((values) => [...ranks(values)])).toEqual(golden.tiedRanks);
  });

  it('Spearman with ties', () => {
    expect(spearman(golden.tied[0], golden.tied[1])).toBeCloseTo(golden.tiedSpearman, 12);
  });

  it('quantiles', () => {
    const sorted = Float64Array.from(golden.tied[0]).sort();
    [0, 0.025, 0.3, 0.5, 0.975, 1].forEach((p, at) => {
      expect(quantile(sorted, p)).toBeCloseTo(golden.quantiles[at], 12);
    });
  });
});
