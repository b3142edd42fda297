// The defaults of all hyperparameters with their sources. The help shows them and every manifest records them.
// word2vec.c: the tool of Mikolov et al. 2013; Levy 2015: Levy, Goldberg & Dagan, TACL 2015.

/** How a text is read, unless given otherwise. */
export const corpusDefaults = {
  tokenizer: 'words' as const,
  keepCase: false,
  minCount: 5, // word2vec.c -min-count
  maxVocab: 0, // 0: no limit
  pruneVocab: 0, // 0: no limit; word2vec.c: 70 % of vocab_hash_size, 21 million words
};

/** Of `findPhrases`. */
export const phraseDefaults = {
  passes: 1,
  scorer: 'default' as 'default' | 'npmi', // this and the rest: gensim 4, Phrases
  threshold: { default: 10, npmi: 0.5 },
  minCount: 5,
  delimiter: '_',
  pruneVocab: 40_000_000, // max_vocab_size
};

/** Of `trainWordVectors`; without `learningRate`, that of the model is taken. */
export const trainDefaults = {
  model: 'skipgram' as 'skipgram' | 'cbow',
  loss: 'ns' as 'ns' | 'hs' | 'softmax', // word2vec.c -negative 5 -hs 0
  dim: 100, // word2vec.c -size
  window: 5, // word2vec.c -window
  negative: 5, // word2vec.c -negative
  negativeExponent: 0.75, // Mikolov et al. 2013b, section 2.2
  epochs: 5, // word2vec.c -iter
  sample: 1e-3, // word2vec.c -sample
  init: 'uniform' as 'uniform' | 'normal' | 'xavier' | 'he' | 'zeros', // word2vec.c: InitNet
  learningRate: { skipgram: 0.025, cbow: 0.05 }, // word2vec.c -alpha
  subwordLearningRate: 0.05, // fastText -lr
  buckets: 2_000_000, // fastText -bucket; with subwords
  subwordUnits: 'characters' as 'characters' | 'jamo',
  minLearningRateRatio: 1e-4, // word2vec.c: the rate never falls below this part of its start
  syncs: 4, // rounds an epoch of a training on shards: 20 are no better (docs/algorithms.md)
  seed: 1,
};

/** Number of nearest words, and of answers to an analogy. */
export const queryDefaults = {
  neighbors: 10,
  answers: 5,
};

/** Of `layOut`. */
export const layoutDefaults = {
  method: 'umap' as 'pca' | 'umap',
  axes: 2 as 2 | 3,
  neighbors: 15, // umap-learn's n_neighbors and min_dist
  minDist: 0.1,
  seed: 1,
};

export const textDefaults = {
  pooling: 'mean' as 'mean' | 'sif', // fastText print-sentence-vectors
  sifA: 1e-3, // Arora, Liang & Ma 2017, section 4.1
  removeComponents: 1, // the same, algorithm 1
};

/** Of `evaluate`. */
export const evaluateDefaults = {
  restrictVocab: 30_000, // of analogies only: word2vec's demo-word-accuracy.sh (gensim 4: 300,000, for word pairs too)
  caseInsensitive: true, // gensim 4, the same
  level: 0.95,
  resamples: 2_000,
  permutations: 5_000,
  seed: 1,
};

/** Of `countVectors`, `ppmiMatrix` and `countMatrix`. */
export const countDefaults = {
  dim: 100,
  window: 5,
  weighting: 'dynamic' as 'flat' | 'harmonic' | 'dynamic', // word2vec.c's window, in expectation; Levy 2015, section 3.1
  directional: false,
  sample: 0,
  sampling: 'expected' as 'expected' | 'drawn',
  cds: 0.75, // Levy 2015, section 3.2
  shift: 1, // Levy 2015: above 1 hurts the SVD
  eig: 0.5, // Levy 2015, section 3.3
  addContext: false,
  iterations: 4, // leaves smaller residuals than 5 of scikit-learn's randomized_svd (docs/algorithms.md)
  oversample: 20,
  memory: 2e9, // bytes
  seed: 1,
};
