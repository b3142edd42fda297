// Every measurement that the docs show, in one run: about an hour, with nothing else running.
//
//   npm run build && node bench/readme.js [--data ../shared/data] [--rounds 3] [--only train,query]
//
// The folder has corpora/enwiki-every4th.100MB.txt.gz and the test sets in eval/. TensorFlow must be set up (`w2v
// setup`). The benchmarks run one after another, each with its peers in turn, and write bench/results/; then the tables
// of the docs are written anew. What the pages say in sentences is compared with the results by hand.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { showInDocs } from '../scripts/tables.js';
import { benchFolder } from './peers.js';
import { resultFile } from './result-file.js';
import { thisCheckout } from './training-runs.js';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: join(thisCheckout, '..', 'shared', 'data') },
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
});
const corpus = ['--corpus', join(options.data, 'corpora', 'enwiki-every4th.100MB.txt.gz')];
const sets = ['--eval', join(options.data, 'eval')];
const { rounds } = options;
const others = 'w2v-wasm,fasttext,word2vec.c';

/** Each benchmark by the kind of its result. The quick ones come first: a mistake shows early. */
const benchmarks = {
  search: ['search.js', ...corpus],
  query: ['query.js'],
  count: ['count.js', ...corpus, ...sets, '--memory', '2GB'],
  layout: ['layout.js', ...corpus],
  explorer: ['explorer.js'],
  compare: ['compare.js', ...corpus],
  train: ['train.js', ...corpus, ...sets, '--rounds', rounds, '--tools', 'w2v-wasm,w2v-tensorflow,gensim-corpus-file'],
  // They take so long that one epoch has to do.
  'others-train': [
    'train.js',
    ...corpus,
    ...sets,
    '--rounds',
    '1',
    '--epochs',
    '1',
    '--tools',
    others,
    '--name',
    'others',
  ],
  subwords: ['subwords.js', ...corpus, ...sets, '--megabytes', '15', '--epochs', '3'],
};

async function run([script, ...parameters]) {
  const child = spawn(process.execPath, [join(benchFolder, script), ...parameters], { stdio: 'inherit' });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${script} ended with ${code}`);
}

const wanted = options.only?.split(',') ?? Object.keys(benchmarks);
for (const kind of wanted) {
  const started = Date.now();
  console.error(`\n${kind}: node bench/${benchmarks[kind].join(' ')}`);
  await run(benchmarks[kind]);
  showInDocs(kind, resultFile(kind));
  console.error(`${kind} took ${Math.round((Date.now() - started) / 1000)} s`);
}
