// The words that are kept, most frequent first; and the vocabulary file, one `word TAB count` a line.
import { W2vError } from '../errors.ts';

export interface Vocabulary {
  /** V words, by falling count; equal counts in order of first appearance in the corpus. */
  words: string[];
  /** (V) occurrences of each word in the whole corpus. */
  counts: Float64Array;
  /** Sum of `counts`: the in-vocabulary tokens of one pass. */
  total: number;
}

/** Everything counted before the choice: ids 0 .. size - 1 in order of first appearance; count 0 is no candidate. */
export interface CountedTypes {
  size: number;
  counts: Float64Array;
  word(id: number): string;
}

export interface BuiltVocabulary {
  vocabulary: Vocabulary;
  /** (size) where each type went: its place in the vocabulary, or -1. */
  finalIds: Int32Array;
  rareTokens: number;
  rareTypes: number;
  cappedTokens: number;
  cappedTypes: number;
}

/**
 * Keeps the types with at least `minCount` occurrences, and of those the `maxVocab` most frequent (0: all).
 * Throws `corpus-empty` if nothing was counted or nothing is frequent enough.
 */
export function buildVocabulary(types: CountedTypes, limits: { minCount: number; maxVocab: number }): BuiltVocabulary {
  const { counts } = types;
  const minCount = Math.max(1, limits.minCount);
  const kept: number[] = [];
  let rareTokens = 0;
  let rareTypes = 0;
  let highest = 0;
  for (let id = 0; id < types.size; id++) {
    const count = counts[id]!;
    if (count === 0) continue;
    highest = Math.max(highest, count);
    if (count >= minCount) {
      kept.push(id);
    } else {
      rareTokens += count;
      rareTypes++;
    }
  }
  if (highest === 0) throw new W2vError('corpus-empty', 'the corpus holds no word', 'give a file with text in it');
  if (kept.length === 0) {
    throw new W2vError(
      'corpus-empty',
      `no word reaches the minimum count of ${minCount}: the most frequent one occurs ${times(highest)}`,
      'lower it (--min-count 1), or give more text',
    );
  }
  kept.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const limit = limits.maxVocab > 0 ? Math.min(limits.maxVocab, kept.length) : kept.length;
  let cappedTokens = 0;
  for (let i = limit; i < kept.length; i++) cappedTokens += counts[kept[i]!]!;
  const cappedTypes = kept.length - limit;
  kept.length = limit;
  const finalIds = new Int32Array(types.size).fill(-1);
  kept.forEach((id, place) => {
    finalIds[id] = place;
  });
  const vocabulary = vocabularyOf(
    kept.map((id) => types.word(id)),
    Float64Array.from(kept, (id) => counts[id]!),
  );
  return { vocabulary, finalIds, rareTokens, rareTypes, cappedTokens, cappedTypes };
}

/** A vocabulary of `words` (V), with their `counts` (V), in the order given. */
export function vocabularyOf(words: string[], counts: Float64Array): Vocabulary {
  return { words, counts, total: counts.reduce((sum, count) => sum + count, 0) };
}

/** The text of a vocabulary file. */
export function formatVocabulary(vocabulary: Vocabulary): string {
  return vocabulary.words.map((word, id) => `${word}\t${vocabulary.counts[id]}\n`).join('');
}

/**
 * Reads the text of a vocabulary file: `word TAB count` a line (or `word SPACE count`, as word2vec.c and fastText write), counts
 * positive whole numbers, each word once. The order becomes that of falling counts, ties as they stand in the file.
 * Throws `file-malformed` with `name:line`.
 */
export function parseVocabulary(text: string, name: string): Vocabulary {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const entries: { word: string; count: number }[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const malformed = (observed: string) =>
      new W2vError(
        'file-malformed',
        `${name}:${index + 1}: ${observed}`,
        'write one word, a tab and its count on each line',
      );
    const match = /^(\S+)[\t ](\S+)$/u.exec(line);
    if (!match) throw malformed(`expected a word, a tab and a count, found ${quoted(line)}`);
    const [, word, digits] = match as unknown as [string, string, string];
    const count = /^\d+$/.test(digits) ? Number(digits) : 0;
    if (count < 1 || !Number.isSafeInteger(count)) {
      throw malformed(`expected a count, a whole number from 1 up, found ${quoted(digits)}`);
    }
    const first = lineOf.get(word);
    if (first !== undefined) throw malformed(`the word ${quoted(word)} stands on line ${first} already`);
    lineOf.set(word, index + 1);
    entries.push({ word, count });
  }
  if (entries.length === 0) {
    throw new W2vError('file-malformed', `${name} holds no word`, 'make one with: w2v vocab CORPUS -o FILE');
  }
  entries.sort((a, b) => b.count - a.count); // stable
  return vocabularyOf(
    entries.map((entry) => entry.word),
    Float64Array.from(entries, (entry) => entry.count),
  );
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
