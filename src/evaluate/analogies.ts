// a is to b as c is to ?, over a test set:
//   3CosAdd  argmax_d  cos(d, b) - cos(d, a) + cos(d, c)                       (Mikolov, Yih & Zweig 2013; unit vectors)
//   3CosMul  argmax_d  cos(d, b) cos(d, c) / (cos(d, a) + epsilon)            (Levy & Goldberg 2014, eq. 4)
// Dense vectors have cosines below 0: for 3CosMul they are moved to 0 .. 1 (their footnote 7) and epsilon is 1e-6, as gensim does it.
// Sparse rows without negative numbers (PPMI) need no move; epsilon is 0.01, as in hyperwords (Levy, Goldberg & Dagan 2015), where
// the paper of 2014 has 0.001: many of their cosines are near 0, and the smaller one lets these decide. A test set has far fewer words than
// questions, so the cosines of each of its words with the vocabulary are computed once, and a question costs only additions.
import { throwIfAborted } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { type CosineBlocks, createCosineBlocks } from '../vectors/cosine-blocks.ts';
import type { Vectors } from './judge.ts';
import { createLookup, type Lookup, type LookupOptions } from './lookup.ts';
import type { AnalogyLine, AnalogySet } from './read-analogies.ts';
import { bootstrapShare, type ResamplingOptions } from './resampling.ts';

export type AnalogyMethod = 'add' | 'mul';

export interface EvaluateAnalogiesOptions extends LookupOptions, ResamplingOptions {
  /** Both unless given. */
  methods?: readonly AnalogyMethod[] | undefined;
  /** What becomes of a question with a missing word: left out, or counted as wrong (gensim's dummy4unknown). */
  missing?: 'skip' | 'wrong' | undefined;
  onProgress?: OnProgress | undefined;
}

export interface AnalogyScore {
  /** correct / used; undefined where no question was used. */
  accuracy: number | undefined;
  correct: number;
  used: number;
  total: number;
}

export interface AnalogiesResult extends AnalogyScore {
  set: string;
  method: AnalogyMethod;
  /**
   * Percentile bootstrap interval of `accuracy` over the questions used. Questions of a section share their words, so it
   * is narrower than new sections would make it.
   */
  low: number | undefined;
  high: number | undefined;
  sections: (AnalogyScore & { section: string })[];
  /** (total) 1 for each question of the set, in its order, that is used. */
  asked: Uint8Array;
  /** (total) 1 for each question answered right. */
  right: Uint8Array;
}

/**
 * Answers all questions of a set, one result a method. The policies are those of gensim 4's `evaluate_word_analogies` (which
 * only has 3CosAdd): a question is used if all four words are among the first `restrictVocab`; answers come from there; the three
 * words asked about, in whatever case, don't answer. The best of the others does: gensim gives up after the five best words in all,
 * which matters only where five spellings of the words asked about stand before it.
 *
 * Throws `usage` on a negative restrictVocab, `interrupted`.
 */
export function evaluateAnalogies(
  vectors: Vectors,
  set: AnalogySet,
  options: EvaluateAnalogiesOptions = {},
): AnalogiesResult[] {
  const lookup = createLookup(vectors, options);
  const questions = set.sections.flatMap((section) => section.questions);
  const rows = questions.map((question) => rowsOf(question, lookup));
  const methods = options.methods ?? ['add', 'mul'];
  const answers = answerAll(vectors, lookup, questions, rows, methods, options);
  return methods.map((method, at) => {
    const right = Uint8Array.from(questions, (question, index) => {
      const row = answers[at]![index]!;
      return row >= 0 && lookup.fold(vectors.words[row]!) === lookup.fold(question[3]) ? 1 : 0;
    });
    const asked = Uint8Array.from(rows, (known) => (known !== undefined || options.missing === 'wrong' ? 1 : 0));
    return {
      set: set.name,
      method,
      ...score(asked, right),
      ...sectionScores(set, asked, right, options),
      asked,
      right,
    };
  });
}

/** The rows of a, b, c; undefined where one of the four words is missing. */
function rowsOf(question: AnalogyLine, lookup: Lookup): [number, number, number] | undefined {
  const [a, b, c, d] = question.map((word) => lookup.row(word));
  return a === undefined || b === undefined || c === undefined || d === undefined ? undefined : [a, b, c];
}

/** answers[method][question]: the row that answers, or -1. */
function answerAll(
  vectors: Vectors,
  lookup: Lookup,
  questions: AnalogyLine[],
  rows: ([number, number, number] | undefined)[],
  methods: readonly AnalogyMethod[],
  { onProgress, signal }: EvaluateAnalogiesOptions,
): Int32Array[] {
  const queries = [...new Set(rows.flatMap((known) => known ?? []))];
  const queryOf = new Map(queries.map((row, query) => [row, query]));
  const asked = questions.flatMap((question, index) => {
    const known = rows[index];
    if (known === undefined) return [];
    const [a, b, c] = known.map((row) => queryOf.get(row)!) as [number, number, number];
    const left = question.slice(0, 3).flatMap((word) => lookup.rows(word));
    return { index, query: { a, b, c }, excluded: [...new Set(left)].sort((x, y) => x - y) };
  });
  const answers = methods.map(() => new Int32Array(questions.length).fill(-1));
  if (asked.length === 0) return answers;

  const combinations = methods.map((method) => (method === 'add' ? 'sum' : 'quotient'));
  const best = methods.map(() => new Float32Array(questions.length).fill(Number.NEGATIVE_INFINITY));
  const blocks = createCosineBlocks(vectors, queries, lookup.limit);
  for (let first = 0; first < lookup.limit; first += blocks.columns) {
    throwIfAborted(signal);
    const count = blocks.load(first);
    for (const { index, query, excluded } of asked) {
      for (const range of rangesWithout(excluded, first, count)) {
        for (let method = 0; method < methods.length; method++) {
          const found = blocks.best(combinations[method] as CombinationName, query, range, best[method]![index]!);
          if (found === undefined) continue;
          best[method]![index] = found.score;
          answers[method]![index] = first + found.at;
        }
      }
    }
    onProgress?.({ phase: 'analogies', done: first + count, total: lookup.limit, unit: 'words' });
  }
  return answers;
}

type CombinationName = Parameters<CosineBlocks['best']>[0];

/** The places of a block, less the excluded rows (ascending), as ranges. */
function rangesWithout(excluded: readonly number[], first: number, count: number): { from: number; end: number }[] {
  const ranges: { from: number; end: number }[] = [];
  let from = 0;
  for (const row of excluded) {
    const place = row - first;
    if (place < 0 || place >= count) continue;
    if (place > from) ranges.push({ from, end: place });
    from = place + 1;
  }
  if (from < count) ranges.push({ from, end: count });
  return ranges;
}

function score(asked: Uint8Array, right: Uint8Array): AnalogyScore {
  const used = asked.reduce((sum, bit) => sum + bit, 0);
  const correct = right.reduce((sum, bit) => sum + bit, 0);
  return { accuracy: used === 0 ? undefined : correct / used, correct, used, total: asked.length };
}

function sectionScores(set: AnalogySet, asked: Uint8Array, right: Uint8Array, options: ResamplingOptions) {
  let from = 0;
  const sections = set.sections.map(({ name, questions }) => {
    const end = from + questions.length;
    const counts = score(asked.subarray(from, end), right.subarray(from, end));
    from = end;
    return { section: name, ...counts };
  });
  const interval = bootstrapShare(
    right.filter((_, index) => asked[index] === 1),
    options,
  );
  return { low: interval?.low, high: interval?.high, sections };
}
