// Allocates memory outside the JavaScript heap and reports a failure as `out-of-memory`, not as an error of the file.
import { outOfMemory, type W2vError } from '../../base/errors.ts';

/**
 * Returns `make()`. Throws `out-of-memory` if `bytes` are not available; `what` is for the message, e.g. 'the matrix'.
 */
export function allocate<T>(what: string, bytes: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw noRoomFor(what, bytes, error);
  }
}

export function noRoomFor(what: string, bytes: number, cause: unknown): W2vError {
  const size = bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MB` : `${(bytes / 2 ** 30).toFixed(1)} GB`;
  const observed = `${what} needs ${size} of memory, more than is available`;
  return outOfMemory(observed, 'free memory, or use a file with fewer words or dimensions', {
    cause,
  });
}
