// A (V, D) matrix in the memory that the training threads share: rows of D numbers, padded with zeros to `stride`.
import type { Steps } from '../../base/steps.ts';
import type { FillRows } from '../initialize.ts';
import { fillBlocks } from '../row-blocks.ts';

export interface SharedMatrix {
  values: Float32Array;
  V: number;
  D: number;
  stride: number;
}

/** @param address of the first row; @param rowBytes of a row with its padding */
export function sharedMatrix(
  memory: WebAssembly.Memory,
  address: number,
  rowBytes: number,
  V: number,
  D: number,
): SharedMatrix {
  const stride = rowBytes / 4;
  return { values: new Float32Array(memory.buffer, address, V * stride), V, D, stride };
}

export function fillMatrix({ values, V, D, stride }: SharedMatrix, fill: FillRows): Steps<void> {
  return fillBlocks(V, D, fill, (rows, first) => {
    for (let i = 0; i < rows.length; i += D) values.set(rows.subarray(i, i + D), (first + i / D) * stride);
  });
}

/** Copies rows `first` .. to `rows` (n, D). */
export function copyRows({ values, D, stride }: SharedMatrix, first: number, rows: Float32Array): void {
  for (let i = 0, at = first * stride; i < rows.length; i += D, at += stride) {
    rows.set(values.subarray(at, at + D), i);
  }
}
