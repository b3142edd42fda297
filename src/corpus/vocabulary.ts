// The words that are kept, most frequent first.

export interface Vocabulary {
  /** V words, by falling count; equal counts in order of first appearance in the corpus. */
  words: string[];
  /** (V) occurrences of each word in the whole corpus. */
  counts: Float64Array;
  /** Sum of `counts`: the in-vocabulary tokens of one pass. */
  total: number;
}
