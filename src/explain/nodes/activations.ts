// Sigmoid, Tanh and ReLU, cell by cell. What each does to a gradient on its way back is why deep networks learn or do
// not: sigmoid passes on a quarter of it at most, tanh all of it only near 0, ReLU all of it or nothing.
import { mapped } from '../matrix.ts';
import type { Operation } from './node.ts';

/** 1 / (1 + e^-x), without overflow. */
export function sigmoidOf(x: number): number {
  const small = Math.exp(-Math.abs(x)); // 0 .. 1
  return x >= 0 ? 1 / (1 + small) : small / (1 + small);
}

/** -log sigmoid(x) = log(1 + e^-x), without overflow. */
export function minusLogSigmoid(x: number): number {
  return Math.log1p(Math.exp(-Math.abs(x))) + Math.max(0, -x);
}

function activation(name: string, of: (x: number) => number, slope: (y: number) => number): Operation {
  return {
    name,
    forward: ([x]) => [mapped(x, of)],
    backward: ([gradient], _, [y]) => [mapped(gradient, (value, index) => value * slope(y.values[index]))],
  };
}

/** x (n, m) -> y = sigmoid(x). Backward: dy * y (1 - y). */
export const sigmoid = activation('Sigmoid', sigmoidOf, (y) => y * (1 - y));
/** x (n, m) -> y = tanh(x). Backward: dy * (1 - y^2). */
export const tanh = activation('Tanh', Math.tanh, (y) => 1 - y * y);
/** x (n, m) -> y = max(0, x). Backward: dy where y > 0, else 0. */
export const relu = activation(
  'ReLU',
  (x) => Math.max(0, x),
  (y) => (y > 0 ? 1 : 0),
);
