import { expect, it } from 'vitest';
import * as w2v from '../src/index.ts';

it('the library offers these names: people import them, so none may go or come unseen', () => {
  expect(Object.keys(w2v).sort()).toMatchInlineSnapshot(`
    [
      "KeyedVectors",
      "LINE_END",
      "W2vError",
      "analogies",
      "analogiesAsync",
      "analogy",
      "asyncQuestionsOf",
      "buildHnsw",
      "compareCorpus",
      "compareFiles",
      "comparisonDocument",
      "comparisonMarkdown",
      "corpusDefaults",
      "cosine",
      "countDefaults",
      "countMatrix",
      "countVectors",
      "defaultCacheDirectory",
      "describeWord",
      "diagnose",
      "embedTexts",
      "encodeCorpus",
      "encodeText",
      "evaluate",
      "evaluateDefaults",
      "fetchWordNet",
      "formatVocabulary",
      "getCorpus",
      "hnswBeside",
      "listCorpora",
      "loadAnyVectors",
      "loadSparseVectors",
      "loadVectors",
      "locateTfjsNode",
      "nearest",
      "nearestAsync",
      "nearestExpressions",
      "nearestExpressionsAsync",
      "nearestInFile",
      "nearestWords",
      "nearestWordsAsync",
      "oddOneOut",
      "openEngine",
      "openRouteCache",
      "openWordNet",
      "parseAnalogies",
      "parseExpression",
      "parsePairs",
      "parseVocabulary",
      "ppmiMatrix",
      "predictWord",
      "queryDefaults",
      "questionsOf",
      "readAnalogies",
      "readManifest",
      "readPairs",
      "reportPage",
      "rowOf",
      "saveSparseVectors",
      "saveVectors",
      "searchTexts",
      "selectVectors",
      "setUp",
      "similarity",
      "stampOf",
      "suggest",
      "summarize",
      "thesaurusMeasures",
      "trainDefaults",
      "trainSettings",
      "trainWordVectors",
      "trainingAdvice",
      "vectorOf",
      "writeVectors",
    ]
  `);
});

it('and they work together, without files', async () => {
  const corpus = await w2v.encodeText('a b a b a\n', { minCount: 1 });
  expect([corpus.vocabulary.words, corpus.tokens]).toEqual([['a', 'b'], 5]);
  corpus.close();
  const vectors = { words: ['a', 'b', 'c'], matrix: Float32Array.of(1, 0, 0, 1, 1, 1), dimensions: 2 };
  expect(w2v.nearestWords(vectors, ['a'], { k: 1 })[0]!.map((neighbor) => neighbor.word)).toEqual(['c']);
  expect(() => w2v.rowOf(vectors, 'd')).toThrow(w2v.W2vError);
});
