// The gradients of a graph against central differences: (L(x + h) - L(x - h)) / 2h for each number x on each edge. Two
// independent computations of the same slopes, so an error in a backward step shows.
import { finish, type Steps } from '../base/steps.ts';
import type { Graph, Values } from './graph.ts';
import { copyOf, dot, type Matrix } from './matrix.ts';

export interface CheckedEdge {
  edge: string;
  /** Numbers compared. */
  count: number;
  /** Largest |analytic - numeric| / max(|analytic|, |numeric|, 1e-5). */
  largestError: number;
  /** The cell with the largest error. */
  worst: { index: number; analytic: number; numeric: number };
}

const STEP = 1e-5; // in double precision the error of the differences is then near 1e-10
const SMALLEST = 1e-5; // slopes below are compared by their difference, which is itself exact to about 1e-10

/**
 * Runs the graph forward and backward on `values` and checks the gradient on every edge, those between nodes too. With
 * more than one output or one that is not (1, 1), `gradients` says how much each output counts: L = sum of output *
 * gradient. `names`: only these edges.
 */
export function checkGradients(
  graph: Graph,
  values: Values,
  gradients?: Values,
  names?: Iterable<string>,
): CheckedEdge[] {
  return finish(gradientCheckSteps(graph, values, gradients, names));
}

/** The same with a pause after each number. */
export function* gradientCheckSteps(
  graph: Graph,
  values: Values,
  gradients?: Values,
  names: Iterable<string> = graph.edges.keys(),
): Steps<CheckedEdge[]> {
  graph.forward(values);
  graph.backward(gradients);
  const results = [...names].map((name) => ({
    name,
    value: graph.value(name),
    gradient: graph.gradient(name),
  }));
  const checked: CheckedEdge[] = [];
  for (const { name, value, gradient } of results) {
    const lossAt = (index: number, shift: number) => {
      const moved = copyOf(value);
      moved.values[index] += shift;
      return lossWith(graph, values, name, moved, gradients);
    };
    let worst = { index: 0, analytic: 0, numeric: 0 };
    let largestError = 0;
    for (const [index, analytic] of gradient.values.entries()) {
      const numeric = (lossAt(index, STEP) - lossAt(index, -STEP)) / (2 * STEP);
      const error = Math.abs(analytic - numeric) / Math.max(Math.abs(analytic), Math.abs(numeric), SMALLEST);
      if (error > largestError || index === 0) worst = { index, analytic, numeric };
      largestError = Math.max(largestError, error);
      yield;
    }
    checked.push({ edge: name, count: value.values.length, largestError, worst });
  }
  graph.forward(values);
  graph.backward(gradients);
  return checked;
}

/** The loss with the value on one edge replaced. */
function lossWith(graph: Graph, values: Values, name: string, moved: Matrix, gradients: Values | undefined): number {
  graph.start(values);
  const edge = graph.edges.get(name)!;
  edge.value = moved;
  for (let index = 0; index < graph.nodes.length; index++) {
    graph.forwardNode(index);
    edge.value = moved;
  }
  return graph.outputs.reduce((loss, output) => {
    const made = graph.value(output).values;
    const counts = gradients?.[output]?.values ?? new Float64Array([1]);
    return loss + dot(made, counts);
  }, 0);
}
