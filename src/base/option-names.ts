// Names of options, checked: a misspelled one would otherwise be ignored silently.
import { checkOptionKinds } from './check.ts';
import { usage } from './errors.ts';
import { quotable } from './printable.ts';
import { suggest } from './suggest.ts';

// What gensim, fastText, word2vec.c and the command line call our settings.
const synonyms: Record<string, string> = {
  dimension: 'dim',
  dimensions: 'dim',
  size: 'dim',
  vectorsize: 'dim',
  ws: 'window',
  neg: 'negative',
  nsexponent: 'negativeExponent',
  iter: 'epochs',
  lr: 'learningRate',
  alpha: 'learningRate',
  workers: 'threads',
  topn: 'k',
  temporary: 'temporaryDirectory',
  restrictvocabulary: 'restrictVocab',
};

/** The names of an interface's options, which the compiler keeps complete. */
export function namesOf<T>(names: Record<keyof Required<T>, true>): readonly string[] {
  return Object.keys(names);
}

/**
 * @param task the name of the function
 * @param known the names it takes here
 * @param elsewhere the names it takes in another place, and how to say which
 * @throws W2vError 'usage' on an unknown name, with the one that was probably meant, and on a value of the wrong type
 */
export function checkOptionNames(
  task: string,
  given: object,
  known: readonly string[],
  elsewhere?: { names: readonly string[]; place: string },
): void {
  checkOptionKinds(task, given);
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const observed = `${task} has no option '${quotable(unknown)}'`;
  if (elsewhere?.names.includes(unknown)) {
    throw usage(`${observed} here`, `give it in ${elsewhere.place}`);
  }
  const plain = unknown.replaceAll(/[_-]/g, '').toLowerCase(); // min_count, min-count
  const all = [...known, ...(elsewhere?.names ?? [])];
  const meant =
    all.find((name) => name.toLowerCase() === plain) ??
    all.find((name) => name === synonyms[plain]) ??
    suggest(all, unknown, 1)[0];
  throw usage(observed, meant === undefined ? `its options are ${known.join(', ')}` : `did you mean ${meant}?`);
}
