// Draws a binary tree: the root at the left, one row per leaf, the bit on each branch, the marked path in color.

import { thousands } from '../../base/format-numbers.ts';
import { figureHtml, type Html, html } from '../../page/html.ts';
import { pixel, svgPicture, svgText, textWidth } from '../../page/svg.ts';
import type { DrawnTree, TreeNode } from '../blocks.ts';
import { fitting } from './plot-svg.ts';

const ROW = 30;
const LEVEL = 74;
const LEFT = 40;
const WIDEST_LEAF = 220;
const RADIUS = 17;

interface Placed {
  node: TreeNode;
  x: number;
  y: number;
  children: Placed[];
}

export function treeHtml(tree: DrawnTree, id: string): Html {
  const region = html`role="region" tabindex="0" aria-label="${tree.title}"`;
  return figureHtml(id, html`<div class="scroll picture" ${region}>${treeSvg(tree)}</div>`, tree.title);
}

function treeSvg({ title, root }: DrawnTree): Html {
  let leaves = 0;
  const place = (node: TreeNode, depth: number): Placed => {
    const children = (node.children ?? []).map((child) => place(child, depth + 1));
    const y = children.length === 0 ? 20 + ROW * leaves++ : (children[0].y + children[1].y) / 2;
    return { node, x: LEFT + LEVEL * depth, y, children };
  };
  const all = flattened(place(root, 0));
  const ends = all.map(
    ({ node, x }) => x + (node.children ? RADIUS : Math.min(WIDEST_LEAF, textWidth(leafText(node)))),
  );
  const width = Math.round(Math.max(...ends) + 20);
  const height = ROW * leaves + 10;
  // Marked branches are drawn last, on top of the others.
  const branches = all.flatMap(branchesOf).sort((a, b) => Number(a.marked) - Number(b.marked));
  const parts = [...branches.map(({ svg }) => svg), ...all.map(nodeSvg)];
  const attributes = html`class="tree" style="width:${width}px"`;
  return svgPicture(width, height, `${title}. ${codes(root, '').join('; ')}`, parts, attributes);
}

function flattened(placed: Placed): Placed[] {
  return [placed, ...placed.children.flatMap(flattened)];
}

const leafText = ({ name, count, marked }: TreeNode) => `${name} (${thousands(count)})${marked ? ' *' : ''}`;

function branchesOf({ x, y, children }: Placed): { marked: boolean; svg: Html }[] {
  return children.map((child, bit) => {
    const { marked } = child.node;
    const start = child.node.children ? child.x - RADIUS : child.x - 7;
    const path = html`<path class="wire" d="M${pixel(x)} ${pixel(y)}V${pixel(child.y)}H${pixel(start)}"/>`;
    const label = svgText(x + 26, child.y - 5, `${bit}`, html`class="bit" text-anchor="middle"`);
    return { marked, svg: html`<g class="branch${marked ? ' marked' : ''}">${path}${label}</g>` };
  });
}

function nodeSvg({ node, x, y }: Placed): Html {
  const kind = node.marked ? 'marked' : '';
  if (node.children === null) {
    const text = fitting(leafText(node), WIDEST_LEAF);
    return svgText(x, y + 4.5, text, html`class="leaf ${kind}"`);
  }
  const circle = html`<circle cx="${pixel(x)}" cy="${pixel(y)}" r="${RADIUS}"/>`;
  const name = svgText(x, y - 1, node.name, html`class="name" text-anchor="middle"`);
  const count = svgText(x, y + 11, thousands(node.count), html`class="count" text-anchor="middle"`);
  return html`<g class="inner ${kind}">${circle}${name}${count}</g>`;
}

/** Each word with its code, for screen readers. */
function codes({ name, children }: TreeNode, code: string): string[] {
  return children === null ? [`${name} ${code}`] : children.flatMap((child, bit) => codes(child, `${code}${bit}`));
}
