// WordNet as a similarity measure for word pairs: the similarity of their two most similar senses.
import { sensesOf } from './base-forms.ts';
import { type InformationContent, linSimilarity, resnikSimilarity } from './information-content.ts';
import type { WordNet } from './open-wordnet.ts';
import { leacockChodorowSimilarity, pathSimilarity, wuPalmerSimilarity } from './path-similarity.ts';
import type { Synset } from './synset.ts';

export type PathMeasure = 'path' | 'wu-palmer' | 'leacock-chodorow';
export type CorpusMeasure = 'lin' | 'resnik';
/** Name of a similarity of two senses; `lin` and `resnik` need the counts of a text. */
export type ThesaurusMeasure = PathMeasure | CorpusMeasure;

/** The names of all similarities, the default `path` first. */
export const thesaurusMeasures: readonly ThesaurusMeasure[] = [
  'path',
  'wu-palmer',
  'leacock-chodorow',
  'lin',
  'resnik',
];

type SynsetSimilarity = (first: Synset, second: Synset) => number | undefined;

/** A similarity of two synsets. Lin and Resnik need the information content of a corpus. */
export function synsetSimilarity(wordnet: WordNet, measure: PathMeasure): SynsetSimilarity;
export function synsetSimilarity(
  wordnet: WordNet,
  measure: ThesaurusMeasure,
  content: InformationContent,
): SynsetSimilarity;
export function synsetSimilarity(
  wordnet: WordNet,
  measure: ThesaurusMeasure,
  content?: InformationContent,
): SynsetSimilarity {
  const known = content as InformationContent; // the overloads above require it where it is used
  switch (measure) {
    case 'path':
      return (first, second) => pathSimilarity(wordnet, first, second);
    case 'wu-palmer':
      return (first, second) => wuPalmerSimilarity(wordnet, first, second);
    case 'leacock-chodorow':
      return (first, second) => leacockChodorowSimilarity(wordnet, first, second);
    case 'lin':
      return (first, second) => linSimilarity(wordnet, known, first, second);
    case 'resnik':
      return (first, second) => resnikSimilarity(wordnet, known, first, second);
  }
}

/**
 * The similarity of two words: the highest similarity between a sense of one and a sense of the other, both nouns or
 * both verbs. Undefined if WordNet lacks a word, or if they are not both nouns or both verbs: adjectives and adverbs
 * have no hypernyms, and nouns and verbs have separate hierarchies. Words may be inflected ('mice'); case does not
 * matter.
 *
 * The result is a `SimilarityMeasure` of src/evaluate.
 */
export function thesaurusSimilarity(
  wordnet: WordNet,
  similarity: SynsetSimilarity,
): (first: string, second: string) => number | undefined {
  const senses = (['noun', 'verb'] as const).map((partOfSpeech) => {
    const known = new Map<string, Synset[]>();
    return (word: string) => {
      const before = known.get(word) ?? sensesOf(wordnet, word, [partOfSpeech]);
      known.set(word, before);
      return before;
    };
  });
  return (first, second) => {
    let most: number | undefined;
    for (const of of senses) {
      for (const one of of(first)) {
        for (const other of of(second)) {
          const value = similarity(one, other);
          if (value !== undefined && (most === undefined || value > most)) most = value;
        }
      }
    }
    return most;
  };
}
