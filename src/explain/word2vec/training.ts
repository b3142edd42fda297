// Trains a small model with the full softmax by plain gradient descent: x -= rate * gradient. In batches, so that all
// at once, a few at a time and one at a time can be compared.
import { createRandom } from '../../base/random.ts';
import type { Steps } from '../../base/steps.ts';
import type { ContextExample } from '../contexts.ts';
import { createGraph } from '../graph.ts';
import { type Matrix, mapped, transposed } from '../matrix.ts';
import { cbowNodes, contextNodes, skipgramNodes, softmaxNodes } from './layers.ts';
import type { Weights } from './weights.ts';

export interface SoftmaxTraining {
  model: 'cbow' | 'skipgram';
  learningRate: number;
  epochs: number;
  /** Examples per step, shuffled in each epoch; loss and gradient are their mean. */
  batch: number;
  seed: number;
  /** CBOW: whether each context word gets the whole gradient, as in word2vec.c, or its exact share. */
  wholeGradient: boolean;
}

export interface TrainedSoftmax {
  weights: Weights;
  /** (epochs) mean loss over the examples of each epoch, nats, before each step. */
  losses: number[];
  /** Number of steps in all epochs. */
  steps: number;
}

/** Pairs (inputs -> answer): CBOW's contexts and their center, or skip-gram's center and each of its contexts. */
export function softmaxExamples(
  model: SoftmaxTraining['model'],
  examples: readonly ContextExample[],
): { inputs: number[]; answer: number }[] {
  return examples.flatMap(({ center, contexts }) =>
    model === 'cbow'
      ? [{ inputs: contexts, answer: center }]
      : contexts.map((answer) => ({ inputs: [center], answer })),
  );
}

/**
 * The mean loss, in nats, that no weights can go below: the entropy of the answer, given the inputs in any order. It is
 * above 0 where the same inputs have several answers.
 */
export function lowestLoss(examples: readonly { inputs: readonly number[]; answer: number }[]): number {
  const keyOf = (inputs: readonly number[]) => [...inputs].sort((a, b) => a - b).join(' ');
  const count = (keys: string[]) =>
    keys.reduce((map, key) => map.set(key, (map.get(key) ?? 0) + 1), new Map<string, number>());
  const ofInputs = count(examples.map(({ inputs }) => keyOf(inputs)));
  const ofPairs = count(examples.map(({ inputs, answer }) => `${keyOf(inputs)}:${answer}`));
  const total = [...ofPairs].reduce(
    (sum, [key, times]) => sum - times * Math.log(times / ofInputs.get(key.split(':')[0])!),
    0,
  );
  return total / examples.length;
}

/** Pauses after each batch. */
export function* trainSoftmax(
  start: Weights,
  examples: readonly { inputs: number[]; answer: number }[],
  { learningRate, epochs, batch, seed, wholeGradient }: SoftmaxTraining,
): Steps<TrainedSoftmax> {
  const random = createRandom(seed, 3);
  const order = examples.map((_, i) => i);
  const losses: number[] = [];
  let weights = start;
  let steps = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    let total = 0;
    for (let from = 0; from < order.length; from += batch) {
      const some = order.slice(from, from + batch).map((i) => examples[i]);
      const { loss, input, output } = softmaxGradients(weights, some, wholeGradient);
      total += loss * some.length;
      weights = {
        input: moved(weights.input, input, learningRate),
        output: moved(weights.output, output, learningRate),
      };
      steps++;
      yield;
    }
    losses.push(total / order.length);
  }
  return { weights, losses, steps };
}

/** Mean loss over the batch and its gradients, (V, D) both. Examples may have different numbers of inputs. */
export function softmaxGradients(
  { input, output }: Weights,
  batch: readonly { inputs: readonly number[]; answer: number }[],
  wholeGradient: boolean,
): { loss: number; input: Matrix; output: Matrix } {
  const groups = new Map<number, { inputs: readonly number[]; answer: number }[]>();
  for (const example of batch) {
    const C = example.inputs.length;
    groups.set(C, [...(groups.get(C) ?? []), example]);
  }
  let loss = 0;
  let total: { input: Matrix; output: Matrix } | undefined;
  for (const [C, group] of groups) {
    const share = group.length / batch.length;
    const first =
      C === 1 ? skipgramNodes(group.map(({ inputs }) => inputs[0])) : hiddenNodes(group.map(({ inputs }) => inputs));
    const graph = createGraph([...first, ...softmaxNodes(group.map(({ answer }) => answer))]);
    graph.forward({ W_in: input, W_out: transposed(output) });
    graph.backward();
    loss += share * graph.value('loss').values[0];
    const factor = share * (wholeGradient ? C : 1);
    const dInput = mapped(graph.gradient('W_in'), (slope) => factor * slope);
    const dOutput = mapped(transposed(graph.gradient('W_out')), (slope) => share * slope);
    total =
      total === undefined
        ? { input: dInput, output: dOutput }
        : { input: moved(total.input, dInput, -1), output: moved(total.output, dOutput, -1) };
  }
  return { loss, ...total! };
}

function hiddenNodes(inputs: (readonly number[])[]) {
  return inputs.length === 1 ? contextNodes(inputs[0], 'mean') : cbowNodes(inputs);
}

/** x - rate * slope */
export function moved(weights: Matrix, slopes: Matrix, rate: number): Matrix {
  return mapped(weights, (value, i) => value - rate * slopes.values[i]);
}
