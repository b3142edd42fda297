import { describe, expect, it } from 'vitest';
import { type Layout, type LayoutOptions, layOut, layOutWithin } from '../../src/map/layout.ts';
import type { SparseVectors } from '../../src/vectors/sparse-matrix.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';
import { golden } from './golden.ts';
import { goldenVectors } from './golden-vectors.ts';

const all = goldenVectors();
const first = (V: number, D = 20): WordVectors => ({
  words: all.words.slice(0, V),
  matrix: all.matrix.slice(0, V * D),
  dimensions: D,
});
const largest = (positions: Float32Array) => positions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const point = ({ positions }: Layout, row: number) => [...positions.slice(row * 2, (row + 1) * 2)];

describe('a map by UMAP', () => {
  it("keeps what umap-learn's keeps", async () => {
    const { quality, positions, keptByWord } = await layOut(all);
    expect(quality.kept).toBeGreaterThan(golden.umap[2].kept);
    expect(quality.trustworthiness).toBeGreaterThan(golden.umap[2].trustworthiness);
    expect(positions.length).toBe(2000);
    expect(largest(positions)).toBe(1);
    for (let axis = 0; axis < 2; axis++) {
      const sum = positions.reduce((total, value, at) => total + (at % 2 === axis ? value : 0), 0);
      expect(sum / 1000).toBeCloseTo(0, 5);
    }
    // All 1,000 words are in the sample.
    const mean = keptByWord!.reduce((sum, share) => sum + share, 0) / 1000;
    expect(mean).toBeCloseTo(quality.kept, 3);
  });

  it('is the same for the same seed, with any number of threads, and another one for another seed', async () => {
    const vectors = first(300);
    const one = await layOut(vectors, { epochs: 30, threads: 1 });
    expect(await layOut(vectors, { epochs: 30, threads: 3 })).toEqual(one);
    expect((await layOut(vectors, { epochs: 30, seed: 2 })).positions).not.toEqual(one.positions);
  });

  it('does not depend on the lengths of the rows', async () => {
    const vectors = first(300);
    const longer = vectors.matrix.map((value, at) => value * 2 ** (Math.floor(at / 20) % 5));
    const found = await layOut({ ...vectors, matrix: longer }, { epochs: 30 });
    expect(found.positions).toEqual((await layOut(vectors, { epochs: 30 })).positions);
  });

  it.skipIf(process.platform === 'win32')(
    'has approximate neighbors where exact ones would take too long, and says how many of the true ones',
    async () => {
      const vectors = first(500);
      const { method, notUmap, quality } = await layOutWithin(vectors, { epochs: 30 }, 1000);
      const { recall, ...others } = (await layOut(vectors, { epochs: 30 })).quality;
      expect([method, notUmap, recall]).toEqual(['umap', undefined, undefined]);
      expect(quality.recall).toBeGreaterThan(0.98);
      expect(Math.abs(quality.kept - others.kept)).toBeLessThan(0.05);
    },
  );

  it('reports progress and stops when told to', async () => {
    const phases = new Set<string>();
    const control = new AbortController();
    const working = layOut(all, {
      signal: control.signal,
      onProgress: ({ phase, done, total }) => {
        phases.add(phase);
        expect(done).toBeLessThanOrEqual(total);
        if (phase === 'layout' && done === 20) control.abort();
      },
    });
    await expect(working).rejects.toMatchObject({ code: 'interrupted' });
    expect([...phases]).toEqual(['neighbors', 'layout']);
  });
});

it('reports progress of every phase, in order', async () => {
  const phasesOf = async (method: 'pca' | 'umap') => {
    const phases = new Set<string>();
    await layOut(first(300), { method, epochs: 3, onProgress: ({ phase }) => phases.add(phase) });
    return [...phases];
  };
  expect(await phasesOf('pca')).toEqual(['pca', 'quality']);
  expect(await phasesOf('umap')).toEqual(['neighbors', 'layout', 'quality']);
});

describe.each(['pca', 'umap'] as const)('with few or odd words (%s)', (method) => {
  it.each([0, 1, 2, 3, 4, 8, 20])('%d words', async (V) => {
    const layout = await layOut(first(V), { method, epochs: 20 });
    expect(layout.positions.length).toBe(2 * V);
    expect(layout.positions.every(Number.isFinite)).toBe(true);
    expect(largest(layout.positions)).toBe(V < 2 ? 0 : 1);
    expect(layout.quality.kept).toBeGreaterThanOrEqual(0);
    expect(layout.quality.k).toBe(Math.max(0, Math.min(10, Math.ceil(V / 2) - 1)));
  });

  it('all vectors equal', async () => {
    const equal = { ...first(40), matrix: new Float32Array(40 * 20).fill(0.3) };
    const { positions, quality } = await layOut(equal, { method, epochs: 20 });
    expect(positions.every((value) => Math.abs(value) <= 1)).toBe(true);
    expect(quality.trustworthiness).toBeGreaterThanOrEqual(0);
  });

  it('words in the same place', async () => {
    const vectors = first(60);
    for (let row = 1; row < 60; row += 2) vectors.matrix.copyWithin(row * 20, (row - 1) * 20, row * 20);
    const { positions } = await layOut(vectors, { method, epochs: 50 });
    expect(positions.every((value) => Math.abs(value) <= 1)).toBe(true);
  });

  it('puts words without a direction at the origin, and places the others', async () => {
    const vectors = first(63);
    vectors.matrix.fill(0, 0, 20);
    vectors.matrix.fill(Number.NaN, 20 * 30, 20 * 31);
    vectors.matrix[20 * 62 + 5] = Number.POSITIVE_INFINITY;
    const layout = await layOut(vectors, { method, epochs: 50 });
    for (const row of [0, 30, 62]) expect(point(layout, row)).toEqual([0, 0]);
    expect(layout.positions.every(Number.isFinite)).toBe(true);
    expect(new Set(Array.from({ length: 63 }, (_, row) => point(layout, row).join())).size).toBe(61);
    expect(layout.quality.sample).toBe(60);
    if (method === 'umap') {
      expect(layout.keptByWord!.findIndex(Number.isNaN)).toBe(0);
      expect(layout.keptByWord!.filter(Number.isNaN).length).toBe(3);
    }
  });

  it('vectors of one dimension', async () => {
    const line = { words: ['a', 'b', 'c', 'd'], matrix: Float32Array.of(1, -2, 3, -4), dimensions: 1 };
    const { positions } = await layOut(line, { method, epochs: 10 });
    expect(positions.every(Number.isFinite)).toBe(true);
  });
});

describe.each(['pca', 'umap'] as const)('a map beside another one (%s)', (method) => {
  const vectors = first(400);
  // The same words turned and reflected, some replaced by others, in another order.
  const order = Array.from({ length: 400 }, (_, at) => (at * 37) % 400);
  const turned: WordVectors = {
    words: order.map((row) => (row % 10 === 0 ? `new${row}` : vectors.words[row])),
    matrix: Float32Array.from(
      order.flatMap((row) => [...all.matrix.subarray(row * 20, (row + 1) * 20)].reverse().map((value) => -value)),
    ),
    dimensions: 20,
  };
  const distances = (one: Layout, other: Layout) =>
    order.flatMap((row, at) => {
      const [a, b] = [point(one, row), point(other, at)];
      return row % 10 === 0 ? [] : Math.hypot(...a.map((value, axis) => value - b[axis]));
    });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('has its words where the other has them', async () => {
    const options: LayoutOptions = { method, epochs: 100 };
    const one = await layOut(vectors, options);
    const beside = { words: vectors.words, positions: one.positions };
    const other = await layOut(turned, { ...options, beside });
    const alone = await layOut(turned, { ...options, seed: 5 });
    expect(mean(distances(one, other))).toBeLessThan(method === 'pca' ? 1e-3 : 0.1);
    expect(mean(distances(one, other))).toBeLessThan(mean(distances(one, alone)) / 2);
    expect(largest(other.positions)).toBeLessThan(1.5);
  });

  it('does without shared words', async () => {
    const beside = { words: ['other'], positions: Float32Array.of(0.5, 0.5) };
    const { positions } = await layOut(first(30), { method, epochs: 10, beside });
    expect(largest(positions)).toBe(1);
  });
});

describe('refuses', () => {
  it.each<[LayoutOptions, string]>([
    [{ method: 'tsne' as 'pca' }, "method is tsne, expected 'pca' or 'umap'"],
    [{ neighbors: 1 }, 'neighbors is 1, expected 2 to 200'],
    [{ neighbors: 2.5 }, 'neighbors is 2.5, expected 2 to 200'],
    [{ minDist: 1.5 }, 'minDist is 1.5, expected 0 to 1'],
    [{ minDist: Number.NaN }, 'minDist is NaN, expected 0 to 1'],
    [{ epochs: 0 }, 'epochs is 0, expected 1 to 100000'],
    [{ seed: 0.5 }, 'seed is 0.5, expected a whole number'],
    [{ threads: 0 }, 'threads is 0, expected 1 to 1024'],
    [{ axes: 3 } as LayoutOptions, "layOut has no option 'axes'"],
    [{ dims: 2 } as LayoutOptions, "layOut has no option 'dims'"],
  ])('%o', async (options, message) => {
    await expect(layOut(first(10), options)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message),
    });
  });

  it('sparse vectors, with what to do', async () => {
    const matrix = {
      ...{ rows: 2, columns: 2, starts: Float64Array.of(0, 1, 2) },
      ...{ indices: Int32Array.of(0, 1), values: Float32Array.of(1, 1) },
    };
    const sparse: SparseVectors = { words: ['a', 'b'], matrix };
    await expect(layOut(sparse as unknown as WordVectors)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('sparse'),
      hint: expect.stringContaining('--method svd'),
    });
  });

  it('what is no vectors', async () => {
    await expect(layOut({} as WordVectors)).rejects.toMatchObject({ code: 'usage' });
  });
});
