// How training scales with threads: words/s, CPU seconds per million words and scores for 1, 2, 4 ... threads.
//
//   npm run build && node bench/scaling.js [--corpus FILE[.gz]] [--threads 1,2,4] [--models skipgram,cbow]
//        [--engine wasm,tensorflow] [--rounds 3] [--epochs 5] [--dim 100] [--window 5] [--negative 5]
//        [--pairs wordsim353,simlex999] [--analogies google-analogies]
//
// Run it with nothing else running. Unless given, the corpus is the built-in `mix` (26 MB), and the numbers of threads
// are the powers of two up to the cores that this process may use, and their number. More threads than cores only where
// --threads names them. Rounds alternate between the numbers of threads; medians are compared; round n trains with seed
// n. With perfect scaling CPU seconds per million words do not change: what they grow by is lost to shared memory, or
// to cores that are two halves of one. Scores show whether unsynchronized updates cost quality.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from './peers.js';
import { ownMachine, resultFile } from './result-file.js';
import { scalingTable } from './table.js';
import { fileOf, scoresOf, trainW2v } from './training-runs.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: 'mix' },
    threads: { type: 'string', default: threadCounts(availableParallelism()).join() },
    models: { type: 'string', default: 'skipgram,cbow' },
    engine: { type: 'string', default: 'wasm' },
    rounds: { type: 'string', default: '3' },
    epochs: { type: 'string', default: '5' },
    dim: { type: 'string', default: '100' },
    window: { type: 'string', default: '5' },
    negative: { type: 'string', default: '5' },
    pairs: { type: 'string', default: 'wordsim353,simlex999' },
    analogies: { type: 'string', default: 'google-analogies' },
  },
});

/** 1, 2, 4 ... and the number of cores. */
function threadCounts(cores) {
  const counts = [];
  for (let count = 1; count < cores; count *= 2) counts.push(count);
  return [...counts, cores];
}

async function main(folder) {
  const corpus = await fileOf(options.corpus);
  const files = async (names) => Promise.all(names.split(',').map(fileOf));
  const sets = { pairs: await files(options.pairs), analogies: await files(options.analogies) };
  const [dim, window, negative, epochs] = ['dim', 'window', 'negative', 'epochs'].map((name) => Number(options[name]));
  const settings = { dim, window, negative, epochs, minCount: 5, sample: 1e-3 };
  const output = join(folder, 'vectors.bin');
  const series = options.models
    .split(',')
    .flatMap((model) => options.engine.split(',').map((engine) => ({ model, engine })));
  const threadsOf = options.threads.split(',').map(Number);
  const rows = [];
  for (const { model, engine } of series) {
    const runs = threadsOf.map(() => []);
    for (let seed = 1; seed <= Number(options.rounds); seed++) {
      for (const [at, threads] of threadsOf.entries()) {
        const run = await trainW2v({ corpus, output, engine, settings: { ...settings, model, threads, seed } });
        runs[at].push({ ...run, scores: await scoresOf(output, sets) });
        const speed = `${Math.round(run.wordsPerSecond / 1000)}k words/s`;
        console.error(`${model} ${engine} round ${seed}, ${threads} threads: ${speed}`);
      }
    }
    for (const [at, threads] of threadsOf.entries()) rows.push({ model, engine, threads, ...summary(runs[at]) });
  }
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: ['node bench/scaling.js', ...process.argv.slice(2)].join(' '),
    corpus: basename(corpus),
    settings,
    machine: ownMachine(),
    rows,
  };
  const file = resultFile('scaling');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(scalingTable(result));
  console.error(`Wrote ${file}`);
}

function summary(runs) {
  const of = (pick) => median(runs.map(pick));
  return {
    wordsPerSecond: Math.round(of((run) => run.wordsPerSecond)),
    cpuSecondsPerMillionWords: of((run) => run.cpuSecondsPerMillionWords),
    peakMegabytes: Math.round(of((run) => run.peakMegabytes)),
    loss: of((run) => run.loss),
    rounds: runs.map((run) => Math.round(run.wordsPerSecond)),
    scores: Object.fromEntries(Object.keys(runs[0].scores).map((set) => [set, of((run) => run.scores[set])])),
    scoresOfRounds: runs.map((run) => run.scores),
  };
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
