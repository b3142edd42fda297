// What training in rounds costs in quality: N shards, combined S times an epoch, beside one machine on the same text.
//
//   npm run build && node bench/studies/shards.js --corpus FILE[.gz] [--megabytes 20] [--shards 1,2,4,8,16] [--syncs 4]
//   [--rates rule]
//        [--models skipgram,cbow] [--epochs 5] [--dim 100] [--threads 2] [--seeds 1] [--pairs F,F...] [--analogies F] [--name mix]
//        [--continue]
//
// `--shards 1` is a training without rounds on --threads threads. --rates are learning rates; `rule` is the one that
// w2v takes for so many shards. Shards run on this machine, --threads of them at a time. CPU seconds can be compared on
// a busy machine. The result is written after each training; --continue keeps the rows that today's file of this name
// has already.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeCorpus, saveVectors, trainWordVectors } from '../../dist/index.js';
import { ownMachine, resultFile } from '../result-file.js';
import { shardsTable } from '../table.js';
import { copyStart, fileOf, scoresOf } from '../training-runs.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: 'mix' },
    megabytes: { type: 'string', default: '1000000' },
    shards: { type: 'string', default: '1,2,4,8,16' },
    syncs: { type: 'string', default: '4' },
    rates: { type: 'string', default: 'rule' },
    models: { type: 'string', default: 'skipgram' },
    epochs: { type: 'string', default: '5' },
    dim: { type: 'string', default: '100' },
    threads: { type: 'string', default: '2' },
    seeds: { type: 'string', default: '1' },
    pairs: { type: 'string', default: 'wordsim353,simlex999' },
    analogies: { type: 'string', default: 'google-analogies' },
    /** The end of the result's name. */
    name: { type: 'string' },
    continue: { type: 'boolean', default: false },
  },
});
const list = (name) => options[name].split(',');

async function main(folder) {
  const source = await fileOf(options.corpus);
  const text = join(folder, 'corpus.txt');
  await copyStart(source, Number(options.megabytes), text);
  const files = async (names) => Promise.all(names.map(fileOf));
  const sets = { pairs: await files(list('pairs')), analogies: await files(list('analogies')) };
  const corpus = await encodeCorpus([text]);
  const common = { epochs: Number(options.epochs), dim: Number(options.dim), threads: Number(options.threads) };
  const file = resultFile(options.name ? `${options.name}-shards` : 'shards');
  const rows = options.continue && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).rows : [];
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: ['node bench/studies/shards.js', ...process.argv.slice(2)].join(' '),
    corpus: { file: basename(source), megabytes: Number(options.megabytes), tokens: corpus.tokens },
    vocabulary: corpus.vocabulary.words.length,
    settings: common,
    machine: ownMachine(),
    rows,
  };
  for (const [model, syncs, rate, shards, seed] of combinations(
    list('models'),
    list('syncs').map(Number),
    list('rates'),
    list('shards').map(Number),
    list('seeds').map(Number),
  )) {
    const row = { model, shards, syncs: shards === 1 ? 0 : syncs, rate, seed };
    if (rows.some((other) => Object.keys(row).every((key) => other[key] === row[key]))) continue;
    const settings = { ...common, model, seed, ...(rate !== 'rule' && { learningRate: Number(rate) }) };
    const rounds = shards === 1 ? {} : { rounds: { shards, syncs } };
    const before = process.cpuUsage();
    const trained = await trainWordVectors(corpus, settings, { engine: 'wasm', ...rounds });
    const { user, system } = process.cpuUsage(before);
    const output = join(folder, 'vectors.bin');
    await saveVectors(output, trained.vectors, { force: true });
    const { learningRate } = trained.settings;
    const { seconds, lossByEpoch } = trained;
    const figures = { learningRate, seconds, cpuSeconds: (user + system) / 1e6, loss: lossByEpoch.at(-1) };
    rows.push({ ...row, ...figures, scores: await scoresOf(output, sets) });
    writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
    console.error(JSON.stringify(rows.at(-1)));
  }
  console.log(shardsTable(result));
  console.error(`Wrote ${file}`);
}

function combinations(...lists) {
  return lists.reduce((all, list) => all.flatMap((head) => list.map((one) => [...head, one])), [[]]);
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
