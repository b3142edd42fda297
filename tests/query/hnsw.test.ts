import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { buildHnsw, recallOf } from '../../src/query/hnsw.ts';
import { nearest, nearestWords } from '../../src/query/nearest.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

/** Vectors in clumps, as those of words are. */
function clumps(V: number, D: number, seed: number): WordVectors {
  const random = createRandom(seed);
  const centers = Array.from({ length: 40 }, () => Float32Array.from({ length: D }, () => random.normal()));
  const matrix = new Float32Array(V * D);
  for (let row = 0; row < V; row++) {
    const center = centers[random.below(40)];
    for (let column = 0; column < D; column++) matrix[row * D + column] = center[column] + 0.6 * random.normal();
  }
  return { words: Array.from({ length: V }, (_, i) => `w${i}`), matrix, dimensions: D };
}

// usearch has no build for Windows.
describe.skipIf(process.platform === 'win32')('buildHnsw', () => {
  it('finds nearly all of the exact neighbors, with the exact similarities', async () => {
    const vectors = clumps(5000, 32, 1);
    const index = await buildHnsw(vectors, { threads: 1 });
    expect(await recallOf(index, vectors, 10, 100)).toBeGreaterThan(0.95);
    const [exact] = nearestWords(vectors, ['w7'], { k: 10 });
    const [found] = nearestWords(vectors, ['w7'], { k: 10, index });
    const similarities = new Map(exact!.map(({ word, similarity }) => [word, similarity]));
    expect(found).toHaveLength(10);
    expect(found!.some(({ word }) => word === 'w7')).toBe(false);
    for (const { word, similarity } of found!) {
      if (similarities.has(word)) expect(similarity).toBeCloseTo(similarities.get(word)!, 12);
    }
  });

  it('never proposes rows without a direction, and answers when k is more than there are', async () => {
    const vectors = clumps(20, 4, 2);
    vectors.matrix.fill(0, 0, 4);
    vectors.matrix[4] = Number.NaN;
    const index = await buildHnsw(vectors, { threads: 1 });
    const [found] = nearestWords(vectors, ['w5'], { k: 100, index });
    const words = found!.map(({ word }) => word);
    expect(words).toHaveLength(17);
    expect(words).not.toContain('w0');
    expect(words).not.toContain('w1');
  });

  it('is refused for other vectors, and together with restrictVocab', async () => {
    const vectors = clumps(50, 4, 3);
    const index = await buildHnsw(vectors, { threads: 1 });
    expect(() => nearest(clumps(50, 5, 3), [[1, 2, 3, 4, 5]], { index })).toThrow(
      'the index is of vectors with 4 numbers, expected 5',
    );
    expect(() => nearest(vectors, [[1, 2, 3, 4]], { index, restrictVocab: 10 })).toThrow(
      'restrictVocab and an index are both given',
    );
  });

  it('stops when told to', async () => {
    const controller = new AbortController();
    controller.abort();
    const building = buildHnsw(clumps(50, 4, 4), { threads: 1, signal: controller.signal });
    await expect(building).rejects.toMatchObject({ code: 'interrupted' });
  });
});
