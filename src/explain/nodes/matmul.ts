// MatMul and Affine: the layers of a network of matrices.
import { added, type Matrix, product, transposed } from '../matrix.ts';
import { add, repeat } from './arithmetic.ts';
import type { Operation } from './node.ts';

/** x (B, n) times W (n, m) -> (B, m). Backward: dx = dy W^T (B, n), dW = x^T dy (n, m). */
export const matMul: Operation = {
  name: 'MatMul',
  forward: ([x, W]) => [product(x, W)],
  backward: ([gradient], [x, W]) => [product(gradient, transposed(W)), product(transposed(x), gradient)],
};

/** x (B, n) times W (n, m) plus b (1, m) -> (B, m): MatMul, then Add with b through a Repeat. */
export const affine: Operation = {
  name: 'Affine',
  forward: ([x, W, b]) => [added(product(x, W), repeated(b, x.rows))],
  backward([gradient], [x, W, b]) {
    const rows = repeat(x.rows);
    const [toProduct, toRows] = add.backward([gradient], [], []);
    return [...matMul.backward([toProduct], [x, W], []), ...rows.backward([toRows], [b], [])];
  },
};

function repeated(b: Matrix, rows: number): Matrix {
  return repeat(rows).forward([b])[0];
}
