// Places the nodes and edges of a drawn graph from top to bottom. A node is one level below the lowest node that it
// reads. Its inputs enter side by side, one lane each; an input of the graph starts just above its reader.
import type { DrawnGraph } from '../blocks.ts';

export const LANE = 176;
export const NODE_HEIGHT = 30;
const MARGIN = 14;

export interface PlacedNode {
  /** Center, top edge, and width of its box. */
  x: number;
  y: number;
  width: number;
}

export interface PlacedEdge {
  name: string;
  /** `from`: where it leaves its node; `to`: where it enters its reader or ends; `labelTop`: the top of its label. */
  from: { x: number; y: number } | undefined;
  to: { x: number; y: number };
  labelTop: number;
}

export interface GraphLayout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

/** @param labelHeight pixels that the label of an edge takes */
export function graphLayout({ nodes, edges }: DrawnGraph, labelHeight: (edge: string) => number): GraphLayout {
  const makers = new Map(nodes.flatMap(({ outputs }, node) => outputs.map((name, port) => [name, { node, port }])));
  const readers = new Map(nodes.flatMap(({ inputs }, node) => inputs.map((name, port) => [name, { node, port }])));
  const lanes = nodes.map(({ inputs, outputs }) => Math.max(1, inputs.length, outputs.length));
  const levels: number[] = [];
  for (const { inputs } of nodes) {
    const before = inputs.flatMap((name) => (makers.has(name) ? [levels[makers.get(name)!.node] + 1] : []));
    levels.push(Math.max(0, ...before));
  }
  const x = columns(nodes, makers, levels, lanes);
  const lowest = Math.min(...x.map((center, node) => center - (lanes[node] * LANE) / 2));
  // An edge's label stands to the right of it.
  const right = Math.max(...x.map((center, node) => center + ((lanes[node] + 1) * LANE) / 2));
  const shifted = x.map((center) => center - lowest + MARGIN);

  const depth = Math.max(...levels) + 1;
  const zones = Array.from({ length: depth + 1 }, (_, level) => {
    const names = level < depth ? nodes.flatMap(({ inputs }, node) => (levels[node] === level ? inputs : [])) : [];
    const ends = level === depth ? edges.filter(({ name }) => !readers.has(name)).map(({ name }) => name) : [];
    return Math.max(0, ...[...names, ...ends].map(labelHeight)) + 26;
  });
  const tops: number[] = [];
  let y = 4;
  for (let level = 0; level < depth; level++) {
    y += zones[level];
    tops.push(y);
    y += NODE_HEIGHT;
  }
  const placed = nodes.map(({ operation }, node) => ({
    x: shifted[node],
    y: tops[levels[node]],
    width: Math.max(118, operation.length * 8 + 40, (lanes[node] - 1) * LANE + 60),
  }));
  const port = (node: number, at: number, count: number) => placed[node].x + (at - (count - 1) / 2) * LANE;
  const placedEdges = edges.map(({ name }) => {
    const maker = makers.get(name);
    const reader = readers.get(name);
    const from = maker && {
      x: port(maker.node, maker.port, nodes[maker.node].outputs.length),
      y: placed[maker.node].y + NODE_HEIGHT,
    };
    const to = reader
      ? { x: port(reader.node, reader.port, nodes[reader.node].inputs.length), y: placed[reader.node].y }
      : { x: from!.x, y: y + zones[depth] };
    const zone = reader ? zones[levels[reader.node]] : zones[depth];
    return { name, from, to, labelTop: to.y - zone + 20 };
  });
  return { width: right - lowest + 2 * MARGIN, height: y + zones[depth] + 4, nodes: placed, edges: placedEdges };
}

/** The center of each node: below what it reads, side by side with those of its level. */
function columns(
  nodes: DrawnGraph['nodes'],
  makers: ReadonlyMap<string, { node: number; port: number }>,
  levels: readonly number[],
  lanes: readonly number[],
): number[] {
  const x = nodes.map(() => 0);
  for (let level = 0; level <= Math.max(...levels); level++) {
    const members = nodes.flatMap((_, node) => (levels[node] === level ? [node] : []));
    const wanted = new Map(
      members.map((node) => {
        const { inputs } = nodes[node];
        const above = inputs.flatMap((name, at) => {
          const maker = makers.get(name);
          if (maker === undefined) return [];
          const outputs = nodes[maker.node].outputs.length;
          const from = x[maker.node] + (maker.port - (outputs - 1) / 2) * LANE;
          return [from - (at - (inputs.length - 1) / 2) * LANE];
        });
        return [node, above.length === 0 ? 0 : mean(above)];
      }),
    );
    members.sort((a, b) => wanted.get(a)! - wanted.get(b)!);
    for (const [at, node] of members.entries()) {
      const before = members[at - 1];
      const free = before === undefined ? -Infinity : x[before] + ((lanes[before] + lanes[node]) / 2) * LANE;
      x[node] = Math.max(wanted.get(node)!, free);
    }
    const shift = mean(members.map((node) => wanted.get(node)! - x[node]));
    for (const node of members) x[node] += shift;
  }
  return x;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
