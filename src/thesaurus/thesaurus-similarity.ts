// WordNet as a judge of word pairs, beside vectors: the similarity of the two senses that are most alike.
import { sensesOf } from './base-forms.ts';
import { type InformationContent, linSimilarity, resnikSimilarity } from './information-content.ts';
import type { WordNet } from './open-wordnet.ts';
import { leacockChodorowSimilarity, pathSimilarity, wuPalmerSimilarity } from './path-similarity.ts';
import type { Synset } from './synset.ts';

export type PathMeasure = 'path' | 'wu-palmer' | 'leacock-chodorow';
export type CorpusMeasure = 'lin' | 'resnik';
export type ThesaurusMeasure = PathMeasure | CorpusMeasure;

export const thesaurusMeasures: readonly ThesaurusMeasure[] = [
  'path',
  'wu-palmer',
  'leacock-chodorow',
  'lin',
  'resnik',
];

type SynsetSimilarity = (first: Synset, second: Synset) => number | undefined;

/** The similarity of two synsets by a measure. Lin and Resnik need the information content of a corpus. */
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
  const known = content as InformationContent; // the signatures above ask for it where it is used
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
 * How similar two words are: the highest similarity of a sense of the one with a sense of the other, both nouns or both verbs.
 * Undefined where WordNet lacks a word, and where the two are never the same of these: adjectives and adverbs stand in no hypernym
 * tree, and there is none that holds both nouns and verbs. Words may be inflected ('mice'); case doesn't matter.
 *
 * The shape is that of `Judge` in src/evaluate.
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
