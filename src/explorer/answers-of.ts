// Answers the explorer's questions from vectors in memory, with the queries of src/query/. Points of a plane and of
// axes come from cosines alone, so dense and sparse vectors need no arithmetic of their own.

import { usage } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { askedForm, type TextForm } from '../corpus/asked-form.ts';
import { type AssociationTest, associationAsync } from '../query/association.ts';
import { type Expression, parseExpression } from '../query/expression.ts';
import { type AsyncQuestions, asyncQuestionsOf } from '../query/questions.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { hasVector, type WordVectors, wordIndex } from '../vectors/word-vectors.ts';
import type { Answers } from './answers.ts';
import { axisPoints, planePoints } from './plane-points.ts';

export interface AnswerSpace {
  vectors: WordVectors | SparseVectors;
  textForm?: TextForm | undefined;
}

/** `signal` stops the work; answers then reject with `interrupted`. */
export function answersOf(spaces: readonly AnswerSpace[], signal?: AbortSignal): Answers {
  const opened = spaces.map((space) => ({ ...space, questions: asyncQuestionsOf(space.vectors) }));
  function space(file: number) {
    const found = opened[file];
    if (found === undefined)
      throw usage(`file ${file}, expected ${fileNumbers(spaces.length)}`, 'ask about one of them');
    const { questions, textForm, vectors } = found;
    const known = wordIndex(questions);
    const formOf = (word: string) => (known.has(word) ? word : (askedForm(known, word, textForm) ?? word));
    return { questions, vectors, known, formOf, termsOf: (text: string) => termsOf(questions, text, formOf) };
  }
  return {
    async nearest(file, query, k) {
      const { questions, known, termsOf } = space(file);
      const terms = termsOf(query);
      const [found] = await questions.nearestExpressions([terms], { k, signal });
      if (found!.length === 0) refuseFlawed(questions, terms, query);
      return {
        query,
        rows: terms.flatMap(({ word }) => known.get(word) ?? []),
        neighbors: found!.map((neighbor) => ({ ...neighbor, row: known.get(neighbor.word)! })),
      };
    },

    async analogy(file, question, k) {
      const { questions, known, formOf } = space(file);
      const [a, b, c] = question.map((word) => formOf(word.trim())) as [string, string, string];
      for (const word of [a, b, c]) refuseFlawed(questions, [{ word, sign: 1 }], word);
      const [answers] = await questions.analogies([[a, b, c]], { k, signal });
      const words = answers!.map(({ word }) => word);
      const plane = await planePoints([a, b, c], words, (pairs) => questions.similarities(pairs, { signal }));
      return {
        query: [a, b, c],
        answers: answers!.map((answer) => ({ ...answer, row: known.get(answer.word)! })),
        plane,
      };
    },

    async similarities(file, pairs) {
      const { questions, formOf } = space(file);
      const known = pairs.map(([first, second]) => [formOf(first), formOf(second)] as const);
      const cosines = await questions.similarities(known, { signal });
      return cosines.map((cosine) => cosine ?? null);
    },

    async axes(file, words, axes) {
      const { questions, formOf, termsOf } = space(file);
      const expressions = axes.map(termsOf);
      for (const [at, terms] of expressions.entries()) refuseFlawed(questions, terms, axes[at]);
      const found = words
        .map((word) => ({ word, form: formOf(word) }))
        .filter(({ form }) => hasVector(questions, form));
      const forms = found.map(({ form }) => form);
      const points = await axisPoints(forms, expressions, (pairs) => questions.similarities(pairs, { signal }));
      const places = found.flatMap(({ word }, at) => (points[at] === undefined ? [] : { word, at: points[at] }));
      const placed = new Set(places.map(({ word }) => word));
      return { axes: [...axes], points: places, missing: words.filter((word) => !placed.has(word)) };
    },

    async association(file, test) {
      const { vectors, formOf } = space(file);
      const formsOf = ([first, second]: AssociationTest['targets']) => [first.map(formOf), second.map(formOf)] as const;
      const { targets, attributes } = test;
      return associationAsync(vectors, { targets: formsOf(targets), attributes: formsOf(attributes) }, { signal });
    },
  };
}

function fileNumbers(files: number): string {
  return files === 1 ? '0, the only file' : '0 or 1';
}

/** A query that is a word as a whole is this word, with its signs and spaces; otherwise it is a sum of words. */
function termsOf(questions: AsyncQuestions, text: string, formOf: (word: string) => string): Expression {
  const whole = text.trim();
  if (whole === '') throw usage('the question is empty', 'name a word, or a sum such as king - man + woman');
  const form = formOf(whole);
  if (wordIndex(questions).has(form)) return [{ word: form, sign: 1 }];
  return parseExpression(whole).map(({ word, sign }) => ({ word: formOf(word), sign }));
}

/** Throws `word-unknown`, and `usage` where the vector of a word or a sum has no direction. */
function refuseFlawed(questions: AsyncQuestions, terms: Expression, text: string): void {
  const flaw = questions.flawOf(terms);
  if (flaw === undefined) return;
  if (flaw.kind === 'cancels') {
    const observed = `the vectors of '${quotable(text)}' cancel out: their sum has no direction`;
    throw usage(observed, 'choose other words');
  }
  const holds = flaw.kind === 'zeros' ? 'is all zeros' : 'holds NaN or infinity';
  const observed = `the vector of '${quotable(flaw.word)}' ${holds}: it has no direction`;
  throw usage(observed, 'choose another word');
}
