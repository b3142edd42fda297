// Corpus-based similarity of two synsets by the information content (IC) of their common hypernyms:
//   IC(s)   -ln(count(s) / count(all of its part of speech))           information content (Resnik 1995)
//   Resnik  the highest IC of a common hypernym
//   Lin     2 Resnik / (IC(1) + IC(2))                                 (Lin 1998)
import type { Vocabulary } from '../corpus/vocabulary.ts';
import { sensesOf } from './base-forms.ts';
import { hypernymsOf } from './hypernyms.ts';
import { partsOfSpeech, type WordNet } from './open-wordnet.ts';
import { commonHypernyms } from './path-similarity.ts';
import type { PartOfSpeech, Synset } from './synset.ts';

export interface InformationContent {
  /** Nats; Infinity for a synset without counts (without smoothing). Near the root it may be slightly negative. */
  of(synset: Synset): number;
  /** Number of vocabulary words in WordNet. */
  wordsUsed: number;
}

/**
 * Information content from the counts of a vocabulary, by the rule of NLTK's `wordnet.ic(corpus)`: every synset starts
 * with `smoothing`; each occurrence of a word is divided equally among its senses in all parts of speech (base forms by
 * `baseForms`), and a sense's share is added to the sense, to all its hypernyms and to its part of speech. As in NLTK,
 * a hypernym with two shortest paths gets the share twice, and so do all hypernyms above. A root can therefore count
 * more than its part of speech, and its information content can be slightly negative. Kept for comparability with NLTK.
 */
export function informationContent(
  wordnet: WordNet,
  vocabulary: Pick<Vocabulary, 'words' | 'counts'>,
  { smoothing = 1 }: { smoothing?: number | undefined } = {},
): InformationContent {
  const added = new Map<Synset, number>();
  const totals = Object.fromEntries(partsOfSpeech.map((part) => [part, smoothing])) as Record<PartOfSpeech, number>;
  let wordsUsed = 0;
  vocabulary.words.forEach((word, id) => {
    const senses = sensesOf(wordnet, word);
    if (senses.length > 0) wordsUsed++;
    const share = vocabulary.counts[id] / senses.length;
    for (const sense of senses) {
      for (const [synset, times] of levelsAbove(wordnet, sense)) {
        added.set(synset, (added.get(synset) ?? 0) + times * share);
      }
      totals[sense.partOfSpeech] += share;
    }
  });
  return {
    of: (synset) => -Math.log(((added.get(synset) ?? 0) + smoothing) / totals[synset.partOfSpeech]),
    wordsUsed,
  };
}

/** A synset and its hypernyms by level, each with the number of shortest paths to it. */
function levelsAbove(wordnet: WordNet, synset: Synset): Map<Synset, number> {
  const all = new Map<Synset, number>();
  for (let level = new Map([[synset, 1]]); level.size > 0; ) {
    for (const [one, times] of level) all.set(one, times);
    const above = new Map<Synset, number>();
    for (const [one, times] of level) {
      for (const hypernym of hypernymsOf(wordnet, one)) {
        if (!all.has(hypernym)) above.set(hypernym, (above.get(hypernym) ?? 0) + times);
      }
    }
    level = above;
  }
  return all;
}

/**
 * The information content of the most informative common hypernym, in nats; 0 if there is none (NLTK assumes a common
 * root). Undefined for different parts of speech.
 */
export function resnikSimilarity(
  wordnet: WordNet,
  content: InformationContent,
  first: Synset,
  second: Synset,
): number | undefined {
  if (first.partOfSpeech !== second.partOfSpeech) return undefined;
  const contents = commonHypernyms(wordnet, first, second).map((synset) => content.of(synset));
  return contents.length === 0 ? 0 : Math.max(...contents);
}

/** At most 1; undefined for different parts of speech, or if neither synset has information content. */
export function linSimilarity(
  wordnet: WordNet,
  content: InformationContent,
  first: Synset,
  second: Synset,
): number | undefined {
  const shared = resnikSimilarity(wordnet, content, first, second);
  if (shared === undefined) return undefined;
  const similarity = (2 * shared) / (content.of(first) + content.of(second));
  return Number.isNaN(similarity) ? undefined : similarity;
}
