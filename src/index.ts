// The public library API. Nothing here prints, ends the process or reads the environment.

export {
  corpusDefaults,
  countDefaults,
  evaluateDefaults,
  layoutDefaults,
  phraseDefaults,
  queryDefaults,
  trainDefaults,
} from './base/defaults.ts';
export type { OnProgress, Progress } from './base/progress.ts';
export {
  type CombinedOptions,
  type CombinedPartReport,
  type CombinedResult,
  type CombinedSettings,
  trainCombined,
} from './combined/train-combined.ts';
export {
  type CompareCorpusOptions,
  type ComparisonOptions,
  compareCorpus,
  compareFiles,
} from './compare/compare.ts';
export {
  type CompareSpacesOptions,
  compareSpaces,
  type Overlap,
  type SpacesComparison,
} from './compare/compare-spaces.ts';
export { openRouteCache, type RouteCache } from './compare/route-cache.ts';
export type { Route, RouteFacts, RoutesComparison } from './compare/routes-comparison.ts';
export type { CleanedCounts, CleaningOptions, Markup } from './corpus/cleaning/cleaning.ts';
export { englishStopWords } from './corpus/cleaning/stop-words.ts';
export { type EncodeCorpusOptions, type EncodeOptions, encodeCorpus, encodeText } from './corpus/encode.ts';
export { type CorpusDropped, type CorpusSource, type EncodedCorpus, LINE_END } from './corpus/encoded-corpus.ts';
export { type FindPhrasesOptions, type FoundPhrases, findPhrases } from './corpus/phrases/find-phrases.ts';
export { englishConnectorWords, type Phrase, type Phrases } from './corpus/phrases/phrases.ts';
export { formatPhrases, parsePhrases } from './corpus/phrases/phrases-file.ts';
export type { TokenizerFacts, TokenizerName, TokenizerOptions } from './corpus/tokenizers/tokenizers.ts';
export { formatVocabulary, parseVocabulary, type Vocabulary } from './corpus/vocabulary.ts';
export type { CountLimits } from './count/cooccurrence/cooccurrence.ts';
export { type CountOptions, type CountReport, countMatrix, countVectors, ppmiMatrix } from './count/count-vectors.ts';
export type { AnalogiesResult } from './evaluate/analogy-scores.ts';
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate/evaluate.ts';
export { type AnalogySet, parseAnalogies, readAnalogies } from './evaluate/read-analogies.ts';
export { type PairSet, parsePairs, readPairs } from './evaluate/read-pairs.ts';
export type { WordPairsResult } from './evaluate/word-pairs.ts';
export { defaultCacheDirectory } from './fetch/cache.ts';
export {
  type CatalogCorpus,
  type CatalogEntry,
  type CatalogOptions,
  getCorpus,
  listCorpora,
} from './fetch/catalog.ts';
export { fetchWordNet } from './fetch/wordnet-files.ts';
export type { Resume } from './files/resumable-folder.ts';
export { type FileStamp, stampOf } from './files/side-file.ts';
export type { LoadedVectors } from './formats/format.ts';
export { type LoadOptions, loadAnyVectors, loadVectors } from './formats/load.ts';
export { type Manifest, readManifest } from './formats/manifest.ts';
export { type LoadedSparseVectors, loadSparseVectors } from './formats/npz.ts';
export { type SaveOptions, saveVectors, writeVectors } from './formats/save.ts';
export { type SaveSparseOptions, saveSparseVectors } from './formats/save-sparse.ts';
export {
  type Layout,
  type LayoutMethod,
  type LayoutOptions,
  type LayoutQuality,
  layOut,
  type PlacedWords,
} from './map/layout.ts';
export { buildHnsw, type HnswIndex } from './query/hnsw.ts';
export { type HnswFacts, type HnswOptions, type OpenedHnsw, openHnsw } from './query/hnsw-cache.ts';
export * from './query/index.ts';
export { type NearestInFileOptions, nearestInFile } from './query/nearest-in-file.ts';
export { type PredictWordOptions, predictWord, type WordChance } from './query/predict-word.ts';
export { type ComparedCorpus, type ComparisonDocument, comparisonDocument } from './report/comparison-document.ts';
export { comparisonMarkdown } from './report/markdown.ts';
export { reportPage } from './report/page.ts';
export { diagnose, type Finding } from './setup/doctor.ts';
export { type SetupOptions, type SetupResult, setUp } from './setup/setup.ts';
export { locateTfjsNode } from './setup/tfjs-node.ts';
export {
  type EmbedTextsOptions,
  embedTexts,
  type TextEmbeddings,
  type TextFacts,
} from './texts/embed-texts.ts';
export {
  type SearchTextsOptions,
  searchTexts,
  type TextMatch,
  type TextSearch,
  type Texts,
} from './texts/search-texts.ts';
export { describeWord } from './thesaurus/describe-word.ts';
export { openWordNet, type WordNet } from './thesaurus/open-wordnet.ts';
export { type ThesaurusMeasure, thesaurusMeasures } from './thesaurus/thesaurus-similarity.ts';
export type { CheckpointOptions, CheckpointReport } from './train/checkpoint/checkpoints.ts';
export type { CheckpointEvent } from './train/checkpoint/saver.ts';
export type { Training, TrainingEngine, TrainingState, TrainTask } from './train/engine.ts';
export { type EngineChoice, openEngine } from './train/open-engine.ts';
export type { GivenTrainSettings, Model, TrainSettings } from './train/settings.ts';
export { trainSettings } from './train/settings.ts';
export type { RoundSettings } from './train/shards/plan-rounds.ts';
export type { RoundsReport } from './train/shards/round-settings.ts';
export type { Tally } from './train/tally.ts';
export { type TrainOptions, type TrainResult, trainWordVectors } from './train/train.ts';
export { type TrainingAdvice, trainingAdvice } from './train/training-advice.ts';
export { centerVectors } from './vectors/center.ts';
export { type CombinedVectors, type CombineOptions, combineVectors } from './vectors/combine.ts';
export { type Selection, selectVectors } from './vectors/select.ts';
export { type Summary, summarize } from './vectors/summary.ts';
