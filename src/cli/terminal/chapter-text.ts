// A chapter of the lesson as lines of text, at most 80 columns wide.

import type { ChalkInstance } from 'chalk';
import stringWidth from 'string-width';
import { thousands } from '../../base/format-numbers.ts';
import type {
  Block,
  Chapter,
  DrawnGraph,
  DrawnTree,
  Formula,
  Question,
  Table,
  TreeNode,
} from '../../explain/blocks.ts';
import { cellText, digitsOf, fixed } from '../../explain/figures.ts';
import type { Strings } from '../../explain/strings/strings.ts';
import { plotLines } from './plot-text.ts';
import { continuedBelow, formatTable, tableWidth } from './table.ts';
import { cutTo, wrapped } from './text-width.ts';

export const WIDTH = 80;
const WIDEST_CELL = 44;

export function chapterLines(chapter: Chapter, number: number, strings: Strings, colors: ChalkInstance): string[] {
  const title = `${number}. ${chapter.title} (${chapter.name})`;
  const lines = [colors.bold(title), '='.repeat(Math.min(WIDTH, stringWidth(title))), ''];
  for (const block of chapter.blocks) lines.push(...blockLines(block, strings, colors), '');
  return lines.slice(0, -1);
}

function blockLines(block: Block, strings: Strings, colors: ChalkInstance): string[] {
  switch (block.kind) {
    case 'heading':
      return [
        ...wrapped(block.text, WIDTH).map((line) => colors.bold(line)),
        '-'.repeat(Math.min(WIDTH, stringWidth(block.text))),
      ];
    case 'paragraph':
      return wrapped(block.text, WIDTH);
    case 'formula':
      return formulaLines(block, colors);
    case 'table':
      return [...wrapped(block.title, WIDTH).map((line) => colors.cyan(line)), ...tableLines(block, strings)];
    case 'graph':
      return graphLines(block, strings, colors);
    case 'tree':
      return [
        ...wrapped(block.title, WIDTH).map((line) => colors.cyan(line)),
        ...treeLines(block).map((line) => cutTo(line, WIDTH)),
      ];
    case 'plot':
      return [
        ...wrapped(block.title, WIDTH).map((line) => colors.cyan(line)),
        ...plotLines(block, WIDTH, strings.withoutRoom),
      ];
    case 'question':
      return questionLines(block, strings, colors);
  }
}

function formulaLines({ name, symbolic, numbers }: Formula, colors: ChalkInstance): string[] {
  return [...wrapped(name, WIDTH).map((line) => colors.cyan(line)), ...indented(symbolic, 2), ...indented(numbers, 4)];
}

function questionLines({ prompt, answer, explanation }: Question, strings: Strings, colors: ChalkInstance): string[] {
  return [
    ...wrapped(`${strings.question}: ${prompt}`, WIDTH).map((line) => colors.bold(line)),
    ...indented(`${strings.answer}: ${Number.isInteger(answer) ? thousands(answer) : answer}. ${explanation}`, 2),
  ];
}

/** As many columns as fit; the rest is counted. */
function tableLines(table: Table, strings: Strings): string[] {
  const columns = table.columns.map(({ title, align }, at) => ({
    title,
    align: align ?? (table.rows.some((row) => typeof row[at] === 'number') ? ('right' as const) : ('left' as const)),
  }));
  const rows = table.rows.map((row) => row.map((cell, at) => cellText(cell, table.columns[at].digits)));
  const last = columns.length - 1;
  // A long last column of words goes on below itself.
  if (columns[last].align === 'left') {
    const room = WIDTH - tableWidth(columns.slice(0, last), rows) - (last > 0 ? 2 : 0);
    if (room >= 20) {
      return formatTable(
        columns,
        continuedBelow(rows, (text) => wrapped(text, room)),
      );
    }
  }
  let count = columns.length;
  while (count > 1 && tableWidth(columns.slice(0, count), rows) > WIDTH) count--;
  const cut = rows.map((row) => row.slice(0, count).map((text) => cutTo(text, Math.max(WIDEST_CELL, WIDTH / count))));
  const lines = formatTable(columns.slice(0, count), cut).map((line) => cutTo(line, WIDTH));
  return count === columns.length ? lines : [...lines, `… ${strings.more(columns.length - count)}`];
}

/** The nodes in order, then each edge with its value and its gradient, matrices row by row. */
function graphLines({ title, nodes, edges }: DrawnGraph, strings: Strings, colors: ChalkInstance): string[] {
  const calls = nodes.map(
    ({ operation, inputs, outputs }) => `${operation}(${inputs.join(', ')}) -> ${outputs.join(', ')}`,
  );
  const { edge, shape, value, gradient } = strings.graphColumns;
  const blank = [`(${strings.blank})`];
  const entries = edges.map((drawn) => ({
    drawn,
    values: drawn.value === null ? blank : rowsOf(drawn.value),
    gradients: drawn.gradient === null ? blank : rowsOf(drawn.gradient),
  }));
  const rows = entries.flatMap(({ drawn, values, gradients }) =>
    Array.from({ length: Math.max(values.length, gradients.length) }, (_, i) => [
      ...(i === 0 ? [drawn.name, `(${drawn.rows}, ${drawn.columns})`] : ['', '']),
      values[i] ?? '',
      gradients[i] ?? '',
    ]),
  );
  const columns = [edge, shape, value, gradient].map((name) => ({ title: name }));
  return [
    colors.cyan(title),
    ...calls.flatMap((call) => indented(call, 2)),
    ...formatTable(columns, rows).map((line) => cutTo(line, WIDTH)),
  ];
}

const SHOWN_ROWS = 8;
const SHOWN_COLUMNS = 3;

/** At most 8 rows of 3 numbers; what is left out is an ellipsis. */
function rowsOf(matrix: readonly (readonly number[])[]): string[] {
  const digits = digitsOf(matrix);
  const lines = matrix.slice(0, SHOWN_ROWS).map((row) => {
    const numbers = row.slice(0, SHOWN_COLUMNS).map((each) => fixed(each, digits).padStart(digits === 0 ? 1 : 7));
    return numbers.join(' ') + (row.length > SHOWN_COLUMNS ? ' …' : '');
  });
  return matrix.length > SHOWN_ROWS ? [...lines, '…'] : lines;
}

function indented(text: string, columns: number): string[] {
  return wrapped(text, WIDTH - columns).map((line) => ' '.repeat(columns) + line);
}

/** The root at the left, each node below its parent, after the bit that leads to it. */
function treeLines({ root }: DrawnTree): string[] {
  return [nameOf(root), ...below(root, '')];
}

function nameOf({ name, count, marked }: TreeNode): string {
  return `${name} (${thousands(count)})${marked ? ' *' : ''}`;
}

function below({ children }: TreeNode, before: string): string[] {
  return (children ?? []).flatMap((child, bit) => [
    `${before}${bit === 0 ? '├' : '└'}${bit} ${nameOf(child)}`,
    ...below(child, `${before}${bit === 0 ? '│' : ' '}  `),
  ]);
}
