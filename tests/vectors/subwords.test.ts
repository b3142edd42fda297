// N-grams of words, and vectors composed of them, beside gensim and fastText (tests/golden/subwords.py).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadVectors } from '../../src/formats/load.ts';
import { KeyedVectors } from '../../src/query/keyed-vectors.ts';
import { subwordBuckets } from '../../src/vectors/subwords.ts';

interface Golden {
  buckets: { minn: number; maxn: number; bucket: number; words: Record<string, number[]> }[];
  vectors: Record<string, number[]>;
}

const golden = JSON.parse(readFileSync(new URL('../golden/subwords.json', import.meta.url), 'utf8')) as Golden;
const model = fileURLToPath(new URL('../golden/formats/fasttext-subwords.bin', import.meta.url));

describe('the buckets of a word', () => {
  it.each(golden.buckets)('$minn to $maxn characters, $bucket buckets: those of gensim', ({ words, ...rules }) => {
    for (const [word, buckets] of Object.entries(words)) {
      expect(subwordBuckets(Buffer.from(word), rules).sort((a, b) => a - b)).toEqual(buckets);
    }
  });
});

it('n-grams of one character are not the markers < and > alone, as in fastText', () => {
  expect(subwordBuckets(Buffer.from('ab'), { minn: 1, maxn: 1, bucket: 100 })).toHaveLength(2);
});

describe('the vector of a word that the vocabulary lacks', () => {
  it("is fastText's", async () => {
    const vectors = new KeyedVectors(await loadVectors(model));
    for (const [word, expected] of Object.entries(golden.vectors)) {
      expect([vectors.has(word), vectors.isComposed(word)]).toEqual([true, true]);
      const found = vectors.vector(word);
      for (const [at, value] of expected.entries()) expect(Math.abs(found[at] - value)).toBeLessThan(1e-5);
    }
    expect(Object.keys(golden.vectors)).toHaveLength(8);
    expect(vectors.isComposed('whale')).toBe(false);
  });

  it('answers every question, and is never an answer', async () => {
    const vectors = new KeyedVectors(await loadVectors(model));
    expect(vectors.similarity('whaling', 'whaling')).toBeCloseTo(1, 6);
    const neighbors = vectors.nearest('whaling', 3);
    expect(neighbors).toHaveLength(3);
    for (const { word } of neighbors) expect(vectors.words).toContain(word);
    expect(vectors.sum('whaling - whale + sea', 2)).toHaveLength(2);
    for (const method of ['add', 'mul'] as const) {
      expect(vectors.analogy('whale', 'whaling', 'sea', { k: 2, method })).toHaveLength(2);
    }
    expect(vectors.oddOneOut(['whale', 'whaling', 'кит']).word).toBeTypeOf('string');
  });
});
