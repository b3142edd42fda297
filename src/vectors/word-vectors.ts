// The type of dense word vectors, a word list and a matrix, and access to single words and rows.
import { usage, W2vError } from '../base/errors.ts';
import { composeHangul, decomposeHangul } from '../base/jamo.ts';
import { quotable } from '../base/printable.ts';
import { suggest } from '../base/suggest.ts';
import { composeVector, hasNgrams, type SubwordVectors } from './subword-vectors.ts';
import { createWordIndex, type WordIndex } from './word-index.ts';

/** The parameters of 3CosMul (cos-mul.ts): cos' = (cos + shift) * scale, and the epsilon. */
export interface CosMul {
  shift: number;
  scale: number;
  epsilon: number;
}

/** What questions need to know of all rows; each is undefined until a question needs it. */
export interface RowNorms {
  /** (V) 1 / |row|. */
  inverse?: Float64Array;
  cosMul?: CosMul;
}

export interface WordList {
  /** V distinct words; most frequent first if frequencies are known. */
  words: string[];
  /** Origin (a file path), for messages. */
  source?: string;
  /** Of vectors with subwords: from these other words have a vector too. */
  subwords?: SubwordVectors;
  /** Norms that are kept from one question to the next (`withNorms`); without them each question computes its own. */
  norms?: RowNorms;
}

/** V words with a dense vector of D numbers each. */
export interface WordVectors extends WordList {
  /** (V, D) row-major; row i belongs to words[i]. Not normalized. */
  matrix: Float32Array;
  /** D */
  dimensions: number;
}

const indexes = new WeakMap<string[], WordIndex>();

/** Word -> row. Built at the first call for a word list and cached as long as the list exists. */
export function wordIndex(vectors: WordList): WordIndex {
  const known = indexes.get(vectors.words);
  if (known !== undefined) return known;
  const index = createWordIndex(vectors.words);
  indexes.set(vectors.words, index);
  return index;
}

/** Registers an index that was built while reading, so that it is not built twice. */
export function rememberIndex(words: string[], index: WordIndex): void {
  indexes.set(words, index);
}

/**
 * The row of `word`.
 *
 * Throws `word-unknown`, with similar known words in the hint.
 */
export function rowOf(vectors: WordList, word: string): number {
  checkWords(vectors);
  checkWord(word);
  const row = wordIndex(vectors).get(word);
  if (row === undefined) throw unknownWord(vectors, word);
  return row;
}

function checkWords(vectors: WordList): void {
  if (Array.isArray(vectors?.words)) return;
  throw usage('the value is not word vectors', 'give an object with a list of words');
}

/** Throws `usage` unless the word is a string. */
export function checkWord(word: string): void {
  if (typeof word === 'string') return;
  throw usage(`a word is ${JSON.stringify(word)}, expected a string`, 'give words as strings');
}

/** The error of `rowOf`. `suggestions`: search the vocabulary for similar words, about 200 ms for a million words. */
export function unknownWord(vectors: WordList, word: string, { suggestions = true } = {}): W2vError {
  const of = vectors.source === undefined ? '' : ` of ${vectors.source}`;
  const count = vectors.words.length.toLocaleString('en-US');
  return new W2vError(
    'word-unknown',
    `'${quotable(word)}' is not in the vocabulary${of} (${count} ${vectors.words.length === 1 ? 'word' : 'words'})`,
    hintFor(vectors.words, word, suggestions),
  );
}

const OFFERED = 3; // words that begin with the one asked for

/** Words of similar spelling, else words that begin with it, as where particles are parts of words; else what to check. */
function hintFor(words: readonly string[], word: string, suggestions: boolean): string {
  const isHangul = /\p{Script=Hangul}/u.test(word);
  const begun = suggestions && word.length > 1 ? words.filter((one) => one.startsWith(word)).slice(0, OFFERED) : [];
  if (isHangul && begun.length > 0) {
    const split = "split particles off in training ({ tokenizer: 'korean' }), or learn n-grams ({ subwords: '3..6' })";
    return `words begin with it: ${begun.map(quotable).join(', ')}; ${split}`;
  }
  const spellings = suggestions ? spellingsNear(words, word) : [];
  const offered = spellings.length > 0 ? spellings : begun;
  if (offered.length > 0) return `did you mean ${orList(offered.map(quotable))}?`;
  const hasCase = word.toLowerCase() !== word.toUpperCase();
  return `check the spelling: words are stored as tokenized${hasCase ? ', usually in lower case' : ''}`;
}

/**
 * Words of similar spelling; those of the tokenizer `jamo`, which have their syllables taken apart, put together again.
 */
function spellingsNear(words: readonly string[], word: string): string[] {
  const near = suggest(words, word);
  const jamo = decomposeHangul(word);
  return near.length > 0 || jamo === word ? near : suggest(words, jamo).map(composeHangul);
}

/**
 * (D) the vector of `word`: a view of the matrix, or where the vocabulary lacks the word and the vectors have subwords,
 * a new one composed of its n-grams. Throws `word-unknown`.
 */
export function vectorOf(vectors: WordVectors, word: string): Float32Array {
  checkVectors(vectors);
  checkWord(word);
  const row = wordIndex(vectors).get(word);
  if (row !== undefined) return rowVector(vectors, row);
  return composedVector(vectors, word) ?? rowVector(vectors, rowOf(vectors, word));
}

/**
 * (D) a vector composed of the word's n-grams; undefined without subwords, and where training saw none of its n-grams.
 */
export function composedVector({ subwords, dimensions }: WordVectors, word: string): Float32Array | undefined {
  return subwords && typeof word === 'string' ? composeVector(subwords, word, dimensions) : undefined;
}

/** The rows of those of `words` that are in the vocabulary. Throws `word-unknown` for a word without any vector. */
export function rowsOf(vectors: WordVectors, words: readonly string[]): number[] {
  return words.flatMap((word) => (isComposed(vectors, word) ? [] : [rowOf(vectors, word)]));
}

/** Whether the word is not in the vocabulary and has a vector composed of its n-grams. */
export function isComposed(vectors: WordList, word: string): boolean {
  const { subwords } = vectors;
  if (subwords === undefined || typeof word !== 'string' || wordIndex(vectors).has(word)) return false;
  return hasNgrams(subwords, word);
}

/** Whether the word has a vector: its own, or a composed one. */
export function hasVector(vectors: WordList, word: string): boolean {
  return wordIndex(vectors).has(word) || isComposed(vectors, word);
}

/** (D) row `row`, a view of the matrix. */
export function rowVector({ matrix, dimensions }: WordVectors, row: number): Float32Array {
  return matrix.subarray(row * dimensions, (row + 1) * dimensions);
}

/** Throws `usage` unless the matrix has a row for each word; vectors may come from the user's program. */
export function checkVectors(vectors: WordVectors): void {
  const { words, matrix, dimensions } = vectors ?? {};
  const whole =
    Array.isArray(words) && matrix instanceof Float32Array && Number.isInteger(dimensions) && dimensions > 0;
  if (whole && matrix.length === words.length * dimensions) return;
  const observed = whole
    ? `the matrix has ${matrix.length} numbers, expected ${words.length} words x ${dimensions} dimensions`
    : 'the value is not word vectors';
  throw usage(observed, 'give an object of words, matrix (a Float32Array with a row for each word) and dimensions');
}

function orList(words: string[]): string {
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
