// Dictionaries written for the test: what is wrong with a file is said, with the file and the byte.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxDepth, treeDepth } from '../../src/thesaurus/hypernyms.ts';
import { openWordNet } from '../../src/thesaurus/open-wordnet.ts';
import { wuPalmerSimilarity } from '../../src/thesaurus/path-similarity.ts';
import { parseSynset } from '../../src/thesaurus/synset.ts';
import { hypernymPaths } from './hypernym-paths.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'w2v-wordnet-'));
});
afterEach(() => rm(folder, { recursive: true }));

type Entry = { word: string; hypernyms?: string[]; instanceOf?: string[]; gloss?: string };

/** A dictionary of nouns with one sense each, in the format of WordNet; returns where each word's synset begins. */
async function writeDictionary(nouns: Entry[]): Promise<Record<string, number>> {
  const header = '  1 WordNet 9.9 Copyright nobody  \n';
  const line = ({ word, hypernyms = [], instanceOf = [], gloss }: Entry, offsets: Record<string, number>) => {
    const number = (name: string) => String(offsets[name] ?? 0).padStart(8, '0');
    const pointers = [
      ...hypernyms.map((name) => `@ ${number(name)} n 0000 `),
      ...instanceOf.map((name) => `@i ${number(name)} n 0000 `),
    ];
    const count = String(pointers.length).padStart(3, '0');
    return `${number(word)} 03 n 01 ${word} 0 ${count} ${pointers.join('')}| ${gloss ?? 'a thing'}  \n`;
  };
  const offsets: Record<string, number> = {};
  let at = header.length;
  for (const noun of nouns) {
    offsets[noun.word] = at;
    at += line(noun, {}).length;
  }
  const data = header + nouns.map((noun) => line(noun, offsets)).join('');
  const index = nouns.map(
    ({ word }) => `${word.toLowerCase()} n 1 0 1 0 ${String(offsets[word]).padStart(8, '0')}  \n`,
  );
  await mkdir(folder, { recursive: true });
  for (const suffix of ['noun', 'verb', 'adj', 'adv']) {
    await writeFile(path.join(folder, `data.${suffix}`), suffix === 'noun' ? data : header);
    await writeFile(path.join(folder, `index.${suffix}`), suffix === 'noun' ? header + index.join('') : header);
  }
  return offsets;
}

describe('openWordNet', () => {
  it('follows several ways to the root', async () => {
    const offsets = await writeDictionary([
      { word: 'thing' },
      { word: 'animal', hypernyms: ['thing'] },
      { word: 'canine', hypernyms: ['animal'] },
      { word: 'dog', hypernyms: ['canine', 'animal'], gloss: 'it barks; "the dog barked all night"' },
      { word: 'Rex', instanceOf: ['dog'] },
    ]);
    const wordnet = await openWordNet(folder);
    expect(wordnet.version).toBe('9.9');
    const [rex] = wordnet.senses('rex', 'noun');
    expect(rex).toMatchObject({ name: 'rex.n.01', words: ['Rex'], hypernyms: [offsets.dog] });
    expect(wordnet.synset('noun', offsets.dog!)).toMatchObject({
      definition: 'it barks',
      examples: ['the dog barked all night'],
    });
    expect(hypernymPaths(wordnet, rex!).map((way) => way.map((step) => step.words[0]))).toEqual([
      ['thing', 'animal', 'canine', 'dog', 'Rex'],
      ['thing', 'animal', 'dog', 'Rex'],
    ]);
    expect(maxDepth(wordnet, rex!)).toBe(4);
    expect(treeDepth(wordnet, 'noun')).toBe(4);
    expect([...wordnet.synsets('noun')]).toHaveLength(5);
  });

  it('gives no value to nouns without a common root', async () => {
    await writeDictionary([{ word: 'one' }, { word: 'other' }]);
    const wordnet = await openWordNet(folder);
    const [one, other] = [...wordnet.synsets('noun')];
    expect(wuPalmerSimilarity(wordnet, one!, other!)).toBeUndefined();
    expect(wuPalmerSimilarity(wordnet, one!, one!)).toBe(1);
  });

  it('stops at a circle', async () => {
    await writeDictionary([
      { word: 'egg', hypernyms: ['hen'] },
      { word: 'hen', hypernyms: ['egg'] },
    ]);
    const wordnet = await openWordNet(folder);
    expect(() => maxDepth(wordnet, wordnet.senses('egg', 'noun')[0])).toThrow(
      `${folder}: the hypernyms of egg.n.01 form a cycle`,
    );
    expect(() => maxDepth(wordnet, wordnet.senses('hen', 'noun')[0])).toThrow('form a cycle');
  });

  it('says where a file is cut off', async () => {
    const { thing, other } = await writeDictionary([{ word: 'thing' }, { word: 'other' }]);
    const file = path.join(folder, 'data.noun');
    const whole = await readFile(file, 'latin1');
    await writeFile(file, whole.slice(0, whole.indexOf('other')));
    const wordnet = await openWordNet(folder);
    expect(wordnet.synset('noun', thing!).words).toEqual(['thing']);
    expect(() => wordnet.synset('noun', other!)).toThrow(`${file}: a synset that breaks off at byte ${other}`);
  });

  it('shows no control characters of a damaged file', async () => {
    const { other } = await writeDictionary([{ word: 'thing' }, { word: 'other' }]);
    const file = path.join(folder, 'data.noun');
    await writeFile(file, (await readFile(file, 'latin1')).replace('01 other', '\x1b[ other'), 'latin1');
    const wordnet = await openWordNet(folder);
    const observed = `${file}: a synset that has '\\x1b[' for a number at byte ${other}`;
    expect(() => wordnet.synset('noun', other!)).toThrow(observed);
  });

  it('refuses other text, and an index that leads nowhere', async () => {
    await writeDictionary([{ word: 'thing' }]);
    const index = path.join(folder, 'index.noun');
    const hint = 'give a folder with index.noun, data.noun and the other files of WordNet 3.x';
    await writeFile(index, 'once upon a time there was a text\n');
    await expect(openWordNet(folder)).rejects.toMatchObject({
      code: 'file-malformed',
      message: `${index}: the line of 'once' does not end in offsets of synsets`,
      hint,
    });
    await writeFile(index, 'thing n 1 0 1 0 00000007\n');
    await expect(openWordNet(folder)).rejects.toMatchObject({
      message: `${path.join(folder, 'data.noun')}: expected a synset at byte 7`,
      hint,
    });
    await writeFile(index, '\n');
    await expect(openWordNet(folder)).rejects.toMatchObject({
      message: `${index}: no lemma, expected an index of WordNet`,
      hint,
    });
  });
});

describe('parseSynset', () => {
  it('drops the marks of adjectives and reads satellites', () => {
    const line = '00003483 00 s 02 outback(a) 0 far_out 0 001 & 00003356 a 0000 | remote; "outback (really)"';
    expect(parseSynset(line)).toEqual({
      offset: 3483,
      satellite: true,
      words: ['outback', 'far out'],
      definition: 'remote',
      examples: ['outback (really)'],
      hypernyms: [],
    });
  });

  it('says what is no number', () => {
    expect(() => parseSynset('0000x483 00 n zz entity')).toThrow("has 'zz' for a number");
    for (const none of ['00', '-1']) {
      expect(() => parseSynset(`00001740 03 n ${none} 000 | nothing`)).toThrow('has no word');
    }
  });
});
