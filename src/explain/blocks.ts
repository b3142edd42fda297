// The blocks of a chapter: plain data that a terminal, a page and a program can each show in their own way. Numbers
// stay numbers; a column says how many decimals to show.
import type { Graph } from './graph.ts';
import { toRows } from './matrix.ts';

export type Cell = string | number | null;

export interface Column {
  title: string;
  /** Decimals of its numbers; default: whole numbers. Ignored for words. */
  digits?: number;
  /** Right-aligns numbers given as text; numbers always are. */
  align?: 'right';
}

export interface Table {
  kind: 'table';
  title: string;
  columns: Column[];
  /** null is a blank cell. */
  rows: Cell[][];
}

export interface Formula {
  kind: 'formula';
  name: string;
  /** The formula with symbols, then with its numbers. */
  symbolic: string;
  numbers: string;
}

export interface Point {
  x: number;
  y: number;
  label?: string;
}

export interface Plot {
  kind: 'plot';
  form: 'points' | 'lines' | 'bars';
  title: string;
  x: string;
  y: string;
  series: { name: string; points: Point[] }[];
}

export interface DrawnEdge {
  name: string;
  rows: number;
  columns: number;
  /** null: blank, before the forward or the backward step reached it. */
  value: number[][] | null;
  gradient: number[][] | null;
}

export interface DrawnGraph {
  kind: 'graph';
  title: string;
  nodes: { operation: string; inputs: string[]; outputs: string[] }[];
  edges: DrawnEdge[];
}

/** A node of a binary tree; a leaf has no children. */
export interface TreeNode {
  name: string;
  count: number;
  /** Whether it lies on the path that the chapter follows. */
  marked: boolean;
  /** By bit 0 and bit 1; null for a leaf. */
  children: [TreeNode, TreeNode] | null;
}

export interface DrawnTree {
  kind: 'tree';
  title: string;
  root: TreeNode;
}

export interface Question {
  kind: 'question';
  prompt: string;
  answer: number;
  /** How far from `answer` a given answer may be. */
  tolerance: number;
  explanation: string;
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | Formula
  | Table
  | Plot
  | DrawnGraph
  | DrawnTree
  | Question;

export interface Chapter {
  name: string;
  title: string;
  blocks: Block[];
}

export const heading = (text: string): Block => ({ kind: 'heading', text });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const formula = (name: string, symbolic: string, numbers: string): Formula => {
  return { kind: 'formula', name, symbolic, numbers };
};
export const table = (title: string, columns: Column[], rows: Cell[][]): Table => {
  return { kind: 'table', title, columns, rows };
};
export const plot = (form: Plot['form'], title: string, [x, y]: [string, string], series: Plot['series']): Plot => {
  return { kind: 'plot', form, title, x, y, series };
};
export const question = (prompt: string, answer: number, tolerance: number, explanation: string): Question => {
  return { kind: 'question', prompt, answer, tolerance, explanation };
};

/** The current state of the graph: edges that no step has reached are blank. */
export function drawnGraph(title: string, graph: Graph): DrawnGraph {
  const edges = [...graph.edges.values()].map(({ name, value, gradient }) => ({
    name,
    rows: value?.rows ?? 0,
    columns: value?.columns ?? 0,
    value: value === undefined ? null : toRows(value),
    gradient: gradient === undefined ? null : toRows(gradient),
  }));
  const nodes = graph.nodes.map(({ operation, inputs, outputs }) => ({
    operation: operation.name,
    inputs: [...inputs],
    outputs: [...outputs],
  }));
  return { kind: 'graph', title, nodes, edges };
}

/** A (rows, columns) table of numbers with a name for each row and column. */
export function matrixTable(
  title: string,
  rowNames: readonly string[],
  columnNames: readonly string[],
  rows: readonly (readonly number[])[],
  digits: number,
): Table {
  const columns = [{ title: '' }, ...columnNames.map((name) => ({ title: name, digits }))];
  return table(
    title,
    columns,
    rows.map((row, i) => [rowNames[i], ...row]),
  );
}
