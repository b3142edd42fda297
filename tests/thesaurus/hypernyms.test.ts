// A WordNet of 40 diamonds in a row: two hypernyms at each step, and so 2^40 paths to the root.
import { expect, it } from 'vitest';
import { describeWord } from '../../src/thesaurus/describe-word.ts';
import { informationContent } from '../../src/thesaurus/information-content.ts';
import type { WordNet } from '../../src/thesaurus/open-wordnet.ts';
import type { Synset } from '../../src/thesaurus/synset.ts';

/** Synset 3 i is below 3 i + 1 and 3 i + 2, both of which are below 3 (i + 1). */
function diamonds(count: number): WordNet {
  const synsets = Array.from({ length: 3 * count + 1 }, (_, offset): Synset => {
    const [step, side] = [Math.floor(offset / 3), offset % 3];
    const hypernyms = step === count ? [] : side === 0 ? [offset + 1, offset + 2] : [3 * (step + 1)];
    const name = `s${offset}.n.01`;
    return { partOfSpeech: 'noun', satellite: false, offset, name, words: [], definition: '', examples: [], hypernyms };
  });
  return {
    version: '3.1',
    folder: 'diamonds',
    has: (lemma, part) => lemma === 'bottom' && part === 'noun',
    senses: (lemma, part) => (lemma === 'bottom' && part === 'noun' ? [synsets[0]] : []),
    synset: (_, offset) => synsets[offset],
    synsets: () => synsets,
    irregular: () => undefined,
  };
}

it('describes a word with few paths, each of them', () => {
  const [sense] = describeWord(diamonds(2), 'bottom').senses;
  expect(sense!.hypernyms.map(({ name }) => name)).toEqual(['s1.n.01', 's2.n.01']);
  expect(sense!.hypernyms.map(({ depth, hypernyms }) => [depth, hypernyms[0].hypernyms.length])).toEqual([
    [3, 2],
    [3, 2],
  ]);
});

it('refuses to describe a word with 2^40 paths to the root', () => {
  expect(() => describeWord(diamonds(40), 'bottom')).toThrow(
    expect.objectContaining({
      code: 'file-malformed',
      message: 'diamonds: s78.n.01 has 16384 paths to a root, expected at most 10000',
    }),
  );
});

it('counts them without walking them', () => {
  const wordnet = diamonds(40);
  const content = informationContent(wordnet, { words: ['bottom'], counts: Float64Array.of(1) } as never);
  const root = wordnet.synset('noun', 120);
  expect(content.of(root)).toBeCloseTo(-Math.log((2 ** 40 + 1) / 2), 6);
});
