// The package entry `w2v/query`: queries on vectors in memory. Nothing here needs Node, so browsers can bundle it.

export { type ErrorCode, W2vError } from '../base/errors.ts';
export { suggest } from '../base/suggest.ts';
export type { SparseMatrix, SparseVectors } from '../vectors/sparse-matrix.ts';
export { rowOf, vectorOf, type WordVectors } from '../vectors/word-vectors.ts';
export { type AnalogyOptions, type AnalogyQuestion, type Answer, analogies, analogiesAsync } from './analogy.ts';
export {
  type Association,
  type AssociationOptions,
  type AssociationTest,
  association,
  associationAsync,
} from './association.ts';
export { type Expression, parseExpression, type Term } from './expression.ts';
export { KeyedVectors, type Query } from './keyed-vectors.ts';
export {
  type NearestOptions,
  type NearestWordsOptions,
  nearest,
  nearestAsync,
  nearestExpressions,
  nearestExpressionsAsync,
  nearestWords,
  nearestWordsAsync,
} from './nearest.ts';
export { type Centrality, oddOneOut } from './odd-one-out.ts';
export { type AsyncQuestions, asyncQuestionsOf } from './questions.ts';
export type { RowIndex } from './row-index.ts';
export type { Interruptible, Neighbor } from './search.ts';
export { cosine, similarity } from './similarity.ts';
