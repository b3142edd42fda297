// From a word as it stands in a text to WordNet's lemmas: mice -> mouse, running -> run (WordNet's morphy(7WN)).
import { partsOfSpeech, type WordNet } from './open-wordnet.ts';
import type { PartOfSpeech, Synset } from './synset.ts';

const endings: Record<PartOfSpeech, readonly (readonly [ending: string, replacement: string])[]> = {
  noun: [
    ['s', ''],
    ['ses', 's'],
    ['ves', 'f'],
    ['xes', 'x'],
    ['zes', 'z'],
    ['ches', 'ch'],
    ['shes', 'sh'],
    ['men', 'man'],
    ['ies', 'y'],
  ],
  verb: [
    ['s', ''],
    ['ies', 'y'],
    ['es', 'e'],
    ['es', ''],
    ['ed', 'e'],
    ['ed', ''],
    ['ing', 'e'],
    ['ing', ''],
  ],
  adjective: [
    ['er', ''],
    ['est', ''],
    ['er', 'e'],
    ['est', 'e'],
  ],
  adverb: [],
};

/**
 * The lemmas a word can be a form of, the word itself first if it is one; none if WordNet has none. A word in the list of
 * irregular forms takes its base forms from there, any other loses an ending, once; as NLTK's `_morphy`. Upper and lower
 * case are the same; a space is '_'.
 */
export function baseForms(wordnet: WordNet, word: string, partOfSpeech: PartOfSpeech): string[] {
  const form = word.toLowerCase().replaceAll(' ', '_');
  const bases =
    wordnet.irregular(form, partOfSpeech) ??
    endings[partOfSpeech]
      .filter(([ending]) => form.endsWith(ending))
      .map(([ending, replacement]) => form.slice(0, form.length - ending.length) + replacement);
  return [...new Set([form, ...bases])].filter((lemma) => wordnet.has(lemma, partOfSpeech));
}

/** All senses of a word in any of its base forms, nouns first, then verbs, adjectives, adverbs; most frequent first in each. */
export function sensesOf(wordnet: WordNet, word: string, among: readonly PartOfSpeech[] = partsOfSpeech): Synset[] {
  return among.flatMap((partOfSpeech) =>
    baseForms(wordnet, word, partOfSpeech).flatMap((lemma) => wordnet.senses(lemma, partOfSpeech)),
  );
}
