// Selects words that clearly belong to one class of WordNet (animals, foods), to see whether vectors group them.
import { ancestorDistances } from './hypernyms.ts';
import type { WordNet } from './open-wordnet.ts';
import type { Synset } from './synset.ts';

/** Classes by their top hypernyms, given as lemma and noun sense number. */
export const wordClasses: readonly { name: string; above: readonly (readonly [lemma: string, sense: number])[] }[] = [
  { name: 'animal', above: [['animal', 1]] },
  { name: 'person', above: [['person', 1]] },
  { name: 'body', above: [['body_part', 1]] },
  {
    name: 'food',
    above: [
      ['food', 1],
      ['food', 2],
      ['edible_fruit', 1],
    ],
  },
  { name: 'place', above: [['location', 1]] },
  { name: 'vehicle', above: [['vehicle', 1]] },
  { name: 'time', above: [['time_period', 1]] },
  { name: 'feeling', above: [['feeling', 1]] },
];

const otherParts = ['verb', 'adjective', 'adverb'] as const;

/**
 * Up to `most` words of each class, in the order of `words` (by decreasing frequency). A word belongs to a class if it
 * is a lemma of three letters or more, its most frequent noun sense and at least half of its noun senses are in the
 * class, and it has no more senses as verb, adjective and adverb than as noun.
 */
export function wordsByClass(wordnet: WordNet, words: readonly string[], most = 20): { word: string; group: string }[] {
  const classes = wordClasses.map(({ name, above }) => ({
    name,
    above: above.flatMap(([lemma, sense]) => wordnet.senses(lemma, 'noun')[sense - 1] ?? []),
    found: [] as string[],
  }));
  for (const word of words) {
    if (classes.every(({ found }) => found.length >= most)) break;
    if (!/^\p{L}{3,}$/u.test(word)) continue;
    const nouns = wordnet.senses(word.toLowerCase(), 'noun');
    const others = otherParts.flatMap((part) => wordnet.senses(word.toLowerCase(), part)).length;
    if (nouns.length === 0 || others > nouns.length) continue;
    for (const { above, found } of classes) {
      const isIn = (sense: Synset) => above.some((synset) => ancestorDistances(wordnet, sense).has(synset));
      if (found.length >= most || !isIn(nouns[0]!) || 2 * nouns.filter(isIn).length < nouns.length) continue;
      found.push(word);
      break;
    }
  }
  return classes.flatMap(({ name, found }) => found.map((word) => ({ word, group: name })));
}
