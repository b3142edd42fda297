// The graph that trains: S batches in a row, each cut into lanes of streams that run side by side.
//
// A lane reads its rows, multiplies, and finds what to add; then the lanes' additions are made in order (embedding.ts).
// So lanes use several threads within a batch, one batch still sees what the last one learnt, and the result does not
// depend on the threads.
import type { BatchShape } from '../batches.ts';
import type { Model } from '../engine.ts';
import { createCbowGraph } from './cbow.ts';
import { createEmbedding } from './embedding.ts';
import { createGraph, openSession } from './graph.ts';
import type { TensorflowBinding } from './load.ts';
import { type BatchTensors, createSkipgramGraph } from './skipgram.ts';
import type { StepArray, StepInput } from './step-input.ts';

export interface TrainingShape extends BatchShape {
  /** S: batches trained in one call. */
  chain: number;
  /** Parts a batch's streams are cut into; divides B. */
  lanes: number;
}

export interface TrainingSession {
  /** Trains on S batches; returns the summed loss (nats) of batch number `measured` before its update, 0 for none (-1). */
  run(inputs: StepInput, measured: number): number;
  /** The matrices, (V, D) row-major, copied. */
  read(): { input: Float32Array; output: Float32Array };
  close(): void;
}

/** @param initial (V, D) row-major, both; they may be let go afterwards */
export function openTrainingSession(
  binding: TensorflowBinding,
  model: Model,
  shape: TrainingShape,
  initial: { input: Float32Array; output: Float32Array },
  D: number,
): TrainingSession {
  const { chain, lanes } = shape;
  const V = initial.input.length / D;
  const graph = createGraph();
  const embeddings = { input: createEmbedding(graph, V, D), output: createEmbedding(graph, V, D) };
  graph.done('assigned', [
    embeddings.input.assign(graph.placeholder('initialInput', 'float')),
    embeddings.output.assign(graph.placeholder('initialOutput', 'float')),
  ]);
  graph.output('input', embeddings.input.read());
  graph.output('output', embeddings.output.read());

  const lane = { ...shape, streams: shape.streams / lanes };
  const { shapes, steps } = (model === 'skipgram' ? createSkipgramGraph : createCbowGraph)(graph, lane);
  const names = (Object.keys(shapes) as StepArray[]).filter((name) => shapes[name].length > 0);
  const parts = Object.fromEntries(
    names.map((name) => {
      const kind = name.endsWith('Ids') ? 'int32' : 'float';
      return [name, graph.unstack(graph.placeholder(name, kind), chain * lanes, kind)];
    }),
  );

  for (let step = 0; step < chain; step++) {
    const batches = Array.from({ length: lanes }, (_, i) => {
      const batch = Object.fromEntries(names.map((name) => [name, parts[name][step * lanes + i]])) as BatchTensors;
      return { batch, ...steps(embeddings, batch) };
    });
    for (const { batch, inputStep, outputStep } of batches) {
      embeddings.input.update(batch.inputIds, inputStep);
      embeddings.output.update(batch.outputIds, outputStep);
    }
    graph.output(
      `loss${step}`,
      batches.map((lane) => lane.loss()).reduce((a, b) => graph.add(a, b)),
    );
  }
  graph.done('trained', [...embeddings.input.updated(), ...embeddings.output.updated()]);

  const session = openSession(binding, graph);
  session.run(
    [
      { name: 'initialInput', shape: [V, D], values: initial.input },
      { name: 'initialOutput', shape: [V, D], values: initial.output },
    ],
    ['assigned'],
  );
  return {
    run(inputs, measured) {
      const feeds = names.map((name) => ({ name, shape: [chain * lanes, ...shapes[name]], values: inputs[name] }));
      const [, loss] = session.run(feeds, measured < 0 ? ['trained'] : ['trained', `loss${measured}`]);
      return loss?.[0] ?? 0;
    },
    read() {
      const [input, output] = session.run([], ['input', 'output']) as Float32Array[];
      return { input, output };
    },
    close: () => session.close(),
  };
}
