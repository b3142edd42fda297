// The choices of the count route, one changed at a time, scored by w2v evaluate: do they fall in the order that Levy,
// Goldberg & Dagan (2015) report? Each claim is a paired difference over the same items, with its interval.
//
//   node bench/studies/orderings.js --corpus FILE[.gz] [--pairs F,F...] [--analogies F]
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { finish } from '../../build/base/steps.js';
import { answerAnalogies } from '../../build/evaluate/analogies.js';
import { wordPairClusters } from '../../build/evaluate/analogy-clusters.js';
import { readAnalogies } from '../../build/evaluate/read-analogies.js';
import { shareStatistics } from '../../build/evaluate/share-resampling.js';
import { holm } from '../../build/evaluate/statistics.js';
import { loadSparseVectors } from '../../build/formats/npz.js';
import { showInDocs } from '../../scripts/tables.js';
import { benchFolder } from '../peers.js';
import { resultFile } from '../result-file.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    pairs: { type: 'string', default: 'wordsim353,simlex999' },
    analogies: { type: 'string', default: 'google-analogies' },
    /** Folder for the vectors, kept for the next time; a temporary one unless given. */
    folder: { type: 'string' },
  },
});
if (!options.corpus) throw new Error('name a text: node bench/studies/orderings.js --corpus FILE');

const variants = {
  'PPMI, cds 0.75': ['--method', 'ppmi'],
  'PPMI, cds 1': ['--method', 'ppmi', '--cds', '1'],
  'PPMI, cds 0.75, shift 5': ['--method', 'ppmi', '--shift', '5'],
  'SVD, eig 0': ['--eig', '0'],
  'SVD, eig 0.5': ['--eig', '0.5'],
  'SVD, eig 1': ['--eig', '1'],
  'SVD, eig 0.5, cds 1': ['--eig', '0.5', '--cds', '1'],
  'SVD, eig 0.5, shift 5': ['--eig', '0.5', '--shift', '5'],
};

/** What the paper reports, as a sign of first - second; undefined where it reports nothing. */
const claims = [
  { what: 'PPMI: contexts smoothed, cds 0.75 - 1', first: 'PPMI, cds 0.75', second: 'PPMI, cds 1', reported: 1 },
  { what: 'SVD: contexts smoothed, cds 0.75 - 1', first: 'SVD, eig 0.5', second: 'SVD, eig 0.5, cds 1', reported: 1 },
  { what: 'SVD: eig 0.5 - 1', first: 'SVD, eig 0.5', second: 'SVD, eig 1', reported: 1 },
  { what: 'SVD: eig 0 - 1', first: 'SVD, eig 0', second: 'SVD, eig 1', reported: 1 },
  { what: 'SVD: shift 5 - 1', first: 'SVD, eig 0.5, shift 5', second: 'SVD, eig 0.5', reported: -1 },
  { what: 'PPMI: shift 5 - 1', first: 'PPMI, cds 0.75, shift 5', second: 'PPMI, cds 0.75' },
];

const cli = join(benchFolder, '..', 'bin', 'w2v.js');
async function w2v(...parameters) {
  const run = promisify(execFile);
  return (await run(process.execPath, [cli, ...parameters], { maxBuffer: 2 ** 30 })).stdout;
}

async function main(folder) {
  const files = {};
  for (const [name, parameters] of Object.entries(variants)) {
    const output = join(folder, `${Object.keys(files).length}.${parameters.includes('ppmi') ? 'npz' : 'bin'}`);
    const common = ['--tokenizer', 'whitespace', '--quiet', '--force'];
    await w2v('count', resolve(options.corpus), '-o', output, ...common, ...parameters);
    files[name] = output;
    console.error(`made ${name}`);
  }
  const given = [options.pairs, options.analogies].flatMap((list) => list.split(','));
  const known = JSON.parse(await w2v('corpus', 'list', '--json')).map(({ name }) => name);
  for (const name of given.filter((one) => known.includes(one))) await w2v('corpus', 'get', name);
  const sets = ['--pairs', ...options.pairs.split(','), '--analogies', ...options.analogies.split(',')];
  const scores = {};
  const differences = [];
  for (const { what, first, second, reported } of claims) {
    const document = JSON.parse(await w2v('evaluate', files[first], files[second], ...sets, '--json', '--quiet'));
    for (const [name, result] of [
      [first, document[0]],
      [second, document[1]],
    ]) {
      const analogies = result.analogies.map(({ sections: _, mul: { sections: _other, ...mul }, ...add }) => ({
        ...add,
        mul,
      }));
      scores[name] = { options: variants[name], pairs: result.pairs, analogies };
    }
    differences.push({ what, reported, results: corrected(document[0].differences.map(({ to: _, ...one }) => one)) });
    console.error(`compared ${what}`);
  }
  const [analogies] = options.analogies.split(',');
  differences.push(await methods(files['PPMI, cds 0.75'], analogies));
  const results = Object.entries(scores).map(([name, result]) => ({ name, ...result }));
  const machine = {
    processor: cpus()[0].model.trim(),
    cores: cpus().length,
    memory: totalmem(),
    node: process.version,
  };
  const date = new Date().toISOString().slice(0, 10);
  const file = resultFile('orderings');
  const document = { date, corpus: basename(options.corpus), machine, results, differences };
  writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
  showInDocs('orderings', file);
  console.error(`Wrote ${file}`);
}

/** p-values corrected for the measures of a claim (Holm). */
function corrected(differences) {
  const pValues = holm(differences.map(({ pValue }) => pValue));
  return differences.map((one, at) => ({ ...one, pCorrected: pValues[at] }));
}

/** 3CosMul against 3CosAdd, on the same vectors and questions: the one claim that is not about two files. */
async function methods(file, name) {
  const path = name.includes('/') ? name : JSON.parse(await w2v('corpus', 'get', name, '--json', '--quiet')).path;
  const set = await readAnalogies(path);
  const [add, mul] = finish(answerAnalogies(await loadSparseVectors(file), set));
  const used = (bits) => bits.filter((_, at) => add.asked[at] === 1);
  const difference = finish(
    shareStatistics(wordPairClusters(set, add.asked)).difference([used(mul.right)], [used(add.right)]),
  );
  return {
    what: 'PPMI: 3CosMul - 3CosAdd',
    reported: 1,
    results: corrected([{ set: basename(name), measure: 'add', ...difference }]),
  };
}

const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
}
