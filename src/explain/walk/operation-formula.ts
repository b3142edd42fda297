// The formula of the operation that has just run: symbolic, then with the numbers of its first result.
import { type Formula, formula } from '../blocks.ts';
import { fixed, term } from '../figures.ts';
import type { Graph, GraphNode } from '../graph.ts';
import { type Matrix, rowOf } from '../matrix.ts';
import type { Strings } from '../strings/strings.ts';
import type { Standing } from './walk.ts';

/** Most terms of a sum that are written out. */
const MOST_TERMS = 6;
const DIGITS = 4;

/** Empty at the start and at the update, where no node has run. */
export function operationFormula(
  graph: Graph,
  phase: Standing['phase'],
  node: number | undefined,
  strings: Strings,
): Formula[] {
  if (node === undefined || (phase !== 'forward' && phase !== 'backward')) return [];
  const ran = graph.nodes[node];
  const written = phase === 'forward' ? forwardOf(ran, graph) : backwardOf(ran, graph);
  return written.map(([symbolic, numbers]) => {
    return formula(`${ran.operation.name}, ${strings.graph[phase]}`, symbolic, numbers);
  });
}

type Written = [symbolic: string, numbers: string];

const number = (value: number) => fixed(value, DIGITS);
const first = (matrix: Matrix) => matrix.values[0];
const columnOf = ({ rows, columns, values }: Matrix, at: number) =>
  Array.from({ length: rows }, (_, row) => values[row * columns + at]);

/** a1 × b1 + a2 × b2 + ... = result */
function dotText(a: ArrayLike<number>, b: ArrayLike<number>, more: string, result: number): string {
  const terms = Array.from(a, (value, d) => `${term(value, DIGITS)} × ${term(b[d], DIGITS)}`);
  const shown = terms.length > MOST_TERMS ? [...terms.slice(0, MOST_TERMS), '…'] : terms;
  return `${shown.join(' + ')}${more} = ${number(result)}`;
}

function sumText(values: readonly number[], result: number): string {
  const terms = values.map((value) => term(value, DIGITS));
  const shown = terms.length > MOST_TERMS ? [...terms.slice(0, MOST_TERMS), '…'] : terms;
  return `${shown.join(' + ')} = ${number(result)}`;
}

function forwardOf({ operation, inputs, outputs }: GraphNode, graph: Graph): Written[] {
  const [x, W, b] = inputs.map((name) => graph.value(name));
  const y = graph.value(outputs[0]);
  const [inX, inW, inB] = inputs;
  const out = outputs[0];
  switch (operation.name) {
    case 'Branch':
      return [[outputs.map((name) => `${name} = ${inX}`).join(',  '), `${number(first(x))} = ${number(first(y))}`]];
    case 'Add':
      return [[`${out} = ${inX} + ${inW}`, sumText([first(x), first(W)], first(y))]];
    case 'Scale':
      return [[`${out} = c × ${inX}`, `${term(first(x), DIGITS)} × c = ${number(first(y))}`]];
    case 'Embedding':
      return [[`${out}[i] = ${inX}[id i]`, `[${[...rowOf(y, 0)].slice(0, MOST_TERMS).map(number).join('  ')}]`]];
    case 'MatMul':
      return [[`${out}1 = sum_j ${inX}j ${inW}j1`, dotText(rowOf(x, 0), columnOf(W, 0), '', first(y))]];
    case 'Affine':
      return [
        [
          `${out}1 = sum_j ${inX}j ${inW}j1 + ${inB}1`,
          dotText(rowOf(x, 0), columnOf(W, 0), ` + ${term(first(b), DIGITS)}`, first(y)),
        ],
      ];
    case 'Sigmoid':
      return [[`${out} = 1 / (1 + e^-${inX})`, `1 / (1 + e^${term(-first(x), DIGITS)}) = ${number(first(y))}`]];
    case 'SoftmaxWithLoss':
      return [[`p = softmax(${inX}),  L = -log p(y)`, `-log ${number(Math.exp(-first(y)))} = ${number(first(y))}`]];
    case 'EmbeddingDot':
      return [[`${out}[i] = ${inX} · ${inW}[id i]`, `[${[...y.values].map(number).join('  ')}]`]];
    case 'NegativeSamplingLoss': {
      const terms = [...x.values].map((score, at) => `log σ(${number(at === 0 ? score : -score)})`);
      return [[`L = -log σ(s1) - sum_k log σ(-sk)`, `-${terms.join(' - ')} = ${number(first(y))}`]];
    }
    default:
      return [];
  }
}

function backwardOf({ operation, inputs, outputs }: GraphNode, graph: Graph): Written[] {
  const [x, W] = inputs.map((name) => graph.value(name));
  const [dx, dW] = inputs.map((name) => graph.gradient(name));
  const y = graph.value(outputs[0]);
  const dy = graph.gradient(outputs[0]);
  const [inX, inW, inB] = inputs;
  const out = outputs[0];
  const slope = (name: string) => `dL/d${name}`;
  switch (operation.name) {
    case 'Branch': {
      const slopes = outputs.map((name) => graph.gradient(name).values);
      // The first number that any copy gets a gradient for says more than a 0.
      const at = Math.max(
        0,
        dx.values.findIndex((value) => value !== 0),
      );
      const each = slopes.map((values) => values[at]);
      return [[`${slope(inX)} = ${outputs.map(slope).join(' + ')}`, sumText(each, dx.values[at])]];
    }
    case 'Add':
      return [[`${slope(inX)} = ${slope(out)},  ${slope(inW)} = ${slope(out)}`, number(first(dy))]];
    case 'Scale':
      return [[`${slope(inX)} = c × ${slope(out)}`, `c × ${term(first(dy), DIGITS)} = ${number(first(dx))}`]];
    case 'Embedding':
      return [
        [
          `${slope(inX)}[id] = sum_i ${slope(out)}[i],  id i = id`,
          `[${[...rowOf(dy, 0)].slice(0, MOST_TERMS).map(number).join('  ')}]`,
        ],
      ];
    case 'MatMul':
    case 'Affine':
      return [
        [
          `${slope(inX)} = ${slope(out)} ${inW}^T,  ${slope(inW)} = ${inX}^T ${slope(out)}${inB === undefined ? '' : `,  ${slope(inB)} = ${slope(out)}`}`,
          `${slope(inX)}1 = ${dotText(rowOf(dy, 0), rowOf(W, 0), '', first(dx))};  ${slope(inW)}11 = ${term(first(x), DIGITS)} × ${term(first(dy), DIGITS)} = ${number(first(dW))}`,
        ],
      ];
    case 'Sigmoid':
      return [
        [
          `${slope(inX)} = ${slope(out)} ${out} (1 - ${out})`,
          `${term(first(dy), DIGITS)} × ${number(first(y))} × (1 - ${number(first(y))}) = ${number(first(dx))}`,
        ],
      ];
    case 'SoftmaxWithLoss':
      return [[`${slope(inX)} = p - one-hot(y)`, `[${[...dx.values].map(number).join('  ')}]`]];
    case 'EmbeddingDot':
      return [
        [
          `${slope(inX)} = sum_i ${slope(out)}[i] ${inW}[id i],  ${slope(inW)}[id i] = ${slope(out)}[i] ${inX}`,
          `[${[...dx.values].slice(0, MOST_TERMS).map(number).join('  ')}]`,
        ],
      ];
    case 'NegativeSamplingLoss':
      return [[`${slope(inX)} = σ(s) - label`, `[${[...dx.values].map(number).join('  ')}]`]];
    default:
      return [];
  }
}
