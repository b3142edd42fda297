// The hyperparameters of every step: what each may be (its range), its default and where that comes from. The library
// checks by this table, the command line parses by it, the help shows it, and manifests record the values.
// word2vec.c: the tool of Mikolov et al. 2013; Levy 2015: Levy, Goldberg & Dagan, TACL 2015.

import { choice, real, whole } from './ranges.ts';

const threads = whole(1, 1024);
const seed = whole(0);

export const corpusRanges = { minCount: whole(1), maxVocab: whole(0), pruneVocab: whole(0), threads };

/** How a text is read, unless given otherwise. */
export const corpusDefaults = {
  tokenizer: 'words' as const,
  keepCase: false,
  minCount: 5, // word2vec.c -min-count
  maxVocab: 0, // 0: no limit
  pruneVocab: 0, // 0: no limit; word2vec.c: 70 % of vocab_hash_size, 21 million words
};

export const phraseRanges = {
  passes: whole(1, 10),
  scorer: choice(['default', 'npmi']),
  threshold: real(-1, 1e300),
  minCount: whole(1),
  pruneVocab: whole(1),
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

export const trainRanges = {
  model: choice(['skipgram', 'cbow']),
  loss: choice(['ns', 'hs', 'softmax']),
  dim: whole(1, 1000),
  window: whole(1, 1000),
  negative: whole(0, 64), // 0: none, which the loss ns does not allow
  negativeExponent: real(-2, 2),
  epochs: whole(1, 10_000),
  sample: real(0, 1),
  learningRate: real(1e-9, 10),
  minLearningRateRatio: real(0, 1),
  init: choice(['uniform', 'normal', 'xavier', 'he', 'zeros']),
  initScale: real(0, 10),
  buckets: whole(1, 100_000_000),
  subwordUnits: choice(['characters', 'jamo']),
  shards: whole(1, 1024),
  syncs: whole(1, 1000),
  seed,
  threads,
};

/** What word2vec.c and fastText take, whatever the size of the text. */
export const standardTraining = {
  epochs: 5, // word2vec.c -iter
  learningRate: { skipgram: 0.025, cbow: 0.05 }, // word2vec.c -alpha
  subwordLearningRate: 0.05, // fastText -lr
};

/** Of `trainWordVectors`. */
export const trainDefaults = {
  model: 'skipgram' as 'skipgram' | 'cbow',
  loss: 'ns' as 'ns' | 'hs' | 'softmax', // word2vec.c -negative 5 -hs 0
  dim: 100, // word2vec.c -size
  window: 5, // word2vec.c -window
  negative: 5, // word2vec.c -negative
  negativeExponent: 0.75, // Mikolov et al. 2013b, section 2.2
  epochs: 'auto' as number | 'auto', // by the size of the text: train/auto-schedule.ts
  sample: 1e-3, // word2vec.c -sample
  init: 'uniform' as 'uniform' | 'normal' | 'xavier' | 'he' | 'zeros', // word2vec.c: InitNet
  learningRate: 'auto' as number | 'auto',
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

export const layoutRanges = { method: choice(['pca', 'umap']), seed, threads };

/** Of `layOut`. */
export const layoutDefaults = {
  method: 'umap' as 'pca' | 'umap',
  neighbors: 15, // umap-learn's n_neighbors and min_dist
  minDist: 0.1,
  seed: 1,
};

export const textRanges = {
  pooling: choice(['mean', 'sif']),
  sifA: real(0, Number.MAX_VALUE, { above: true }),
  removeComponents: whole(0),
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

export const countRanges = {
  dim: whole(1, 10_000),
  window: whole(1, 1000),
  weighting: choice(['flat', 'harmonic', 'dynamic']),
  sample: real(0, 1),
  sampling: choice(['expected', 'drawn']),
  cds: real(0, 1, { above: true }),
  shift: real(1, 1e9),
  base: real(1, 1e9, { above: true }),
  eig: real(0, 10),
  iterations: whole(0, 1000),
  oversample: whole(0, 1000),
  seed,
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
