// Trains w2v and its peers on the same file with the same settings, in turn, and reports time, memory and scores.
//
//   npm run bench -- --corpus FILE[.gz] [--eval FOLDER] [--rounds 3] [--models skipgram,cbow]
//                    [--tools w2v-tensorflow,gensim] [--epochs 5] [--threads 2] [--dim 100] [--window 5] [--negative 5]
//                    [--loss ns] [--name NAME]
//
// Tools: w2v-wasm, w2v-tensorflow, gensim, gensim-corpus-file, fasttext (without subwords), word2vec.c.
//
// Run it with nothing else running. Rounds alternate between the tools (a, b, c, a, b, c ...), so that a slow minute
// affects all of them; medians are compared. Round n trains with seed n, and scores are medians too. Words/s are
// in-vocabulary words times epochs, divided by the seconds of training alone.
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { benchFolder, findFastText, installPeers, machine, measure, median, python } from './peers.js';
import { resultFile } from './result-file.js';
import { trainingTable } from './table.js';
import { trainFastText, trainWord2vecC } from './training-peers.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    eval: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    models: { type: 'string', default: 'skipgram,cbow' },
    tools: { type: 'string', default: 'w2v-tensorflow,gensim' },
    epochs: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    dim: { type: 'string', default: '100' },
    window: { type: 'string', default: '5' },
    negative: { type: 'string', default: '5' },
    loss: { type: 'string', default: 'ns' },
    node: { type: 'string', default: process.execPath },
    name: { type: 'string' },
  },
});
if (!options.corpus) throw new Error('name a text: npm run bench -- --corpus FILE');

const corpus = resolve(options.corpus);
const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
const settings = {
  dim: Number(options.dim),
  window: Number(options.window),
  negative: Number(options.negative),
  loss: options.loss,
  sample: 1e-3,
  minCount: 5,
  epochs: Number(options.epochs),
  threads: Number(options.threads),
};

async function trainW2v(engine, model, output, seed) {
  const { dim, window, negative, loss, sample, minCount, epochs, threads } = settings;
  const { output: text, ...cost } = await measure(
    [
      options.node,
      join(benchFolder, '..', 'bin', 'w2v.js'),
      ...['train', corpus, '-o', output, '--model', model, '--engine', engine, '--tokenizer', 'whitespace'],
      ...[
        '--loss',
        loss,
        '--dim',
        dim,
        '--window',
        window,
        '--negative',
        negative,
        '--sample',
        sample,
        '--min-count',
        minCount,
      ],
      ...['--epochs', epochs, '--threads', threads, '--seed', seed, '--force', '--quiet', '--json'].map(String),
    ].map(String),
  );
  return { ...JSON.parse(text), peakMegabytes: cost.peakMegabytes, cpu: cost.cpuSeconds, wall: cost.seconds };
}

async function trainGensim(plain, model, output, seed) {
  const given = JSON.stringify({ ...settings, seed, model, ...(plain && { plain }) });
  const { output: text, ...cost } = await measure([
    python,
    join(benchFolder, 'gensim_train.py'),
    corpus,
    output,
    given,
  ]);
  return { ...JSON.parse(text), peakMegabytes: cost.peakMegabytes, cpu: cost.cpuSeconds, wall: cost.seconds };
}

async function main() {
  installPeers();
  const wanted = options.tools.split(',');
  const needsPlain = wanted.some((tool) => ['gensim-corpus-file', 'fasttext', 'word2vec.c'].includes(tool));
  let plain;
  if (needsPlain) {
    plain = join(folder, 'corpus.txt');
    if (corpus.endsWith('.gz')) await pipeline(createReadStream(corpus), createGunzip(), createWriteStream(plain));
    else plain = corpus;
  }
  const fastText = wanted.includes('fasttext') ? findFastText() : undefined;
  const tools = {
    'w2v-tensorflow': (model, output, seed) => trainW2v('tensorflow', model, output, seed),
    'w2v-wasm': (model, output, seed) => trainW2v('wasm', model, output, seed),
    gensim: (model, output, seed) => trainGensim(undefined, model, output, seed),
    'gensim-corpus-file': (model, output, seed) => trainGensim(plain, model, output, seed),
    ...(fastText && {
      fasttext: (model, output, seed) => trainFastText(fastText, plain, model, output, settings, seed),
    }),
    'word2vec.c': (model, output) => trainWord2vecC(plain, model, output, settings),
  };
  const names = wanted.filter((name) => name in tools);

  const rows = [];
  for (const model of options.models.split(',')) {
    const runs = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const name of names) {
        const output = join(folder, `${name}-${model}.bin`);
        const run = await tools[name](model, output, round + 1);
        // fastText and word2vec.c count the line ends as words; the speed of all is over the same words
        const tokens = run.tokens ?? Object.values(runs).flat()[0]?.tokens;
        run.wordsPerSecond ??= (tokens * settings.epochs) / run.seconds.train;
        run.cpuSecondsPerMillionWords = run.cpu / ((tokens * settings.epochs) / 1e6); // of the whole command
        if (options.eval) run.scores = score(run.vectors ?? output);
        runs[name].push(run);
        console.error(
          `${model} round ${round + 1} ${name}: ${Math.round(run.wordsPerSecond / 1000)}k words/s, ${run.wall.toFixed(1)} s in all, ${Math.round(run.peakMegabytes)} MB`,
        );
      }
    }
    for (const name of names) {
      const of = (pick) => median(runs[name].map(pick));
      rows.push({
        model,
        tool: name,
        wordsPerSecond: Math.round(of((run) => run.wordsPerSecond)),
        readSeconds: runs[name][0].seconds.read === undefined ? null : of((run) => run.seconds.read),
        trainSeconds: of((run) => run.seconds.train),
        totalSeconds: of((run) => run.wall),
        cpuSecondsPerMillionWords: of((run) => run.cpuSecondsPerMillionWords),
        peakMegabytes: Math.round(of((run) => run.peakMegabytes)),
        rounds: runs[name].map((run) => Math.round(run.wordsPerSecond)),
        vocabulary: runs[name][0].vocabulary,
        ...(options.eval && { scores: medianScores(runs[name]), scoresOfRounds: runs[name].map((run) => run.scores) }),
      });
    }
  }

  const date = new Date().toISOString().slice(0, 10);
  const result = {
    date,
    command: `npm run bench -- ${process.argv.slice(2).join(' ')}`,
    corpus: basename(corpus),
    settings,
    machine: machine(),
    rows,
  };
  const file = resultFile(options.name ? `${options.name}-train` : 'train');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(trainingTable(result));
  console.error(`Wrote ${file}`);
}

function medianScores(runs) {
  const sets = Object.keys(runs[0].scores);
  return Object.fromEntries(sets.map((set) => [set, median(runs.map((run) => run.scores[set]))]));
}

function score(file) {
  const { stdout, stderr, status } = spawnSync(python, [join(benchFolder, 'score.py'), resolve(options.eval), file], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the scoring of ${file} failed:\n${stderr}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
