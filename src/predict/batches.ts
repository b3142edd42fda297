// Encoded corpus -> batches. B streams walk through their own parts of the corpus side by side, as Hogwild's threads do,
// each giving T consecutive centres at a time. Consecutive text in one large batch would repeat words and diverge.
//
// A stream's block is T + 2W words: W before the centres, the T centres, W after them.
// Subsampling (Mikolov et al. 2013b, as word2vec.c does it) takes words out before windows are laid.
import { type EncodedCorpus, LINE_END } from '../corpus/encoded-corpus.ts';
import { createRandom } from '../random.ts';
import type { NegativeSampler } from './negatives.ts';

export interface BatchShape {
  /** B: streams side by side. */
  streams: number;
  /** T: consecutive centres of a stream in one batch. */
  centres: number;
  /** W: words at most on each side of a centre. */
  window: number;
  /** K: negative samples that the T centres of a stream share. */
  negatives: number;
}

export interface Batch {
  /** (B, T+2W) ids; 0 where there is no word. */
  words: Int32Array;
  /** (B, K) ids. */
  negatives: Int32Array;
  /** (B, T) how many words to the left and right of each centre are its context, 0 .. W; both 0 where there is no centre. */
  left: Int32Array;
  right: Int32Array;
  /** Centres with a context in this batch, and their (centre, context) pairs. */
  centres: number;
  pairs: number;
}

export interface BatchReader {
  /** Fills the next batch; false, and nothing filled, when every stream has walked its part `epochs` times. */
  next(batch: Batch): boolean;
  /** Words read from the corpus so far, over all epochs, before subsampling. */
  done(): number;
}

export function createBatch(shape: BatchShape): Batch {
  const { streams, centres, window, negatives } = shape;
  return {
    words: new Int32Array(streams * (centres + 2 * window)),
    negatives: new Int32Array(streams * negatives),
    left: new Int32Array(streams * centres),
    right: new Int32Array(streams * centres),
    centres: 0,
    pairs: 0,
  };
}

const READ_ENTRIES = 4096; // 16 kB a stream: few system calls, little memory

/**
 * @param options.keep (V) probability to keep each word (see corpus/subsample.ts)
 * @param options.epochs how often each stream walks its part
 */
export function createBatchReader(
  corpus: Pick<EncodedCorpus, 'length' | 'read'>,
  shape: BatchShape,
  options: { keep: Float64Array; sampler: NegativeSampler; epochs: number; seed: number },
): BatchReader {
  const { streams: B, centres: T, window: W, negatives: K } = shape;
  const { sampler, epochs } = options;
  const block = T + 2 * W;
  const keep = Float64Array.from(options.keep, (probability) => probability * 4294967296);
  const random = createRandom(options.seed, 1);

  const start = Array.from({ length: B + 1 }, (_, b) => Math.floor((b * corpus.length) / B));
  const position = start.slice(0, B);
  const epoch = new Int32Array(B);
  const buffer = new Int32Array(B * READ_ENTRIES);
  const bufferAt = new Int32Array(B);
  const bufferEnd = new Int32Array(B);

  // The stream's current block: ids, and the number of the line each stands in (-1: no word).
  const words = new Int32Array(B * block);
  const lines = new Int32Array(B * block).fill(-1);
  const line = new Int32Array(B);
  const runLeft = new Int32Array(block);
  let done = 0;

  /** The next word that survives subsampling, or -1 at the end of the last epoch. Moves `line[b]` past line ends. */
  function nextWord(b: number): number {
    for (;;) {
      if (bufferAt[b] === bufferEnd[b]) {
        if (epoch[b] >= epochs) return -1;
        const count = Math.min(READ_ENTRIES, start[b + 1] - position[b]);
        if (count <= 0) {
          epoch[b]++;
          position[b] = start[b];
          line[b]++;
          if (start[b + 1] === start[b]) epoch[b] = epochs;
          continue;
        }
        const got = corpus.read(position[b], buffer, b * READ_ENTRIES, count);
        position[b] += got;
        bufferAt[b] = 0;
        bufferEnd[b] = got;
      }
      const id = buffer[b * READ_ENTRIES + bufferAt[b]++];
      if (id === LINE_END) {
        line[b]++;
        continue;
      }
      done++;
      if (random.uint32() < keep[id]) return id;
    }
  }

  function fillBlock(b: number, from: number): void {
    const base = b * block;
    for (let i = from; i < block; i++) {
      const id = nextWord(b);
      words[base + i] = Math.max(id, 0);
      lines[base + i] = id < 0 ? -1 : line[b];
    }
  }

  for (let b = 0; b < B; b++) fillBlock(b, W);

  function next(batch: Batch): boolean {
    let centres = 0;
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
        if (lines[base + i] < 0) {
          batch.left[at] = 0;
          batch.right[at] = 0;
          continue;
        }
        alive = true;
        const width = 1 + random.below(W);
        const left = Math.min(width, runLeft[i]);
        const right = Math.min(width, runRight);
        batch.left[at] = left;
        batch.right[at] = right;
        pairs += left + right;
        if (left + right > 0) centres++;
      }
      for (let k = 0; k < K; k++) batch.negatives[b * K + k] = sampler.draw(random);
    }
    if (!alive) return false;
    batch.words.set(words);
    batch.centres = centres;
    batch.pairs = pairs;
    for (let b = 0; b < B; b++) {
      const base = b * block;
      words.copyWithin(base, base + T, base + block);
      lines.copyWithin(base, base + T, base + block);
      fillBlock(b, block - T);
    }
    return true;
  }

  return { next, done: () => done };
}
