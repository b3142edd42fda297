// What a model adds to the graph: from the arrays of a batch to what its rows move by.
import type { Embedding } from './embedding.ts';
import type { Tensor } from './graph.ts';
import type { StepArray } from './step-input.ts';

/**
 * One batch as tensors, (B, ...) each as in StepInput; the rates and the scale shaped to spread over what they scale.
 */
export type BatchTensors = Record<StepArray, Tensor>;

export type Embeddings = { input: Embedding; output: Embedding };

export interface ModelGraph {
  /** The shape of each array for one batch of B streams. */
  shapes: Record<StepArray, number[]>;
  /** What the batch adds to the rows it read, and each stream's summed loss in nats (built only where asked for). */
  steps(embeddings: Embeddings, batch: BatchTensors): ModelSteps;
}

export interface ModelSteps {
  inputStep: Tensor;
  outputStep: Tensor;
  /** The softmax's: what the other output rows move by, all V words in parts. */
  wordSteps?: { ids: Tensor; step: Tensor }[];
  /** (B) */
  loss(): Tensor;
}
