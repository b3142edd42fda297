// How a signal and its gradient change in a deep network: random data go forward through layers of equal size, random
// gradients back. What counts is their spread, layer by layer: with no spread, or with all units saturated, nothing can
// be learned.
import { createRandom } from '../../base/random.ts';
import { generated, type Matrix } from '../matrix.ts';
import { relu, sigmoid, tanh } from '../nodes/activations.ts';
import { matMul } from '../nodes/matmul.ts';
import { type Start, startingLayer } from './starts.ts';

export const activations = { sigmoid, tanh, ReLU: relu };
export type Activation = keyof typeof activations;

export const LAYERS = 5; // the book that introduces the experiment (Deep Learning from Scratch 1, section 6.2)
const UNITS = 50;
const EXAMPLES = 100;

export interface Signals {
  /** (LAYERS) standard deviation of each layer's outputs. */
  spread: number[];
  /** (LAYERS) root mean square of dL/d(input of the layer), for gradients of size 1 at the last output. */
  gradients: number[];
}

export function signalsThrough(activation: Activation, start: Start, seed: number): Signals {
  const random = createRandom(seed, 5);
  const normal = () => generated(EXAMPLES, UNITS, () => random.normal());
  const operation = activations[activation];
  const layers: { W: Matrix; x: Matrix; a: Matrix; y: Matrix }[] = [];
  let x = normal();
  for (let layer = 0; layer < LAYERS; layer++) {
    const W = startingLayer(start, UNITS, UNITS, random);
    const [a] = matMul.forward([x, W]);
    const [y] = operation.forward([a]);
    layers.push({ W, x, a, y });
    x = y;
  }
  const gradients: number[] = [];
  let gradient = normal();
  for (const { W, x, a, y } of [...layers].reverse()) {
    const [atSum] = operation.backward([gradient], [a], [y]);
    [gradient] = matMul.backward([atSum], [x, W], []);
    gradients.unshift(rootMeanSquare(gradient.values));
  }
  return { spread: layers.map(({ y }) => deviation(y.values)), gradients };
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return rootMeanSquare(values.map((value) => value - mean));
}
