// A stream reads its own share of the corpus, epoch after epoch, and gives the words that survive subsampling (Mikolov
// et al. 2013b, as word2vec.c does it) in order. Around its share it also gives the neighbors' words that windows
// reach: up to W on each side, on the same line. They are context alone: each word is a center in one stream.
//
// Whether a word is kept depends on the seed, the epoch and its position, so that two streams agree on the words both
// read.

import { createRandom, randomAt } from '../base/random.ts';
import { type EncodedCorpus, LINE_END } from '../corpus/encoded-corpus.ts';

export interface StreamOptions {
  /** The share: entries `start` .. `end` - 1. */
  start: number;
  end: number;
  /** W */
  window: number;
  /** (V) chance to keep each word, times 2^32. */
  keep: Float64Array;
  epochs: number;
  seed: number;
  /** What `save` wrote: the stream goes on from there. */
  from?: Float64Array | undefined;
}

/** Places to be filled with words; all arrays of one length. */
export interface Places {
  /** Ids; 0 if there is no word. */
  words: Int32Array;
  /** A number that differs from those of the lines before and after; -1 if there is no word. */
  lines: Int32Array;
  /** 1 if the word is in the share. */
  own: Uint8Array;
}

export interface Stream {
  /** Fills places `from` .. `to` - 1 with the next words; after the last epoch with none. */
  fill(places: Places, from: number, to: number): void;
  /** Words of the share read so far, over all epochs, before subsampling. */
  done(): number;
  /** Writes what `from` takes, streamStateLength(W) numbers. */
  save(state: Float64Array): void;
}

/**
 * Epoch, position, line, whether it is open, words done, and how many neighbors' words are still to be given; then
 * these.
 */
export const streamStateLength = (window: number): number => 6 + window;

const READ_ENTRIES = 4096; // 16 kB a stream: few system calls, little memory
const KEEP_STREAM = 2; // random streams 0 and 1 are the initial matrices and what batches draw

const keyOfEpoch = (seed: number, epoch: number): number => createRandom(seed, KEEP_STREAM + epoch).uint32();

export function createStream(corpus: Pick<EncodedCorpus, 'length' | 'read'>, options: StreamOptions): Stream {
  const { start, end, window, keep, epochs, seed } = options;
  const buffer = new Int32Array(Math.max(1, Math.min(READ_ENTRIES, end - start)));
  let bufferFrom = start; // the position of its first entry
  let bufferAt = 0;
  let bufferEnd = 0;
  const around = new Int32Array(window); // neighbors' words to be given before anything else
  let aroundAt = 0;
  let aroundEnd = 0;

  let epoch = -1;
  let epochKey = 0;
  let bufferKey = 0;
  let line = 0;
  let isLineOpen = false;
  let done = 0;

  /** The sequence whose number at a position says whether its word is kept; one for each 2^32 positions. */
  const keyAt = (position: number) => epochKey ^ Math.imul(Math.floor(position / 4294967296), 0x85ebca6b);

  /**
   * Up to W kept words from `position` on, `step` 1 or -1, as far as the line goes -> `around`, in the text's order.
   */
  function lookAround(position: number, step: 1 | -1): void {
    const piece = new Int32Array(Math.min(1024, 2 * window + 16));
    let count = 0;
    let next = position;
    search: while (count < window && next >= 0 && next < corpus.length) {
      const from = step === 1 ? next : Math.max(0, next + 1 - piece.length);
      const got = corpus.read(from, piece, 0, step === 1 ? piece.length : next + 1 - from);
      if (got <= 0) break;
      for (let i = 0; i < got && count < window; i++) {
        const at = step === 1 ? i : got - 1 - i;
        if (piece[at] === LINE_END) break search;
        if (randomAt(keyAt(from + at), from + at) < keep[piece[at]]) around[count++] = piece[at];
      }
      next += step * got;
    }
    if (step === -1) around.subarray(0, count).reverse();
    aroundAt = 0;
    aroundEnd = count;
  }

  function startEpoch(): void {
    epoch++;
    line = (line + 1) & 0x7fffffff;
    epochKey = keyOfEpoch(seed, epoch);
    bufferFrom = start;
    bufferAt = 0;
    bufferEnd = 0;
    isLineOpen = false;
    lookAround(start - 1, -1);
  }

  /** Reads on in the share, not past a multiple of 2^32; false at its end. */
  function refill(): boolean {
    bufferFrom += bufferEnd;
    bufferAt = 0;
    const room = Math.min(buffer.length, end - bufferFrom, 4294967296 - (bufferFrom % 4294967296));
    bufferEnd = Math.max(0, corpus.read(bufferFrom, buffer, 0, room));
    bufferKey = keyAt(bufferFrom);
    return bufferEnd > 0;
  }

  /** Makes more words ready, in `around` or in the buffer; false after the last epoch. */
  function readOn(): boolean {
    if (epoch >= 0 && refill()) return true;
    if (isLineOpen) {
      isLineOpen = false;
      lookAround(end, 1);
      return true;
    }
    if (epoch >= epochs - 1 || start === end) return false;
    startEpoch();
    return true;
  }

  function fill({ words, lines, own }: Places, from: number, to: number): void {
    let at = from;
    while (at < to) {
      for (; aroundAt < aroundEnd && at < to; at++) {
        words[at] = around[aroundAt++];
        lines[at] = line;
        own[at] = 0;
      }
      while (bufferAt < bufferEnd && at < to) {
        const id = buffer[bufferAt];
        const position = bufferFrom + bufferAt++;
        isLineOpen = id !== LINE_END;
        if (!isLineOpen) {
          line = (line + 1) & 0x7fffffff;
          continue;
        }
        done++;
        if (randomAt(bufferKey, position) >= keep[id]) continue;
        words[at] = id;
        lines[at] = line;
        own[at++] = 1;
      }
      if (at < to && !readOn()) {
        words.fill(0, at, to);
        lines.fill(-1, at, to);
        own.fill(0, at, to);
        return;
      }
    }
  }

  function save(state: Float64Array): void {
    const waiting = around.subarray(aroundAt, aroundEnd);
    state.set([epoch, bufferFrom + bufferAt, line, isLineOpen ? 1 : 0, done, waiting.length]);
    state.set(waiting, 6);
  }

  if (options.from) {
    const [savedEpoch, position, savedLine, open, savedDone, waiting] = options.from;
    epoch = savedEpoch;
    if (epoch >= 0) epochKey = keyOfEpoch(seed, epoch);
    bufferFrom = position;
    line = savedLine;
    isLineOpen = open === 1;
    done = savedDone;
    around.set(options.from.subarray(6, 6 + waiting));
    aroundEnd = waiting;
  }

  return { fill, done: () => done, save };
}
