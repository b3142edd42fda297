// Draws a graph with values (→) and gradients (←) on its edges, beside a table of all numbers.

import { type Html, html, joined } from '../../page/html.ts';
import { pixel, svgPicture, svgText } from '../../page/svg.ts';
import type { DrawnEdge, DrawnGraph } from '../blocks.ts';
import { digitsOf, fixed } from '../figures.ts';
import type { Strings } from '../strings/strings.ts';
import { graphLayout, NODE_HEIGHT, type PlacedEdge, type PlacedNode } from './graph-layout.ts';

const LINE = 15;
/** Larger matrices are in the table only. */
const MOST_ROWS = 3;
const MOST_COLUMNS = 3;

/** `now`: the node that has just run, when the reader steps through the graph. */
export function graphHtml(graph: DrawnGraph, id: string, strings: Strings, now?: number): Html {
  return html`<figure class="graph-figure" id="${id}"><figcaption>${graph.title}</figcaption><div class="graph-parts">
<div class="scroll picture" role="region" tabindex="0" aria-label="${graph.title}">${graphSvg(graph, strings, now)}</div>
${edgeTable(graph, id, strings)}</div></figure>`;
}

function graphSvg(graph: DrawnGraph, strings: Strings, now: number | undefined): Html {
  const labels = new Map(graph.edges.map((edge) => [edge.name, labelLines(edge, strings)]));
  const layout = graphLayout(graph, (name) => labels.get(name)!.length * LINE);
  const edges = layout.edges.map((placed, at) => edgeSvg(placed, labels.get(placed.name)!, graph.edges[at]));
  const nodes = layout.nodes.map((placed, at) => nodeSvg(placed, graph.nodes[at].operation, at === now));
  const order = graph.nodes.map(({ operation }) => operation).join(', ');
  const { width, height } = layout;
  const attributes = html`class="graph" style="width:${Math.round(width)}px"`;
  const label = strings.page.pictureOfGraph(graph.title, order);
  return svgPicture(Math.round(width), Math.round(height), label, [edges, nodes], attributes);
}

interface Label {
  text: string;
  kind: 'edge' | 'to' | 'back' | 'unknown';
}

/** Name and shape, the value, the gradient: as many lines as they have rows. */
function labelLines(edge: DrawnEdge, { blank }: Strings): Label[] {
  const shape = edge.rows * edge.columns > 1 ? ` (${edge.rows}, ${edge.columns})` : '';
  const lines: Label[] = [{ text: `${edge.name}${shape}`, kind: 'edge' }];
  for (const [arrow, matrix, kind] of [
    ['→', edge.value, 'to'],
    ['←', edge.gradient, 'back'],
  ] as const) {
    if (matrix === null) lines.push({ text: `${arrow} (${blank})`, kind: 'unknown' });
    else if (matrix.length > MOST_ROWS || matrix[0].length > MOST_COLUMNS) lines.push({ text: `${arrow} …`, kind });
    else {
      const rows = matrix.map((row) => numbersOf(row, matrix, 3));
      rows.forEach((row, at) => {
        lines.push({ text: `${at === 0 ? arrow : '  '} ${row}`, kind });
      });
    }
  }
  return lines;
}

function numbersOf(row: readonly number[], matrix: readonly (readonly number[])[], digits: number): string {
  return row.map((value) => fixed(value, digitsOf(matrix) && digits)).join('  ');
}

function edgeSvg({ from, to, labelTop }: PlacedEdge, lines: Label[], edge: DrawnEdge): Html {
  const [x, y] = [to.x, labelTop - 12];
  const bend = from === undefined ? '' : `M${pixel(from.x)} ${pixel(from.y)}C${curve(from, { x, y })}`;
  const start = from === undefined ? `M${pixel(x)} ${pixel(y)}` : '';
  const path = `${start}${bend}L${pixel(x)} ${pixel(to.y)}`;
  const dot = from === undefined ? html`<circle cx="${pixel(x)}" cy="${pixel(y)}" r="3.5" class="source"/>` : '';
  const text = lines.map(({ text, kind }, at) =>
    svgText(x + 9, labelTop + 4 + at * LINE, text, html`class="${kind}" xml:space="preserve"`),
  );
  const reached = edge.gradient !== null ? 'both' : edge.value !== null ? 'once' : 'not';
  return html`<g class="edge ${reached}"><path class="wire" d="${path}"/>${dot}${text}</g>`;
}

function curve(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const middle = (from.y + to.y) / 2;
  return `${pixel(from.x)} ${pixel(middle)} ${pixel(to.x)} ${pixel(middle)} ${pixel(to.x)} ${pixel(to.y)}`;
}

function nodeSvg({ x, y, width }: PlacedNode, operation: string, isNow: boolean): Html {
  const box = html`<rect x="${pixel(x - width / 2)}" y="${pixel(y)}" width="${pixel(width)}" height="${NODE_HEIGHT}" rx="7"/>`;
  const name = svgText(x, y + NODE_HEIGHT / 2 + 4.5, isNow ? `▸ ${operation}` : operation, html`text-anchor="middle"`);
  return html`<g class="node${isNow ? ' now' : ''}">${box}${name}</g>`;
}

/** Every number on every edge, matrices row by row. */
function edgeTable({ title, edges }: DrawnGraph, id: string, strings: Strings): Html {
  const { edge, shape, value, gradient } = strings.graphColumns;
  const caption = strings.page.edgeTable(title);
  const head = [edge, shape, value, gradient].map((name) => html`<th scope="col">${name}</th>`);
  const rows = edges.map((drawn) => {
    const cells = [drawn.value, drawn.gradient].map(
      (matrix) => html`<td class="matrix">${matrixText(matrix, strings)}</td>`,
    );
    const size = drawn.value === null ? '' : `(${drawn.rows}, ${drawn.columns})`;
    return html`<tr><th scope="row">${drawn.name}</th><td>${size}</td>${cells}</tr>`;
  });
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}-caption"><table class="edges"><caption id="${id}-caption" class="unseen">${caption}</caption>
<thead><tr>${head}</tr></thead><tbody>${joined(rows, '\n')}</tbody></table></div>`;
}

function matrixText(matrix: readonly (readonly number[])[] | null, { blank }: Strings): Html | string {
  if (matrix === null) return html`<span class="unknown">(${blank})</span>`;
  const texts = matrix.map((row) => row.map((value) => fixed(value, digitsOf(matrix))));
  const width = Math.max(...texts.flat().map((text) => text.length));
  return texts.map((row) => row.map((text) => text.padStart(width)).join('  ')).join('\n');
}
