// Maps of all words by w2v and by umap-learn, in turn, from the same vectors: time, memory, and what the maps keep of
// the neighbors, measured by one function for both.
//
//   npm run build && node bench/layout.js [--vectors FILE] [--corpus FILE] [--words 100000] [--rounds 1]
//
// Without --vectors it trains them: the most frequent words of the corpus, 100 dimensions, 3 epochs. Both take 15
// neighbors, a least distance of 0.1, cosine, a fixed seed and their own defaults for everything else; with a seed,
// umap-learn optimizes with one thread, as w2v always does. Run it with nothing else running. The numbers leave out
// loading, and numba's compilation, which umap-learn does in a small map before.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { finish } from '../build/base/steps.js';
import { loadVectors, selectVectors } from '../build/index.js';
import { measureQuality } from '../build/map/quality.js';
import { benchFolder, installPeers, machine, measure, median, python } from './peers.js';
import { resultFile } from './result-file.js';
import { thisCheckout } from './training-runs.js';

const { values: options } = parseArgs({
  options: {
    vectors: { type: 'string' },
    corpus: {
      type: 'string',
      default: join(thisCheckout, '../shared/data/corpora/enwiki-every4th.100MB.txt.gz'),
    },
    words: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '1' },
  },
});
const SAMPLE = 2000;
const tools = {
  w2v: (file, shape, positions) => [process.execPath, join(benchFolder, 'layout_w2v.js'), file, ...shape, positions],
  'umap-learn': (file, shape, positions) => [python, join(benchFolder, 'layout_umap.py'), file, ...shape, positions],
};

async function trained(folder) {
  const file = join(folder, 'vectors.bin');
  const cli = join(benchFolder, '..', 'bin', 'w2v.js');
  const settings = ['--max-vocab', options.words, '--min-count', '1', '--epochs', '3', '--engine', 'wasm', '--quiet'];
  console.error(`training vectors of ${options.words} words...`);
  await measure([process.execPath, cli, 'train', options.corpus, '-o', file, ...settings]);
  return file;
}

async function main(folder) {
  installPeers();
  const vectors = selectVectors(await loadVectors(options.vectors ?? (await trained(folder))), {
    top: Number(options.words),
  });
  const file = join(folder, 'vectors.f32');
  writeFileSync(file, new Uint8Array(vectors.matrix.buffer));
  const shape = [vectors.words.length, vectors.dimensions].map(String);
  const runs = { w2v: [], 'umap-learn': [] };
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [tool, command] of Object.entries(tools)) {
      const positions = join(folder, 'positions.f32');
      const { output, peakMegabytes } = await measure(command(file, shape, positions));
      const { quality: _, ...cost } = JSON.parse(output);
      const map = new Float32Array(new Uint8Array(readFileSync(positions)).buffer);
      const { k, sample, kept, trustworthiness } = finish(measureQuality(vectors, map, { sample: SAMPLE }));
      const run = { ...cost, peakMegabytes, k, sample, kept, trustworthiness };
      console.error(`${tool}: ${JSON.stringify(run)}`);
      runs[tool].push(run);
    }
  }
  const names = ['seconds', 'cpuSeconds', 'peakMegabytes', 'kept', 'trustworthiness'];
  const rows = names.map((name) => {
    const [own, peer] = ['w2v', 'umap-learn'].map((tool) => median(runs[tool].map((run) => run[name])));
    return { name, w2v: own, 'umap-learn': peer };
  });
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: `node bench/layout.js ${process.argv.slice(2).join(' ')}`.trim(),
    settings: { words: vectors.words.length, dimensions: vectors.dimensions, neighbors: 15, minDist: 0.1 },
    machine: machine(),
    rows,
    runs,
  };
  const written = resultFile('layout');
  writeFileSync(written, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`| ${shape[0]} words x ${shape[1]} | w2v | umap-learn |\n|---|---|---|`);
  for (const row of rows)
    console.log(`| ${row.name} | ${row.w2v.toPrecision(4)} | ${row['umap-learn'].toPrecision(4)} |`);
  console.error(`Wrote ${written}`);
  const lacking = rows.filter(({ name, ...row }) => /kept|trust/.test(name) && row.w2v < row['umap-learn'] - 0.01);
  if (lacking.length > 0) throw new Error(`below umap-learn: ${lacking.map(({ name }) => name).join(', ')}`);
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
