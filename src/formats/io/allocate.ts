// Memory outside JavaScript's heap, which the system may refuse: that is not the file's fault, and is told as what it is.
import { W2vError } from '../../errors.ts';

/** What `make` gives. Throws `out-of-memory` where there are no `bytes` for it; `what` is 'the matrix'. */
export function allocate<T>(what: string, bytes: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw outOfMemory(what, bytes, error);
  }
}

export function outOfMemory(what: string, bytes: number, cause: unknown): W2vError {
  const size = bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MB` : `${(bytes / 2 ** 30).toFixed(1)} GB`;
  const observed = `${what} needs ${size} of memory, more than Node gave`;
  return new W2vError('out-of-memory', observed, 'free memory, or use a file with fewer words or dimensions', {
    cause,
  });
}
