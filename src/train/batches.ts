// Encoded corpus -> batches. B streams walk through their own shares of the corpus side by side, as Hogwild's threads
// do, each giving T consecutive places at a time. Consecutive text in one large batch would repeat words and diverge.
//
// A stream's block is T + 2W words: W before the T places, the T places, W after them. Each place whose word is of the
// stream's own share is a center; where shares meet, the words of the other side are context alone (stream.ts). So the
// examples of an epoch are those of the text, whatever B is.

import { createRandom, restoreRandom } from '../base/random.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import type { NegativeSampler } from './negatives.ts';
import { createStream, type Places, streamStateLength } from './stream.ts';

export interface BatchShape {
  /** B: streams side by side. */
  streams: number;
  /** T: consecutive places of a stream in one batch, each with a center or none. */
  centers: number;
  /** W: words at most on each side of a center. */
  window: number;
  /** K: negative samples that the T centers of a stream share. */
  negatives: number;
}

export interface Batch {
  /** (B, T+2W) ids; 0 where there is no word. */
  words: Int32Array;
  /** (B, K) ids. */
  negatives: Int32Array;
  /**
   * (B, T) how many words to the left and right of each center are its context, 0 .. W; both 0 where there is no
   * center.
   */
  left: Int32Array;
  right: Int32Array;
  /** Centers with a context in this batch, and their (center, context) pairs. */
  centers: number;
  pairs: number;
}

export interface BatchReader {
  /** Fills the next batch; false, and nothing filled, when every stream has walked its share `epochs` times. */
  next(batch: Batch): boolean;
  /** Words read from the corpus so far, over all epochs, before subsampling. */
  done(): number;
  /** Writes what `from` takes, readerStateLength numbers. */
  save(state: Float64Array): void;
}

/** The random state, the streams' states, and the ids, lines and shares of their blocks. */
export function readerStateLength({ streams, centers, window }: BatchShape): number {
  return 4 + streams * (streamStateLength(window) + 3 * (centers + 2 * window));
}

export function createBatch(shape: BatchShape): Batch {
  const { streams, centers, window, negatives } = shape;
  return {
    words: new Int32Array(streams * (centers + 2 * window)),
    negatives: new Int32Array(streams * negatives),
    left: new Int32Array(streams * centers),
    right: new Int32Array(streams * centers),
    centers: 0,
    pairs: 0,
  };
}

/**
 * @param options.keep (V) probability to keep each word (see corpus/subsample.ts)
 * @param options.epochs how often each stream walks its share
 * @param options.from what `save` wrote: the reader goes on from there, also with more epochs
 */
export function createBatchReader(
  corpus: Pick<EncodedCorpus, 'length' | 'read'>,
  shape: BatchShape,
  options: {
    keep: Float64Array;
    sampler: NegativeSampler;
    epochs: number;
    seed: number;
    from?: Float64Array | undefined;
  },
): BatchReader {
  const { streams: B, centers: T, window: W, negatives: K } = shape;
  const { sampler, from } = options;
  const block = T + 2 * W;
  const keep = Float64Array.from(options.keep, (probability) => probability * 4294967296);
  const random = from ? restoreRandom([from[0], from[1], from[2], from[3]]) : createRandom(options.seed, 1);
  const ofStream = streamStateLength(W);
  const stateOf = (all: Float64Array, b: number) => all.subarray(4 + b * ofStream, 4 + (b + 1) * ofStream);
  const blocksAt = 4 + B * ofStream; // in a saved state
  const shareAt = (b: number) => Math.floor((b * corpus.length) / B);
  const streams = Array.from({ length: B }, (_, b) =>
    createStream(corpus, {
      ...options,
      keep,
      window: W,
      start: shareAt(b),
      end: shareAt(b + 1),
      from: from && stateOf(from, b),
    }),
  );

  // The streams' current blocks.
  const places: Places = {
    words: new Int32Array(B * block),
    lines: new Int32Array(B * block).fill(-1),
    own: new Uint8Array(B * block),
  };
  const { words, lines, own } = places;
  const runLeft = new Int32Array(block);

  if (from) {
    for (const [i, array] of [words, lines, own].entries()) {
      array.set(from.subarray(blocksAt + i * B * block, blocksAt + (i + 1) * B * block));
    }
  }
  for (const [b, stream] of streams.entries()) {
    // At the start; and of a stream that had come to its end, which goes on if there are more epochs now.
    const isEmpty = lines.subarray(b * block + W, (b + 1) * block).every((line) => line < 0);
    if (isEmpty) stream.fill(places, b * block + W, (b + 1) * block);
  }

  function next(batch: Batch): boolean {
    const { left, right, negatives } = batch;
    let centers = 0;
    let pairs = 0;
    let alive = false;
    for (let b = 0; b < B; b++) {
      const base = b * block;
      // How far the line goes on to the left of each place, at most W; then, from the right end, to the right.
      runLeft[0] = 0;
      for (let i = 1; i < W + T; i++) {
        runLeft[i] = lines[base + i] === lines[base + i - 1] ? Math.min(W, runLeft[i - 1] + 1) : 0;
      }
      let runRight = 0;
      for (let i = block - 2; i >= W; i--) {
        runRight = lines[base + i] === lines[base + i + 1] ? Math.min(W, runRight + 1) : 0;
        if (i >= W + T) continue;
        const at = b * T + i - W;
        left[at] = 0;
        right[at] = 0;
        if (lines[base + i] < 0) continue;
        alive = true;
        if (own[base + i] === 0) continue;
        const width = 1 + random.below(W);
        left[at] = Math.min(width, runLeft[i]);
        right[at] = Math.min(width, runRight);
        const size = left[at] + right[at];
        pairs += size;
        if (size > 0) centers++;
      }
      for (let k = b * K; k < (b + 1) * K; k++) negatives[k] = sampler.draw(random);
    }
    if (!alive) return false;
    batch.words.set(words);
    batch.centers = centers;
    batch.pairs = pairs;
    for (let b = 0; b < B; b++) {
      const base = b * block;
      words.copyWithin(base, base + T, base + block);
      lines.copyWithin(base, base + T, base + block);
      own.copyWithin(base, base + T, base + block);
      streams[b].fill(places, base + block - T, base + block);
    }
    return true;
  }

  function save(state: Float64Array): void {
    state.set(random.state());
    for (const [b, stream] of streams.entries()) stream.save(stateOf(state, b));
    for (const [i, array] of [words, lines, own].entries()) state.set(array, blocksAt + i * B * block);
  }

  return { next, done: () => streams.reduce((sum, stream) => sum + stream.done(), 0), save };
}
