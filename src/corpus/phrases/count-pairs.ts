// Counts the words of a text and its pairs of words, as gensim's Phrases does: a pair is two words in a line that
// follow each other, or have only connector words between them. Words and joined pairs are counted together, by their
// strings, so that a word `new_york` and the pair `new york` are one.
import type { Steps } from '../../base/steps.ts';
import { LINE_END } from '../encoded-corpus.ts';
import type { JoinedHashes } from './joined-hashes.ts';
import { type StringCounts, stringCounts } from './string-counts.ts';

export interface PairText {
  /** The ids of the text, in blocks; each is valid until the next. */
  blocks(): Iterable<Int32Array>;
  hashes: JoinedHashes;
  /** The id in `hashes` of the delimiter. */
  delimiter: number;
  /** By id: 1 for a connector word. */
  isConnector: Uint8Array;
}

/** Receives what is in the text, in its order. */
export interface PairVisitor {
  /** Each word but connector words, before the pair that it ends. */
  word?(id: number): void;
  /** The words of a pair by id, with the connector words between, and its hash when joined. Valid until it returns. */
  pair(words: readonly number[], low: number, high: number): void;
  lineEnd?(): void;
}

export function* eachPair(text: PairText, { word, pair, lineEnd }: PairVisitor): Steps<void> {
  const { hashes, isConnector, delimiter } = text;
  const { low, high, lowPower, highPower } = hashes;
  const words: number[] = []; // a word, and the connector words after it
  let pairLow = 0; // the hash of these
  let pairHigh = 0;
  const append = (id: number) => {
    pairLow = (Math.imul(pairLow, lowPower[id]) + low[id]) | 0;
    pairHigh = (Math.imul(pairHigh, highPower[id]) + high[id]) | 0;
  };
  for (const entries of text.blocks()) {
    for (let i = 0; i < entries.length; i++) {
      const id = entries[i];
      if (id === LINE_END) {
        words.length = 0;
        lineEnd?.();
        continue;
      }
      const connects = isConnector[id] === 1;
      if (connects && words.length === 0) continue;
      if (!connects) word?.(id);
      if (words.length > 0) {
        append(delimiter);
        append(id);
        words.push(id);
        if (connects) continue;
        pair(words, pairLow, pairHigh);
        words.length = 0;
      }
      words.push(id);
      pairLow = low[id];
      pairHigh = high[id];
    }
    yield;
  }
}

/**
 * With more than `most` strings at the end of a line, rare ones are removed: the second time those that occurred once,
 * the third time at most twice, and so on (gensim's max_vocab_size); within a line, where there are twice as many.
 */
export function* countPairs(text: PairText, most: number): Steps<StringCounts> {
  const { low, high } = text.hashes;
  const counts = stringCounts();
  let least = 0;
  yield* eachPair(text, {
    word: (id) => counts.add(low[id], high[id]),
    pair(_, pairLow, pairHigh) {
      counts.add(pairLow, pairHigh);
      if (counts.size() > 2 * most) counts.prune(least++);
    },
    lineEnd() {
      if (counts.size() > most) counts.prune(least++);
    },
  });
  return counts;
}
