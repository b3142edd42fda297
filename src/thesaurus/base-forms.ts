// Finds WordNet's lemmas of an inflected word: mice -> mouse, running -> run (as WordNet's morphy(7WN)).
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
 * The possible lemmas of a word, the word itself first if it is a lemma; empty if WordNet has none. The list of
 * irregular forms has precedence; other words lose one ending, as in NLTK's `_morphy`. Ignores case; a space is '_'.
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

/** All senses of a word in all base forms: nouns, verbs, adjectives, adverbs; in each, most frequent first. */
export function sensesOf(wordnet: WordNet, word: string, among: readonly PartOfSpeech[] = partsOfSpeech): Synset[] {
  return among.flatMap((partOfSpeech) =>
    baseForms(wordnet, word, partOfSpeech).flatMap((lemma) => wordnet.senses(lemma, partOfSpeech)),
  );
}

/** Whether WordNet has the word in any base form; reads no synset. */
export function isKnown(wordnet: WordNet, word: string): boolean {
  const form = word.toLowerCase().replaceAll(' ', '_');
  if (partsOfSpeech.some((partOfSpeech) => wordnet.has(form, partOfSpeech))) return true;
  return partsOfSpeech.some((partOfSpeech) => baseForms(wordnet, word, partOfSpeech).length > 0);
}
