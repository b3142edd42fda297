// The missing word among others, by a trained pair of matrices: the distribution over the vocabulary.
//
//   h = mean of the contexts' input rows (or their sum, if CBOW was trained so)
//   P(w | context) = e^(h . o_w) / sum over v of e^(h . o_v)              o_w the output row of word w
//
// That is CBOW's own forward step, and gensim's predict_output_word. For skip-gram, which knows one context word at a
// time, it is the mean of the contexts' log-probabilities, normalized: their normalizers do not depend on w, and drop
// out (the logarithmic opinion pool, Genest & Zidek 1986). With hierarchical softmax P is the product of the decisions
// on the path to w (corpus/huffman.ts): for CBOW from h, for skip-gram from each context word alone, and then again the
// normalized mean of the log-probabilities.
//
// Negative sampling trains no distribution: its scores estimate log(P(w | c) / noise(w)) - log K (Levy & Goldberg
// 2014), so the softmax over them ranks words, but is not calibrated.

import { BestRows } from '../algebra/best-rows.ts';
import { trainRanges } from '../base/defaults.ts';
import { malformed, usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { checkRanges } from '../base/ranges.ts';
import { treeOfLabels, wordProbabilities } from '../corpus/huffman.ts';
import { checkVectors, rowOf, rowVector, type WordVectors } from '../vectors/word-vectors.ts';

/** How many words are wanted, and how the matrices were trained. */
export interface PredictWordOptions {
  /** Words in the answer, 1 or more; default 10. */
  k?: number | undefined;
  /** How the pair was trained; it matters to hierarchical softmax alone. Default: cbow. */
  model?: Model | undefined;
  /** Whether CBOW summed the context vectors; default: their mean. */
  cbowSum?: boolean | undefined;
}

/** A word and how likely it is to be the missing one. */
export interface WordChance {
  word: string;
  /** 0 .. 1; 1 over the whole vocabulary. */
  probability: number;
}

type Model = (typeof trainRanges.model.names)[number];

const optionNames = namesOf<PredictWordOptions>({ k: true, model: true, cbowSum: true });

/**
 * The k most likely words, the likeliest first.
 *
 * @param vectors (V, D) the input matrix
 * @param contextVectors the output matrix of the same training, (V, D), or of hierarchical softmax (V - 1, D)
 * @param context the words around the missing one; at least one
 * @throws W2vError 'word-unknown', 'usage' (no context, k below 1, matrices that do not belong together),
 *   'file-malformed' (NaN)
 */
export function predictWord(
  vectors: WordVectors,
  contextVectors: WordVectors,
  context: readonly string[],
  options: PredictWordOptions = {},
): WordChance[] {
  checkOptionNames('predictWord', options, optionNames);
  const { k = 10, model = 'cbow', cbowSum = false } = options;
  if (!Number.isSafeInteger(k) || k < 1) throw usage(`k is ${k}: expected 1 or more`, 'raise { k }');
  checkRanges(trainRanges, { model });
  if (!Array.isArray(context)) throw usage('the context is not a list of words', 'give an array');
  if (context.length === 0) throw usage('the context has no word', 'give one word or more');
  const isTree = kindOfPair(vectors, contextVectors) === 'tree';
  const rows = context.map((word) => rowVector(vectors, rowOf(vectors, word)));
  const chances = distribution(contextVectors, rows, { model, cbowSum, isTree });
  if (chances.some(Number.isNaN)) {
    const observed = `${contextVectors.source ?? 'the pair of matrices'}: the scores of this context are not finite`;
    throw malformed(observed, 'train again: a matrix holds NaN or infinity, or very large numbers');
  }
  return likeliest(chances, k).map(([row, probability]) => ({ word: vectors.words[row], probability }));
}

/**
 * What the rows of the output matrix belong to: the same words, or the inner nodes of their tree. Throws `usage` unless
 * it may be the output matrix of these vectors.
 */
export function kindOfPair(vectors: WordVectors, contextVectors: WordVectors): 'words' | 'tree' {
  checkVectors(vectors);
  checkVectors(contextVectors);
  const { words, dimensions } = contextVectors;
  const isOfWords = words.length === vectors.words.length && words.every((word, row) => word === vectors.words[row]);
  const isTree = words.length === vectors.words.length - 1 && /^\d+,\d+$/.test(words[0] ?? '');
  if ((isTree || isOfWords) && dimensions === vectors.dimensions) return isTree ? 'tree' : 'words';
  const size = (of: WordVectors) => `${of.words.length.toLocaleString('en')} rows x ${of.dimensions}`;
  const [one, other] = [vectors.source ?? 'the input matrix', contextVectors.source ?? 'the output matrix'];
  const observed = `${other} (${size(contextVectors)}) is not the output matrix of ${one} (${size(vectors)})`;
  const why = size(vectors) === size(contextVectors) ? `${observed}: their words differ` : observed;
  throw usage(why, 'give the two matrices of one training');
}

/** (V) the probability of each word. @param rows (D) each, of the context words */
function distribution(
  contextVectors: WordVectors,
  rows: readonly Float32Array[],
  { model, cbowSum, isTree }: { model: Model; cbowSum: boolean; isTree: boolean },
): Float64Array {
  const { words, matrix } = contextVectors;
  if (!isTree) return softmax(scoresOf(contextVectors, hiddenOf(rows, cbowSum)));
  const tree = treeOfLabels(words);
  if (model === 'cbow') return wordProbabilities(tree, hiddenOf(rows, cbowSum), matrix);
  const sums = new Float64Array(words.length + 1);
  for (const row of rows) {
    const chances = wordProbabilities(tree, row, matrix);
    for (let w = 0; w < sums.length; w++) sums[w] += Math.log(chances[w]) / rows.length;
  }
  return softmax(sums);
}

/** (D) */
function hiddenOf(rows: readonly Float32Array[], isSum: boolean): Float64Array {
  const hidden = new Float64Array(rows[0].length);
  const share = isSum ? 1 : 1 / rows.length;
  for (const row of rows) for (let d = 0; d < hidden.length; d++) hidden[d] += share * row[d];
  return hidden;
}

/** (V) h . o_w of each row. */
function scoresOf({ matrix, dimensions: D }: WordVectors, hidden: Float64Array): Float64Array {
  const scores = new Float64Array(matrix.length / D);
  for (let w = 0, at = 0; w < scores.length; w++) {
    let sum = 0;
    for (let d = 0; d < D; d++) sum += hidden[d] * matrix[at++];
    scores[w] = sum;
  }
  return scores;
}

/** In place: e^s / sum of e^s; all NaN where a score is NaN or infinite. */
function softmax(scores: Float64Array): Float64Array {
  let largest = Number.NEGATIVE_INFINITY;
  for (const score of scores) largest = Math.max(largest, score); // NaN stays
  let total = 0;
  for (let w = 0; w < scores.length; w++) {
    scores[w] = Math.exp(scores[w] - largest);
    total += scores[w];
  }
  return scores.map((each) => each / total);
}

/** The k largest values with their rows, the largest first, of equal ones the first. */
function likeliest(chances: Float64Array, k: number): [row: number, chance: number][] {
  const best = new BestRows(k);
  for (let w = 0; w < chances.length; w++) if (chances[w] > best.worst) best.add(w, chances[w]);
  return best.sorted();
}
