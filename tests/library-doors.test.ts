// Every exported function is called with every wrong kind of value for each of its arguments: a W2vError `usage`, and
// nothing else, tells the caller. A newly exported function needs a row here.
import { describe, expect, it } from 'vitest';
import * as library from '../src/index.ts';
import * as query from '../src/query/index.ts';
import { temporaryFolder } from './formats/temporary-folder.ts';

const { path } = temporaryFolder();
const dense = { words: ['a', 'b', 'c'], matrix: Float32Array.of(1, 0, 0, 1, 1, 1), dimensions: 2 };
const sparse = {
  words: ['a'],
  matrix: { rows: 1, columns: 1, starts: Float64Array.of(0, 1), indices: Int32Array.of(0), values: Float64Array.of(1) },
};
const corpus = await library.encodeText('a b c a b c a b', { minCount: 1 });
const wordnet = { senses: () => [], has: () => false, irregular: () => undefined } as never;
const cache = path('cache');

/** Values of other kinds than the argument's, by kind. */
const notText = [undefined, null, 5, {}, [], () => 1];
const notObject = [null, 5, 'x', [], () => 1];
const notList = [undefined, null, 5, 'x', {}, () => 1];
const notVectors = [undefined, null, 5, 'x', {}, [], { words: 5 }, { words: ['a'], matrix: [1], dimensions: 1 }];
const notSignal = [null, 5, 'x', {}];
const kinds: Record<string, readonly unknown[]> = {
  text: notText,
  object: [undefined, ...notObject],
  words: [...notList, [5], [undefined]],
  list: notList,
  numbers: [undefined, null, 5, 'x', {}],
  dense: [...notVectors, sparse],
  sparse: [...notVectors, dense],
  vectors: notVectors,
  corpus: [undefined, null, 5, 'x', {}, ['a.txt']],
  questions: [...notList, [5], ['abc'], [['a', 'b']]],
  expressions: [...notList, [5], ['a'], [[{ word: 5 }]]],
  texts: [undefined, null, 5, 'x', {}, () => 1, [5]],
  signal: notSignal,
  test: [undefined, null, 5, 'x', {}, { targets: [['a'], 5] }],
  options: [...notObject, { nonsense: 1 }],
  // Of asynchronous functions with long work: the options that they have in common.
  longOptions: [...notObject, { nonsense: 1 }, ...notSignal.map((signal) => ({ signal })), { onProgress: 'x' }],
  reading: [...notObject, ...notSignal.map((signal) => ({ signal })), { onProgress: 'x' }],
  stoppable: [...notObject, { nonsense: 1 }, ...notSignal.map((signal) => ({ signal }))],
  limits: [...notObject, { nonsense: 1 }, { threads: -1 }, { threads: 'x' }, { memory: 'x' }, { checkpoint: 5 }],
  selection: [undefined, ...notObject, { nonsense: 1 }, { words: 5 }, { words: 'ab' }, { top: -1 }, { top: 'x' }],
  sets: [undefined, ...notObject, { nonsense: 1 }, { pairs: [5] }, { pairs: 'x' }, { analogies: [{}] }],
  wordList: [undefined, null, 5, 'x', {}, [], { words: 5 }],
  cached: [undefined, ...notObject, {}, { cacheDirectory: 5 }],
  inCache: [undefined, ...notObject, {}, { cacheDirectory: 5 }, { cacheDirectory: cache, signal: 'x' }],
};

type Argument = readonly [kind: keyof typeof kinds, right: unknown];
const text: Argument = ['text', 'a'];
const ofDense: Argument = ['dense', dense];
const ofAny: Argument = ['vectors', dense];
const ofCorpus: Argument = ['corpus', corpus];
const options: Argument = ['options', {}];
const stoppable: Argument = ['stoppable', {}];
const inCache: Argument = ['inCache', { cacheDirectory: cache }];
const words: Argument = ['words', ['a']];
const expressions: Argument = ['expressions', [[{ word: 'a', sign: 1 }]]];
const questions: Argument = ['questions', [['a', 'b', 'c']]];
const test: Argument = ['test', { targets: [['a'], ['b']], attributes: [['a'], ['b']] }];
const document: Argument = ['object', { routes: [], notes: [], settings: {} }];

/** Each exported function with the kinds of its arguments. */
const doors: Record<string, readonly Argument[]> = {
  KeyedVectors: [ofAny],
  analogies: [ofAny, questions, options],
  analogiesAsync: [ofAny, questions, stoppable],
  association: [ofAny, test, options],
  associationAsync: [ofAny, test, stoppable],
  asyncQuestionsOf: [ofAny],
  buildHnsw: [ofDense, ['longOptions', {}]],
  compareCorpus: [ofCorpus, ['longOptions', {}]],
  compareFiles: [
    ['words', ['a.bin', 'b.bin']],
    ['longOptions', {}],
  ],
  compareSpaces: [ofAny, ofAny, ['longOptions', {}]],
  comparisonDocument: [
    ['object', { routes: [], scores: [] }],
    ['object', { settings: {}, notes: [] }],
  ],
  comparisonMarkdown: [document],
  cosine: [
    ['numbers', [1]],
    ['numbers', [1]],
  ],
  countMatrix: [ofCorpus, options, ['limits', {}]],
  countVectors: [ofCorpus, options, ['limits', {}]],
  defaultCacheDirectory: [['object', {}]],
  describeWord: [['object', wordnet], text],
  diagnose: [['cached', { cacheDirectory: cache }]],
  centerVectors: [ofDense],
  combineVectors: [['list', [dense, dense]], stoppable],
  embedTexts: [ofDense, ['texts', ['a']], stoppable],
  encodeCorpus: [
    ['words', ['a.txt']],
    ['longOptions', {}],
  ],
  encodeText: [text, ['longOptions', {}]],
  evaluate: [ofAny, ['sets', {}]],
  fetchWordNet: [inCache],
  findPhrases: [
    ['words', ['a.txt']],
    ['longOptions', {}],
  ],
  formatPhrases: [['object', { passes: [] }]],
  formatVocabulary: [['object', { words: [], counts: [] }]],
  getCorpus: [['text', 'no-such'], inCache],
  layOut: [ofDense, ['longOptions', {}]],
  listCorpora: [inCache],
  loadAnyVectors: [text, ['reading', {}]],
  loadSparseVectors: [text, ['reading', {}]],
  loadVectors: [text, ['reading', {}]],
  locateTfjsNode: [['text', 'a']],
  nearest: [ofDense, ['list', [[1, 2]]], options],
  nearestAsync: [ofDense, ['list', [[1, 2]]], stoppable],
  nearestExpressions: [ofAny, expressions, options],
  nearestExpressionsAsync: [ofAny, expressions, stoppable],
  nearestInFile: [text, expressions, ['reading', { k: 1 }]],
  nearestWords: [ofAny, words, options],
  nearestWordsAsync: [ofAny, words, stoppable],
  oddOneOut: [ofAny, ['words', ['a', 'b', 'c']]],
  openEngine: [
    ['text', 'wasm'],
    ['reading', {}],
  ],
  openHnsw: [ofDense, inCache],
  openRouteCache: [text, ['signal', new AbortController().signal]],
  openWordNet: [text],
  parseAnalogies: [text, text],
  parseExpression: [text],
  parsePairs: [text, text],
  parsePhrases: [text, text],
  parseVocabulary: [text, text],
  ppmiMatrix: [ofCorpus, options, ['limits', {}]],
  predictWord: [ofDense, ofDense, words, options],
  readAnalogies: [text, ['signal', undefined]],
  readManifest: [text],
  readPairs: [text, ['signal', undefined]],
  reportPage: [document],
  rowOf: [['wordList', dense], text],
  saveSparseVectors: [
    ['text', path('a.npz')],
    ['sparse', sparse],
    ['longOptions', {}],
  ],
  saveVectors: [['text', path('a.bin')], ofDense, ['longOptions', {}]],
  searchTexts: [ofDense, ['texts', ['a']], words, stoppable],
  selectVectors: [ofDense, ['selection', {}]],
  setUp: [inCache],
  similarity: [ofAny, text, text],
  stampOf: [text],
  suggest: [['list', ['a']], text],
  summarize: [ofDense],
  trainSettings: [options],
  trainCombined: [ofCorpus, options, ['longOptions', {}]],
  trainWordVectors: [ofCorpus, options, ['longOptions', {}]],
  trainingAdvice: [['object', { tokens: 1, epochs: 1, vocabulary: 1 }]],
  vectorOf: [ofDense, text],
  writeVectors: [['object', { write() {} }], ofDense, ['text', 'word2vec-bin'], ['reading', {}]],
};

const exported = { ...library, ...query } as unknown as Record<string, unknown>;
const functions = Object.keys(exported).filter((name) => typeof exported[name] === 'function' && name !== 'W2vError');

it('has a row for each exported function', () => {
  expect(Object.keys(doors).sort()).toEqual(functions.sort());
});

async function call(name: string, given: readonly unknown[]): Promise<unknown> {
  if (name === 'KeyedVectors') return new query.KeyedVectors(given[0] as never);
  return await (exported[name] as (...given: readonly unknown[]) => unknown)(...given);
}

/** Where `undefined` says to leave the argument out. */
const isOptional = (name: string, at: number) => (name === 'openEngine' && at === 0) || name === 'locateTfjsNode';

describe.each(Object.entries(doors))('%s', (name, row) => {
  it.each(row.map(([kind], at): [number, string] => [at, kind]))('argument %i, %s', async (at, kind) => {
    const told: unknown[] = [];
    for (const wrong of kinds[kind]) {
      if (wrong === undefined && isOptional(name, at)) continue;
      const given = row.map(([, right], place) => (place === at ? wrong : right));
      const failure: unknown = await call(name, given).then(
        () => 'accepted',
        (error) => error,
      );
      const { name: type, code, hint } = Object(failure) as Partial<query.W2vError>;
      if (type === 'W2vError' && code === 'usage' && hint) continue;
      told.push({ wrong, failure: String(failure) });
    }
    expect(told).toEqual([]);
  });
});
