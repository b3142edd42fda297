// Loads vectors and runs the same queries with w2v and gensim, in turn, and reports the time of each.
//
//   node bench/query.js [--words 400000] [--dimensions 300] [--queries 1000] [--rounds 3]
//
// It makes the files itself: GloVe-style text without a header, and the same in word2vec's binary format. Run it with
// nothing else running. Rounds alternate between the tools, so that a slow minute affects both; medians are compared.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFolder, installPeers, machine, measure, median, python } from './peers.js';
import { resultFile } from './result-file.js';

const { values: options } = parseArgs({
  options: {
    words: { type: 'string', default: '400000' },
    dimensions: { type: 'string', default: '300' },
    queries: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
  },
});
const [V, D] = [Number(options.words), Number(options.dimensions)];
const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
const text = join(folder, 'glove.txt');
const binary = join(folder, 'vectors.bin');
const cli = join(benchFolder, '..', 'bin', 'w2v.js');

/** Word `at`: letters in the order of a counter, two to seven of them. */
function wordOf(at) {
  let word = '';
  for (let left = at + 30; left > 0; left = Math.floor(left / 26)) word += String.fromCharCode(97 + (left % 26));
  return word;
}

/** Numbers of five decimals between -1 and 1, as GloVe's files have them, the same in each run. */
function makeText() {
  const file = openSync(text, 'w');
  const buffer = Buffer.allocUnsafe(1 << 24);
  const digits = Array.from({ length: 100_000 }, (_, value) => Buffer.from(` 0.${String(value).padStart(5, '0')}`));
  const negative = digits.map((bytes) => Buffer.from(` -${bytes.toString().trimStart()}`));
  let state = 1;
  let at = 0;
  for (let row = 0; row < V; row++) {
    at += buffer.write(wordOf(row), at, 'latin1');
    for (let column = 0; column < D; column++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      const bytes = (state < 0 ? negative : digits)[(state >>> 8) % 100_000];
      buffer.set(bytes, at);
      at += bytes.length;
    }
    buffer[at++] = 10;
    if (at > buffer.length - 9 * D - 100) {
      writeSync(file, buffer, 0, at);
      at = 0;
    }
  }
  writeSync(file, buffer, 0, at);
  closeSync(file);
}

const parse = ({ output, ...cost }) => ({ ...JSON.parse(output), ...cost });
const loadHere = async (file, queries) =>
  parse(await measure([process.execPath, join(benchFolder, 'query_w2v.js'), file, String(queries)]));
const loadGensim = async (file, queries, kind) =>
  parse(await measure([python, join(benchFolder, 'query_gensim.py'), file, String(queries), kind]));
const rareWord = wordOf(Math.floor(V / 2));
const frequentWord = wordOf(99);
const ask = (word) => measure([process.execPath, cli, 'nearest', binary, word, '--quiet', '--tsv']);
const askGensim = (word) =>
  measure([
    python,
    '-c',
    `from gensim.models import KeyedVectors; v = KeyedVectors.load_word2vec_format('${binary}', binary=True); print(v.most_similar('${word}'))`,
  ]);

const tasks = [
  ['load text', 's', async () => (await loadHere(text, 0)).load, async () => (await loadGensim(text, 0, 'text')).load],
  [
    'load binary',
    's',
    async () => (await loadHere(binary, 0)).load,
    async () => (await loadGensim(binary, 0, 'binary')).load,
  ],
  [
    'frequent word from the shell',
    's',
    async () => (await ask(frequentWord)).seconds,
    async () => (await askGensim(frequentWord)).seconds,
  ],
  [
    'rare word from the shell',
    's',
    async () => (await ask(rareWord)).seconds,
    async () => (await askGensim(rareWord)).seconds,
  ],
];

async function main() {
  installPeers();
  console.error('making the files...');
  makeText();
  const made = spawnSync(process.execPath, [cli, 'convert', text, binary, '--quiet'], { stdio: 'inherit' });
  if (made.status !== 0) throw new Error('w2v convert failed');

  const found = new Map();
  const note = (name, unit, tool, value) => {
    const row = found.get(name) ?? { name, unit, w2v: [], gensim: [] };
    row[tool].push(value);
    found.set(name, row);
    console.error(`${name}, ${tool}: ${value.toFixed(2)} ${unit}`);
  };
  let same = 0;
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [name, unit, here, gensim] of tasks) {
      note(name, unit, 'w2v', await here());
      note(name, unit, 'gensim', await gensim());
    }
    const queries = `${options.queries} queries in one call`;
    const [here, there] = [
      await loadHere(binary, options.queries),
      await loadGensim(binary, options.queries, 'binary'),
    ];
    for (const [tool, run] of [
      ['w2v', here],
      ['gensim', there],
    ]) {
      note(queries, 's', tool, run.queries);
      note('peak memory, binary and queries', 'MB', tool, run.peakMegabytes);
    }
    same = here.words.filter((words, at) => words.join() === there.words[at].join()).length;
  }
  const matrixMegabytes = (V * D * 4) / 1e6;
  const rows = [...found.values()].map(({ name, unit, w2v, gensim }) => ({
    name,
    unit,
    w2v: median(w2v),
    gensim: median(gensim),
    ratio: median(gensim) / median(w2v),
    rounds: { w2v, gensim },
  }));
  const date = new Date().toISOString().slice(0, 10);
  const result = {
    date,
    command: `node bench/query.js ${process.argv.slice(2).join(' ')}`.trim(),
    settings: { words: V, dimensions: D, queries: Number(options.queries), rounds: Number(options.rounds) },
    files: { textMegabytes: statSync(text).size / 1e6, binaryMegabytes: statSync(binary).size / 1e6, matrixMegabytes },
    sameTenNeighbors: same,
    machine: machine(),
    rows,
  };
  const file = resultFile('query');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`| ${V.toLocaleString('en')} x ${D} | w2v | gensim | gensim / w2v |\n|---|---|---|---|`);
  for (const { name, unit, w2v, gensim, ratio } of rows) {
    console.log(`| ${name} | ${w2v.toFixed(2)} ${unit} | ${gensim.toFixed(2)} ${unit} | ${ratio.toFixed(2)} |`);
  }
  console.log(`\nThe same ten neighbors in the same order: ${same} of ${options.queries} queries.`);
  console.error(`Wrote ${file}`);
}

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
