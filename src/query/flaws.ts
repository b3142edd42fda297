// Explains why a word or a sum of words has no nearest words: its vector has no direction.

import { inverseNorm } from '../vectors/norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { addRow, inverseNormOf as inverseNormOfRow } from '../vectors/sparse-rows.ts';
import { rowOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';
import { combine, type Expression } from './expression.ts';

/** A row with NaN or infinity; rows of zeros only; or rows whose sum is zero. */
export type Flaw = { kind: 'not finite' | 'zeros'; word: string } | { kind: 'cancels' };

/** Undefined if the sum has a direction. Throws `word-unknown`. */
export function flawOf(vectors: WordVectors | SparseVectors, terms: Expression): Flaw | undefined {
  const norms = terms.map(({ word }) => inverseNormOf(vectors, word));
  const broken = norms.findIndex(Number.isNaN);
  if (broken >= 0) return { kind: 'not finite', word: terms[broken]!.word };
  if (norms.every((norm) => norm === 0)) return { kind: 'zeros', word: terms[0]!.word };
  const sum = sumOf(vectors, terms);
  return inverseNorm(sum, 0, sum.length) === 0 ? { kind: 'cancels' } : undefined;
}

function inverseNormOf(vectors: WordVectors | SparseVectors, word: string): number {
  if (!('dimensions' in vectors)) return inverseNormOfRow(vectors, rowOf(vectors, word));
  return inverseNorm(vectorOf(vectors, word), 0, vectors.dimensions);
}

function sumOf(vectors: WordVectors | SparseVectors, terms: Expression): Float64Array {
  if ('dimensions' in vectors) return combine(terms, (word) => vectorOf(vectors, word));
  const sum = new Float64Array(vectors.matrix.columns);
  for (const { word, sign } of terms) {
    const row = rowOf(vectors, word);
    addRow(vectors, row, sign * inverseNormOfRow(vectors, row), sum);
  }
  return sum;
}
