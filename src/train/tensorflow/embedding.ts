// An Embedding layer: a (V, D) matrix whose forward step reads rows and whose backward step adds to just those rows.
// It is one-hot MatMul without the multiplication: for one-hot x, x W is a row of W, and the gradient of W is zero
// outside that row ("Deep Learning from Scratch 2", 4.1). EmbeddingDot is its product with a hidden vector.
//
// The layer also fixes the order within a batch, so that a run computes the same on any number of threads: all rows of
// a batch are read before the first write, writes follow one another, and the next batch reads after the last write.
import type { Action, Graph, Tensor } from './graph.ts';

export interface Embedding {
  /** ids (...) -> rows (..., D) */
  forward(ids: Tensor): Tensor;
  /** W[ids] += step, repeated ids summed; `step` (..., D) is the negative gradient times the learning rate. */
  update(ids: Tensor, step: Tensor): void;
  /** Makes all rows zero. */
  clear(): Action;
  /** W[ids] = rows, ids (n) and rows (n, D); W[ids]. Neither is part of a batch's order. */
  writeRows(ids: Tensor, rows: Tensor): Action;
  readRows(ids: Tensor): Tensor;
  /** The actions after which all updates so far are complete. */
  updated(): Action[];
}

export function createEmbedding(graph: Graph, V: number, D: number): Embedding {
  const variable = graph.variable([V, D]);
  let reads: Tensor[] = [];
  let lastWrite: Action[] = [];
  let writing = false;
  return {
    forward(ids) {
      if (writing) reads = [];
      writing = false;
      const rows = graph.gatherRows(variable, ids, lastWrite);
      reads.push(rows);
      return rows;
    },
    update(ids, step) {
      writing = true;
      lastWrite = [graph.scatterAdd(variable, ids, step, [...reads, ...lastWrite])];
    },
    clear: () => graph.clear(variable, [V, D]),
    writeRows: (ids, rows) => graph.scatterUpdate(variable, ids, rows),
    readRows: (ids) => graph.gatherRows(variable, ids, []),
    updated: () => [...lastWrite],
  };
}
