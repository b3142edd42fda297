// Add, Multiply, Branch, Repeat and Sum: the five basic nodes of which all others consist.
// Branch and Add, Repeat and Sum are mirror images: the backward step of one is the forward step of the other.
import { added, copyOf, expectShape, generated, type Matrix, mapped, rowsSummed } from '../matrix.ts';
import type { Operation } from './node.ts';

/** x (n, m) + y (n, m). Backward: both inputs get the gradient as it is. */
export const add: Operation = {
  name: 'Add',
  forward: ([x, y]) => [added(x, y)],
  backward: ([gradient]) => [copyOf(gradient), copyOf(gradient)],
};

/** x (n, m) * y (n, m), cell by cell. Backward: the gradient times the other input. */
export const multiply: Operation = {
  name: 'Multiply',
  forward: ([x, y]) => [byCell(x, y)],
  backward: ([gradient], [x, y]) => [byCell(gradient, y), byCell(gradient, x)],
};

/** x (n, m) times a fixed number: a Multiply whose second input is never trained. */
export function scale(factor: number): Operation {
  const times = (matrix: Matrix) => mapped(matrix, (value) => factor * value);
  return {
    name: 'Scale',
    forward: ([x]) => [times(x)],
    backward: ([gradient]) => [times(gradient)],
  };
}

/** x (n, m) -> `copies` times x. Backward: the sum of the gradients of all copies. */
export function branch(copies: number): Operation {
  return {
    name: 'Branch',
    forward: ([x]) => Array.from({ length: copies }, () => copyOf(x)),
    backward: (gradients) => [gradients.reduce(added)],
  };
}

/** x (1, m) -> (n, m): the row n times. Backward: the sum over the rows, which is the node Sum. */
export function repeat(n: number): Operation {
  return {
    name: 'Repeat',
    forward([x]) {
      expectShape(x, 1, x.columns);
      return [generated(n, x.columns, (index) => x.values[index % x.columns])];
    },
    backward: ([gradient]) => [rowsSummed(gradient)],
  };
}

/** x (n, m) -> (1, m): the sum of the rows. Backward: the gradient for each row, which is the node Repeat. */
export const sum: Operation = {
  name: 'Sum',
  forward: ([x]) => [rowsSummed(x)],
  backward: ([gradient], [x]) => repeat(x.rows).forward([gradient]),
};

function byCell(x: Matrix, y: Matrix): Matrix {
  expectShape(y, x.rows, x.columns);
  return mapped(x, (value, index) => value * y.values[index]);
}
