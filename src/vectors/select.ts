// Selects some of the vectors, in the order of the file, and normalizes them.

import { usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { checkRanges, whole } from '../base/ranges.ts';
import { inverseNorms } from './norms.ts';
import { checkVectors, checkWord, type WordVectors, wordIndex } from './word-vectors.ts';

/** Which words of a file, and whether rows are scaled. */
export interface Selection {
  /** Only these words, if they exist. */
  words?: readonly string[] | undefined;
  /** Only this many first (most frequent) words of the file. */
  top?: number | undefined;
  /** Normalize rows to length 1; rows of zeros stay, rows with NaN or infinity become NaN. */
  normalize?: boolean | undefined;
}

const names = namesOf<Selection>({ words: true, top: true, normalize: true });

/** A copy of the selected rows; the given vectors do not change. */
export function selectVectors(vectors: WordVectors, selection: Selection): WordVectors {
  checkVectors(vectors);
  checkOptionNames('selectVectors', selection, names);
  const { words, top, normalize = false } = selection;
  if (words !== undefined && !Array.isArray(words)) {
    throw usage(`words is of type ${typeof words}, expected a list`, 'put it in a list: [...]');
  }
  words?.forEach(checkWord);
  checkRanges({ top: whole(0) }, { top });
  const { matrix, dimensions } = vectors;
  const wanted = words === undefined ? undefined : new Set(words.map((word) => wordIndex(vectors).get(word)));
  const end = Math.min(top ?? vectors.words.length, vectors.words.length);
  const rows: number[] = [];
  for (let row = 0; row < end; row++) if (wanted?.has(row) ?? true) rows.push(row);
  const inverse = normalize ? inverseNorms(vectors) : undefined;
  const selected = new Float32Array(rows.length * dimensions);
  for (const [at, row] of rows.entries()) {
    const factor = inverse === undefined || inverse[row] === 0 ? 1 : inverse[row];
    for (let column = 0; column < dimensions; column++) {
      selected[at * dimensions + column] = matrix[row * dimensions + column] * factor;
    }
  }
  return { words: rows.map((row) => vectors.words[row]), matrix: selected, dimensions };
}

/** The words that the vectors lack, each once. */
export function missingWords(vectors: WordVectors, words: readonly string[]): string[] {
  const index = wordIndex(vectors);
  return [...new Set(words)].filter((word) => !index.has(word));
}
