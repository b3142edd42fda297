// The vocabulary: the kept words, most frequent first; and the vocabulary file, one `word TAB count` per line.
import { checkFields, checkText } from '../base/check.ts';
import { malformed, malformedAt, W2vError } from '../base/errors.ts';
import { checkHeap, checkWordsFit } from '../base/heap.ts';
import { printable, quotable, shortened } from '../base/printable.ts';
import type { Steps } from '../base/steps.ts';
import { isFileWord, markBefore, withoutMark } from './file-words.ts';
import { LONGEST_TOKEN } from './token-rules.ts';

/** The words of a text with their counts. */
export interface Vocabulary {
  /** V words by decreasing count; words of equal count in order of first appearance in the corpus. */
  words: string[];
  /** (V) occurrences of each word in the whole corpus. */
  counts: Float64Array;
  /** Sum of `counts`: the in-vocabulary tokens of one pass. */
  total: number;
}

/**
 * All counted types before selection: ids 0 .. size - 1 in order of first appearance; count 0 means not a candidate.
 */
export interface CountedTypes {
  size: number;
  counts: Float64Array;
  word(id: number): string;
}

export interface BuiltVocabulary {
  vocabulary: Vocabulary;
  /** (size) index of each type in the vocabulary, or -1. */
  finalIds: Int32Array;
  rareTokens: number;
  rareTypes: number;
  cappedTokens: number;
  cappedTypes: number;
}

/**
 * Keeps the `maxVocab` most frequent types (0: all) among those with at least `minCount` occurrences.
 * Throws `corpus-empty` if nothing was counted or no type is frequent enough, `out-of-memory` if the words do not fit
 * in the heap.
 */
export function* buildVocabulary(
  types: CountedTypes,
  limits: { minCount: number; maxVocab: number },
): Steps<BuiltVocabulary> {
  const { counts } = types;
  const minCount = Math.max(1, limits.minCount);
  const candidates = new Int32Array(types.size);
  let found = 0;
  let rareTokens = 0;
  let rareTypes = 0;
  let highest = 0;
  for (let id = 0; id < types.size; id++) {
    const count = counts[id];
    if (count === 0) continue;
    highest = Math.max(highest, count);
    if (count >= minCount) {
      candidates[found++] = id;
    } else {
      rareTokens += count;
      rareTypes++;
    }
  }
  if (highest === 0)
    throw new W2vError('corpus-empty', 'the corpus contains no words', 'give a file that contains text');
  if (found === 0) {
    throw new W2vError(
      'corpus-empty',
      `no word reaches the minimum count of ${minCount}: the most frequent one occurs ${times(highest)}`,
      'lower it ({ minCount: 1 }), or give more text',
    );
  }
  yield;
  const ranked = byFallingCount(candidates.subarray(0, found), counts, highest);
  yield;
  const kept = limits.maxVocab > 0 ? ranked.subarray(0, limits.maxVocab) : ranked;
  checkWordsFit(kept.length, {
    what: `the vocabulary has ${kept.length} words`,
    advice: 'keep fewer words ({ minCount, maxVocab })',
  });
  let cappedTokens = 0;
  for (const id of ranked.subarray(kept.length)) cappedTokens += counts[id];
  const cappedTypes = ranked.length - kept.length;
  const finalIds = new Int32Array(types.size).fill(-1);
  kept.forEach((id, place) => {
    finalIds[id] = place;
  });
  const words: string[] = [];
  for (const id of kept) {
    words.push(types.word(id));
    if ((words.length & 0xfff) === 0) yield;
  }
  const vocabulary = vocabularyOf(
    words,
    Float64Array.from(kept, (id) => counts[id]),
  );
  return { vocabulary, finalIds, rareTokens, rareTypes, cappedTokens, cappedTypes };
}

/**
 * Sorts by decreasing count, then by id. Packing both into one number, if they fit, is many times faster than
 * comparing.
 */
function byFallingCount(ids: Int32Array, counts: Float64Array, highest: number): Int32Array {
  const size = counts.length;
  if ((highest + 1) * size > Number.MAX_SAFE_INTEGER) return ids.sort((a, b) => counts[b] - counts[a] || a - b);
  const keys = Float64Array.from(ids, (id) => (highest - counts[id]) * size + id).sort();
  return ids.map((_, place) => keys[place] % size);
}

/** A vocabulary of `words` (V), with their `counts` (V), in the order given. */
export function vocabularyOf(words: string[], counts: Float64Array): Vocabulary {
  return { words, counts, total: counts.reduce((sum, count) => sum + count, 0) };
}

/** The text of a vocabulary file. */
export function formatVocabulary(vocabulary: Vocabulary): string {
  checkFields(vocabulary, 'the vocabulary', { words: 'list', counts: 'list' }, 'give the vocabulary of a corpus');
  return [...vocabularyPieces(vocabulary)].join('');
}

const PIECE = 1 << 14; // lines

/** The same in pieces of many lines, for vocabularies whose text need not be in memory at once. */
export function* vocabularyPieces({ words, counts }: Vocabulary): Generator<string> {
  for (let from = 0; from < words.length; from += PIECE) {
    let piece = from === 0 ? markBefore(words) : '';
    const end = Math.min(words.length, from + PIECE);
    for (let id = from; id < end; id++) piece += `${words[id]}\t${counts[id]}\n`;
    yield piece;
  }
}

const MOST_WORDS = 1 << 24; // the limit of a Map in V8
const ENTRY_BYTES = 150; // heap per line while reading: the line, its word, their entries in lists

/**
 * Parses a vocabulary file: `word TAB count` per line (or `word SPACE count`, as word2vec.c and fastText write), counts
 * are positive whole numbers, each word occurs once. Words are sorted by decreasing count, ties in the order of the
 * file. Throws `file-malformed` with `name:line`, and `out-of-memory` if the words do not fit in the heap.
 */
export function parseVocabulary(text: string, name: string): Vocabulary {
  checkText(text, 'the text of the vocabulary');
  checkText(name, 'the name');
  let entriesAtMost = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) entriesAtMost++;
  const advice = 'take fewer words (head -n 100000 FILE)';
  checkHeap(entriesAtMost * ENTRY_BYTES, { what: `${quotable(name)} has ${entriesAtMost} lines`, advice });
  const lines = withoutMark(text).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const entries: { word: string; count: number }[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const flaw = (observed: string) =>
      malformedAt(`${quotable(name)}:${index + 1}`, observed, 'write one word, a tab and its count on each line');
    const [word, digits, ...more] = line.split(/[\t ]/, 3);
    if (!word || !digits || more.length > 0 || !isFileWord(word)) {
      throw flaw(`expected a word, a tab and a count, found ${quoted(line)}`);
    }
    const count = /^\d+$/.test(digits) ? Number(digits) : 0;
    if (count < 1 || !Number.isSafeInteger(count)) {
      throw flaw(`expected a count, a whole number of at least 1, found ${quoted(digits)}`);
    }
    if (word.length > LONGEST_TOKEN) {
      throw flaw(`a word of ${word.length} characters, expected at most ${LONGEST_TOKEN}: ${quoted(word)}`);
    }
    const first = lineOf.get(word);
    if (first !== undefined) throw flaw(`duplicate word ${quoted(word)}, already on line ${first}`);
    if (lineOf.size === MOST_WORDS) throw flaw(`more than ${MOST_WORDS} words`);
    lineOf.set(word, index + 1);
    entries.push({ word, count });
  }
  if (entries.length === 0) {
    throw malformed(`${quotable(name)} has no words`, 'create one with: w2v vocab CORPUS -o FILE');
  }
  entries.sort((a, b) => b.count - a.count); // stable
  return vocabularyOf(
    entries.map((entry) => entry.word),
    Float64Array.from(entries, (entry) => entry.count),
  );
}

function quoted(text: string): string {
  return printable(JSON.stringify(shortened(text)));
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
