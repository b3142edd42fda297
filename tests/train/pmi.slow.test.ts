// The theory's own test (Levy & Goldberg 2014, "Neural word embedding as implicit matrix factorization"): where D >= V,
// the scores w . c that minimize the loss of skip-gram with negative sampling are
//   log #(w, c) - log(k P(c) #(w)),
// which is PMI(w, c) - log k with P(c) = #(c) / N; here P(c) is the noise distribution, count^0.75. word2vec.c and w2v
// leave out a negative that equals the positive, so that (w, c) is a negative of the pairs of w with other words alone:
//   log #(w, c) - log(k P(c) (#(w) - #(w, c))).
// Pairs, their windows' weights, negatives, exponent or update wrong by a little, and scores are off by more than
// allowed.
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import type { EncodedCorpus } from '../../src/corpus/encoded-corpus.ts';
import { trainWordVectors } from '../../src/train/train.ts';
import { engines } from './engines.ts';

const TOPICS = 3;
const MEMBERS = 4;
const TOLERANCE = 0.05; // nats, of the mean absolute difference; scores go from -3.5 to 1

interface Text {
  runs: number;
  /** Words of a run. */
  length: number;
  between: string;
  ordered: number;
}

/** Runs of words, most of one topic, `ordered` of them in turn; topics and words are not equally frequent. */
function topicalText({ runs, length, between, ordered }: Text): string {
  const random = createRandom(3);
  const run = () => {
    const topic = Math.floor(TOPICS * random.float() ** 2);
    const start = random.below(MEMBERS);
    const word = (_: unknown, place: number) => {
      const of = random.below(3) > 0 ? topic : random.below(TOPICS);
      const member = random.float() < ordered ? (start + place) % MEMBERS : Math.floor(MEMBERS * random.float() ** 2);
      return `t${of}w${member}`;
    };
    return Array.from({ length }, word).join(' ');
  };
  return Array.from({ length: runs }, run).join(between);
}

/** #(w, c), (V, V): a pair at distance d is in (W + 1 - d) / W of the windows. */
function expectedPairs(corpus: EncodedCorpus, window: number): Float64Array[] {
  const V = corpus.vocabulary.words.length;
  const ids = new Int32Array(corpus.length);
  corpus.read(0, ids, 0, ids.length);
  const pairs = Array.from({ length: V }, () => new Float64Array(V));
  for (let i = 0; i < ids.length; i++) {
    for (let d = 1; d <= window && ids[i] >= 0 && i + d < ids.length && ids[i + d] >= 0; d++) {
      pairs[ids[i]][ids[i + d]] += (window + 1 - d) / window;
      pairs[ids[i + d]][ids[i]] += (window + 1 - d) / window;
    }
  }
  return pairs;
}

interface Theory {
  window: number;
  negative: number;
  negativeExponent: number;
  /** Whether a negative that equals the positive is one all the same. */
  keepsPositives: boolean;
}

/** (V x V) scores at the minimum of the loss. */
function theory(corpus: EncodedCorpus, { window, negative, negativeExponent, keepsPositives }: Theory): number[] {
  const noise = corpus.vocabulary.counts.map((count) => count ** negativeExponent);
  const all = noise.reduce((a, b) => a + b, 0);
  return expectedPairs(corpus, window).flatMap((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    const others = (pairs: number) => sum - (keepsPositives ? 0 : pairs);
    return [...row].map((pairs, c) => Math.log(pairs) - Math.log(((negative * noise[c]) / all) * others(pairs)));
  });
}

function meanDifference(a: number[], b: number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.length;
}

function correlation(a: number[], b: number[]): number {
  const mean = (x: number[]) => x.reduce((sum, value) => sum + value, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: number[], mx: number, y: number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i] - my), 0);
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

describe.each(engines)('the engine $name', ({ isMissing, open }) => {
  it.skipIf(isMissing).each([
    { model: 'skipgram', text: 'lines of 8 words', runs: 500, length: 8, between: '\n', ordered: 0.7, window: 3 },
    { model: 'skipgram', text: 'one long line', runs: 400, length: 10, between: ' ', ordered: 0.8, window: 1 },
    // With lines of two words the mean of the context is one word: CBOW is skip-gram with the roles exchanged.
    { model: 'cbow', text: 'lines of two words', runs: 2000, length: 2, between: '\n', ordered: 0, window: 1 },
  ] as const)('$model: scores are PMI - log k, $text', async (given) => {
    const { model, window } = given;
    const corpus = await encodeText(topicalText(given), { minCount: 1 });
    const V = corpus.vocabulary.words.length;
    expect(V).toBe(TOPICS * MEMBERS);
    const D = V + 4;
    const { vectors, contextVectors, settings } = await trainWordVectors(
      corpus,
      { model, dim: D, window, negative: 3, epochs: 300, sample: 0, learningRate: 0.05, threads: 1 },
      { engine: await open() },
    );
    const scores: number[] = [];
    for (let w = 0; w < V; w++) {
      for (let c = 0; c < V; c++) {
        let score = 0;
        for (let d = 0; d < D; d++) score += vectors.matrix[w * D + d] * contextVectors.matrix[c * D + d];
        scores.push(score);
      }
    }
    const right: Theory = { ...settings, keepsPositives: false };
    const off = (changed: Partial<Theory>) => meanDifference(scores, theory(corpus, { ...right, ...changed }));
    expect(correlation(scores, theory(corpus, right))).toBeGreaterThan(0.996);
    expect(off({})).toBeLessThan(TOLERANCE);
    // What other pairs and other negatives would have led to is further away.
    expect(off({ keepsPositives: true })).toBeGreaterThan(1.5 * TOLERANCE);
    expect(off({ negativeExponent: 1 })).toBeGreaterThan(1.5 * TOLERANCE);
    expect(off({ negative: 4 })).toBeGreaterThan(1.5 * TOLERANCE);
    if (model === 'skipgram') expect(off({ window: window + 1 })).toBeGreaterThan(1.5 * TOLERANCE);
  });
});
