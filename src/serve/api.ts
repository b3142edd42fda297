// The questions of the explorer (explorer/answers.ts) as addresses: /api/nearest?file=0&query=king&k=10.
import { queryDefaults } from '../defaults.ts';
import { W2vError } from '../errors.ts';
import type { Answers } from '../explorer/answers.ts';
import { quotable } from '../printable.ts';

const MOST_ANSWERS = 1000; // a larger k is taken as this
const MOST_WORDS = 5000;

/** From the name of a question to its answer. */
export const api: Record<string, (answers: Answers, given: URLSearchParams) => Promise<unknown>> = {
  nearest: (answers, given) =>
    answers.nearest(fileOf(given), one(given, 'query'), countOf(given, queryDefaults.neighbors)),
  analogy: (answers, given) => {
    const question = [one(given, 'a'), one(given, 'b'), one(given, 'c')] as const;
    return answers.analogy(fileOf(given), question, countOf(given, queryDefaults.answers));
  },
  similarities: (answers, given) => {
    const [first, second] = [several(given, 'a'), several(given, 'b')];
    if (first.length !== second.length) {
      const observed = `${first.length} words a and ${second.length} words b`;
      throw new W2vError('usage', observed, 'give pairs: a=king&b=queen');
    }
    return answers.similarities(
      fileOf(given),
      first.map((word, at) => [word, second[at]!] as const),
    );
  },
  axes: (answers, given) => answers.axes(fileOf(given), several(given, 'word'), several(given, 'axis')),
  association: (answers, given) => {
    const two = (name: string) => [several(given, `${name}1`), several(given, `${name}2`)] as const;
    return answers.association(fileOf(given), { targets: two('target'), attributes: two('attribute') });
  },
};

function one(given: URLSearchParams, name: string): string {
  const values = given.getAll(name);
  if (values.length === 1) return values[0]!;
  const observed = values.length === 0 ? `'${name}' is missing` : `'${name}' is given ${values.length} times`;
  throw new W2vError('usage', observed, `give it once: ${name}=king`);
}

function several(given: URLSearchParams, name: string): string[] {
  const values = given.getAll(name);
  if (values.length >= 1 && values.length <= MOST_WORDS) return values;
  const observed = values.length === 0 ? `'${name}' is missing` : `'${name}' is given ${values.length} times`;
  throw new W2vError('usage', `${observed}, expected 1 to ${MOST_WORDS}`, `give it so: ${name}=king&${name}=queen`);
}

function fileOf(given: URLSearchParams): number {
  return given.has('file') ? whole('file', one(given, 'file')) : 0;
}

function countOf(given: URLSearchParams, standard: number): number {
  return given.has('k') ? Math.min(MOST_ANSWERS, whole('k', one(given, 'k'))) : standard;
}

function whole(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new W2vError('usage', `${name} is '${quotable(text)}', expected a whole number`, `give a number: ${name}=1`);
}
