// Subword vectors: w2v beside fastText and gensim's FastText on the same file with the same settings, in turn, and what
// subwords give rare words.
//
//   npm run build && node bench/subwords.js --corpus FILE[.gz] --eval FOLDER [--megabytes 20] [--models skipgram,cbow]
//   [--rounds 1]
//        [--tools w2v,w2v-words,fasttext,gensim] [--epochs 5] [--threads 2] [--dim 100] [--subwords 3..6] [--buckets 2000000]
//
// Run it with nothing else running; on a busy machine compare CPU seconds per million words. `w2v-words` trains without
// subwords. Words/s are in-vocabulary words times epochs, divided by the seconds of training alone; fastText prints
// none, so a run of no epochs is taken off. The folder has EN-WS-353-ALL.txt and EN-MEN-TR-3k.txt. `rarest` is the
// third of a set's pairs whose rarer word occurs least in the text; a pair with a word that a tool has no vector for
// counts as similarity 0 (`all`) or is left out (`answered`). All files are scored by the same code. `vectors` is the
// largest difference between w2v's vectors of 1,000 words, half of them unseen, and those that fastText prints from
// w2v's file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeCorpus, evaluate, KeyedVectors, loadVectors, readPairs } from '../dist/index.js';
import { findFastText, installPeers, machine, measure, median } from './peers.js';
import { resultFile } from './result-file.js';
import { copyStart, trainGensim, trainW2v } from './training-runs.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    eval: { type: 'string' },
    megabytes: { type: 'string', default: '20' },
    models: { type: 'string', default: 'skipgram,cbow' },
    tools: { type: 'string', default: 'w2v,w2v-words,fasttext,gensim' },
    rounds: { type: 'string', default: '1' },
    epochs: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    dim: { type: 'string', default: '100' },
    subwords: { type: 'string', default: '3..6' },
    buckets: { type: 'string', default: '2000000' },
    name: { type: 'string', default: 'subwords' },
  },
});
if (!options.corpus || !options.eval) throw new Error('name a text and test sets: --corpus FILE --eval FOLDER');

const words = {
  ...{ dim: Number(options.dim), window: 5, negative: 5, sample: 1e-3, minCount: 5 },
  ...{ epochs: Number(options.epochs), threads: Number(options.threads) },
};
const ngrams = { subwords: options.subwords, buckets: Number(options.buckets) };

async function main(folder) {
  installPeers();
  const corpus = join(folder, 'corpus.txt');
  await copyStart(options.corpus, Number(options.megabytes), corpus);
  const sets = await setsOf(corpus);
  const tools = {
    w2v: (task) => trainW2v({ ...task, engine: 'wasm', settings: { ...task.settings, ...ngrams } }),
    'w2v-words': (task) => trainW2v({ ...task, engine: 'wasm' }),
    gensim: (task) => trainGensim({ ...task, settings: { ...task.settings, ...ngrams } }),
    ...(findFastText() && { fasttext: trainFastText }),
  };
  const rows = [];
  for (const model of options.models.split(',')) {
    for (let seed = 1; seed <= Number(options.rounds); seed++) {
      for (const tool of options.tools.split(',').filter((name) => name in tools)) {
        const output = join(folder, `${tool}.bin`);
        const trained = await tools[tool]({ corpus, output, settings: { ...words, model, seed } });
        const scores = await scoresOf(output, sets);
        const vectors = tool === 'w2v' ? await differenceFromFastText(output) : undefined;
        rows.push({ model, tool, seed, ...trained, scores, ...(vectors !== undefined && { vectors }) });
        console.error(JSON.stringify(rows.at(-1)));
        rmSync(output);
      }
    }
  }
  const settings = { ...words, ...ngrams, corpus: basename(options.corpus), megabytes: Number(options.megabytes) };
  const result = { machine: machine(), settings, rows, summary: summaryOf(rows) };
  const file = resultFile(options.name);
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
  console.table(result.summary);
  console.log(file);
}

async function trainFastText({ corpus, output, settings }) {
  const { model, dim, window, negative, sample, minCount, epochs, threads, seed } = settings;
  const [shortest, longest] = ngrams.subwords.split('..');
  const parameters = [
    ...['fasttext', model, '-input', corpus, '-output', output.replace(/\.bin$/, ''), '-dim', dim, '-ws', window],
    ...['-neg', negative, '-t', sample, '-minCount', minCount, '-thread', threads, '-seed', seed, '-verbose', 0],
    ...['-lr', 0.05, '-minn', shortest, '-maxn', longest, '-bucket', ngrams.buckets],
  ];
  const nothing = await measure([...parameters, '-epoch', 0].map(String)).catch(() => ({ seconds: 0, cpuSeconds: 0 }));
  const whole = await measure([...parameters, '-epoch', epochs].map(String));
  const tokens = await tokensIn(corpus, minCount);
  const trained = tokens * epochs;
  return {
    tokens,
    wordsPerSecond: trained / (whole.seconds - nothing.seconds),
    cpuSecondsPerMillionWords: (1e6 * (whole.cpuSeconds - nothing.cpuSeconds)) / trained,
    peakMegabytes: whole.peakMegabytes,
  };
}

let known;
async function tokensIn(corpus, minCount) {
  known ??= await countsOf(corpus);
  return [...known.values()].filter((count) => count >= minCount).reduce((sum, count) => sum + count, 0);
}

async function countsOf(corpus) {
  const text = await encodeCorpus([corpus], { tokenizer: 'whitespace', minCount: 1 });
  text.close();
  const { words: all, counts } = text.vocabulary;
  return new Map(all.map((word, row) => [word, counts[row]]));
}

/** Each set whole, and the third of its pairs with the rarest words. */
async function setsOf(corpus) {
  known ??= await countsOf(corpus);
  const rarer = ({ first, second }) => Math.min(...[first, second].map((word) => known.get(word.toLowerCase()) ?? 0));
  const files = ['EN-WS-353-ALL.txt', 'EN-MEN-TR-3k.txt'].map((name) => join(options.eval, name));
  const whole = await Promise.all(files.map((file) => readPairs(file)));
  return whole.flatMap((set) => {
    const pairs = [...set.pairs].sort((a, b) => rarer(a) - rarer(b)).slice(0, Math.floor(set.pairs.length / 3));
    return [set, { ...set, name: `${set.name}, rarest`, pairs }];
  });
}

async function scoresOf(file, pairs) {
  const vectors = await loadVectors(file);
  const few = { resamples: 1, permutations: 1 };
  const [all, answered] = [
    await evaluate(vectors, { pairs, missing: 'zero', ...few }),
    await evaluate(vectors, { pairs, missing: 'skip', ...few }),
  ];
  return all.pairs.map(({ set, spearman, total }, at) => {
    const { spearman: ofAnswered, used } = answered.pairs[at];
    return { set, all: 100 * spearman, answered: 100 * ofAnswered, used, total };
  });
}

/** Between the vectors of 1,000 words as w2v and as fastText has them from one file. fastText prints five digits. */
async function differenceFromFastText(file) {
  const vectors = new KeyedVectors(await loadVectors(file));
  const step = Math.floor(vectors.size / 500);
  const seen = Array.from({ length: 500 }, (_, i) => vectors.words[i * step]);
  const asked = [...seen, ...seen.map((word) => `${word}ishly`)];
  const printed = execFileSync('fasttext', ['print-word-vectors', file], { input: `${asked.join('\n')}\n` });
  const lines = printed.toString().trim().split('\n');
  return lines.reduce((most, line) => {
    const [word, ...numbers] = line.trim().split(' ');
    const own = vectors.vector(word);
    // Half a unit of the fifth digit is fastText's rounding.
    const beyond = (text, at) =>
      Math.abs(Number(text) - own[at]) - 5e-6 * Math.max(1, 10 ** Math.ceil(Math.log10(Math.abs(own[at]))));
    return numbers.reduce((sofar, text, at) => Math.max(sofar, beyond(text, at)), most);
  }, 0);
}

function summaryOf(rows) {
  const keys = [...new Set(rows.map(({ model, tool }) => `${model} ${tool}`))];
  return keys.map((key) => {
    const own = rows.filter(({ model, tool }) => `${model} ${tool}` === key);
    const of = (value) => Number(median(own.map(value)).toPrecision(4));
    const scores = own[0].scores.flatMap(({ set }, at) => [
      [set, of((row) => row.scores[at].all)],
      [`${set} (answered)`, of((row) => row.scores[at].answered)],
    ]);
    return {
      run: key,
      wordsPerSecond: of((row) => row.wordsPerSecond),
      cpuSecondsPerMillionWords: of((row) => row.cpuSecondsPerMillionWords),
      ...Object.fromEntries(scores),
    };
  });
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
