import { expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { encodeText } from '../../src/corpus/encode.ts';
import { trainWordVectors } from '../../src/train/train.ts';
import { trainingAdvice } from '../../src/train/training-advice.ts';

it('suggests epochs where a text is too small for the settings', () => {
  expect(trainingAdvice({ tokens: 3253, epochs: 5, vocabulary: 127 })).toEqual({
    seen: 16_265,
    needed: 80_800,
    epochs: 100,
  });
  expect(trainingAdvice({ tokens: 190_000, epochs: 5, vocabulary: 4300 })?.epochs).toBe(50);
});

it('is silent where the suggestion is followed, and on a text as large as text8', () => {
  expect(trainingAdvice({ tokens: 3253, epochs: 100, vocabulary: 127 })).toBeUndefined();
  expect(trainingAdvice({ tokens: 17_000_000, epochs: 5, vocabulary: 71_000 })).toBeUndefined();
});

it('has no number of epochs for a text of a few words', () => {
  expect(trainingAdvice({ tokens: 8, epochs: 1000, vocabulary: 7 })).toMatchObject({ seen: 8000, epochs: undefined });
});

it('has no advice for a training that goes on from given vectors', () => {
  const short = { tokens: 3253, epochs: 5, vocabulary: 127 };
  expect(trainingAdvice({ ...short, initWords: 127 })).toBeUndefined();
  expect(trainingAdvice({ ...short, initWords: 3 })?.epochs).toBe(100); // most words start from nothing
});

/** Ten categories of words in sentence patterns, each word telling its category by the number in it. */
function plantedText(): string {
  const random = createRandom(1);
  const common = () => ['the', 'of', 'and', 'a', 'in', 'to'][random.below(6)];
  const lines = Array.from({ length: 450 }, () => {
    const category = random.below(10);
    const member = () => `m${category}x${random.below(10)}`;
    const pattern = () => `k${category}x${random.below(6)}`;
    return [common(), member(), pattern(), common(), pattern(), common(), member()].join(' ');
  });
  return lines.join('\n');
}

it('tells useless vectors from useful ones on planted text', async () => {
  const corpus = await encodeText(plantedText());
  const { words } = corpus.vocabulary;
  const facts = { tokens: corpus.tokens, vocabulary: words.length };
  /** Of members' nearest words, the share that is of the same category. */
  const share = async (epochs: number) => {
    const { vectors } = await trainWordVectors(corpus, { epochs, deterministic: true }, { engine: 'wasm' });
    const { matrix, dimensions: D } = vectors;
    const row = (i: number) => matrix.subarray(i * D, (i + 1) * D);
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, d) => sum + x * b[d], 0);
    const norms = words.map((_, i) => Math.sqrt(dot(row(i), row(i))));
    const members = words.flatMap((word, i) => (word.startsWith('m') ? [i] : []));
    const right = members.filter((i) => {
      const similarity = words.map((_, j) => (i === j ? -2 : dot(row(i), row(j)) / norms[j]));
      const nearest = words[similarity.indexOf(Math.max(...similarity))];
      return nearest.slice(1).startsWith(`${words[i].slice(1).split('x')[0]}x`);
    });
    return right.length / members.length;
  };
  expect(trainingAdvice({ ...facts, epochs: 5 })).toBeDefined();
  expect(await share(5)).toBeLessThan(0.5);
  const suggested = trainingAdvice({ ...facts, epochs: 5 })?.epochs as number;
  expect(await share(suggested)).toBeGreaterThan(0.95);
});
