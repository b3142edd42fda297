// The input of a training step: ids to look up, the weight of each pair, and the learning rate of each row. Prepared by
// prepare-skipgram.ts, prepare-cbow.ts or prepare-softmax.ts, on the main thread or in the preparation worker.
import type { Batch, BatchShape } from '../batches.ts';

export interface StepInput {
  /** (B, I) ids of the rows read from the input matrix. */
  inputIds: Int32Array;
  /** (B, O) ids of the rows read from the output matrix. */
  outputIds: Int32Array;
  /** (B, O, T) how much each output row counts for each center; 0 where they have no example together. */
  weights: Float32Array;
  /** (B, T, I) 1 where a row is context of the center. CBOW only. */
  contexts: Float32Array;
  /**
   * (B, I) and (B, O) learning rate of each row, damped where its word occurs often in the batch. With the softmax no
   * row is damped, and the output rows have one rate: (B, 1).
   */
  inputRates: Float32Array;
  outputRates: Float32Array;
  /**
   * (B, T) what the sum of a center's context is multiplied by: 1 / size, 1 when summing, 0 without context. CBOW only.
   */
  centerScale: Float32Array;
}

export type StepArray = keyof StepInput;

/** How many values a stream has in each array in one step; 0 if the model does not use it. */
export type StepLayout = Record<StepArray, number>;

export interface Preparation {
  layout(shape: BatchShape): StepLayout;
  create(
    shape: BatchShape,
    settings: { vocabularySize: number; negative: number; cbowSum: boolean },
  ): (batch: Batch, learningRate: number, input: StepInput) => void;
}

/** The arrays of several steps, each array step after step, and views of each step. All zeros: a step without words. */
export interface StepInputs {
  whole: StepInput;
  steps: StepInput[];
}

export const stepInputBytes = (streams: number, layout: StepLayout): number =>
  4 * streams * Object.values(layout).reduce((sum, length) => sum + length, 0);

/** Lays out `chain` steps in `buffer` from `offset` on, so that a worker and the main thread may share them. */
export function createStepInputs(
  chain: number,
  streams: number,
  layout: StepLayout,
  buffer: ArrayBuffer | SharedArrayBuffer,
  offset: number,
): StepInputs {
  let at = offset;
  const place = <A>(make: new (buffer: ArrayBufferLike, offset: number, length: number) => A, name: StepArray): A => {
    const array = new make(buffer, at, chain * streams * layout[name]);
    at += 4 * chain * streams * layout[name];
    return array;
  };
  const whole: StepInput = {
    inputIds: place(Int32Array, 'inputIds'),
    outputIds: place(Int32Array, 'outputIds'),
    weights: place(Float32Array, 'weights'),
    contexts: place(Float32Array, 'contexts'),
    inputRates: place(Float32Array, 'inputRates'),
    outputRates: place(Float32Array, 'outputRates'),
    centerScale: place(Float32Array, 'centerScale'),
  };
  const steps = Array.from({ length: chain }, (_, step) => {
    const part = (name: StepArray) => {
      const length = streams * layout[name];
      return whole[name].subarray(step * length, (step + 1) * length);
    };
    return Object.fromEntries(
      Object.keys(whole).map((name) => [name, part(name as StepArray)]),
    ) as unknown as StepInput;
  });
  return { whole, steps };
}
