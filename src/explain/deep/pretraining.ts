// A deep belief network (Hinton, Osindero & Teh 2006): layer by layer, each pair of layers is trained as an RBM on what
// the one before it makes of the data, without any answers; then the whole is fine-tuned as a classifier. Beside it the
// same network without pre-training. The data are noisy pictures of horizontal and vertical bars.
import { createRandom, type Random } from '../../base/random.ts';
import type { Steps } from '../../base/steps.ts';
import { createGraph, type GraphNode, type Values } from '../graph.ts';
import { filled, type Matrix, matrixOf } from '../matrix.ts';
import { sigmoid } from '../nodes/activations.ts';
import { affine } from '../nodes/matmul.ts';
import { softmaxWithLoss } from '../nodes/softmax-with-loss.ts';
import { contrastiveDivergence, createRbm, hiddenChances } from '../rbm.ts';
import { moved } from '../word2vec/training.ts';
import { type Start, startingLayer } from './starts.ts';

const SIDE = 4; // pixels
export const HIDDEN = [12, 12, 12];
const CLASSES = 2;
export const EXAMPLES = 60;
const NOISE = 0.05; // share of flipped pixels
export const RBM_EPOCHS = 100;
export const TUNING_EPOCHS = 150;
const RBM_RATE = 0.5;
const TUNING_RATE = 1;

interface Layer {
  W: Matrix;
  b: Matrix;
}

/** (EXAMPLES, 16) zeros and ones, and 0 for horizontal, 1 for vertical bars. */
export function barPictures(random: Random): { pictures: Matrix; answers: number[] } {
  const answers = Array.from({ length: EXAMPLES }, (_, i) => i % CLASSES);
  const pictures = answers.map((vertical) => {
    const bars = 1 + random.below(2 ** SIDE - 2); // neither none nor all of them
    return Array.from({ length: SIDE * SIDE }, (_, pixel) => {
      const bar = vertical ? pixel % SIDE : Math.floor(pixel / SIDE);
      const on = (bars >> bar) & 1;
      return random.float() < NOISE ? 1 - on : on;
    });
  });
  return { pictures: matrixOf(pictures), answers };
}

/** The layers below the classifier, and the reconstruction errors of each layer's RBM, epoch by epoch. */
export function* pretrained(pictures: Matrix, random: Random): Steps<{ layers: Layer[]; errors: number[][] }> {
  let data = pictures;
  const layers: Layer[] = [];
  const errors: number[][] = [];
  for (const units of HIDDEN) {
    let rbm = createRbm(data.columns, units, random);
    const ofLayer: number[] = [];
    for (let epoch = 0; epoch < RBM_EPOCHS; epoch++) {
      const { error, after } = contrastiveDivergence(rbm, data, RBM_RATE, random.float);
      rbm = after;
      ofLayer.push(error);
      yield;
    }
    errors.push(ofLayer);
    layers.push({ W: rbm.W, b: rbm.hiddenBias });
    data = hiddenChances(rbm, data);
  }
  return { layers, errors };
}

/** Starting weights of the same layers without pre-training. */
export function unpretrained(start: Start, random: Random): Layer[] {
  const sizes = [SIDE * SIDE, ...HIDDEN];
  return HIDDEN.map((units, i) => ({ W: startingLayer(start, sizes[i], units, random), b: filled(1, units) }));
}

export interface FineTuning {
  /** (TUNING_EPOCHS) mean loss, nats. */
  losses: number[];
  /** Final accuracy: share of the pictures classified correctly. */
  accuracy: number;
}

/** Puts a classifier on the layers and trains all of it by steepest descent on all pictures at once. */
export function* fineTuned(
  layers: readonly Layer[],
  pictures: Matrix,
  answers: number[],
  random: Random,
): Steps<FineTuning> {
  const all = [...layers, { W: startingLayer('Xavier', HIDDEN.at(-1)!, CLASSES, random), b: filled(1, CLASSES) }];
  const graph = createGraph(all.flatMap((_, i) => layerNodes(i, i === all.length - 1, answers)));
  let values: Values = { 'y 0': pictures };
  for (const [i, { W, b }] of all.entries()) values = { ...values, [`W ${i}`]: W, [`b ${i}`]: b };
  const losses: number[] = [];
  for (let epoch = 0; epoch < TUNING_EPOCHS; epoch++) {
    graph.forward(values);
    losses.push(graph.value('loss').values[0]);
    graph.backward();
    const trained = graph.inputs.filter((name) => name !== 'y 0');
    const steps = trained.map((name) => [name, moved(values[name], graph.gradient(name), TUNING_RATE)]);
    values = { ...values, ...Object.fromEntries(steps) };
    yield;
  }
  graph.forward(values);
  const scores = graph.value('scores').values;
  const right = answers.filter((answer, i) => scores[CLASSES * i + answer] > scores[CLASSES * i + 1 - answer]);
  return { losses, accuracy: right.length / answers.length };
}

function layerNodes(i: number, isLast: boolean, answers: number[]): GraphNode[] {
  const inputs = [`y ${i}`, `W ${i}`, `b ${i}`];
  if (!isLast) {
    return [
      { operation: affine, inputs, outputs: [`a ${i}`] },
      { operation: sigmoid, inputs: [`a ${i}`], outputs: [`y ${i + 1}`] },
    ];
  }
  return [
    { operation: affine, inputs, outputs: ['scores'] },
    { operation: softmaxWithLoss(answers), inputs: ['scores'], outputs: ['loss'] },
  ];
}

/** Pre-trained and not, from one seed: the same pictures, and the same classifier on top. Pauses after each epoch. */
export function* comparePretraining(
  seed: number,
): Steps<{ errors: number[][]; runs: { name: string; tuning: FineTuning }[] }> {
  const { pictures, answers } = barPictures(createRandom(seed, 6));
  const { layers, errors } = yield* pretrained(pictures, createRandom(seed, 7));
  const tune = (given: Layer[]) => fineTuned(given, pictures, answers, createRandom(seed, 8));
  const runs = [{ name: 'RBM', tuning: yield* tune(layers) }];
  for (const start of ['0.01', 'Xavier'] as const) {
    runs.push({ name: start, tuning: yield* tune(unpretrained(start, createRandom(seed, 9))) });
  }
  return { errors, runs };
}
