// The graph that trains: S batches in a row, each cut into lanes of streams that run side by side.
//
// Each lane reads its rows and computes its updates; then the updates of all lanes are added in a fixed order
// (embedding.ts). So a batch uses several threads, each batch reads what the previous one wrote, and the result does
// not depend on the number of threads.
import type { Matrix } from '../engine.ts';
import { createCbowGraph } from './cbow.ts';
import { createEmbedding } from './embedding.ts';
import { createGraph, type Graph, type Tensor } from './graph.ts';
import type { BatchTensors, ModelGraph } from './model-graph.ts';
import { openSession, type TensorflowJs } from './saved-model.ts';
import { createSkipgramGraph } from './skipgram.ts';
import { createSoftmaxGraph } from './softmax.ts';
import type { StepArray, StepInput } from './step-input.ts';
import type { Method } from './step-plan.ts';
import type { TrainingShape } from './training-shape.ts';

export interface TrainingSession {
  /** Trains on S batches. */
  train(inputs: StepInput): void;
  /** The same, and returns their summed loss (nats), each batch's before its update. */
  measure(inputs: StepInput): number;
  /** Writes or reads the rows of a matrix from row `first` on: `rows` (n, D). Before the first write they are zero. */
  writeRows(matrix: Matrix, first: number, rows: Float32Array): void;
  readRows(matrix: Matrix, first: number, rows: Float32Array): void;
  close(): void;
}

export async function openTrainingSession(
  tf: TensorflowJs,
  method: Method,
  shape: TrainingShape,
  V: number,
  D: number,
): Promise<TrainingSession> {
  const { chain, lanes } = shape;
  const graph = createGraph();
  const embeddings = { input: createEmbedding(graph, V, D), output: createEmbedding(graph, V, D) };
  graph.signature('clear', [], graph.done([embeddings.input.clear(), embeddings.output.clear()]));
  const ids = graph.placeholder('rowIds', 'int32');
  const rows = graph.placeholder('rows', 'float');
  for (const matrix of ['input', 'output'] as const) {
    graph.signature(`write-${matrix}`, [ids, rows], graph.done([embeddings[matrix].writeRows(ids, rows)]));
    graph.signature(`read-${matrix}`, [ids], graph.after([], embeddings[matrix].readRows(ids)));
  }

  const lane = { ...shape, streams: shape.streams / lanes };
  const { shapes, steps } = createModelGraph(graph, method, lane, V);
  const names = (Object.keys(shapes) as StepArray[]).filter((name) => shapes[name].length > 0);
  const parts = Object.fromEntries(
    names.map((name) => {
      const kind = name.endsWith('Ids') ? 'int32' : 'float';
      return [name, graph.unstack(graph.placeholder(name, kind), chain * lanes, kind)];
    }),
  );

  const losses: Tensor[][] = Array.from({ length: lanes }, () => []);
  for (let step = 0; step < chain; step++) {
    const batches = Array.from({ length: lanes }, (_, i) => {
      const batch = Object.fromEntries(names.map((name) => [name, parts[name][step * lanes + i]])) as BatchTensors;
      return { batch, ...steps(embeddings, batch) };
    });
    for (const { batch, inputStep, outputStep, wordSteps = [] } of batches) {
      embeddings.input.update(batch.inputIds, inputStep);
      embeddings.output.update(batch.outputIds, outputStep);
      for (const { ids, step } of wordSteps) embeddings.output.update(ids, step);
    }
    for (const [i, lane] of batches.entries()) losses[i].push(lane.loss());
  }
  const updated = [...embeddings.input.updated(), ...embeddings.output.updated()];
  graph.signature('train', names, graph.done(updated));
  // (B), one value per stream: JavaScript adds them in the same order for any number of lanes.
  const loss = graph.concatenate(losses.map((lane) => lane.reduce((a, b) => graph.add(a, b))));
  graph.signature('measure', names, graph.after(updated, loss));

  const session = await openSession(tf, graph);
  try {
    session.run('clear', []);
  } catch (error) {
    session.close();
    throw error;
  }
  const feedsOf = (inputs: StepInput) =>
    names.map((name) => ({ name, shape: [chain * lanes, ...shapes[name]], values: inputs[name] }));
  const idsFrom = (first: number, count: number) => {
    return { name: 'rowIds', shape: [count], values: Int32Array.from({ length: count }, (_, i) => first + i) };
  };
  return {
    train(inputs) {
      session.run('train', feedsOf(inputs));
    },
    measure(inputs) {
      let sum = 0;
      for (const loss of session.run('measure', feedsOf(inputs))) sum += loss;
      return sum;
    },
    writeRows(matrix, first, values) {
      const count = values.length / D;
      session.run(`write-${matrix}`, [idsFrom(first, count), { name: 'rows', shape: [count, D], values }]);
    },
    readRows(matrix, first, values) {
      values.set(session.run(`read-${matrix}`, [idsFrom(first, values.length / D)]));
    },
    close: () => session.close(),
  };
}

function createModelGraph(graph: Graph, { model, loss }: Method, shape: TrainingShape, V: number): ModelGraph {
  if (loss === 'softmax') return createSoftmaxGraph(graph, shape, model, V);
  return model === 'skipgram' ? createSkipgramGraph(graph, shape) : createCbowGraph(graph, shape);
}
