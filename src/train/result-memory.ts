// The matrices that training ends in, allocated before it starts, so that missing memory is reported before hours of
// work. The system provides their pages when they are written, so they cost nothing until then.
import { totalmem } from 'node:os';
import { outOfMemory, type W2vError } from '../base/errors.ts';
import { byteSize } from '../base/format-numbers.ts';

export interface ResultMatrices {
  input: Float32Array;
  output: Float32Array;
}

/** Bytes of memory that this process may have: the machine's, or a container's limit. */
export function memoryOfMachine(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(totalmem(), limit) : totalmem();
}

/**
 * Two (V, D) matrices of zeros; with subwords the input matrix has more rows. With the two that an engine trains they
 * are four. Throws `out-of-memory` if these are more than `available` bytes, or where one is longer than an array may
 * be.
 */
export function allocateResult(V: number, D: number, available = memoryOfMachine(), inputRows = V): ResultMatrices {
  const needed = 2 * (V + inputRows) * D * 4;
  if (needed > available) throw tooLarge(V, D, inputRows, `the machine has ${byteSize(available)}`);
  try {
    return { input: new Float32Array(inputRows * D), output: new Float32Array(V * D) };
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(V, D, inputRows, 'the system refused it', error);
    throw error;
  }
}

function tooLarge(V: number, D: number, inputRows: number, observed: string, cause?: RangeError): W2vError {
  const counted = (count: number) => count.toLocaleString('en');
  const ngrams = inputRows > V ? `, and ${counted(inputRows - V)} of n-grams` : '';
  const size = `${counted(V)} words x ${D} dimensions x 4 bytes${ngrams}`;
  const fewer = inputRows > V ? 'take fewer { buckets }, ' : '';
  return outOfMemory(
    `training needs ${byteSize(2 * (V + inputRows) * D * 4)}, and ${observed}: two matrices of ${size}, and as much for the result`,
    `${fewer}keep fewer words ({ maxVocab, minCount }), or use fewer dimensions ({ dim })`,
    { cause },
  );
}
