// The questions of the explorer (explorer/answers.ts) as addresses: /api/nearest?file=0&query=king&k=10.
import { queryDefaults } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { thousands } from '../base/format-numbers.ts';
import { quotable } from '../base/printable.ts';
import type { Answers } from '../explorer/answers.ts';

const MOST_ANSWERS = 1000; // a larger k is taken as this
const MOST_WORDS = 5000;
// So that no answer takes more than some 2 s: 250,000 cosines of 300 dimensions take 0.5 s on a free processor, an
// association test of 1,000 targets with its 200,000 partitions 1.6 s.
const MOST_COSINES = 250_000;
const MOST_TARGETS = 1000;

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
      throw usage(observed, 'give pairs: a=king&b=queen');
    }
    return answers.similarities(
      fileOf(given),
      first.map((word, at) => [word, second[at]] as const),
    );
  },
  axes: (answers, given) => {
    const [words, axes] = [several(given, 'word'), several(given, 'axis')];
    const terms = axes.map((axis) => axis.split(/\s[+-]\s/).length);
    refuseMany('cosines', sumOf(terms.map((count) => count * (words.length + count))), MOST_COSINES);
    return answers.axes(fileOf(given), words, axes);
  },
  association: (answers, given) => {
    const two = (name: string) => [several(given, `${name}1`), several(given, `${name}2`)] as const;
    const test = { targets: two('target'), attributes: two('attribute') };
    const [targets, attributes] = [test.targets, test.attributes].map((lists) => lists.flat().length) as [
      number,
      number,
    ];
    refuseMany('targets', targets, MOST_TARGETS);
    refuseMany('cosines', targets * attributes, MOST_COSINES);
    return answers.association(fileOf(given), test);
  },
};

function one(given: URLSearchParams, name: string): string {
  const values = given.getAll(name);
  if (values.length === 1) return values[0];
  const observed = values.length === 0 ? `'${name}' is missing` : `'${name}' is given ${values.length} times`;
  throw usage(observed, `give it once: ${name}=king`);
}

function several(given: URLSearchParams, name: string): string[] {
  const values = given.getAll(name);
  if (values.length >= 1 && values.length <= MOST_WORDS) return values;
  const observed = values.length === 0 ? `'${name}' is missing` : `'${name}' is given ${values.length} times`;
  throw usage(`${observed}, expected 1 to ${MOST_WORDS}`, `give it so: ${name}=king&${name}=queen`);
}

function refuseMany(what: string, count: number, most: number): void {
  if (count <= most) return;
  const observed = `the question needs ${thousands(count)} ${what}, expected at most ${thousands(most)}`;
  throw usage(observed, 'ask about fewer words at a time');
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

function fileOf(given: URLSearchParams): number {
  return given.has('file') ? whole('file', one(given, 'file')) : 0;
}

function countOf(given: URLSearchParams, standard: number): number {
  return given.has('k') ? Math.min(MOST_ANSWERS, whole('k', one(given, 'k'))) : standard;
}

function whole(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw usage(`${name} is '${quotable(text)}', expected a whole number`, `give a number: ${name}=1`);
}
