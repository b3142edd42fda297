// What one training step gets from JavaScript: ids to look up, rows of the window tables, and how far each row may move.
// Prepared by skip-gram or CBOW (prepare-skipgram.ts, prepare-cbow.ts), on the main thread or in the preparation worker.
import type { Batch, BatchShape } from '../batches.ts';

export interface StepInput {
  /** (B, I) ids of the rows read from the input matrix. */
  inputIds: Int32Array;
  /** (B, O) ids of the rows read from the output matrix. */
  outputIds: Int32Array;
  /** (B, T) rows of the left and right window tables, see window-tables.ts. */
  leftRows: Int32Array;
  rightRows: Int32Array;
  /** (B, I) and (B, O) learning rate of each row, damped where the row occurs often in the batch. */
  inputRates: Float32Array;
  outputRates: Float32Array;
  /** (B, T) CBOW: 1 / context size, or 1 when summing, 0 where a centre has no context. Skip-gram: unused, length 0. */
  centreScale: Float32Array;
}

/** Rows a stream reads from the input and the output matrix in one batch: I and O. */
export interface StepLayout {
  inputRows: number;
  outputRows: number;
  centreScale: boolean;
}

export interface Preparation {
  layout(shape: BatchShape): StepLayout;
  create(
    shape: BatchShape,
    settings: PreparationSettings,
  ): (batch: Batch, learningRate: number, input: StepInput) => void;
}

export interface PreparationSettings {
  vocabularySize: number;
  negative: number;
  cbowSum: boolean;
}

export function stepInputArrays(shape: BatchShape, layout: StepLayout): { [name in keyof StepInput]: number } {
  const { streams: B, centres: T } = shape;
  return {
    inputIds: B * layout.inputRows,
    outputIds: B * layout.outputRows,
    leftRows: B * T,
    rightRows: B * T,
    inputRates: B * layout.inputRows,
    outputRates: B * layout.outputRows,
    centreScale: layout.centreScale ? B * T : 0,
  };
}

export const stepInputBytes = (shape: BatchShape, layout: StepLayout): number =>
  4 * Object.values(stepInputArrays(shape, layout)).reduce((sum, length) => sum + length, 0);

/** Lays the arrays out in `buffer` from `offset` on, so that a worker and the main thread may share them. */
export function createStepInput(
  shape: BatchShape,
  layout: StepLayout,
  buffer: ArrayBuffer | SharedArrayBuffer,
  offset: number,
): StepInput {
  const lengths = stepInputArrays(shape, layout);
  let at = offset;
  const take = <T>(make: new (buffer: ArrayBufferLike, offset: number, length: number) => T, length: number): T => {
    const array = new make(buffer, at, length);
    at += 4 * length;
    return array;
  };
  return {
    inputIds: take(Int32Array, lengths.inputIds),
    outputIds: take(Int32Array, lengths.outputIds),
    leftRows: take(Int32Array, lengths.leftRows),
    rightRows: take(Int32Array, lengths.rightRows),
    inputRates: take(Float32Array, lengths.inputRates),
    outputRates: take(Float32Array, lengths.outputRates),
    centreScale: take(Float32Array, lengths.centreScale),
  };
}
