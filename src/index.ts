// The library. Never the command line: nothing here prints, ends the process or reads the environment.
export {
  type CatalogueCorpus,
  type CatalogueEntry,
  type CatalogueOptions,
  getCorpus,
  listCorpora,
} from './corpus/catalogue.ts';
export { type EncodeCorpusOptions, type EncodeOptions, encodeCorpus, encodeText } from './corpus/encode.ts';
export { type CorpusDropped, type CorpusSource, type EncodedCorpus, LINE_END } from './corpus/encoded-corpus.ts';
export { formatVocabulary, parseVocabulary, type Vocabulary } from './corpus/vocabulary.ts';
export { corpusDefaults, queryDefaults, trainDefaults } from './defaults.ts';
export { type ErrorCode, W2vError } from './errors.ts';
export type { LoadedVectors } from './formats/format.ts';
export {
  type LoadOptions,
  loadVectors,
  type SaveOptions,
  saveVectors,
  writeVectors,
} from './formats/formats.ts';
export { type Manifest, readManifest } from './formats/manifest.ts';
export type { Model, Trained, TrainingEngine, TrainSettings, TrainTask } from './predict/engine.ts';
export {
  type EngineChoice,
  openEngine,
  type TrainOptions,
  type TrainResult,
  trainSettings,
  trainWordVectors,
} from './predict/train.ts';
export type { OnProgress, Progress } from './progress.ts';
export { defaultCacheDirectory } from './setup/cache.ts';
export { diagnose, type Finding } from './setup/doctor.ts';
export { type SetupOptions, type SetupResult, setUp } from './setup/setup.ts';
export { locateTfjsNode } from './setup/tfjs-node.ts';
export { type AnalogyOptions, type AnalogyQuestion, type Answer, analogies, analogy } from './vectors/analogy.ts';
export { type NearestOptions, type Neighbor, nearest, nearestWords } from './vectors/nearest.ts';
export { cosine, similarity } from './vectors/similarity.ts';
export { suggest } from './vectors/suggest.ts';
export { rowOf, vectorOf, type WordVectors } from './vectors/word-vectors.ts';
