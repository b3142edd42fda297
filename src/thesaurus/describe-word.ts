// Describes a word with WordNet: its senses with glosses, synonyms and hypernyms.
import { checkFields, checkText } from '../base/check.ts';
import { baseForms, sensesOf } from './base-forms.ts';
import { hypernymsOf, maxDepth, pathsToRoot } from './hypernyms.ts';
import { partsOfSpeech, type WordNet } from './open-wordnet.ts';
import type { PartOfSpeech, Synset } from './synset.ts';

export interface WordDescription {
  /** The word as given. */
  word: string;
  /** Base forms in WordNet; empty for an unknown word. */
  lemmas: { lemma: string; partOfSpeech: PartOfSpeech }[];
  /** Nouns, verbs, adjectives, adverbs; in each, most frequent first. */
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
  /** Hypernyms (of kind or instance) up to the roots; empty for adjectives and adverbs. */
  hypernyms: HypernymTree[];
}

export interface HypernymTree {
  name: string;
  words: readonly string[];
  /** Length of the longest path to a root. */
  depth: number;
  hypernyms: HypernymTree[];
}

/** Describes a word in any inflected form; `senses` is empty for an unknown word. */
export function describeWord(wordnet: WordNet, word: string): WordDescription {
  checkFields(wordnet, 'what is given as WordNet', { senses: 'function' }, 'open it: openWordNet(FOLDER)');
  checkText(word, 'a word');
  const lemmas = partsOfSpeech.flatMap((partOfSpeech) =>
    baseForms(wordnet, word, partOfSpeech).map((lemma) => ({ lemma: lemma.replaceAll('_', ' '), partOfSpeech })),
  );
  const own = new Set(lemmas.map(({ lemma }) => lemma));
  const found = sensesOf(wordnet, word);
  for (const sense of found) pathsToRoot(wordnet, sense); // the tree has as many branches
  const senses = found.map((sense) => ({
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
