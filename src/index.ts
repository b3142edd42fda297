// The library. Never the command line: nothing here prints, ends the process or reads the environment.

export { type EncodeCorpusOptions, type EncodeOptions, encodeCorpus, encodeText } from './corpus/encode.ts';
export { type CorpusDropped, type CorpusSource, type EncodedCorpus, LINE_END } from './corpus/encoded-corpus.ts';
export { formatVocabulary, parseVocabulary, type Vocabulary } from './corpus/vocabulary.ts';
export type { CountLimits } from './count/cooccurrence/cooccurrence.ts';
export { type CountOptions, type CountReport, countMatrix, countVectors, ppmiMatrix } from './count/count-vectors.ts';
export { corpusDefaults, countDefaults, evaluateDefaults, queryDefaults, trainDefaults } from './defaults.ts';
export { type ErrorCode, W2vError } from './errors.ts';
export type { AnalogiesResult } from './evaluate/analogies.ts';
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate/evaluate.ts';
export { type AnalogySet, parseAnalogies, readAnalogies } from './evaluate/read-analogies.ts';
export { type PairSet, parsePairs, readPairs } from './evaluate/read-pairs.ts';
export type { WordPairsResult } from './evaluate/word-pairs.ts';
export { defaultCacheDirectory } from './fetch/cache.ts';
export {
  type CatalogueCorpus,
  type CatalogueEntry,
  type CatalogueOptions,
  getCorpus,
  listCorpora,
} from './fetch/catalogue.ts';
export type { LoadedVectors } from './formats/format.ts';
export {
  type LoadOptions,
  loadVectors,
  type SaveOptions,
  saveVectors,
  writeVectors,
} from './formats/formats.ts';
export { type Manifest, readManifest } from './formats/manifest.ts';
export { type LoadedSparseVectors, loadSparseVectors } from './formats/npz.ts';
export type { Model, Trained, TrainingEngine, TrainSettings, TrainTask } from './predict/engine.ts';
export {
  type EngineChoice,
  openEngine,
  type TrainOptions,
  type TrainResult,
  trainSettings,
  trainWordVectors,
} from './predict/train.ts';
export { type TrainingAdvice, trainingAdvice } from './predict/training-advice.ts';
export type { OnProgress, Progress } from './progress.ts';
export { analogies, analogiesAsync, analogy } from './query/analogy.ts';
export type { AnalogyOptions, AnalogyQuestion, Answer } from './query/answers.ts';
export {
  type Expression,
  nearestExpressions,
  nearestExpressionsAsync,
  parseExpression,
  type Term,
} from './query/expression.ts';
export { buildHnsw, type HnswIndex } from './query/hnsw.ts';
export {
  type NearestOptions,
  type NearestWordsOptions,
  nearest,
  nearestAsync,
  nearestWords,
  nearestWordsAsync,
} from './query/nearest.ts';
export { type NearestInFileOptions, nearestInFile } from './query/nearest-in-file.ts';
export { type Centrality, oddOneOut } from './query/odd-one-out.ts';
export { type AsyncQuestions, asyncQuestionsOf, type Questions, questionsOf } from './query/questions.ts';
export type { RowIndex } from './query/row-index.ts';
export type { Interruptible, Neighbor } from './query/search.ts';
export { cosine, similarity } from './query/similarity.ts';
export { diagnose, type Finding } from './setup/doctor.ts';
export { type SetupOptions, type SetupResult, setUp } from './setup/setup.ts';
export { locateTfjsNode } from './setup/tfjs-node.ts';
export type { SparseMatrix, SparseVectors } from './vectors/sparse-matrix.ts';
export { suggest } from './vectors/suggest.ts';
export { type Summary, summarize } from './vectors/summary.ts';
export { rowOf, vectorOf, type WordVectors } from './vectors/word-vectors.ts';
