import { beforeAll, describe, expect, it } from 'vitest';
import { finish } from '../../src/base/steps.ts';
import { exactNeighbors } from '../../src/map/exact-neighbors.ts';
import { fuzzySet, smoothDistances } from '../../src/map/fuzzy-set.ts';
import type { NeighborGraph } from '../../src/map/neighbor-graph.ts';
import { unitRows } from '../../src/map/unit-rows.ts';
import { golden } from './golden.ts';
import { goldenVectors } from './golden-vectors.ts';

describe("equal umap-learn's", () => {
  let graph: NeighborGraph;
  beforeAll(async () => {
    graph = await exactNeighbors(finish(unitRows(goldenVectors())), 14, { threads: 2 });
  });

  it('neighbors', () => {
    for (const { row, rows } of golden.neighbors) {
      expect([...graph.neighbors.subarray(row * 14, (row + 1) * 14)]).toEqual(rows);
    }
  });

  it('sigma and rho', () => {
    const { sigmas, rhos } = finish(smoothDistances(graph));
    for (const { row, sigma, rho } of golden.smooth) {
      expect(sigmas[row]).toBeCloseTo(sigma, 4);
      expect(rhos[row]).toBeCloseTo(rho, 5);
    }
  });

  it('weights of the edges', () => {
    const { heads, tails, weights } = finish(fuzzySet(graph));
    expect(weights.length).toBe(golden.fuzzy.nonzeros);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(golden.fuzzy.sum, 0);
    for (const { row, columns, weights: wanted } of golden.fuzzy.rows) {
      const edges = [...heads.keys()].filter((edge) => heads[edge] === row).sort((a, b) => tails[a] - tails[b]);
      expect(edges.map((edge) => tails[edge])).toEqual(columns);
      edges.forEach((edge, at) => {
        expect(weights[edge]).toBeCloseTo(wanted[at], 3);
      });
    }
  });
});

describe('neighbors in the same place', () => {
  const graphOf = (cosines: number[], k: number): NeighborGraph => ({
    ...{ count: cosines.length / k, k, cosines: Float32Array.from(cosines) },
    neighbors: Int32Array.from(cosines, (_, at) => (Math.floor(at / k) + 1 + (at % k)) % (cosines.length / k)),
  });

  it('all of them: every weight is 1', () => {
    const set = finish(fuzzySet(graphOf(new Array(8).fill(1.0000001), 2)));
    expect([...set.weights]).toEqual(new Array(set.weights.length).fill(1));
  });

  it('some of them: rho is the distance of the first that is elsewhere', () => {
    const { rhos, sigmas } = finish(smoothDistances(graphOf([1, 0.9999999, 0.8, 0.7, 1, 1, 0.5, 0.4, 1, 1, 1, 1], 4)));
    expect(rhos[0]).toBeCloseTo(0.2, 6);
    expect(rhos[1]).toBeCloseTo(0.5, 6);
    expect(rhos[2]).toBe(0);
    expect(sigmas.every((sigma) => sigma > 0)).toBe(true);
  });

  it('has no edges without neighbors', () => {
    const none = { count: 1, k: 0, neighbors: new Int32Array(0), cosines: new Float32Array(0) };
    expect(finish(fuzzySet(none)).weights.length).toBe(0);
  });
});
