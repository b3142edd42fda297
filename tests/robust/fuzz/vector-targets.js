// Files of vectors in every format, and the commands that run on them.
import { gzipSync } from 'node:zlib';
import { beside, golden, goldenFiles } from './golden.js';
import { byName, damageBytes, damageGzip, damageJson, damageSafetensors, damageZip } from './mutate.js';

const pick = (random, list) => list[random.below(list.length)];
const english = ['king', 'queen', 'man', 'woman', 'whale', 'sea'];

/** What may be asked of vectors in `file`; `w` gives a word they had. */
const questions = [
  (file, w) => ['nearest', file, w(), '-k', '3'],
  (file, w) => ['nearest', file, w(), w(), '-k', '3', '--json'],
  (file, w) => ['nearest', file, `${w()} - ${w()} + ${w()}`, '--tsv', '--restrict-vocab', '20'],
  (file, w) => ['analogy', file, w(), w(), w(), '--json'],
  (file, w) => ['analogy', file, w(), w(), w(), '--method', 'mul'],
  (file, w) => ['similarity', file, w(), w()],
  (file, w) => ['odd', file, w(), w(), w()],
  (file) => ['evaluate', file, '--pairs', 'pairs.tsv', '--analogies', 'analogies.txt', '--json'],
  (file, w) => [
    'compare',
    file,
    'good.txt',
    '--thesaurus',
    'none',
    '--pairs',
    'pairs.tsv',
    '--words',
    w(),
    '--markdown',
  ],
];
const outputs = ['o.bin', 'o.txt', 'o.npy', 'o.safetensors', 'o.parquet'];

/** info, two questions; of a dense file a conversion and what was made of it. */
function runsWith(file, words) {
  return (random) => {
    const ask = () => pick(random, questions)(file, () => pick(random, words));
    const about = pick(random, [[], ['--json']]);
    if (file.endsWith('.npz')) return [['info', file, ...about], ask(), ask(), ask()];
    const output = pick(random, outputs);
    return [['info', file, ...about], ask(), ask(), ['convert', file, output, '--force'], ['info', output, '--json']];
  };
}

/** Vectors in `file`, which `files` make up; `good` are sound ones with some words in common. */
function target(name, file, files, { damage = damageBytes, words = english, weight = 1, good, refused } = {}) {
  const sound = good === undefined ? beside : { ...beside, 'good.txt': good };
  return {
    name,
    weight,
    files: { ...files, ...sound },
    aim: Object.keys(files),
    damage,
    runs: runsWith(file, words),
    refused,
  };
}

const odd = { words: ['row0', 'row1', 'row9'], good: golden('floats.txt') };
const sparseWords = Buffer.from(`${golden('formats/float32.npy.words')}w33\nw34\nw35\nw36\nw37\nw38\nw39\n`);
const text = golden('vectors.txt');

export const vectorTargets = [
  target('word2vec binary', 'v.bin', goldenFiles('vectors.bin', 'v.bin'), { weight: 2 }),
  target('word2vec text', 'v.txt', goldenFiles('vectors.txt', 'v.txt'), { weight: 2 }),
  target('word2vec binary, odd numbers', 'v.bin', goldenFiles('floats.bin', 'v.bin'), odd),
  target('word2vec text, odd numbers', 'v.txt', goldenFiles('floats.txt', 'v.txt'), odd),
  target('GloVe text', 'v.txt', { 'v.txt': text.subarray(text.indexOf('\n') + 1) }),
  ...[
    ['float16', 'float16.vocab', 'v.vocab'],
    ['float32', 'float32.npy.words', 'v.npy.words'],
    ['float64', 'float64.words.txt', 'v.words.txt'],
  ].map(([matrix, words, as]) =>
    target(`npy, ${matrix}`, 'v.npy', {
      'v.npy': golden(`formats/${matrix}.npy`),
      [as]: golden(`formats/${words}`),
    }),
  ),
  ...['plain', 'packed'].map((kind) => {
    const files = { 'v.npz': golden(`count-route-${kind}.npz`), 'v.npz.words': sparseWords };
    return target(`npz, ${kind}`, 'v.npz', files, { damage: byName([['.npz', damageZip]]), weight: 2 });
  }),
  ...['gzip', 'none', 'snappy'].map((kind) =>
    target(`Parquet, ${kind}`, 'v.parquet', goldenFiles(`formats/${kind}.parquet`, 'v.parquet')),
  ),
  ...[
    ['inside', []],
    ['beside', ['.words']],
  ].map(([kind, ends]) => {
    const from = `formats/words-${kind}.safetensors`;
    const files = Object.fromEntries(['', ...ends].map((end) => [`v.safetensors${end}`, golden(from + end)]));
    const damage = byName([['.safetensors', damageSafetensors]]);
    return target(`safetensors, words ${kind}`, 'v.safetensors', files, { damage });
  }),
  ...['labels.bin', 'quantized.ftz', 'subwords.bin', 'words.bin'].map((kind) =>
    target(`fastText, ${kind}`, 'v.bin', goldenFiles(`formats/fasttext-${kind}`, 'v.bin'), {
      words: ['whale', 'sea'],
      ...(kind === 'quantized.ftz' ? { refused: true } : {}),
    }),
  ),
  target('projector', 'v', goldenFiles('formats/projector', 'v')),
  target('static embedding', 'v', goldenFiles('formats/model2vec', 'v'), {
    damage: byName([
      ['.json', damageJson],
      ['.safetensors', damageSafetensors],
    ]),
  }),
  ...[
    ['vectors.bin', 'v.bin.gz'],
    ['vectors.txt', 'v.txt.gz'],
    ['formats/none.parquet', 'v.parquet.gz'],
    ['formats/words-inside.safetensors', 'v.safetensors.gz'],
    ['formats/fasttext-subwords.bin', 'ft.bin.gz'],
  ].map(([from, as]) => {
    const words = as.startsWith('ft') ? ['whale', 'sea'] : english;
    return target(`packed ${as}`, as, { [as]: gzipSync(golden(from)) }, { damage: damageGzip, words });
  }),
];
