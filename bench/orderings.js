// The choices of the count route, one changed at a time, scored by w2v evaluate: do they fall in the order that Levy,
// Goldberg & Dagan (2015) report?
//
//   node bench/orderings.js --corpus FILE[.gz] [--pairs F,F...] [--analogies F]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFolder, installPeers, machine, measure } from './peers.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    pairs: { type: 'string', default: 'wordsim353,simlex999' },
    analogies: { type: 'string', default: 'google-analogies' },
  },
});
if (!options.corpus) throw new Error('name a text: node bench/orderings.js --corpus FILE');

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
const cli = join(benchFolder, '..', 'bin', 'w2v.js');
const w2v = async (...parameters) => (await measure([process.execPath, cli, ...parameters])).output;

async function main(folder) {
  installPeers();
  const files = {};
  for (const [name, parameters] of Object.entries(variants)) {
    const output = join(folder, `${Object.keys(files).length}.${parameters.includes('ppmi') ? 'npz' : 'bin'}`);
    await w2v('count', resolve(options.corpus), '-o', output, '--tokenizer', 'whitespace', '--quiet', ...parameters);
    files[name] = output;
    console.error(`made ${name}`);
  }
  const sets = ['--pairs', ...options.pairs.split(','), '--analogies', ...options.analogies.split(',')];
  const results = [];
  for (const [name, file] of Object.entries(files)) {
    const document = JSON.parse(await w2v('evaluate', file, ...sets, '--json', '--quiet'));
    const [result] = Array.isArray(document) ? document : document.files;
    results.push({ name, options: variants[name], pairs: result.pairs, analogies: result.analogies });
    console.error(`scored ${name}`);
  }
  const date = new Date().toISOString().slice(0, 10);
  const slug = machine()
    .processor.replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  mkdirSync(join(benchFolder, 'results'), { recursive: true });
  const file = join(benchFolder, 'results', `${date}-${slug}-${machine().cores}cores-orderings.json`);
  writeFileSync(
    file,
    `${JSON.stringify({ date, corpus: basename(options.corpus), machine: machine(), results }, null, 2)}\n`,
  );
  console.log(
    JSON.stringify(results.map(({ name, pairs, analogies }) => [name, pairs.map((p) => p.spearman), analogies])),
  );
  console.error(`Wrote ${file}`);
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
