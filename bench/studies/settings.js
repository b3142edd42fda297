// The portable engine's speed and quality over settings, one changed at a time, beside an older checkout of w2v and
// gensim.
//
//   npm run build && node bench/studies/settings.js [--corpus FILE[.gz]] [--megabytes 20] [--before CHECKOUT] [--gensim
//   defaults]
//        [--only defaults,negative-2] [--models skipgram,cbow] [--threads 2] [--epochs 5] [--seed 1]
//        [--pairs wordsim353,simlex999] [--analogies google-analogies] [--name enwiki] [--continue]
//
// Unless given, the corpus is the built-in `mix`; of a larger text --megabytes takes the first ones. `before` is a
// built checkout of w2v; gensim runs at the settings that --gensim names. All tools train on one setting in turn, with
// one seed.
// `plain` in the result is the kernel without fused multiply-add. CPU seconds per million words, of training alone, can
// be compared on a busy machine; words/s cannot. The result is written after each training; --continue keeps the rows
// that today's file of this name has already.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installPeers } from '../peers.js';
import { ownMachine, resultFile } from '../result-file.js';
import { settingsTable } from '../table.js';
import { copyStart, fileOf, scoresOf, thisCheckout, trainGensim, trainW2v } from '../training-runs.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: 'mix' },
    megabytes: { type: 'string', default: '1000000' },
    before: { type: 'string' },
    gensim: { type: 'string', default: '' },
    only: { type: 'string' },
    models: { type: 'string', default: 'skipgram,cbow' },
    threads: { type: 'string', default: '2' },
    epochs: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    pairs: { type: 'string', default: 'wordsim353,simlex999' },
    analogies: { type: 'string', default: 'google-analogies' },
    /** The end of the result's name. */
    name: { type: 'string' },
    continue: { type: 'boolean', default: false },
  },
});

const defaults = { dim: 100, window: 5, negative: 5 };
const variants = {
  defaults: {},
  'negative-2': { negative: 2 },
  'negative-10': { negative: 10 },
  'negative-20': { negative: 20 },
  'window-2': { window: 2 },
  'window-10': { window: 10 },
  'dim-50': { dim: 50 },
  'dim-300': { dim: 300 },
};

async function main(folder) {
  const source = await fileOf(options.corpus);
  const corpus = join(folder, 'corpus.txt');
  await copyStart(source, Number(options.megabytes), corpus);
  const files = async (names) => Promise.all(names.split(',').map(fileOf));
  const sets = { pairs: await files(options.pairs), analogies: await files(options.analogies) };
  if (options.gensim) installPeers();

  const common = { minCount: 5, sample: 1e-3, epochs: Number(options.epochs), threads: Number(options.threads) };
  const names = options.only?.split(',') ?? Object.keys(variants);
  const file = resultFile(options.name ? `${options.name}-settings` : 'settings');
  const rows = options.continue && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).rows : [];
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: ['node bench/studies/settings.js', ...process.argv.slice(2)].join(' '),
    corpus: basename(source),
    megabytes: Number(options.megabytes),
    settings: { ...common, seed: Number(options.seed) },
    machine: ownMachine(),
    rows,
  };
  for (const model of options.models.split(',')) {
    for (const name of names) {
      const settings = { ...common, ...defaults, ...variants[name], model, seed: Number(options.seed) };
      const { dim, window, negative } = settings;
      for (const [tool, train] of Object.entries(toolsFor(name))) {
        const row = { model, dim, window, negative, tool };
        if (rows.some((other) => Object.keys(row).every((key) => other[key] === row[key]))) continue;
        const output = join(folder, 'vectors.bin');
        const run = await train({ corpus, output, settings });
        rows.push({ ...row, ...figures(run), scores: await scoresOf(output, sets) });
        writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
        console.error(JSON.stringify(rows.at(-1)));
      }
    }
  }
  console.log(settingsTable(result));
  console.error(`Wrote ${file}`);
}

/** The kernel without fused multiply-add is measured at the defaults alone. */
function toolsFor(name) {
  const wasm = (more) => (task) => trainW2v({ ...task, engine: 'wasm', ...more });
  return {
    w2v: wasm({ checkout: thisCheckout }),
    ...(name === 'defaults' && { 'w2v, plain': wasm({ checkout: thisCheckout, plainSimd: true }) }),
    ...(options.before && { before: wasm({ checkout: resolve(options.before) }) }),
    ...(options.gensim.split(',').includes(name) && { gensim: trainGensim }),
  };
}

function figures({ wordsPerSecond, cpuSecondsPerMillionWords, loss }) {
  return { wordsPerSecond: Math.round(wordsPerSecond), cpuSecondsPerMillionWords, loss };
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
