// What the chapters `batches` and `weights` of `w2v explain` report as measured: counting all at once against training
// in mini-batches on a corpus as it grows, one-hot against Embedding as V grows, and word vectors from different
// starting weights.
//
//   npm run build && node bench/studies/lesson.js [--corpus mix] [--only batches,embedding,weights]
//
// Writes bench/results/*-lesson.json and src/explain/recorded.ts, which the chapters show.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../build/base/random.js';
import { encodeText } from '../../build/corpus/encode.js';
import { countVectors } from '../../build/count/count-vectors.js';
import { evaluate } from '../../build/evaluate/evaluate.js';
import { product } from '../../build/explain/matrix.js';
import { embedding } from '../../build/explain/nodes/embedding.js';
import { defaultCacheDirectory } from '../../build/fetch/cache.js';
import { getCorpus } from '../../build/fetch/catalog.js';
import { trainWordVectors } from '../../build/train/train.js';
import { createWasmEngine } from '../../build/train/wasm/engine.js';
import { benchFolder } from '../peers.js';
import { resultFile } from '../result-file.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: 'mix' },
    only: { type: 'string', default: 'batches,embedding,weights' },
  },
});
const cacheDirectory = defaultCacheDirectory(process.env, process.platform, homedir());
const fetched = (name, kind) => getCorpus(name, { cacheDirectory, kind });

const D = 100;
const EPOCHS = 3; // of the comparison of starting weights
const SEEDS = [1, 2, 3];

const engine = await createWasmEngine();

async function train(corpus, given) {
  const settings = { dim: D, threads: cpus().length, ...given };
  const { vectors, ...rest } = await trainWordVectors(corpus, settings, { engine });
  return { input: vectors.matrix, ...rest };
}

/**
 * The first parts of the text, each twice as long as the one before, and its last tenth as the text that comes later.
 */
async function measureBatches(text) {
  const results = [];
  await countVectors(await encodeText(text.slice(0, 1e6)), { dim: D }); // compiled, before anything is timed
  for (const part of [16, 8, 4, 2, 1]) {
    const some = text.slice(0, text.length / part);
    const corpus = await encodeText(some);
    const later = await encodeText(some.slice(0.9 * some.length), { minCount: 1 });
    const counted = await countVectors(corpus, { dim: D });
    const { count, ppmi, svd } = counted.report.seconds;
    const { seconds } = await train(corpus, { epochs: 1 });
    const { seconds: laterSeconds } = await train(later, { epochs: 1 });
    const V = corpus.vocabulary.words.length;
    results.push({
      tokens: corpus.tokens,
      vocabulary: V,
      cells: counted.report.cooccurrences,
      countSeconds: round(count + ppmi + svd),
      countBytes: 12 * counted.report.cooccurrences, // an id and a double for each cell
      epochSeconds: round(seconds),
      trainBytes: 2 * 4 * V * D, // two matrices of float32
      laterTokens: later.tokens,
      laterSeconds: round(laterSeconds),
    });
    console.error(results.at(-1));
  }
  return results;
}

/** One row of W_in by one-hot times MatMul, and by Embedding: milliseconds, the least of five. */
function measureEmbedding() {
  const random = createRandom(1);
  return [7, 100, 1000, 10_000, 100_000].map((V) => {
    const W = { rows: V, columns: D, values: Float64Array.from({ length: V * D }, () => random.float()) };
    const oneHot = { rows: 1, columns: V, values: new Float64Array(V) };
    oneHot.values[V >> 1] = 1;
    const lookUp = embedding([V >> 1]);
    const result = {
      vocabulary: V,
      oneHotMilliseconds: least(() => product(oneHot, W)),
      embeddingMilliseconds: least(() => lookUp.forward([W])),
      oneHotBytes: 8 * V,
      embeddingBytes: 4,
    };
    console.error(result);
    return result;
  });
}

function least(work) {
  let most = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < 5; turn++) {
    const times = 20;
    const started = performance.now();
    for (let i = 0; i < times; i++) work();
    most = Math.min(most, (performance.now() - started) / times);
  }
  return Number(most.toPrecision(3));
}

/** How both matrices start, by name: the options of w2v train. */
const starts = {
  uniform: {},
  'normal, 0.01': { init: 'normal' },
  'normal, 1': { init: 'normal', initScale: 1 },
  xavier: { init: 'xavier' },
  he: { init: 'he' },
};

async function measureWeights(text) {
  const corpus = await encodeText(text);
  const { words } = corpus.vocabulary;
  const sets = [];
  for (const name of ['wordsim353', 'simlex999']) sets.push((await fetched(name, 'pairs')).path);
  const results = [];
  for (const [name, start] of Object.entries(starts)) {
    const runs = [];
    for (const seed of SEEDS) {
      const { input, lossByEpoch } = await train(corpus, { epochs: EPOCHS, seed, ...start });
      const { pairs } = await evaluate({ words, matrix: input, dimensions: D }, { pairs: sets, resamples: 100 });
      runs.push({ losses: lossByEpoch, scores: pairs.map(({ spearman }) => spearman) });
    }
    results.push({
      name,
      losses: runs[0].losses.map((_, epoch) => summary(runs.map(({ losses }) => losses[epoch])).mean),
      wordsim: summary(runs.map(({ scores }) => scores[0])),
      simlex: summary(runs.map(({ scores }) => scores[1])),
    });
    console.error(results.at(-1));
  }
  return results;
}

function summary(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean: round(mean, 4), low: round(Math.min(...values), 4), high: round(Math.max(...values), 4) };
}

function round(value, digits = 2) {
  return Number(value.toFixed(digits));
}

const { path } = await fetched(options.corpus);
const text = readFileSync(path, 'utf8');
const file = resultFile('lesson');
const known = readKnown();
const wanted = options.only.split(',');
const result = {
  ...known,
  machine: `${cpus()[0].model.trim()}, ${cpus().length} threads`,
  corpus: `corpus:${options.corpus}`,
  dimensions: D,
  epochs: EPOCHS,
  seeds: SEEDS.length,
};
if (wanted.includes('batches')) result.batches = await measureBatches(text);
if (wanted.includes('embedding')) result.embedding = measureEmbedding();
if (wanted.includes('weights')) result.weights = await measureWeights(text);
writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
const source = join(benchFolder, '..', 'src', 'explain', 'recorded.ts');
writeFileSync(
  source,
  `// What bench/studies/lesson.js measured, for the chapters that cannot measure it themselves: made by that script.

export const recorded = ${JSON.stringify(result, null, 2)};
`,
);

execFileSync('npx', ['biome', 'check', '--write', source]);

function readKnown() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
