// Searching the lines of a large text: the cost of `w2v search` over a million lines, the whole command.
//
//   npm run build && node bench/search.js --corpus FILE[.gz] [--lines 1000000] [--rounds 3]
//
// The text is cut into lines of 16 words; the vectors are trained on it (one epoch of skip-gram, 100 dimensions). Run
// it with nothing else running. Writes bench/results/*-search.json.
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { benchFolder, installPeers, measure, median } from './peers.js';
import { ownMachine, resultFile } from './result-file.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    lines: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
  },
});
if (!options.corpus) throw new Error('name a text: node bench/search.js --corpus FILE');
const WORDS = 16;
const command = [process.execPath, join(benchFolder, '..', 'bin', 'w2v.js')];

/** The words of chunks of text, WORDS to a line. */
async function* shortLines(chunks) {
  let rest = '';
  let left = Number(options.lines);
  for await (const chunk of chunks) {
    const words = (rest + chunk.toString('latin1')).split(/\s+/);
    rest = words.pop();
    while (words.length % WORDS !== 0) rest = `${words.pop()} ${rest}`;
    const lines = [];
    for (let at = 0; at < words.length && left > 0; at += WORDS, left--)
      lines.push(words.slice(at, at + WORDS).join(' '));
    if (lines.length > 0) yield Buffer.from(`${lines.join('\n')}\n`, 'latin1');
    if (left === 0) return;
  }
  throw new Error(`the text has ${left} lines of ${WORDS} words less than ${options.lines}`);
}

async function main(folder) {
  installPeers(); // measure() is a Python script
  const text = join(folder, 'lines.txt');
  const vectors = join(folder, 'vectors.bin');
  const source = createReadStream(options.corpus);
  const plain = options.corpus.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  await pipeline(plain, shortLines, createWriteStream(text));
  const training = [
    'train',
    text,
    '-o',
    vectors,
    '--tokenizer',
    'whitespace',
    '--epochs',
    '1',
    '--engine',
    'wasm',
    '--quiet',
  ];
  if (spawnSync(command[0], [command[1], ...training], { stdio: 'inherit' }).status !== 0) {
    throw new Error('the training failed');
  }
  const poolings = ['mean', 'sif'];
  const runs = Object.fromEntries(poolings.map((pooling) => [pooling, []]));
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const pooling of poolings) {
      const words = ['search', vectors, '--in', text, '--pooling', pooling, '--json', 'a storm at sea'];
      const { output: _answers, ...cost } = await measure([...command, ...words]);
      runs[pooling].push(cost);
      console.error(`${pooling}: ${cost.seconds.toFixed(1)} s, ${cost.cpuSeconds.toFixed(1)} CPU s`);
    }
  }
  const rows = poolings.map((pooling) => {
    const of = (what) => median(runs[pooling].map((run) => run[what]));
    const peakMegabytes = Math.round(of('peakMegabytes'));
    return { pooling, seconds: of('seconds'), cpuSeconds: of('cpuSeconds'), peakMegabytes, rounds: runs[pooling] };
  });
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: `node bench/search.js ${process.argv.slice(2).join(' ')}`,
    corpus: basename(options.corpus),
    settings: { lines: Number(options.lines), wordsPerLine: WORDS, megabytes: statSync(text).size / 1e6 },
    machine: ownMachine(),
    rows,
  };
  const file = resultFile('search');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.error(`Wrote ${file}`);
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
