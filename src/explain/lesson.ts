// A lesson: a short text as ids, with the settings that all chapters share. Pure: the same text and settings give the
// same lesson everywhere, also in a browser. If a vocabulary is too large to draw, its most frequent words are used.

import { W2vError } from '../base/errors.ts';
import { createTokenRules } from '../corpus/token-rules.ts';
import type { Edits } from './edits.ts';
import type { Strings } from './strings/strings.ts';

export interface LessonSettings {
  /** Words on each side, 1 .. 10. */
  window: number;
  /** D, 1 .. 50. */
  dimensions: number;
  seed: number;
  learningRate: number;
  /** `book`: Saito, Deep Learning from Scratch 2; `word2vec`: word2vec.c (Mikolov et al. 2013), as w2v trains. */
  as: 'book' | 'word2vec';
}

export const lessonDefaults = {
  text: 'You say goodbye and I say hello.', // the book's sentence
  window: 1, // the book, chapters 2 and 3
  dimensions: 3, // few enough to read each number
  seed: 1,
  learningRate: 0.5,
  as: 'book' as LessonSettings['as'],
};

/** What the settings may be; the learning rate is above 0. */
export const lessonLimits: Record<'window' | 'dimensions' | 'seed' | 'learningRate', [low: number, high: number]> = {
  window: [1, 10],
  dimensions: [1, 50],
  seed: [0, Number.MAX_SAFE_INTEGER],
  learningRate: [0, 10],
};

export interface Lesson {
  settings: LessonSettings;
  /** Weights that a reader has set by hand. */
  edits: Edits;
  strings: Strings;
  /** (V), at most LARGEST_VOCABULARY. As in the book in order of first occurrence, else most frequent first. */
  words: string[];
  /** (V) */
  counts: number[];
  /** Ids, line by line. */
  lines: number[][];
  /** What was left out of the text, if anything, in sentences for the reader. */
  notes: string[];
}

/** Largest numbers of different words and of occurrences that a lesson uses. */
export const LARGEST_VOCABULARY = 20;
export const LONGEST_TEXT = 400;

/** Throws `corpus-empty` if the text has less than two different words, or no two of them on one line. */
export function openLesson(text: string, settings: LessonSettings, strings: Strings, edits: Edits = {}): Lesson {
  const all = text.split('\n').map((line) => tokens(line, settings.as));
  const counts = new Map<string, number>();
  for (const word of all.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  if (counts.size < 2) throw tooFew(counts.size);
  const byCount = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)!);
  const kept = new Set(byCount.slice(0, LARGEST_VOCABULARY));
  const words = (settings.as === 'book' ? [...counts.keys()] : byCount).filter((word) => kept.has(word));
  const ids = new Map(words.map((word, id) => [word, id]));
  const whole = all.map((line) => line.flatMap((word) => ids.get(word) ?? []));
  const lines = firstOccurrences(whole, LONGEST_TEXT).filter((line) => line.length > 0);
  if (!lines.some((line) => line.length > 1)) throw noNeighbors();
  const seen = lines.flat();
  const total = whole.reduce((sum, line) => sum + line.length, 0);
  const notes: string[] = [];
  if (counts.size > words.length) notes.push(strings.notes.vocabulary(counts.size, words.length));
  if (total > seen.length) notes.push(strings.notes.length(total, seen.length));
  const countOf = (id: number) => seen.filter((other) => other === id).length;
  return { settings, edits, strings, words, counts: words.map((_, id) => countOf(id)), lines, notes };
}

const wordOrStop = /[\p{L}\p{M}\p{N}]+(?:['’\-‐][\p{L}\p{M}\p{N}]+)*|\./gu;
const rules = createTokenRules('words', false);

/** The words of a line by w2v's rule (src/corpus/token-rules.ts); as in the book, a full stop is a word too. */
export function tokens(line: string, as: LessonSettings['as']): string[] {
  const found = line.match(wordOrStop) ?? [];
  return found.flatMap((word) => (word === '.' ? (as === 'book' ? [word] : []) : rules.finalForm(word) || []));
}

function firstOccurrences(lines: number[][], most: number): number[][] {
  let left = most;
  return lines.map((line) => {
    const taken = line.slice(0, left);
    left -= taken.length;
    return taken;
  });
}

function tooFew(different: number): W2vError {
  const observed = different === 0 ? 'the text has no word' : 'the text has one word';
  return new W2vError(
    'corpus-empty',
    `${observed}: expected at least two different ones, a word and its context`,
    "give a sentence, such as 'You say goodbye and I say hello.'",
  );
}

function noNeighbors(): W2vError {
  return new W2vError(
    'corpus-empty',
    'no two words stand on one line: expected a word and its context',
    'give a text with several words on a line',
  );
}
