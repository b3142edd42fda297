// CBOW and skip-gram put together from nodes: a first half from W_in to the hidden vectors h, and a second half from h
// to the loss, with all V words or with a few. Edges: W_in, h, W_out, scores, loss, and the edges between them.
import type { GraphNode } from '../graph.ts';
import { add, branch, scale, sum } from '../nodes/arithmetic.ts';
import { embedding, embeddingDot } from '../nodes/embedding.ts';
import { matMul } from '../nodes/matmul.ts';
import {
  type HierarchicalSoftmaxSettings,
  hierarchicalSoftmaxLoss,
  type NegativeSamplingSettings,
  negativeSamplingLoss,
} from '../nodes/negative-sampling-loss.ts';
import { softmaxWithLoss } from '../nodes/softmax-with-loss.ts';

/** Skip-gram: W_in (V, D) and B centers -> h (B, D), a row each. */
export function skipgramNodes(centers: readonly number[]): GraphNode[] {
  return [{ operation: embedding(centers), inputs: ['W_in'], outputs: ['h'] }];
}

/**
 * CBOW as the book draws it: W_in (V, D) and C contexts for each of B centers, (B, C) -> h (B, D), their mean. W_in is
 * read C times, through a Branch, so that its gradient is the sum of C.
 */
export function cbowNodes(contexts: readonly (readonly number[])[]): GraphNode[] {
  const C = contexts[0]?.length ?? 0;
  const places = Array.from({ length: C }, (_, c) => c);
  const read = places.map((c) => ({
    operation: embedding(contexts.map((row) => row[c])),
    inputs: [`W_in ${c + 1}`],
    outputs: [`h ${c + 1}`],
  }));
  const added = places.slice(1).map((c) => ({
    operation: add,
    inputs: [c === 1 ? 'h 1' : `sum ${c}`, `h ${c + 1}`],
    outputs: [`sum ${c + 1}`],
  }));
  const total = C === 1 ? 'h 1' : `sum ${C}`;
  return [
    { operation: branch(C), inputs: ['W_in'], outputs: places.map((c) => `W_in ${c + 1}`) },
    ...read,
    ...added,
    { operation: scale(1 / C), inputs: [total], outputs: ['h'] },
  ];
}

/** CBOW for one center and any number of contexts: W_in (V, D) -> h (1, D), their mean or sum. */
export function contextNodes(contexts: readonly number[], hidden: 'mean' | 'sum'): GraphNode[] {
  return [
    { operation: embedding(contexts), inputs: ['W_in'], outputs: ['rows'] },
    { operation: sum, inputs: ['rows'], outputs: ['sum'] },
    { operation: scale(hidden === 'mean' ? 1 / contexts.length : 1), inputs: ['sum'], outputs: ['h'] },
  ];
}

/** h (B, D), W_out (D, V) and B right words -> scores (B, V) -> loss (1, 1). */
export function softmaxNodes(answers: readonly number[]): GraphNode[] {
  return [
    { operation: matMul, inputs: ['h', 'W_out'], outputs: ['scores'] },
    { operation: softmaxWithLoss(answers), inputs: ['scores'], outputs: ['loss'] },
  ];
}

/** h (B, D), W_out (V, D), for each row of h n words (B, n) with their labels -> scores (B, n) -> loss (1, 1). */
export function negativeSamplingNodes(
  words: readonly (readonly number[])[],
  settings: NegativeSamplingSettings,
): GraphNode[] {
  return [
    { operation: embeddingDot(words), inputs: ['h', 'W_out'], outputs: ['scores'] },
    { operation: negativeSamplingLoss(settings), inputs: ['scores'], outputs: ['loss'] },
  ];
}

/**
 * h (B, D), W_out (V - 1, D), for each row of h the n inner nodes on a path (B, n) with their bits -> scores (B, n) ->
 * loss (1, 1).
 */
export function hierarchicalSoftmaxNodes(
  nodes: readonly (readonly number[])[],
  settings: HierarchicalSoftmaxSettings,
): GraphNode[] {
  return [
    { operation: embeddingDot(nodes), inputs: ['h', 'W_out'], outputs: ['scores'] },
    { operation: hierarchicalSoftmaxLoss(settings), inputs: ['scores'], outputs: ['loss'] },
  ];
}
