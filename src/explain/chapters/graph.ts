// Chapter `graph`: each node alone, then joined into a network of two layers; values and gradients on every edge.
import { createRandom } from '../../base/random.ts';
import { type Block, type Chapter, drawnGraph, formula, heading, paragraph, question, table } from '../blocks.ts';
import { edited } from '../edits.ts';
import { checkGradients } from '../gradient-check.ts';
import { createGraph, type GraphNode, type Values } from '../graph.ts';
import type { Lesson } from '../lesson.ts';
import { generated, matrixOf } from '../matrix.ts';
import { sigmoid } from '../nodes/activations.ts';
import { affine } from '../nodes/matmul.ts';
import { softmaxWithLoss } from '../nodes/softmax-with-loss.ts';
import { nodeExamples } from './node-examples.ts';

export function graphChapter(lesson: Lesson): Chapter {
  const say = lesson.strings.graph;
  const blocks: Block[] = [paragraph(say.intro), paragraph(say.chainRule)];
  for (const [index, example] of nodeExamples.entries()) {
    const { operation, inputs, gradients } = example;
    const graph = createGraph([{ operation, inputs: Object.keys(inputs), outputs: Object.keys(gradients) }]);
    const toMatrices = (given: Record<string, number[][]>): Values =>
      Object.fromEntries(Object.entries(given).map(([name, rows]) => [name, matrixOf(rows)]));
    graph.forward(toMatrices(inputs));
    blocks.push(heading(operation.name), paragraph(say.nodes[example.name]));
    if (index === 0) blocks.push(drawnGraph(say.beforeBackward, graph), paragraph(say.blank));
    graph.backward(toMatrices(gradients));
    const [forward, backward] = example.formulas(graph);
    blocks.push(
      formula(say.forward, forward.symbolic, forward.numbers),
      formula(say.backward, backward.symbolic, backward.numbers),
      drawnGraph(say.afterBackward, graph),
    );
  }
  blocks.push(...joined(lesson));
  blocks.push(
    question(say.questions.multiply, 3, 0.001, say.questions.multiplyWhy),
    question(say.questions.branch, 3, 0.001, say.questions.branchWhy),
    question(say.questions.repeat, 10, 0.001, say.questions.repeatWhy),
  );
  return { name: 'graph', title: say.title, blocks };
}

/**
 * The network of two layers and what it starts with: x (1, 2) -> Affine -> Sigmoid -> Affine -> SoftmaxWithLoss over
 * three classes, the answer being the second.
 */
export function layersNetwork({ settings, edits }: Lesson): { nodes: GraphNode[]; values: Values } {
  const random = createRandom(settings.seed, 2);
  const drawn = (rows: number, columns: number) =>
    generated(rows, columns, () => Math.round(random.normal() * 100) / 100);
  const nodes = [
    { operation: affine, inputs: ['x', 'W1', 'b1'], outputs: ['a'] },
    { operation: sigmoid, inputs: ['a'], outputs: ['h'] },
    { operation: affine, inputs: ['h', 'W2', 'b2'], outputs: ['scores'] },
    { operation: softmaxWithLoss([1]), inputs: ['scores'], outputs: ['loss'] },
  ];
  const values = {
    x: drawn(1, 2),
    W1: drawn(2, 3),
    b1: drawn(1, 3),
    W2: drawn(3, 3),
    b2: drawn(1, 3),
  };
  const shown = Object.entries(values).map(([name, matrix]) => [name, edited(`layers ${name}`, matrix, edits)]);
  return { nodes, values: Object.fromEntries(shown) };
}

function joined(lesson: Lesson): Block[] {
  const say = lesson.strings.graph;
  const { nodes, values } = layersNetwork(lesson);
  const graph = createGraph(nodes);
  graph.forward(values);
  const before = drawnGraph(say.joinedForward, graph);
  graph.backward();
  const after = drawnGraph(say.joinedBackward, graph);
  const checked = checkGradients(graph, values);
  const columns = [
    { title: say.check.edge },
    { title: say.check.numbers },
    { title: say.check.analytic, digits: 6 },
    { title: say.check.numeric, digits: 6 },
    { title: say.check.error },
  ];
  const rows = checked.map(({ edge, count, worst, largestError }) => [
    edge,
    count,
    worst.analytic,
    worst.numeric,
    largestError.toExponential(1),
  ]);
  return [
    heading(say.joinedHeading),
    paragraph(say.joined),
    before,
    after,
    heading(say.check.heading),
    paragraph(say.check.explanation),
    table(say.check.title, columns, rows),
  ];
}
