import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../src/base/random.ts';
import { corpusInMemory } from '../../src/corpus/encoded-corpus.ts';
import { copyIds } from '../../src/corpus/id-store.ts';
import { type Batch, type BatchShape, createBatch, createBatchReader } from '../../src/train/batches.ts';
import { createNegativeSampler } from '../../src/train/negatives.ts';

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

const shape = { streams: 3, centers: 4, window: 2, negatives: 5 };

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

/** The (center, context) ids of a batch, by stream. */
function pairsOf(batch: Batch, stream: number): [number, number][] {
  const { centers: T, window: W } = shape;
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

  it('gives only neighbors on the same line, at most W apart', () => {
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
        for (const [center, context] of pairsOf(batch, stream)) {
          pairs++;
          expect(together.has(`${center} ${context}`)).toBe(true);
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
        epochs: 16,
        seed: 5,
      },
    );
    const batch = createBatch({ ...shape, window: 4 });
    const widths = new Float64Array(5);
    while (reader.next(batch)) for (const width of batch.left) widths[width]++;
    const all = 16 * (ids.length - 1);
    for (let width = 1; width <= 4; width++) expect(widths[width] / all).toBeCloseTo(1 / 4, 2);
  });

  it('takes subsampled words out before windows are laid', () => {
    const keep = Float64Array.from({ length: V }, (_, id) => (id % 3 === 0 ? 1 : 0));
    const { batches } = readAll(2, 1, keep);
    const apart = new Set<number>();
    for (const batch of batches) {
      for (let stream = 0; stream < shape.streams; stream++) {
        for (const pair of pairsOf(batch, stream)) {
          for (const id of pair) expect(id % 3).toBe(0);
          apart.add(Math.abs(pair[0] - pair[1]));
        }
      }
    }
    expect(apart.has(6)).toBe(true); // two kept words apart, further in the text than the window of 2
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

/** One random text as entries, each word an id of its own: lines of `longest` words at most. */
function randomText(random: Random, longest: number): Int32Array {
  const entries: number[] = [];
  const words = 1 + random.below(120);
  for (let id = 0; id < words; ) {
    for (let n = 1 + random.below(longest); n > 0 && id < words; n--) entries.push(id++);
    entries.push(-1);
  }
  if (random.below(2) === 0) entries.pop();
  return Int32Array.from(entries);
}

/** The kept words of each line, in order. */
function linesOf(entries: Int32Array, keep: Float64Array): number[][] {
  const lines: number[][] = [[]];
  for (const id of entries) {
    if (id < 0) lines.push([]);
    else if (keep[id] > 0) lines.at(-1)?.push(id);
  }
  return lines;
}

/** Reads all batches of a text; `at` is told each center with its contexts to the left and right. */
function eachCenter(
  entries: Int32Array,
  given: { shape: BatchShape; keep: Float64Array; epochs: number; seed: number },
  at: (center: number, left: number[], right: number[]) => void,
): void {
  const { shape, ...options } = given;
  const sampler = createNegativeSampler(new Float64Array(options.keep.length).fill(1), 0.75);
  const corpus = {
    length: entries.length,
    read: (position: number, target: Int32Array, offset: number, count: number) =>
      copyIds(entries, position, target, offset, count),
  };
  const reader = createBatchReader(corpus, shape, { ...options, sampler });
  const batch = createBatch(shape);
  const { streams: B, centers: T, window: W } = shape;
  while (reader.next(batch)) {
    for (let i = 0; i < B * T; i++) {
      const [left, right] = [batch.left[i], batch.right[i]];
      if (left + right === 0) continue;
      const place = Math.floor(i / T) * (T + 2 * W) + W + (i % T);
      const { words } = batch;
      at(words[place], [...words.subarray(place - left, place)], [...words.subarray(place + 1, place + 1 + right)]);
    }
  }
}

describe('streams', () => {
  it('give each kept word of any text once an epoch as center, with all its neighbors, wherever shares are cut', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed);
      const entries = randomText(random, [1000, 9, 2][seed % 3]);
      const window = 1 + random.below(seed % 10 === 0 ? 60 : 6);
      const shape = { streams: 1 + random.below(40), centers: 1 + random.below(20), window, negatives: 1 };
      const keep = Float64Array.from(entries, () => (random.below(4) > 0 ? 1 : 0));
      const lines = linesOf(entries, keep).filter(({ length }) => length > 1);
      const times = new Map<number, number>();
      eachCenter(entries, { shape, keep, epochs: 2, seed }, (center, left, right) => {
        times.set(center, (times.get(center) ?? 0) + 1);
        const line = lines.find((words) => words.includes(center)) ?? [];
        const place = line.indexOf(center);
        // The window was drawn from 1 to W, and is as wide on both sides unless the line ends.
        const width = Math.max(left.length, right.length);
        expect(left).toEqual(line.slice(Math.max(0, place - width), place));
        expect(right).toEqual(line.slice(place + 1, place + 1 + width));
        expect(width).toBeLessThanOrEqual(window);
      });
      expect([...times].sort(([a], [b]) => a - b)).toEqual(lines.flat().map((id) => [id, 2]));
    }
  });

  it("train on every pair within the window: the book's own sentence", () => {
    const entries = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, -1); // You say goodbye and I say hello .
    const pairs = new Map<string, number>();
    const shape = { streams: 2, centers: 16, window: 2, negatives: 1 };
    eachCenter(entries, { shape, keep: new Float64Array(8).fill(1), epochs: 400, seed: 1 }, (center, left, right) => {
      for (const word of [...left, ...right]) {
        const pair = `${center} ${word}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      }
    });
    for (let a = 0; a < 8; a++) {
      for (let b = 0; b < 8; b++) {
        const times = pairs.get(`${a} ${b}`) ?? 0;
        if (a === b || Math.abs(a - b) > 2) expect(times).toBe(0);
        else if (Math.abs(a - b) === 1) expect(times).toBe(400);
        else expect(times / 400).toBeCloseTo(1 / 2, 0.5);
      }
    }
  });

  it('agree on the words that subsampling keeps: a context is a center too', () => {
    const entries = Int32Array.from({ length: 500 }, (_, id) => id);
    const keep = new Float64Array(500).fill(0.4);
    let kept = 0;
    for (let seed = 0; seed < 20; seed++) {
      const centers: number[] = [];
      const contexts = new Set<number>();
      const shape = { streams: 37, centers: 8, window: 5, negatives: 1 };
      eachCenter(entries, { shape, keep, epochs: 1, seed }, (center, left, right) => {
        centers.push(center);
        for (const word of [...left, ...right]) contexts.add(word);
      });
      expect([...contexts].sort((a, b) => a - b)).toEqual(centers.sort((a, b) => a - b));
      kept += centers.length;
    }
    expect(kept / (20 * 500)).toBeCloseTo(0.4, 1.5);
  });

  it('keep other words in each epoch', () => {
    const entries = Int32Array.from({ length: 500 }, (_, id) => id);
    const keep = new Float64Array(500).fill(0.5);
    const times = new Map<number, number>();
    const shape = { streams: 1, centers: 500, window: 1, negatives: 1 };
    eachCenter(entries, { shape, keep, epochs: 12, seed: 3 }, (center) => {
      times.set(center, (times.get(center) ?? 0) + 1);
    });
    expect(times.size).toBeGreaterThan(490);
    expect(Math.max(...times.values())).toBeLessThan(12);
  });
});
