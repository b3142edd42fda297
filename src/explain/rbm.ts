// A restricted Boltzmann machine of binary units: visible v, hidden h, no link within a layer. One step of contrastive
// divergence, CD-1 (Hinton 2002; A Practical Guide to Training Restricted Boltzmann Machines, 2010, section 3): compare
// the hidden units given the data with the hidden units given the reconstruction.
import type { Random } from '../base/random.ts';
import { generated, type Matrix, mapped, product, rowsSummed, transposed } from './matrix.ts';
import { sigmoidOf } from './nodes/activations.ts';
import { affine } from './nodes/matmul.ts';

export interface Rbm {
  /** (n, m): n visible and m hidden units. */
  W: Matrix;
  /** (1, n) */
  visibleBias: Matrix;
  /** (1, m) */
  hiddenBias: Matrix;
}

export interface ContrastiveDivergence {
  /**
   * (B, m) chance of each hidden unit, given the data; what was drawn with it; and the chance given the reconstruction.
   */
  hidden: Matrix;
  sample: Matrix;
  hiddenAgain: Matrix;
  /** (B, n) chance of each visible unit, given the sample. */
  reconstruction: Matrix;
  /** Mean squared difference of data and reconstruction. */
  error: number;
  /** The machine after the step. */
  after: Rbm;
}

/** (n, m) machine with W normal, deviation 0.1, and no biases. */
export function createRbm(n: number, m: number, random: Random): Rbm {
  return {
    W: generated(n, m, () => 0.1 * random.normal()),
    visibleBias: generated(1, n, () => 0),
    hiddenBias: generated(1, m, () => 0),
  };
}

/** (B, n) data -> (B, m) chances that each hidden unit is 1: sigmoid(v W + c). */
export function hiddenChances({ W, hiddenBias }: Rbm, data: Matrix): Matrix {
  return mapped(affine.forward([data, W, hiddenBias])[0], sigmoidOf);
}

/** (B, m) hidden units -> (B, n) chances that each visible unit is 1: sigmoid(h W^T + b). */
export function visibleChances({ W, visibleBias }: Rbm, hidden: Matrix): Matrix {
  return mapped(affine.forward([hidden, transposed(W), visibleBias])[0], sigmoidOf);
}

/**
 * One CD-1 step on (B, n) data; `uniform` gives numbers of [0, 1), row after row of the hidden units.
 * W += rate / B (v0^T p(h|v0) - v1^T p(h|v1)); the biases likewise, by what v and p(h|v) differ.
 */
export function contrastiveDivergence(
  rbm: Rbm,
  data: Matrix,
  learningRate: number,
  uniform: () => number,
): ContrastiveDivergence {
  const hidden = hiddenChances(rbm, data);
  const sample = mapped(hidden, (chance) => (uniform() < chance ? 1 : 0));
  const reconstruction = visibleChances(rbm, sample);
  const hiddenAgain = hiddenChances(rbm, reconstruction);
  const rate = learningRate / data.rows;
  const moved = (weights: Matrix, data: Matrix, model: Matrix) =>
    mapped(weights, (value, i) => value + rate * (data.values[i] - model.values[i]));
  const correlation = (visible: Matrix, chances: Matrix) => product(transposed(visible), chances);
  return {
    hidden,
    sample,
    reconstruction,
    hiddenAgain,
    error: data.values.reduce((sum, v, i) => sum + (v - reconstruction.values[i]) ** 2, 0) / data.values.length,
    after: {
      W: moved(rbm.W, correlation(data, hidden), correlation(reconstruction, hiddenAgain)),
      visibleBias: moved(rbm.visibleBias, rowsSummed(data), rowsSummed(reconstruction)),
      hiddenBias: moved(rbm.hiddenBias, rowsSummed(hidden), rowsSummed(hiddenAgain)),
    },
  };
}
