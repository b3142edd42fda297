// Sums and differences of words such as `king - man + woman`: parsed, and as sums of unit vectors, as in gensim's
// most_similar(positive, negative).
import { checkList, checkText } from '../base/check.ts';
import { usage } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { inverseNorm, inverseNormOf } from '../vectors/norms.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { addRow } from '../vectors/sparse-rows.ts';
import { rowOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';

/** A word that is added or subtracted. */
export interface Term {
  word: string;
  /** 1 or -1. */
  sign: number;
}

/** A word, or words with + or - between them. */
export type Expression = readonly Term[];

/**
 * `a` has one term, `a - b + c` three. + and - are signs only between white space (before the first word: only after
 * the sign), so that `co-operate` and `c++` stay words.
 *
 * Throws `usage` if a sign has no word on one side, or two words have no sign between them.
 */
export function parseExpression(text: string): Expression {
  checkText(text, 'a question');
  const parts = text.trim().split(/\s+/);
  const isSign = (part: string | undefined) => part === '+' || part === '-';
  if (!parts.some(isSign) || parts.length === 1) return [{ word: text.trim(), sign: 1 }];
  if (!isSign(parts[0])) parts.unshift('+');
  const terms: Term[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [sign, word] = [parts[at], parts[at + 1]];
    if (!isSign(sign) || word === undefined || isSign(word)) {
      throw usage(
        `'${quotable(text)}' is not a sum of words, expected words with ' + ' or ' - ' between them`,
        "write it like 'king - man + woman'",
      );
    }
    terms.push({ word, sign: sign === '-' ? -1 : 1 });
  }
  return terms;
}

/**
 * (D) the vector of an expression, given each term's vector: that of a single word, or else the sum of unit vectors.
 */
export function combine(terms: Expression, vectorOfTerm: (word: string) => ArrayLike<number>): Float64Array {
  const [first] = terms;
  if (terms.length === 1 && first!.sign === 1) return Float64Array.from(vectorOfTerm(first!.word));
  let sum: Float64Array | undefined;
  for (const { word, sign } of terms) {
    const vector = vectorOfTerm(word);
    const scale = sign * inverseNorm(vector, 0, vector.length);
    sum ??= new Float64Array(vector.length);
    for (let column = 0; column < vector.length; column++) sum[column] += vector[column] * scale;
  }
  return sum!;
}

/** Throws `usage` for values that `parseExpression` cannot return. */
export function checkExpressions(expressions: readonly Expression[]): void {
  checkList(expressions, 'expressions', 'expressions');
  for (const terms of expressions) {
    if (Array.isArray(terms) && terms.length > 0 && terms.every((term) => typeof term?.word === 'string')) continue;
    throw usage(`${JSON.stringify(terms)} is not an expression`, "parse it: parseExpression('a - b + c')");
  }
}

/** Why an expression has no nearest words: a row with NaN or infinity, rows of zeros only, or rows whose sum is zero. */
export type Flaw = { kind: 'not finite' | 'zeros'; word: string } | { kind: 'cancels' };

/** Undefined if the sum has a direction. Throws `word-unknown`. */
export function flawOf(vectors: WordVectors | SparseVectors, terms: Expression): Flaw | undefined {
  const norms = terms.map(({ word }) => normOf(vectors, word));
  const broken = norms.findIndex(Number.isNaN);
  if (broken >= 0) return { kind: 'not finite', word: terms[broken].word };
  if (norms.every((norm) => norm === 0)) return { kind: 'zeros', word: terms[0].word };
  const sum = sumOf(vectors, terms);
  return inverseNorm(sum, 0, sum.length) === 0 ? { kind: 'cancels' } : undefined;
}

function normOf(vectors: WordVectors | SparseVectors, word: string): number {
  if (!('dimensions' in vectors)) return inverseNormOf(vectors, rowOf(vectors, word));
  return inverseNorm(vectorOf(vectors, word), 0, vectors.dimensions);
}

function sumOf(vectors: WordVectors | SparseVectors, terms: Expression): Float64Array {
  if ('dimensions' in vectors) return combine(terms, (word) => vectorOf(vectors, word));
  const sum = new Float64Array(vectors.matrix.columns);
  for (const { word, sign } of terms) {
    const row = rowOf(vectors, word);
    addRow(vectors, row, sign * inverseNormOf(vectors, row), sum);
  }
  return sum;
}
