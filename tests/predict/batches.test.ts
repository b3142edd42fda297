import { describe, expect, it } from 'vitest';
import { corpusInMemory } from '../../src/corpus/encoded-corpus.ts';
import { type Batch, createBatch, createBatchReader } from '../../src/predict/batches.ts';
import { createNegativeSampler } from '../../src/predict/negatives.ts';

const V = 50;

/** Lines of consecutive ids, so that a word tells where it stood: line n is 1 + n % 9 words long. */
function corpusOf(lines: number) {
  const ids: number[] = [];
  const lineOf: number[] = [];
  for (let line = 0; line < lines; line++) {
    for (let i = 0; i <= line % 9; i++) {
      lineOf[ids.length] = line;
      ids.push(ids.length % V);
    }
    ids.push(-1);
  }
  const counts = new Float64Array(V).fill(10);
  const words = Array.from({ length: V }, (_, i) => `w${i}`);
  return {
    corpus: corpusInMemory(Int32Array.from(ids), { vocabulary: { words, counts, total: 10 * V } }),
    ids,
    lineOf,
  };
}

const shape = { streams: 3, centres: 4, window: 2, negatives: 5 };

function readAll(epochs: number, seed: number, keep = new Float64Array(V).fill(1), lines = 40) {
  const { corpus } = corpusOf(lines);
  const sampler = createNegativeSampler(corpus.vocabulary.counts, 0.75);
  const reader = createBatchReader(corpus, shape, { keep, sampler, epochs, seed });
  const batches: Batch[] = [];
  for (;;) {
    const batch = createBatch(shape);
    if (!reader.next(batch)) break;
    batches.push(batch);
  }
  return { corpus, batches, reader };
}

/** The (centre, context) ids of a batch, by stream. */
function pairsOf(batch: Batch, stream: number): [number, number][] {
  const { centres: T, window: W } = shape;
  const pairs: [number, number][] = [];
  for (let t = 0; t < T; t++) {
    const at = stream * T + t;
    const place = stream * (T + 2 * W) + W + t;
    for (let u = place - batch.left[at]; u <= place + batch.right[at]; u++) {
      if (u !== place) pairs.push([batch.words[place], batch.words[u]]);
    }
  }
  return pairs;
}

describe('createBatchReader', () => {
  it('reads every word of every epoch once', () => {
    const { corpus, reader } = readAll(3, 1);
    expect(reader.done()).toBe(3 * corpus.tokens);
  });

  it('gives only neighbours on the same line, at most W apart', () => {
    const { batches } = readAll(1, 1);
    const { ids, lineOf } = corpusOf(40);
    // In this corpus two words i and i+1 places apart on one line differ by as much in id (modulo V).
    const together = new Set<string>();
    for (let i = 0; i < ids.length; i++) {
      for (let d = 1; d <= 2; d++) {
        if (ids[i] >= 0 && ids[i + d] >= 0 && lineOf[i] === lineOf[i + d] && lineOf[i] !== undefined) {
          together.add(`${ids[i]} ${ids[i + d]}`).add(`${ids[i + d]} ${ids[i]}`);
        }
      }
    }
    let pairs = 0;
    for (const batch of batches) {
      for (let stream = 0; stream < shape.streams; stream++) {
        for (const [centre, context] of pairsOf(batch, stream)) {
          pairs++;
          expect(together.has(`${centre} ${context}`)).toBe(true);
        }
      }
    }
    expect(pairs).toBeGreaterThan(100);
    expect(batches.reduce((sum, batch) => sum + batch.pairs, 0)).toBe(pairs);
  });

  it('draws each width from 1 to W evenly: a word d away is context in (W + 1 - d) / W of the windows', () => {
    const { corpus, ids } = (() => {
      const long = Int32Array.from({ length: 3001 }, (_, i) => (i === 3000 ? -1 : i % V));
      const words = Array.from({ length: V }, (_, i) => `w${i}`);
      const vocabulary = { words, counts: new Float64Array(V).fill(60), total: 3000 };
      return { corpus: corpusInMemory(long, { vocabulary }), ids: long };
    })();
    const sampler = createNegativeSampler(corpus.vocabulary.counts, 0.75);
    const reader = createBatchReader(
      corpus,
      { ...shape, window: 4 },
      {
        keep: new Float64Array(V).fill(1),
        sampler,
        epochs: 4,
        seed: 5,
      },
    );
    const batch = createBatch({ ...shape, window: 4 });
    const widths = new Float64Array(5);
    while (reader.next(batch)) for (const width of batch.left) widths[width]++;
    const all = 4 * (ids.length - 1);
    for (let width = 1; width <= 4; width++) expect(widths[width] / all).toBeCloseTo(1 / 4, 1);
  });

  it('takes subsampled words out before windows are laid', () => {
    const keep = new Float64Array(V).fill(1);
    keep.fill(0, 0, V / 2);
    const { batches } = readAll(2, 1, keep);
    for (const batch of batches) {
      for (let stream = 0; stream < shape.streams; stream++) {
        for (const pair of pairsOf(batch, stream)) for (const id of pair) expect(id).toBeGreaterThanOrEqual(V / 2);
      }
    }
  });

  it('is the same for a seed and another for another', () => {
    expect(readAll(2, 9).batches).toEqual(readAll(2, 9).batches);
    expect(readAll(2, 9).batches).not.toEqual(readAll(2, 10).batches);
  });

  it('ends on a corpus shorter than its streams', () => {
    const { batches, reader, corpus } = readAll(5, 1, undefined, 2);
    expect(reader.done()).toBe(5 * corpus.tokens);
    expect(batches.length).toBeGreaterThan(0);
  });
});
