// Parses and answers sums and differences of words such as `king - man + woman`: sums of unit vectors, as in gensim's
// most_similar(positive, negative).
import { W2vError } from '../errors.ts';
import { quotable } from '../printable.ts';
import { finish, finishInTurns, type Steps } from '../steps.ts';
import { inverseNorm } from '../vectors/norms.ts';
import { withNorms } from '../vectors/row-norms.ts';
import { rowsOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';
import { checkNearest, type NearestWordsOptions, nearestSteps } from './nearest.ts';
import { checkList, type Interruptible, inSlices, type Neighbor } from './search.ts';

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
  const parts = text.trim().split(/\s+/);
  const isSign = (part: string | undefined) => part === '+' || part === '-';
  if (!parts.some(isSign) || parts.length === 1) return [{ word: text.trim(), sign: 1 }];
  if (!isSign(parts[0])) parts.unshift('+');
  const terms: Term[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [sign, word] = [parts[at], parts[at + 1]];
    if (!isSign(sign) || word === undefined || isSign(word)) {
      throw new W2vError(
        'usage',
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
    for (let column = 0; column < vector.length; column++) sum[column]! += vector[column]! * scale;
  }
  return sum!;
}

/**
 * The k nearest words to each expression, without its own words. Throws `word-unknown`, and `usage` as `nearest` does.
 */
export function nearestExpressions(
  vectors: WordVectors,
  expressions: readonly Expression[],
  options: NearestWordsOptions = {},
): Neighbor[][] {
  return finish(nearestExpressionsSteps(vectors, expressions, options));
}

/** `nearestExpressions` that yields to the event loop every 20 ms. Rejects as that throws, and with `interrupted`. */
export async function nearestExpressionsAsync(
  vectors: WordVectors,
  expressions: readonly Expression[],
  options: NearestWordsOptions & Interruptible = {},
): Promise<Neighbor[][]> {
  return finishInTurns(nearestExpressionsSteps(vectors, expressions, options), options.signal);
}

export function* nearestExpressionsSteps(
  vectors: WordVectors,
  expressions: readonly Expression[],
  options: NearestWordsOptions,
): Steps<Neighbor[][]> {
  checkExpressions(expressions);
  const exclude = expressions.map((terms) =>
    rowsOf(
      vectors,
      terms.map(({ word }) => word),
    ),
  );
  checkNearest(vectors, options);
  const held = withNorms(vectors);
  return yield* inSlices(expressions.length, (first, end) => {
    const some = expressions.slice(first, end);
    const queries = some.map((terms) => combine(terms, (word) => vectorOf(vectors, word)));
    return nearestSteps(held, queries, { ...options, exclude: exclude.slice(first, end) });
  });
}

/** Throws `usage` for values that `parseExpression` cannot return. */
export function checkExpressions(expressions: readonly Expression[]): void {
  checkList(expressions, 'expressions', 'expressions');
  for (const terms of expressions) {
    if (Array.isArray(terms) && terms.length > 0 && terms.every((term) => typeof term?.word === 'string')) continue;
    throw new W2vError(
      'usage',
      `${JSON.stringify(terms)} is not an expression`,
      "parse it: parseExpression('a - b + c')",
    );
  }
}
