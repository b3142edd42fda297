// Graphs of any width: no two boxes on each other, no label on a label, all within the picture.
import { describe, expect, it } from 'vitest';
import { drawnGraph } from '../../../src/explain/blocks.ts';
import { createGraph } from '../../../src/explain/graph.ts';
import { graphLayout, LANE, NODE_HEIGHT } from '../../../src/explain/page/graph-layout.ts';
import { cbowNodes, negativeSamplingNodes, skipgramNodes, softmaxNodes } from '../../../src/explain/word2vec/layers.ts';

const contexts = (C: number) => Array.from({ length: C }, (_, id) => id);

describe.each([
  ['CBOW, 1 context', [...cbowNodes([contexts(1)]), ...softmaxNodes([0])]],
  ['CBOW, 2 contexts', [...cbowNodes([contexts(2)]), ...softmaxNodes([0])]],
  ['CBOW, 20 contexts', [...cbowNodes([contexts(20)]), ...softmaxNodes([0])]],
  ['sampling', [...skipgramNodes([0]), ...negativeSamplingNodes([[1, 2, 3]], { labels: [[1, 0, 0]] })]],
])('%s', (_title, nodes) => {
  const graph = drawnGraph('', createGraph(nodes));
  const layout = graphLayout(graph, () => 45);

  it('boxes are apart and inside', () => {
    for (const [at, { x, y, width }] of layout.nodes.entries()) {
      expect(x - width / 2).toBeGreaterThanOrEqual(0);
      expect(x + width / 2).toBeLessThanOrEqual(layout.width);
      expect(y + NODE_HEIGHT).toBeLessThan(layout.height);
      for (const other of layout.nodes.slice(at + 1)) {
        const isApart = Math.abs(other.x - x) >= (other.width + width) / 2 || Math.abs(other.y - y) > NODE_HEIGHT;
        expect(isApart).toBe(true);
      }
    }
  });

  it('labels have a lane each, and every edge leads down', () => {
    for (const [at, { from, to, labelTop }] of layout.edges.entries()) {
      if (from) expect(from.y).toBeLessThan(to.y);
      expect(labelTop).toBeLessThan(to.y);
      expect(to.x + LANE).toBeLessThanOrEqual(layout.width + 0.5);
      for (const other of layout.edges.slice(at + 1)) {
        expect(Math.abs(other.to.x - to.x) >= LANE - 0.5 || other.labelTop !== labelTop).toBe(true);
      }
    }
  });
});
