// Evaluates analogies (a is to b as c is to ?) over a test set:
//   3CosAdd  argmax_d  cos(d, b) - cos(d, a) + cos(d, c)                       (Mikolov, Yih & Zweig 2013; unit
//   vectors) 3CosMul  argmax_d  cos(d, b) cos(d, c) / (cos(d, a) + epsilon)            (Levy & Goldberg 2014, eq. 4)
// Dense vectors have negative cosines: for 3CosMul these are shifted to 0 .. 1 (their footnote 7) and epsilon is 1e-6,
// as in gensim. Sparse rows without negative numbers (PPMI) need no shift; epsilon is 0.01, as in hyperwords (Levy,
// Goldberg & Dagan 2015), because many of their cosines are near 0 and would dominate with the 0.001 of the 2014 paper.
import { evaluateDefaults } from '../base/defaults.ts';
import type { OnProgress } from '../base/progress.ts';
import type { Steps } from '../base/steps.ts';
import { answerRows } from '../vectors/analogy-rows.ts';
import { keptFor } from './kept.ts';
import { createLookup, type LookupOptions } from './lookup.ts';
import type { AnalogySet } from './read-analogies.ts';
import type { Vectors } from './similarity-measure.ts';

export type AnalogyMethod = 'add' | 'mul';

const combinationOf = { add: 'sum', mul: 'quotient' } as const;

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

/**
 * Answers all questions of a set. The rules are those of gensim 4's `evaluate_word_analogies` (which only has 3CosAdd): a
 * question is used if all four words are among the first `restrictVocab` (30,000 unless given); answers come from there;
 * the three words asked about, in whatever case, don't answer. The best of the others does: gensim gives up after the
 * five best words in all, which matters only where five spellings of the words asked about stand before it.
 *
 * Throws `usage` on a negative restrictVocab.
 */
export function* answerAnalogies(
  vectors: Vectors,
  set: AnalogySet,
  options: AnswerAnalogiesOptions = {},
): Steps<AnalogyAnswers[]> {
  const { restrictVocab = evaluateDefaults.restrictVocab, caseInsensitive } = options;
  const lookup = createLookup(vectors, { restrictVocab, caseInsensitive });
  const rowsOf = keptFor(lookup.rows); // a set has far fewer words than questions
  const questions = set.sections.flatMap((section) => section.questions.map((words) => words.map(rowsOf)));
  const known = [...questions.keys()].filter((at) => questions[at].every((rows) => rows.length > 0));
  const asking = known.map((at) => {
    const [a, b, c] = questions[at];
    return { a: a[0], b: b[0], c: c[0], excluded: [...new Set([...a, ...b, ...c])].sort((x, y) => x - y) };
  });
  const methods = options.methods ?? ['add', 'mul'];
  const combinations = methods.map((method) => combinationOf[method]);
  const answers = yield* answerRows(vectors, asking, combinations, lookup.limit, options.onProgress);
  const asked = new Uint8Array(questions.length).fill(options.missing === 'wrong' ? 1 : 0);
  for (const at of known) asked[at] = 1;
  return methods.map((method, number) => {
    const right = new Uint8Array(questions.length);
    for (const [place, at] of known.entries()) right[at] = questions[at][3].includes(answers[number][place]) ? 1 : 0;
    return { method, asked, right };
  });
}
