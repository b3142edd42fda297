// Where training starts: the input (word) and the output (context) matrix, (V, D) each, before the first step. s is the
// scale:
//
//   uniform   input U(-s, s), s = 0.5 / D; output zeros              word2vec.c (InitNet)
//   normal    both N(0, s^2), s = 0.01                               Saito, Deep Learning from Scratch 2, ch. 3, 4
//   xavier    both U(-s l, s l), l = sqrt(6 / (V + D)), s = 1        Glorot & Bengio 2010, eq. 16
//   he        input N(0, s^2 2 / V), output N(0, s^2 2 / D), s = 1   He et al. 2015, eq. 10
//   zeros     both zeros: then every gradient is zero, and nothing is ever learned
//
// To Xavier and He the input matrix is a layer with V inputs (a one-hot word), the output matrix a layer with D inputs.
import { trainRanges } from '../base/defaults.ts';
import { createRandom, type Random } from '../base/random.ts';

export const inits = trainRanges.init.names;
export type Init = (typeof inits)[number];

/** Fills `rows` (n, D), which are the rows of a (V, D) matrix from number `first` on. Called for all rows, in order. */
export type FillRows = (rows: Float32Array, first: number) => void;

export interface InitialRows {
  input: FillRows;
  /** Zeros where it is left out. */
  output?: FillRows;
}

/** The scale where none is given, and the largest one: a start beyond it has scores that look like divergence. */
export function initScales(init: Init, D: number): { standard: number; largest: number } {
  if (init === 'uniform') return { standard: 0.5 / D, largest: 1 };
  if (init === 'normal') return { standard: 0.01, largest: 1 };
  return init === 'zeros' ? { standard: 0, largest: 0 } : { standard: 1, largest: 10 };
}

const OUTPUT_STREAM = 0x20000000; // of the seed; the input matrix takes stream 0

/** @param V words of the vocabulary */
export function initialRows(
  settings: { init: Init; initScale: number; dim: number; seed: number },
  V: number,
): InitialRows {
  const { init, initScale: s, dim: D, seed } = settings;
  const uniform = (limit: number, stream: number) => filler(seed, stream, (random) => (2 * random.float() - 1) * limit);
  const normal = (deviation: number, stream: number) => filler(seed, stream, (random) => random.normal() * deviation);
  switch (init) {
    case 'uniform':
      return { input: uniform(s, 0) };
    case 'normal':
      return { input: normal(s, 0), output: normal(s, OUTPUT_STREAM) };
    case 'xavier': {
      const limit = s * Math.sqrt(6 / (V + D));
      return { input: uniform(limit, 0), output: uniform(limit, OUTPUT_STREAM) };
    }
    case 'he':
      return { input: normal(s * Math.sqrt(2 / V), 0), output: normal(s * Math.sqrt(2 / D), OUTPUT_STREAM) };
    case 'zeros':
      return { input: (rows) => void rows.fill(0) };
  }
}

function filler(seed: number, stream: number, draw: (random: Random) => number): FillRows {
  const random = createRandom(seed, stream);
  return (rows) => {
    for (let i = 0; i < rows.length; i++) rows[i] = draw(random);
  };
}
