// What is damaged, and the commands that then run on it. A target has files by name, those of them that are damaged
// (`aim`), the way to damage one, and the command lines of one case. `made`: command lines that make more files before.
// `inputs`: command lines with what they read from standard input, which is damaged. `refused`: w2v rejects the
// undamaged files too.
import { gzipSync } from 'node:zlib';
import { beside, countsOfPairs, golden, manifest, text, vocabulary } from './golden.js';
import { byName, damageBytes, damageGzip, damageJson, damageZip } from './mutate.js';
import { smallWordNet } from './small-wordnet.js';
import { vectorTargets } from './vector-targets.js';

const line = (words) => words.split(' ');
const quick = '--engine wasm --dim 4 --epochs 1 --threads 1 --quiet';
const compareText = `compare text.txt --thesaurus none --pairs pairs.tsv --min-count 1 ${quick}`;
const countText = 'count text.txt -o c.npz --method counts --min-count 1 --threads 1 --quiet --force';
const trainText = `train text.txt -o o.bin --min-count 1 --force ${quick}`;
const numbers = (value) => Array(12).fill(value);

const asText = (name, file, bytes, damage) => ({
  name,
  weight: 1,
  files: { [file]: bytes },
  aim: [file],
  damage,
  runs: () => [
    line(`vocab ${file} --min-count 1 --quiet -o o.tsv --force`),
    line(`vocab ${file} --min-count 2 --tokenizer whitespace -o o2.tsv --json --force`),
  ],
});

const fromWordNet = Object.entries(smallWordNet()).map(([name, bytes]) => [`wn/${name}`, bytes]);

/** The targets; a case takes them in turn, each as often as its weight says. */
const targets = [
  ...vectorTargets,
  {
    name: 'manifest',
    weight: 2,
    files: { 'v.bin': golden('vectors.bin'), 'v.bin.json': manifest, ...beside },
    aim: ['v.bin.json'],
    damage: damageJson,
    runs: () => [
      line('info v.bin'),
      line('info v.bin --json'),
      line('convert v.bin o.txt --force'),
      line('compare v.bin good.txt --thesaurus none --pairs pairs.tsv --report r.html --json --force'),
    ],
  },
  {
    name: 'word pairs',
    weight: 2,
    files: beside,
    aim: ['pairs.tsv'],
    damage: damageBytes,
    runs: () => [
      line('evaluate good.txt --pairs pairs.tsv'),
      line('evaluate good.txt --pairs pairs.tsv --missing zero --json'),
    ],
  },
  {
    name: 'analogies',
    weight: 2,
    files: beside,
    aim: ['analogies.txt'],
    damage: damageBytes,
    runs: () => [
      line('evaluate good.txt --analogies analogies.txt --sections'),
      line('evaluate good.txt --analogies analogies.txt --json'),
    ],
  },
  {
    name: 'vocabulary',
    weight: 2,
    files: { 'words.tsv': vocabulary, 'text.txt': text, ...beside },
    aim: ['words.tsv'],
    damage: damageBytes,
    runs: () => [
      line(`train text.txt --vocab words.tsv -o o.bin --force ${quick}`),
      line('embed good.txt --pooling sif --remove-components 0 --vocab words.tsv --json one two'),
    ],
  },
  asText('text', 'text.txt', text, damageBytes),
  asText('packed text', 'text.txt.gz', gzipSync(text), damageGzip),
  {
    name: 'lines of standard input',
    weight: 2,
    files: beside,
    damage: damageBytes,
    inputs: [
      [line('nearest good.txt -k 2'), 'king\nking - man + woman\nqueen + boy\n'],
      [line('nearest good.txt --vector -k 2'), `[${numbers(0.25).join(', ')}]\n${numbers(-1.5).join(' ')}\n`],
      [line('analogy good.txt'), 'man king woman\nboy prince girl\n'],
      [line('similarity good.txt --tsv'), 'king queen\nman woman\n'],
      [line('odd good.txt --json'), 'king queen sea\nboy girl prince whale\n'],
    ],
  },
  {
    name: 'WordNet',
    weight: 3,
    files: { ...beside, ...Object.fromEntries(fromWordNet) },
    aim: fromWordNet.map(([name]) => name),
    damage: damageBytes,
    runs: (random) => {
      const measure = ['path', 'wu-palmer', 'leacock-chodorow'][random.below(3)];
      return [
        line('thesaurus dog whale run quick quickly --wordnet wn'),
        line(`thesaurus ${['dogs', 'cat', 'ran', 'blue'][random.below(4)]} --wordnet wn --json`),
        line(`evaluate good.txt --pairs pairs.tsv --thesaurus ${measure} --wordnet wn`),
      ];
    },
  },
  {
    name: 'cached texts',
    refused: true,
    weight: 1,
    files: {
      'good.txt': golden('vectors.txt'),
      'cache/corpora/wordsim353.txt': Buffer.alloc(7186, beside['pairs.tsv']), // as large as it must be
      'cache/corpora/moby-dick.txt': text,
      'cache/wordnet-3.1/data.noun': Buffer.alloc(100, text),
    },
    aim: ['cache/corpora/wordsim353.txt', 'cache/corpora/moby-dick.txt', 'cache/wordnet-3.1/data.noun'],
    damage: damageBytes,
    runs: () => [
      line('corpus list'),
      line('evaluate good.txt --pairs wordsim353'),
      line('vocab corpus:moby-dick -o o.tsv --force'),
      line('thesaurus dog'),
    ],
  },
  ...['SNAPPY', 'UNCOMPRESSED'].map((codec) => ({
    name: `Parquet, counts, ${codec.toLowerCase()}`,
    weight: 1,
    files: { 'c.parquet': countsOfPairs(codec), 'words.tsv': vocabulary },
    aim: ['c.parquet'],
    damage: damageBytes,
    runs: () => [
      line('count --from-counts c.parquet --vocab words.tsv -o c.npz --method counts --threads 1 --quiet --force'),
      line('count --from-counts c.parquet --vocab words.tsv -o c.npz --method ppmi --threads 1 --force --json'),
    ],
  })),
  {
    name: 'checkpoints',
    weight: 1,
    files: { 'text.txt': text },
    made: [line(`${countText} --checkpoint ck`), line(`${trainText} --checkpoint tk`)],
    aim: /^(?:ck|tk)\/(?:runs|state-\d\.json|checkpoint-\d\.w2v)$/,
    damage: damageBytes,
    runs: () => [line(`${countText} --resume ck`), line(`${trainText} --resume tk`)],
  },
  {
    name: "compare's cache",
    weight: 1,
    files: { 'text.txt': text, 'pairs.tsv': beside['pairs.tsv'] },
    made: [line(compareText)],
    aim: /^cache\/compare\/.*(?:json|bin|npz|words)$/,
    damage: byName([
      ['.json', damageJson],
      ['.npz', damageZip],
    ]),
    runs: () => [line(`${compareText} --report r.html --json --force`)],
  },
];

export const turns = targets.flatMap((target) => Array(target.weight).fill(target));

/** How many command lines a case of the target runs, which is the same for all. */
export function runsOf({ inputs, runs }) {
  return inputs === undefined ? runs({ below: () => 0 }).length : 1;
}
