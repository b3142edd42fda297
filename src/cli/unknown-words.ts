// Of many questions those with unknown words fail, the others are answered; then the command ends as the last failure says.
import { W2vError } from '../errors.ts';
import { type CommandContext, stderrColors } from './context.ts';
import { describeError } from './report-error.ts';

/** The answers of all questions at once; where one has an unknown word, of each by itself, with what is wrong in `unknown`. */
export function answerKnown<Q, A>(
  questions: readonly Q[],
  answerAll: (questions: readonly Q[]) => A[],
  unknown: W2vError[],
): { question: Q; answer: A }[] {
  try {
    return answerAll(questions).map((answer, at) => ({ question: questions[at]!, answer }));
  } catch (error) {
    if (!isUnknown(error)) throw error;
  }
  const known: { question: Q; answer: A }[] = [];
  for (const question of questions) {
    try {
      known.push({ question, answer: answerAll([question])[0]! });
    } catch (error) {
      if (!isUnknown(error)) throw error;
      unknown.push(error);
    }
  }
  return known;
}

export function isUnknown(error: unknown): error is W2vError {
  return error instanceof W2vError && error.code === 'word-unknown';
}

/** Tells all but the last and throws that. */
export function failUnknown(context: CommandContext, unknown: readonly W2vError[]): void {
  for (const error of unknown.slice(0, -1)) tell(context, error);
  const last = unknown.at(-1);
  if (last !== undefined) throw last;
}

export function tell(context: CommandContext, error: W2vError): void {
  context.stderr.write(describeError(error, { colors: stderrColors(context), debug: false }).text);
}
