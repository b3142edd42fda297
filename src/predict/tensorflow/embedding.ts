// An Embedding layer: a (V, D) matrix whose forward step reads rows and whose backward step adds to just those rows.
// It is one-hot MatMul without the multiplication: for one-hot x, x W is a row of W, and the gradient of W is zero
// outside that row ("Deep Learning from Scratch 2", 4.1). EmbeddingDot is its product with a hidden vector.
import type { Handle, Operations } from './operations.ts';

export interface Embedding {
  /** ids (...) -> rows (..., D) */
  forward(ids: Handle): Handle;
  /** W[ids] += step, repeated ids summed; `step` (..., D) is the negative gradient times the learning rate. */
  update(ids: Handle, step: Handle): void;
  /** The matrix, copied to JavaScript: (V, D) row-major. */
  read(): Float32Array;
  dispose(): void;
}

/** @param initial (V, D) row-major */
export function createEmbedding(operations: Operations, initial: Float32Array, dimensions: number): Embedding {
  const variable = operations.variable([initial.length / dimensions, dimensions], initial);
  return {
    forward: (ids) => operations.gatherRows(variable, ids),
    update: (ids, step) => operations.scatterAdd(variable, ids, step),
    read() {
      const values = operations.readVariable(variable);
      const matrix = operations.values(values);
      operations.free(values);
      return matrix;
    },
    dispose: () => operations.destroyVariable(variable),
  };
}
