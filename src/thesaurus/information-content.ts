// Similarity of two synsets by what a corpus says of their common hypernyms:
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
  /** Nats; Infinity for a synset the corpus says nothing of (without smoothing). Near the root it may fall a little below 0. */
  of(synset: Synset): number;
  /** Words of the vocabulary that WordNet knows. */
  wordsUsed: number;
}

/**
 * Information content from the counts of a corpus' vocabulary. The rule is that of NLTK's `wordnet.ic(corpus)`: every synset begins
 * with `smoothing`; each occurrence of a word is shared equally among its senses in all parts of speech (base forms by
 * `baseForms`), and a sense's share is added to it, to all its hypernyms and to its part of speech as a whole. As in NLTK, a
 * hypernym that two equally long ways lead to gets the share twice, and with it all above: so a root can count more than its
 * part of speech has, and its information content be slightly negative. Kept, so that figures can be set beside NLTK's.
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
    const share = vocabulary.counts[id]! / senses.length;
    for (const sense of senses) {
      for (const synset of levelsAbove(wordnet, sense)) added.set(synset, (added.get(synset) ?? 0) + share);
      totals[sense.partOfSpeech] += share;
    }
  });
  return {
    of: (synset) => -Math.log(((added.get(synset) ?? 0) + smoothing) / totals[synset.partOfSpeech]),
    wordsUsed,
  };
}

/** A synset and its hypernyms level by level; twice in one level what two synsets of the level below lead to. */
function levelsAbove(wordnet: WordNet, synset: Synset): Synset[] {
  const all: Synset[] = [];
  const seen = new Set<Synset>();
  for (let level = [synset]; level.length > 0; ) {
    for (const one of level) seen.add(one);
    all.push(...level);
    level = level.flatMap((one) => hypernymsOf(wordnet, one)).filter((hypernym) => !seen.has(hypernym));
  }
  return all;
}

/**
 * The information content of the most informative common hypernym, in nats; 0 if there is none (NLTK supposes a common
 * root). Undefined for two parts of speech.
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

/** At most 1; undefined for two parts of speech, and where neither synset has any information content. */
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
