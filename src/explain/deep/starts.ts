// Starting weights of a layer, by name. n: inputs of a unit, m: units.
//   Xavier (Glorot & Bengio 2010): normal, deviation sqrt(2 / (n + m)): made for sigmoid and tanh, which are straight
//   near 0 He (He et al. 2015): normal, deviation sqrt(2 / n): made for ReLU, which lets half of its input through
import type { Random } from '../../base/random.ts';
import { generated, type Matrix } from '../matrix.ts';

export const starts = ['zeros', '0.01', '1', 'Xavier', 'He'] as const;
export type Start = (typeof starts)[number];

/** The standard deviation of the weights of an (n, m) layer. */
export function deviationOf(start: Start, n: number, m: number): number {
  if (start === 'zeros') return 0;
  if (start === 'Xavier') return Math.sqrt(2 / (n + m));
  if (start === 'He') return Math.sqrt(2 / n);
  return Number(start);
}

/** (n, m) */
export function startingLayer(start: Start, n: number, m: number, random: Random): Matrix {
  const deviation = deviationOf(start, n, m);
  return generated(n, m, () => deviation * random.normal());
}
