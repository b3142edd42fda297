// What questions need to know of all rows, kept from one question to the next by whoever asks many of them: KeyedVectors
// and questionsOf. Vectors without it are taken as they are at each call, because their owner may change the matrix.

/** The parameters of 3CosMul (cos-mul.ts): cos' = (cos + shift) * scale, and the epsilon. */
export interface CosMul {
  shift: number;
  scale: number;
  epsilon: number;
}

export interface RowNorms {
  /** (V) 1 / |row|; undefined until a question needs it. */
  inverse?: Float64Array;
  /** The parameters of 3CosMul; undefined until a question needs them. */
  cosMul?: CosMul;
}

/** The same vectors, which keep their norms. Those that keep them already are returned as they are. */
export function withNorms<V extends { norms?: RowNorms }>(vectors: V): V {
  return vectors.norms === undefined ? { ...vectors, norms: {} } : vectors;
}
