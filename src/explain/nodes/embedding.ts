// Embedding and EmbeddingDot: a MatMul with a one-hot input, and one of whose result only a few columns are needed.
// Both read rows, and in the backward step add to just those rows.
import { addTo, dot, expectShape, filled, generated, type Matrix, rowOf } from '../matrix.ts';
import type { Operation } from './node.ts';

/**
 * W (V, D) and n ids, 0 .. V - 1 -> (n, D): row ids[i] of W as row i.
 * Backward: a (V, D) matrix of zeros to which row i of the gradient is added at row ids[i]. An id that occurs twice
 * gets the sum of both: writing the second over the first would lose one.
 */
export function embedding(ids: readonly number[]): Operation {
  return {
    name: 'Embedding',
    forward: ([W]) => [
      generated(ids.length, W.columns, (index) => rowOf(W, ids[Math.floor(index / W.columns)])[index % W.columns]),
    ],
    backward([gradient], [W]) {
      const dW = filled(W.rows, W.columns);
      ids.forEach((id, i) => {
        addTo(rowOf(dW, id), rowOf(gradient, i));
      });
      return [dW];
    },
  };
}

/**
 * h (B, D), W (V, D) and for each row of h n ids -> (B, n): the dot product of row b of h and row ids[b][i] of W.
 * Backward: dh[b] = sum_i ds[b, i] W[ids[b][i]] (B, D); dW (V, D), to whose row ids[b][i] is added ds[b, i] h[b].
 */
export function embeddingDot(ids: readonly (readonly number[])[]): Operation {
  return {
    name: 'EmbeddingDot',
    forward([h, W]) {
      const n = ids[0]?.length ?? 0;
      expectShape(h, ids.length, W.columns);
      return [
        generated(h.rows, n, (index) => {
          const b = Math.floor(index / n);
          return dot(rowOf(h, b), rowOf(W, ids[b][index % n]));
        }),
      ];
    },
    backward([gradient], [h, W]) {
      const dh = filled(h.rows, h.columns);
      const dW = filled(W.rows, W.columns);
      forEachScore(ids, gradient, (b, id, slope) => {
        addTo(rowOf(dh, b), rowOf(W, id), slope);
        addTo(rowOf(dW, id), rowOf(h, b), slope);
      });
      return [dh, dW];
    },
  };
}

function forEachScore(
  ids: readonly (readonly number[])[],
  gradient: Matrix,
  visit: (b: number, id: number, slope: number) => void,
): void {
  for (const [b, row] of ids.entries()) for (const [i, id] of row.entries()) visit(b, id, rowOf(gradient, b)[i]);
}
