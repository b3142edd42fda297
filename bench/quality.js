// What the vectors are worth: w2v beside gensim and fastText on the same text, each at its own defaults and with the
// epochs and learning rate that w2v's `auto` takes, in turn.
//
//   npm run build && node bench/quality.js --corpus FILE[.gz] --eval FOLDER [--megabytes 5,20,100] [--rounds 1]
//                                          [--systems 'gensim;w2v;...'] [--name quality]
//
// Run it with nothing else running. Each system is a whole command, text to vectors, on two threads: its seconds and CPU
// seconds are those of the command. gensim reads with `corpus_file`, its fastest way. The folder has EN-WS-353-ALL.txt,
// EN-SIMLEX-999.txt, EN-MEN-TR-3k.txt and questions-words.txt. All files are scored by `w2v evaluate`, over the words of
// the vocabulary (no composed words), so that all answer the same items: on the whole sets, and on the second, fourth,
// ... item of each, the half that w2v's settings were not chosen on (`unseen`). Scores are medians of the rounds (random
// seeds 1, 2, ...);
// differences from gensim's skip-gram are those of the first round, with 95 % intervals of the paired bootstrap and
// p-values of the paired permutation test after Holm's correction over the four sets. The result is written after each
// round of a size.
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFolder, findFastText, installPeers, machine, measure, median, python } from './peers.js';
import { qualitySets, writeSets } from './quality-sets.js';
import { qualityTable } from './quality-tables.js';
import { resultFile } from './result-file.js';
import { copyStart, thisCheckout } from './training-runs.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    eval: { type: 'string' },
    megabytes: { type: 'string', default: '5,20,100' },
    rounds: { type: 'string', default: '1' },
    systems: { type: 'string' },
    name: { type: 'string', default: 'quality' },
  },
});
if (!options.corpus || !options.eval) throw new Error('name a text and test sets: --corpus FILE --eval FOLDER');

const threads = 2;
const sets = Object.keys(qualitySets);
const BASE = 'gensim';

const w2v = (...parameters) => measure([process.execPath, join(thisCheckout, 'bin/w2v.js'), ...parameters].map(String));
const common = (seed) => ['--tokenizer', 'whitespace', '--threads', threads, '--seed', seed, '--quiet', '--force'];

/** Trains with w2v; what `auto` took is in its JSON. */
async function trainW2v({ text, output, seed }, ...flags) {
  const format = ['--format', 'word2vec-binary', '--json'];
  const { output: printed, ...cost } = await w2v('train', text, '-o', output, ...common(seed), ...format, ...flags);
  const { epochs, learningRate } = JSON.parse(printed);
  return { ...cost, epochs, learningRate };
}

async function trainGensim({ text, output, seed }, settings) {
  const task = {
    ...{ model: 'skipgram', loss: 'ns', dim: 100, window: 5, negative: 5, sample: 1e-3, minCount: 5, threads, seed },
    ...{ plain: text, ...settings },
  };
  const model = settings.subwords === undefined ? output : `${output}.model`;
  const { output: _, ...cost } = await measure([
    python,
    join(benchFolder, 'gensim_train.py'),
    ...[text, model, JSON.stringify(task)],
  ]);
  if (model !== output) {
    await w2v('convert', model, output, '--format', 'word2vec-binary', '--quiet', '--force');
    rmSync(model);
  }
  return cost;
}

/** fastText's own defaults (subsampling at 1e-4), but for the epochs and learning rate asked. */
async function trainFastText({ text, output, seed }, { epochs, learningRate }) {
  const stem = output.replace(/\.bin$/, '');
  const schedule = ['-epoch', epochs, '-lr', learningRate];
  const parameters = ['-input', text, '-output', stem, '-thread', threads, '-seed', seed, '-verbose', 0];
  const { output: _, ...cost } = await measure(['fasttext', 'skipgram', ...parameters, ...schedule].map(String));
  renameSync(`${stem}.vec`, `${stem}.txt`);
  await w2v('convert', `${stem}.txt`, output, '--format', 'word2vec-binary', '--quiet', '--force');
  rmSync(`${stem}.txt`);
  return cost;
}

const ngrams = { subwords: '3..6', buckets: 2_000_000 };
/** By name: how each is trained; `auto` is what w2v took for this text. */
const systems = {
  w2v: (task) => trainW2v(task),
  'w2v --epochs 5 --lr 0.025': (task) => trainW2v(task, '--epochs', 5, '--lr', 0.025),
  'w2v --best': (task) => trainW2v(task, '--best'),
  gensim: (task) => trainGensim(task, { epochs: 5, learningRate: 0.025 }),
  'gensim, as auto': (task, auto) => trainGensim(task, auto),
  'gensim FastText': (task) => trainGensim(task, { epochs: 5, learningRate: 0.025, ...ngrams }),
  'gensim FastText, as auto': (task, { epochs }) => trainGensim(task, { epochs, learningRate: 0.05, ...ngrams }),
  fastText: (task) => trainFastText(task, { epochs: 5, learningRate: 0.05 }),
  'fastText, as auto': (task, { epochs }) => trainFastText(task, { epochs, learningRate: 0.05 }),
};

async function main(folder) {
  installPeers();
  if (!findFastText()) throw new Error('fastText is missing');
  const wanted = options.systems?.split(';') ?? Object.keys(systems);
  const names = Object.keys(systems).filter((name) => name === BASE || name === 'w2v' || wanted.includes(name));
  const files = writeSets(options.eval, folder, 'all', () => true);
  const unseen = writeSets(options.eval, folder, 'unseen', (at) => at % 2 === 1);
  const rows = [];
  const settings = { corpus: basename(options.corpus), threads, rounds: Number(options.rounds) };
  const file = resultFile(options.name);
  const command = `node bench/quality.js ${process.argv.slice(2).join(' ')}`;
  for (const megabytes of options.megabytes.split(',').map(Number)) {
    const text = join(folder, 'text.txt');
    await copyStart(options.corpus, megabytes, text);
    let auto;
    for (let seed = 1; seed <= settings.rounds; seed++) {
      for (const name of names) {
        const output = join(folder, `${Object.keys(systems).indexOf(name)}.bin`);
        const { seconds, cpuSeconds, peakMegabytes, ...schedule } = await systems[name]({ text, output, seed }, auto);
        if (name === 'w2v') auto = schedule;
        rows.push({ megabytes, system: name, seed, seconds, cpuSeconds, peakMegabytes, ...schedule });
        Object.assign(rows.at(-1), await scoresOf(output, files), { unseen: (await scoresOf(output, unseen)).scores });
        console.error(JSON.stringify(rows.at(-1)));
      }
      if (seed === 1) await addDifferences(folder, names, rows, megabytes, files);
      const result = { command, machine: machine(), settings, rows, summary: summaryOf(rows) };
      writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
    }
  }
  console.log(qualityTable(JSON.parse(readFileSync(file, 'utf8'))));
  console.log(file);
}

async function evaluated(vectors, files) {
  const { 'Google analogies': analogies, ...pairs } = files;
  const given = [...Object.values(pairs).flatMap((file) => ['--pairs', file]), '--analogies', analogies];
  return JSON.parse((await w2v('evaluate', ...vectors, ...given, '--json', '--quiet')).output);
}

async function scoresOf(output, files) {
  const [{ pairs, analogies }] = await evaluated([output], files);
  const all = [...pairs.map(({ spearman }) => spearman), ...analogies.map(({ accuracy }) => accuracy)];
  const used = [...pairs, ...analogies].map((one) => one.used);
  return {
    scores: Object.fromEntries(sets.map((name, at) => [name, 100 * all[at]])),
    used: Object.fromEntries(sets.map((name, at) => [name, used[at]])),
  };
}

/** Adds what each system is ahead of gensim, over the items that both answer. */
async function addDifferences(folder, names, rows, megabytes, files) {
  const fileOf = (name) => join(folder, `${Object.keys(systems).indexOf(name)}.bin`);
  for (const name of names.filter((one) => one !== BASE)) {
    const [{ differences }] = await evaluated([fileOf(name), fileOf(BASE)], files);
    const asked = differences.filter(({ measure }) => measure !== 'mul');
    const p = holm(asked.map(({ pValue }) => pValue));
    const row = rows.find((one) => one.megabytes === megabytes && one.system === name);
    row.differences = Object.fromEntries(
      sets.map((set, at) => {
        const { difference, low, high, pValue } = asked[at];
        return [set, { difference: 100 * difference, low: 100 * low, high: 100 * high, pValue, pCorrected: p[at] }];
      }),
    );
  }
}

/** Holm 1979: p-values in order, times how many are left, never falling. */
function holm(values) {
  const order = values.map((_, at) => at).sort((a, b) => values[a] - values[b]);
  const corrected = [];
  let most = 0;
  for (const [rank, at] of order.entries()) {
    most = Math.max(most, Math.min(1, values[at] * (values.length - rank)));
    corrected[at] = most;
  }
  return corrected;
}

function summaryOf(rows) {
  const keys = [...new Set(rows.map(({ megabytes, system }) => JSON.stringify({ megabytes, system })))];
  return keys.map((key) => {
    const { megabytes, system } = JSON.parse(key);
    const own = rows.filter((row) => row.megabytes === megabytes && row.system === system);
    const of = (value) => median(own.map(value));
    const scores = Object.fromEntries(sets.map((set) => [set, of((row) => row.scores[set])]));
    const unseen = sets.map((set) => of((row) => row.unseen[set]));
    const { differences, epochs, learningRate } = own[0];
    return {
      ...{
        megabytes,
        system,
        scores,
        mean: average(Object.values(scores)),
        unseen: average(unseen),
        differences,
        epochs,
        learningRate,
      },
      ...{ seconds: of((row) => row.seconds), cpuSeconds: of((row) => row.cpuSeconds) },
    };
  });
}

const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
