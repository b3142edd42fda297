// The count route against scipy + scikit-learn on the same counts, in turn: seconds, memory, singular values, scores.
//
//   node bench/count.js --corpus FILE[.gz] [--eval FOLDER] [--rounds 3] [--threads 2] [--memory 2GB,500MB,125MB]
//
// Run it with nothing else running. Only w2v counts: its time is reported next to that of reading, and for each memory
// limit with the peak and whether the result has the same bytes. The peer computes PPMI with scipy and randomized_svd
// (n_iter=5) with scikit-learn, in doubles, as the counts come, and in floats; and once with each of scipy's svds
// (ARPACK, PROPACK; tolerance 1e-3, floats). Both sides have the same number of threads. Where the machine has other
// work, compare cpuSeconds (user + system, all threads); `residuals` are each triplet's, and how many are above
// scikit-learn's in floats. OPENBLAS_CORETYPE, where set, picks a slow kernel of a current numpy: the peer runs without
// it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.js';
import { benchFolder, installPeers, machine, measure, median, python } from './peers.js';
import { resultFile } from './result-file.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    eval: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    memory: { type: 'string', default: '2GB,500MB,125MB' },
  },
});
if (!options.corpus) throw new Error('name a text: node bench/count.js --corpus FILE');
delete process.env.OPENBLAS_CORETYPE;
delete process.env.OPENBLAS_L2_SIZE;

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
const settings = { window: 5, weighting: 'flat', cds: 0.75, dim: 100, eigs: [0, 0.5, 1], shifts: [1, 5] };

async function child(command, task) {
  const env = { OPENBLAS_NUM_THREADS: options.threads, OMP_NUM_THREADS: options.threads };
  const { output, peakMegabytes } = await measure([...command, JSON.stringify({ ...settings, ...task, folder })], {
    env,
  });
  return { ...JSON.parse(output.trim().split('\n').at(-1)), peakMegabytes };
}

const w2v = (task) => child([process.execPath, join(benchFolder, 'count_w2v.js')], task);
const peer = (task) => child([python, join(benchFolder, 'count_peer.py')], task);

async function main() {
  await build();
  installPeers();
  const corpus = resolve(options.corpus);
  const threads = Number(options.threads);
  const counting = [];
  for (const memory of options.memory.split(',')) {
    counting.push({ memory, ...(await w2v({ what: 'count', corpus, threads, memory: bytesOf(memory) })) });
    console.error('counting', counting.at(-1));
  }

  const runs = { w2v: [], scipy64: [], scipy32: [] };
  for (let round = 0; round < Number(options.rounds); round++) {
    runs.w2v.push(await w2v({ what: 'svd', threads, write: round === 0 }));
    const first = (name) => (round === 0 ? name : '');
    const randomized = { what: 'svd', solver: 'randomized' };
    runs.scipy64.push(await peer({ ...randomized, dtype: 'float64', write: round === 0, name: first('scipy64') }));
    runs.scipy32.push(await peer({ ...randomized, dtype: 'float32', write: false, name: first('scipy32') }));
    for (const [name, all] of Object.entries(runs)) console.error(name, all.at(-1).seconds, all.at(-1).cpuSeconds);
  }
  for (const solver of ['arpack', 'propack']) {
    runs[solver] = [await peer({ what: 'svd', solver, dtype: 'float32', write: false, name: solver })];
    console.error(solver, runs[solver][0].seconds, runs[solver][0].cpuSeconds);
  }
  const names = Object.keys(runs);
  const summary = (kind, stages) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        median(runs[name].map((run) => stages.reduce((sum, stage) => sum + run[kind][stage], 0))),
      ]),
    );
  const ratios = (figures) => Object.fromEntries(names.slice(1).map((name) => [name, figures[name] / figures.w2v]));
  const both = (kind) => summary(kind, ['ppmi', 'svd']);
  const alone = (kind) => summary(kind, ['svd']);
  const residuals = await peer({ what: 'residuals', names: ['w2v', 'scipy64', 'arpack', 'propack', 'scipy32'] });
  const ours = read('w2v').singularValues;
  const theirs = read('scipy').singularValues;
  const deviation = ours.map((value, k) => 100 * (value / theirs[k] - 1)).slice(0, 80);
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: `node bench/count.js ${process.argv.slice(2).join(' ')}`,
    corpus: basename(corpus),
    settings,
    machine: machine(),
    counting,
    ppmiAndSvd: { seconds: both('seconds'), ratio: ratios(both('seconds')), rounds: runs },
    svd: {
      ...{ seconds: alone('seconds'), ratio: ratios(alone('seconds')) },
      ...{ cpuSeconds: alone('cpuSeconds'), cpuRatio: ratios(alone('cpuSeconds')) },
    },
    residuals,
    // Singular values by the randomized method come out too small, never too large: above is nearer to the exact ones.
    firstEightySingularValues: { lowestPercent: Math.min(...deviation), highestPercent: Math.max(...deviation) },
    ...(options.eval && { scores: await peer({ what: 'score', eval: resolve(options.eval) }) }),
  };
  const file = resultFile('count');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  console.error(`Wrote ${file}`);
}

function read(name) {
  return JSON.parse(readFileSync(join(folder, `${name}-singular-values.json`), 'utf8'));
}

function bytesOf(text) {
  return Number.parseFloat(text) * (text.endsWith('GB') ? 1e9 : 1e6);
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
