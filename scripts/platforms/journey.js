// What somebody does with w2v, in steps that scripts/platforms.js takes on each platform. A step runs commands in a
// folder that holds the texts and what earlier steps wrote.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} commands Lines of arguments for w2v, split at spaces outside single quotes.
 * @property {string[]} same Files and folders with the same bytes on every platform; stdout: of the last command.
 * @property {number} code The exit code of the last command; of those before, 0.
 * @property {RegExp} says What the last command says, on both streams.
 * @property {string} input A file for standard input.
 * @property {(platform) => Promise<void>} act In place of commands; throws if something is wrong.
 * @property {string[]} not Systems on which it cannot work.
 */
const step = (name, commands, { same = [], code = 0, says = /(?:)/, input, act, not = [] } = {}) => ({
  name,
  commands: [commands].flat(),
  same: [same].flat(),
  code,
  says,
  input,
  act,
  not,
});

const quick = '--engine wasm --deterministic --dim 24 --epochs 2 --min-count 3';
const long = 'train one.md --engine wasm --deterministic --dim 32 --min-count 2 --epochs 1500';
const endless = 'train texts --engine wasm --deterministic --dim 32 --epochs 10000';

/** Formats that `convert` writes, with the name of the output. A fastText model needs subwords: see below. */
export const formats = {
  npy: 'v.npy',
  parquet: 'v.parquet',
  safetensors: 'v.safetensors',
  'word2vec-binary': 'v2.bin',
  'word2vec-binary-plain': 'v3.bin',
  'word2vec-text': 'v.vec',
  glove: 'v.txt',
  'static-embedding': 'static',
  projector: 'board',
  tensorflow: 'model',
};

/** @type {Step[]} */
export const journey = [
  step('version', '--version', { same: 'stdout' }),
  step('help', '--help', { says: /Make vectors:/ }),
  step('doctor', 'doctor', { says: /wasm engine +\S+, part of the package/ }),
  step('corpus list', 'corpus list', { says: /moby-dick/ }),
  step('vocab', 'vocab texts -o words.tsv', { same: 'words.tsv' }),
  step('vocab of a glob', 'vocab texts/*.md -o globbed.tsv', { same: 'globbed.tsv' }),
  step('vocab of \\r\\n and BOM', 'vocab crlf.txt', { same: 'stdout' }),
  step('phrases', 'phrases texts -o phrases.tsv --min-count 3', { same: 'phrases.tsv' }),
  step('train skip-gram', `train texts -o v.bin --save-output v.out.bin ${quick}`, { same: ['v.bin', 'v.out.bin'] }),
  step('train on two threads', 'train texts -o threads.bin --engine wasm --threads 2 --dim 24 --epochs 1'),
  step('train CBOW, hs', `train texts -o cbow.vec --model cbow --loss hs ${quick}`, { same: 'cbow.vec' }),
  step('train with subwords', `train texts -o sub.bin --subwords 3..4 --buckets 2000 ${quick}`, { same: 'sub.bin' }),
  step('train with phrases', `train texts -o joined.bin --phrases phrases.tsv ${quick}`, { same: 'joined.bin' }),
  step('train shards', 'train texts -o shards.bin --engine wasm --shards 2 --syncs 2 --dim 24 --epochs 1', {
    same: 'shards.bin',
  }),
  step('train from standard input', `train - -o piped.bin ${quick}`, { input: 'one.md', same: 'piped.bin' }),
  step('count, SVD', 'count texts -o counted.bin --dim 24', { same: 'counted.bin' }),
  step('count, PPMI', 'count texts -o counted.npz --method ppmi', { same: ['counted.npz', 'counted.npz.words'] }),
  step('count, little memory', 'count texts -o small.bin --dim 24 --memory 64MB', { same: 'small.bin' }),
  step('info', 'info v.bin --json', { says: /"vocabulary"/ }),
  step('nearest', 'nearest v.bin words -k 5 --tsv', { same: 'stdout' }),
  step('nearest, sparse', 'nearest counted.npz words -k 5 --tsv', { same: 'stdout' }),
  step('nearest, hnsw', ['nearest v.bin words --index hnsw', 'nearest v.bin words --index hnsw'], {
    says: /words/,
    not: ['windows'], // usearch has no build for it
  }),
  step('nearest from standard input', 'nearest v.bin --tsv', { input: 'asked.txt', same: 'stdout' }),
  step('nearest, no such word', 'nearest v.bin xyzzy', { code: 5, says: /hint: / }),
  step('analogy', 'analogy v.bin word words file --tsv', { same: 'stdout' }),
  step('similarity', 'similarity v.bin word words --tsv', { same: 'stdout' }),
  step('odd', 'odd v.bin word words file --tsv', { same: 'stdout' }),
  step('vector', 'vector v.bin word words --tsv', { same: 'stdout' }),
  step('predict', "predict v.bin --context 'the ? of' --tsv", { same: 'stdout' }),
  step('embed', 'embed counted.bin -o texts.npy --pooling sif', { input: 'one.md', same: 'texts.npy' }),
  step('search', "search counted.bin --in one.md 'word vectors' -k 3 --tsv", { same: 'stdout' }),
  step('evaluate', 'evaluate v.bin counted.bin --pairs wordsim353 --tsv', { same: 'stdout' }),
  step('compare files', 'compare v.bin counted.bin --pairs wordsim353 --report files.html', { says: /open it/ }),
  step('compare routes', 'compare texts --pairs wordsim353 --dim 16 --epochs 1 --report routes.html', {
    says: /open it/,
  }),
  step('map, PCA', 'map v.bin counted.bin -o pca.html --layout pca', { same: 'pca.html' }),
  step('map, UMAP', 'map counted.bin -o umap.html --layout umap', { same: 'umap.html' }),
  step('explain', 'explain', { same: 'stdout' }),
  step('explain, a page in Korean', 'explain --report lesson.html --language ko', { same: 'lesson.html' }),
  step('serve', 'serve v.bin --quiet --get /api/nearest?query=words&k=5', { same: 'stdout' }),
  step('completion', 'completion bash', { same: 'stdout' }),
  step('sql', 'sql count /data/wiki --vocab words.tsv --to /data/counts', { same: 'stdout' }),
  ...Object.entries(formats).map(([format, name]) =>
    step(
      `${format} and back`,
      [`convert v.bin ${name} --format ${format}`, `convert ${name} back-${format}.bin --format word2vec-binary`],
      { same: [name, `back-${format}.bin`] },
    ),
  ),
  step('fasttext and back', ['convert sub.bin again.bin --format fasttext', 'convert again.bin again.vec'], {
    same: ['again.bin', 'again.vec'],
  }),
  step('gzip and back', ['convert v.bin v.vec.gz', 'convert v.vec.gz back-gz.bin'], {
    same: ['v.vec.gz', 'back-gz.bin'],
  }),
  step('combine', 'combine v.bin counted.bin -o combined.bin --dim 10'),
  step('to standard output', 'convert v.bin - --format glove --top 3', { same: 'stdout' }),
  step('no --force', 'convert v.bin counted.bin', {
    code: 3,
    says: /counted\.bin already exists/,
    same: 'counted.bin',
  }),
  step('--force', 'convert v.bin forced.vec --force --top 5', { same: 'forced.vec' }),
  step('a folder that is not there', 'convert v.bin nowhere/v.bin', { code: 3, says: /create it first: mkdir/ }),
  step('a long training', `${long} -o whole.bin`, { same: 'whole.bin' }),
  step('Ctrl-C saves a training', [], { act: interrupt }),
  step('resume', [], { same: 'resumed.bin', act: resume }),
  step('a folder in use by another', [], { act: useTwice }),
];

/** Starts a training, waits for its first checkpoint, does `meanwhile`, and stops it as Ctrl-C does. */
async function startAndStop(platform, line, folder, meanwhile = () => {}) {
  const running = platform.start(`${line} --checkpoint ${folder} --checkpoint-every 0.1s`);
  const wait = async (isTime, seconds, what) => {
    for (const until = Date.now() + seconds * 1000; !isTime(); await sleep(20)) {
      if (Date.now() > until) throw new Error(`${what}: ${running.said()}`);
    }
  };
  const hasEnded = () => running.code() !== undefined;
  const isSaved = () => existsSync(join(platform.folder, folder, 'checkpoint-1.w2v'));
  try {
    await wait(() => isSaved() || hasEnded(), 120, 'no checkpoint');
    meanwhile();
  } finally {
    running.interrupt();
    await wait(hasEnded, 60, 'Ctrl-C did not end it');
  }
  if (running.code() !== 130 || !/Saved after [\d.]+ epochs? of /.test(running.said())) {
    throw new Error(`Ctrl-C ended it with ${running.code()}, expected 130 and a checkpoint: ${running.said()}`);
  }
}

async function interrupt(platform) {
  await startAndStop(platform, `${long} -o resumed.bin`, 'saved');
  if (existsSync(join(platform.folder, 'resumed.bin'))) throw new Error('resumed.bin is there already');
}

async function useTwice(platform) {
  await startAndStop(platform, `${endless} -o first.bin`, 'used', () => {
    const { code, said } = platform.run(`${endless} -o second.bin --resume used`);
    if (code === 0 || !said.includes('in use by')) throw new Error(`a second one ended with ${code}: ${said}`);
  });
}

/** Goes on, to the bytes of the training that nothing stopped. */
async function resume(platform) {
  const { code, said } = platform.run(`${long} -o resumed.bin --resume saved`);
  if (code !== 0 || !said.includes('Resumed after')) throw new Error(`ended with ${code}: ${said}`);
  const [whole, resumed] = ['whole.bin', 'resumed.bin'].map((name) => readFileSync(join(platform.folder, name)));
  if (!whole.equals(resumed)) throw new Error('resumed.bin differs from whole.bin');
}
