// What the thesaurus says of a word: its senses with their glosses, the words that share them, and what each is a kind of.
import { baseForms, sensesOf } from './base-forms.ts';
import { hypernymsOf, maxDepth } from './hypernyms.ts';
import { partsOfSpeech, type WordNet } from './open-wordnet.ts';
import type { PartOfSpeech, Synset } from './synset.ts';

export interface WordDescription {
  /** As it was asked for. */
  word: string;
  /** The base forms WordNet knows; empty if it doesn't know the word. */
  lemmas: { lemma: string; partOfSpeech: PartOfSpeech }[];
  /** Nouns first, then verbs, adjectives, adverbs; most frequent first in each. */
  senses: SenseDescription[];
}

export interface SenseDescription {
  /** 'dog.n.01' */
  name: string;
  partOfSpeech: PartOfSpeech;
  definition: string;
  examples: readonly string[];
  /** The other words with this sense. */
  synonyms: string[];
  /** What it is a kind (or an instance) of, and so on up to the roots; empty for adjectives and adverbs. */
  hypernyms: HypernymTree[];
}

export interface HypernymTree {
  name: string;
  words: readonly string[];
  /** Length of the longest way to a root. */
  depth: number;
  hypernyms: HypernymTree[];
}

/** Describes a word, in any of its forms; `senses` is empty where WordNet doesn't know it. */
export function describeWord(wordnet: WordNet, word: string): WordDescription {
  const lemmas = partsOfSpeech.flatMap((partOfSpeech) =>
    baseForms(wordnet, word, partOfSpeech).map((lemma) => ({ lemma: lemma.replaceAll('_', ' '), partOfSpeech })),
  );
  const own = new Set(lemmas.map(({ lemma }) => lemma));
  const senses = sensesOf(wordnet, word).map((sense) => ({
    name: sense.name,
    partOfSpeech: sense.partOfSpeech,
    definition: sense.definition,
    examples: sense.examples,
    synonyms: sense.words.filter((other) => !own.has(other.toLowerCase())),
    hypernyms: hypernymsOf(wordnet, sense).map((hypernym) => treeAbove(wordnet, hypernym)),
  }));
  return { word, lemmas, senses };
}

function treeAbove(wordnet: WordNet, synset: Synset): HypernymTree {
  return {
    name: synset.name,
    words: synset.words,
    depth: maxDepth(wordnet, synset),
    hypernyms: hypernymsOf(wordnet, synset).map((hypernym) => treeAbove(wordnet, hypernym)),
  };
}
