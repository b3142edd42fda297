// Collects the errors of single questions: the other questions are answered first, then the errors are printed, and the
// last one decides the exit code. A line that is no question comes last: nothing behind it is read.

import { malformed, throwIfAborted, W2vError } from '../base/errors.ts';
import { thousands } from '../base/format-numbers.ts';
import { quotable } from '../base/printable.ts';
import { finish, type Steps } from '../base/steps.ts';
import { knownForm } from '../corpus/known-form.ts';
import type { Expression, Flaw } from '../query/expression.ts';
import type { AsyncQuestions } from '../query/questions.ts';
import { inverseNorm } from '../vectors/norms.ts';
import { hasVector, unknownWord, type WordList, wordIndex } from '../vectors/word-vectors.ts';
import { type CommandContext, say, stderrColors } from './context.ts';
import { describeError } from './terminal/report-error.ts';

const SUGGESTED = 5; // unknown words with suggestions: each goes through the whole vocabulary
const REPORTED = 100; // errors; the rest is counted

export class Problems {
  // Created when printed: suggestions for an unknown word take time.
  readonly #errors: (() => W2vError)[] = [];
  #malformed: W2vError | undefined;
  #more = 0;

  #add(error: () => W2vError): void {
    if (this.#errors.length < REPORTED) this.#errors.push(error);
    else this.#more++;
  }

  /** Adds the line at which the reading ended; see `parsedBatches`. */
  malformed(error: W2vError): void {
    this.#malformed = error;
  }

  /** The questions whose words are all known. The first unknown word of each of the others is an error. */
  known<Q>(vectors: WordList, questions: readonly Q[], wordsOf: (question: Q) => readonly string[]): Q[] {
    return finish(this.knownSteps(vectors, questions, wordsOf));
  }

  /** The same for many questions, in steps. */
  knownSteps<Q>(vectors: WordList, questions: readonly Q[], wordsOf: (question: Q) => readonly string[]): Steps<Q[]> {
    return kept(questions, (question) => {
      const unknown = wordsOf(question).find((word) => !isAnswered(vectors, word));
      if (unknown === undefined) return true;
      const suggestions = this.#errors.length < SUGGESTED;
      this.#add(() => unknownWord(vectors, unknown, { suggestions }));
      return false;
    });
  }

  /**
   * The questions whose vectors are all finite. The first vector of each of the others that is not finite is an error.
   */
  finiteSteps<Q>(
    vectors: AsyncQuestions,
    questions: readonly Q[],
    wordsOf: (question: Q) => readonly string[],
  ): Steps<Q[]> {
    return kept(questions, (question) => {
      const flaw = vectors.flawOf(wordsOf(question).map((word) => ({ word, sign: 1 })));
      if (flaw?.kind !== 'not finite') return true;
      this.#flawed(vectors, flaw, '');
      return false;
    });
  }

  /** Adds why a question has no answer: the vector, or the sum `text` of vectors, has no direction. */
  unanswered(vectors: AsyncQuestions, terms: Expression, text: string): void {
    const flaw = vectors.flawOf(terms);
    if (flaw !== undefined) this.#flawed(vectors, flaw, text);
  }

  /** Adds that no word of a text is known. */
  withoutWords(vectors: WordList, text: string): void {
    const of = vectors.source === undefined ? '' : ` of ${vectors.source}`;
    const message = `no word of '${quotable(text)}' is in the vocabulary${of}`;
    this.#add(() => new W2vError('word-unknown', message, 'check the spelling, or use other words'));
  }

  /** Adds that a vector, given as numbers at `where`, has no direction: its length is 0 or exceeds the number range. */
  undirected(where: string, vector: ArrayLike<number>): void {
    const inverse = inverseNorm(vector, 0, vector.length);
    if (inverse > 0) return;
    const message = `${where}: the vector ${inverse === 0 ? 'is all zeros' : 'is too long'}: it has no direction`;
    this.#add(() => malformed(message, 'give another vector'));
  }

  /** Adds that the vectors of the words of `text` have no sum with a direction. */
  canceled(text: string): void {
    const message = `the vectors of '${quotable(text)}' cancel out: their sum has no direction`;
    this.#add(() => malformed(message, 'choose other words'));
  }

  #flawed(vectors: AsyncQuestions, flaw: Flaw, text: string): void {
    if (flaw.kind === 'cancels') {
      this.canceled(text);
      return;
    }
    const file = vectors.source === undefined ? '' : `${vectors.source}: `;
    const holds = flaw.kind === 'zeros' ? 'is all zeros' : 'holds NaN or infinity';
    const message = `${file}the vector of '${quotable(flaw.word)}' ${holds}: it has no direction`;
    this.#add(() => malformed(message, 'choose another word, or create the file again'));
  }

  /** Prints all errors but the last, and throws that one. */
  async fail(context: CommandContext): Promise<void> {
    const errors = [...this.#errors];
    const told = this.#malformed;
    if (told !== undefined) errors.push(() => told);
    const last = errors.pop();
    if (last === undefined) return;
    for (const error of errors) {
      tell(context, error());
      await new Promise((resolve) => setImmediate(resolve));
      throwIfAborted(context.signal);
    }
    if (this.#more > 0) say(context, `... and ${thousands(this.#more)} more`);
    throw last();
  }
}

const TOGETHER = 256; // questions between two pauses

function* kept<Q>(questions: readonly Q[], isKept: (question: Q) => boolean): Steps<Q[]> {
  const found: Q[] = [];
  for (const [at, question] of questions.entries()) {
    if (isKept(question)) found.push(question);
    if (at % TOGETHER === 0) yield;
  }
  return found;
}

export function tell(context: CommandContext, error: W2vError): void {
  context.stderr.write(
    describeError(error, { colors: stderrColors(context), debug: false, stream: context.stderr }).text,
  );
}

/** Whether the word has a vector. None is composed for a word that the vocabulary has as the tokenizer writes it. */
function isAnswered(vectors: WordList, word: string): boolean {
  const index = wordIndex(vectors);
  return index.has(word) || (knownForm(index, word) === undefined && hasVector(vectors, word));
}
