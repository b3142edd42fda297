// What both routes end in: a word list and a matrix. All questions are asked of this.

export interface WordVectors {
  /** V words, each once; most frequent first where the frequency is known. */
  words: string[];
  /** (V, D) row-major; row i belongs to words[i]. Not normalised. */
  matrix: Float32Array;
  /** D */
  dimensions: number;
}
