// Scoring: the cost of `w2v evaluate` of one file and of two, and of `w2v compare` of two files, the whole commands.
//
//   npm run build && node bench/evaluate.js --corpus FILE[.gz] [--megabytes 20] [--words 30000] [--rounds 5]
//                                           [--command PATH/TO/bin/w2v.js]
//
// It trains skip-gram and counts (100 dimensions) on the first megabytes of the text, and scores both on the built-in
// test sets; Google's 19,544 analogies have to be in the cache (w2v corpus get google-analogies), WordNet too. The last
// row is the intervals and tests alone: what scoring both files takes above scoring with one sample and one permutation.
// `--command` measures another checkout, which is built. Run it with nothing else running. Writes
// bench/results/*-evaluate.json.
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { benchFolder, median } from './peers.js';
import { ownMachine, resultFile } from './result-file.js';

const own = join(benchFolder, '..', 'bin', 'w2v.js');
const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    megabytes: { type: 'string', default: '20' },
    words: { type: 'string', default: '30000' },
    rounds: { type: 'string', default: '5' },
    command: { type: 'string', default: own },
  },
});
if (!options.corpus) throw new Error('name a text: node bench/evaluate.js --corpus FILE');

async function* firstBytes(chunks) {
  let left = Number(options.megabytes) * 1e6;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** The cost of a command: seconds, CPU seconds and megabytes at the peak. */
function measure(args) {
  const command = [join(benchFolder, 'measure.py'), process.execPath, options.command, ...args, '--json', '--quiet'];
  const { status, stdout, stderr } = spawnSync('python3', command, { encoding: 'utf8', maxBuffer: 1e9 });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}

/** The cost of the intervals and tests of two files on all built-in sets. */
async function measureStatistics(files, sets) {
  const build = (name) => import(join(dirname(options.command), '..', 'build', name));
  const { compareSystems, vectorSystem } = await build('evaluate/compare-files.js');
  const { loadAnyVectors } = await build('formats/load.js');
  const { readPairs } = await build('evaluate/read-pairs.js');
  const { readAnalogies } = await build('evaluate/read-analogies.js');
  const { finish } = await build('base/steps.js');
  const systems = [];
  for (const file of files) systems.push(vectorSystem(file, await loadAnyVectors(file)));
  const read = { pairs: await Promise.all(sets.pairs.map((set) => readPairs(set))), analogies: [] };
  for (const set of sets.analogies) read.analogies.push(await readAnalogies(set));
  const cost = (resampling) => {
    const [since, cpuSince] = [performance.now(), process.cpuUsage()];
    finish(compareSystems(systems, read, resampling));
    const { user, system } = process.cpuUsage(cpuSince);
    return { seconds: (performance.now() - since) / 1e3, cpuSeconds: (user + system) / 1e6 };
  };
  const [least, all] = [cost({ resamples: 1, permutations: 1 }), cost({})];
  return { seconds: all.seconds - least.seconds, cpuSeconds: all.cpuSeconds - least.cpuSeconds };
}

/** The path of a test set of the catalog. */
function pathOf(name) {
  const { stdout } = spawnSync(process.execPath, [own, 'corpus', 'get', name, '--json', '--quiet'], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout).path;
}

async function main(folder) {
  const text = join(folder, 'text.txt');
  const source = createReadStream(options.corpus);
  const plain = options.corpus.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  await pipeline(plain, firstBytes, createWriteStream(text));
  const [trained, counted] = [join(folder, 'skipgram.bin'), join(folder, 'svd.bin')];
  const size = ['--dim', '100', '--max-vocab', options.words, '--min-count', '1', '--quiet'];
  for (const made of [
    ['train', text, '-o', trained, '--engine', 'wasm', '--epochs', '1', ...size],
    ['count', text, '-o', counted, ...size],
  ]) {
    if (spawnSync(process.execPath, [own, ...made], { stdio: 'inherit' }).status !== 0) throw new Error(made.join(' '));
  }
  const commands = {
    'evaluate a file': ['evaluate', trained, '--analogies', 'google-analogies'],
    'evaluate two files': ['evaluate', trained, counted],
    'compare two files': ['compare', trained, counted, '--report', join(folder, 'report.html'), '--force'],
  };
  const sets = { pairs: ['wordsim353', 'simlex999'].map(pathOf), analogies: [pathOf('google-analogies')] };
  const statistics = 'intervals and tests';
  const runs = Object.fromEntries([...Object.keys(commands), statistics].map((what) => [what, []]));
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const [what, args] of Object.entries(commands)) runs[what].push(measure(args));
    runs[statistics].push(await measureStatistics([trained, counted], sets));
    for (const [what, rounds] of Object.entries(runs)) {
      const { seconds, cpuSeconds } = rounds.at(-1);
      console.error(`${what}: ${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} CPU s`);
    }
  }
  const rows = Object.entries(runs).map(([what, rounds]) => {
    const of = (name) => median(rounds.map((run) => run[name]));
    return { what, seconds: of('seconds'), cpuSeconds: of('cpuSeconds'), rounds };
  });
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: `node bench/evaluate.js ${process.argv.slice(2).join(' ')}`,
    corpus: basename(options.corpus),
    settings: { megabytes: Number(options.megabytes), words: Number(options.words) },
    machine: ownMachine(),
    rows,
  };
  const file = resultFile(options.command === own ? 'evaluate' : 'evaluate-before');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.error(`Wrote ${file}`);
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true });
}
