// What an error says to the user, where the question was asked.
import { W2vError } from '../../base/errors.ts';
import { strings } from '../strings.ts';
import { make } from './elements.ts';

export interface Problem {
  text: string;
  /** Words of the hint that the vocabulary has. */
  words: string[];
}

export function problemOf(error: unknown, rowOf: ReadonlyMap<string, number>): Problem {
  if (!(error instanceof W2vError)) return { text: strings.unexpected(String(error)), words: [] };
  const meant = /^did you mean (.*)\?$/.exec(error.hint)?.[1] ?? '';
  const words = meant.split(/, | or /).filter((word) => rowOf.has(word));
  const text = `${capital(error.message)}${words.length > 0 ? '.' : `: ${error.hint}`}`;
  return { text, words };
}

/** Shows a problem in `place`; its words are buttons that ask again. */
export function showProblem(place: HTMLElement, { text, words }: Problem, choose: (word: string) => void): void {
  const buttons = words.map((word) =>
    make('button', { type: 'button', class: 'chip', onclick: () => choose(word) }, word),
  );
  place.replaceChildren(
    make('p', { class: 'problem' }, text),
    ...(buttons.length > 0 ? [chips(strings.didYouMean, buttons)] : []),
  );
}

export function chips(name: string, buttons: readonly HTMLElement[]): HTMLElement {
  return make('div', { class: 'chips' }, make('span', { class: 'soft' }, name), ...buttons);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
