// Evaluates analogies (a is to b as c is to ?) over a test set:
//   3CosAdd  argmax_d  cos(d, b) - cos(d, a) + cos(d, c)                       (Mikolov, Yih & Zweig 2013; unit
//   vectors) 3CosMul  argmax_d  cos(d, b) cos(d, c) / (cos(d, a) + epsilon)            (Levy & Goldberg 2014, eq. 4)
// Dense vectors have negative cosines: for 3CosMul these are shifted to 0 .. 1 (their footnote 7) and epsilon is 1e-6,
// as in gensim. Sparse rows without negative numbers (PPMI) need no shift; epsilon is 0.01, as in hyperwords (Levy,
// Goldberg & Dagan 2015), because many of their cosines are near 0 and would dominate with the 0.001 of the 2014 paper.
// A test set has far fewer words than questions, so the cosines of each word with the vocabulary are computed once; a
// question costs only additions.
import { evaluateDefaults } from '../base/defaults.ts';
import type { OnProgress } from '../base/progress.ts';
import type { Steps } from '../base/steps.ts';
import { type CosineBlocks, createCosineBlocks } from '../vectors/cosine-blocks.ts';
import { inverseNormSteps, withNorms } from '../vectors/norms.ts';
import { createLookup, type Lookup, type LookupOptions } from './lookup.ts';
import type { AnalogyLine, AnalogySet } from './read-analogies.ts';
import type { Vectors } from './similarity-measure.ts';

export type AnalogyMethod = 'add' | 'mul';

export interface AnswerAnalogiesOptions extends LookupOptions {
  /** Default: both. */
  methods?: readonly AnalogyMethod[] | undefined;
  /** Questions with a missing word: skip them, or count them as wrong (gensim's dummy4unknown). */
  missing?: 'skip' | 'wrong' | undefined;
  onProgress?: OnProgress | undefined;
}

/** The answers to a set by one method. */
export interface AnalogyAnswers {
  method: AnalogyMethod;
  /** (total) 1 for each used question, in the order of the set. */
  asked: Uint8Array;
  /** (total) 1 for each correctly answered question. */
  right: Uint8Array;
}

/** Only the answers of `evaluateAnalogies`. */
export function* answerAnalogies(
  vectors: Vectors,
  set: AnalogySet,
  options: AnswerAnalogiesOptions = {},
): Steps<AnalogyAnswers[]> {
  const { restrictVocab = evaluateDefaults.restrictVocab, caseInsensitive } = options;
  const lookup = createLookup(vectors, { restrictVocab, caseInsensitive });
  const questions = set.sections.flatMap((section) => section.questions);
  const rows = questions.map((question) => rowsOf(question, lookup));
  const methods = options.methods ?? ['add', 'mul'];
  const answers = yield* answerAll(vectors, lookup, questions, rows, methods, options);
  const asked = Uint8Array.from(rows, (known) => (known !== undefined || options.missing === 'wrong' ? 1 : 0));
  return methods.map((method, at) => {
    const right = Uint8Array.from(questions, (question, index) => {
      const row = answers[at][index];
      return row >= 0 && lookup.fold(vectors.words[row]) === lookup.fold(question[3]) ? 1 : 0;
    });
    return { method, asked, right };
  });
}

/** The rows of a, b, c; undefined if one of the four words is missing. */
function rowsOf(question: AnalogyLine, lookup: Lookup): [number, number, number] | undefined {
  const [a, b, c, d] = question.map((word) => lookup.row(word));
  return a === undefined || b === undefined || c === undefined || d === undefined ? undefined : [a, b, c];
}

/** answers[method][question]: the row of the answer, or -1. */
function* answerAll(
  vectors: Vectors,
  lookup: Lookup,
  questions: AnalogyLine[],
  rows: ([number, number, number] | undefined)[],
  methods: readonly AnalogyMethod[],
  { onProgress }: AnswerAnalogiesOptions,
): Steps<Int32Array[]> {
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
  const held = withNorms(vectors);
  yield* inverseNormSteps(held); // kept for the blocks
  const blocks = createCosineBlocks(held, queries, lookup.limit);
  for (let first = 0; first < lookup.limit; first += blocks.columns) {
    const count = yield* blocks.load(first);
    for (const { index, query, excluded } of asked) {
      for (const range of rangesWithout(excluded, first, count)) {
        for (let method = 0; method < methods.length; method++) {
          const found = blocks.best(combinations[method] as CombinationName, query, range, best[method][index]);
          if (found === undefined) continue;
          best[method][index] = found.score;
          answers[method][index] = first + found.at;
        }
      }
    }
    onProgress?.({ phase: 'analogies', done: first + count, total: lookup.limit, unit: 'words' });
  }
  return answers;
}

type CombinationName = Parameters<CosineBlocks['best']>[0];

/** The columns of a block without the excluded rows (ascending), as ranges. */
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
