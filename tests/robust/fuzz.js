// Damages files of every kind that w2v reads, many thousand times, and runs w2v on them (tests/robust/fuzz/judge.js defines a
// hit).
//
//   node tests/robust/fuzz.js [--runs 50000] [--seed 1] [--processes 2] [--case N] [--only 'npz'] [--keep FOLDER] [--messages]
//
// The same seed damages the same files in the same way; --case N runs one case of them. The files of each hit are kept
// in --keep (default: a new temporary folder), so that its command line reproduces it. --messages lists every distinct
// message for review. Needs a build (npm run build). Exits with 1 after any hit. Fewer runs than the default write no
// result.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchFolder } from '../../bench/peers.js';
import { resultFile } from '../../bench/result-file.js';
import { alike, runCases } from './fuzz/run-cases.js';

const RUNS = 50_000;
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: String(RUNS) },
    seed: { type: 'string', default: '1' },
    processes: { type: 'string', default: '2' },
    case: { type: 'string' },
    only: { type: 'string' },
    keep: { type: 'string' },
    messages: { type: 'boolean', default: false },
  },
});
const keep = options.keep ?? mkdtempSync(join(tmpdir(), 'w2v-hits-'));
const [seed, processes] = [Number(options.seed), Number(options.processes)];
const one = options.case !== undefined;
const runs = one ? 1 : Number(options.runs);

const found = await runCases({
  runs,
  seed,
  first: one ? Number(options.case) : 0,
  processes: one ? 1 : processes,
  only: options.only,
  keep,
  onHit: ({ kind, target, case: number, args }) => {
    console.error(`hit: ${kind}, ${target}, case ${number}: w2v ${args.join(' ')}`);
  },
});

const table = Object.entries(found.targets).map(([target, { cases, runs, codes, slowest, memory }]) => {
  const ends = Object.entries(codes).map(([code, times]) => `${code}: ${times}`);
  return `| ${[target, cases, runs, ends.join(', '), slowest.toFixed(2), Math.round(memory / 1e6)].join(' | ')} |`;
});
console.log('| files | cases | runs | exit codes | slowest, s | most memory, MB |\n|---|---|---|---|---|---|');
console.log(table.join('\n'));
if (options.messages) {
  const messages = [...found.messages.values()].sort((a, b) => (a.message < b.message ? -1 : 1));
  for (const { message, times, case: number } of messages) console.log(`${times} times, case ${number}: ${message}`);
}
const groups = alike(found.hits);
const kinds = {};
for (const { kind } of found.hits) kinds[kind] = (kinds[kind] ?? 0) + 1;
console.log(
  `\n${found.runs} runs over ${found.cases} damaged sets of files in ${Math.round(found.seconds)} s, ${found.hits.length} hits`,
);
for (const [kind, times] of Object.entries(kinds)) console.log(`${kind}: ${times}`);
for (const { kind, target, times, folder, args, shown } of groups) {
  console.log(
    `\n${kind}, ${target}, ${times} times: cd ${folder} && w2v ${args.join(' ')}\n  ${shown.trim().replaceAll('\n', '\n  ')}`,
  );
}

if (runs >= RUNS && options.only === undefined) {
  const file = resultFile('fuzz');
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: `node tests/robust/fuzz.js ${process.argv.slice(2).join(' ')}`.trim(),
    settings: { runs, seed, processes },
    machine: {
      processor: cpus()[0].model.trim(),
      cores: cpus().length,
      memoryGigabytes: Math.round(totalmem() / 1e9),
      system: `${process.platform}-${process.arch}`,
      versions: { node: process.versions.node },
    },
    runs: found.runs,
    cases: found.cases,
    seconds: found.seconds,
    targets: found.targets,
    hits: kinds,
    examples: groups.map(({ folder: _folder, ...hit }) => hit),
  };
  mkdirSync(join(benchFolder, 'results'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.error(`Wrote ${file}`);
}
process.exitCode = found.hits.length > 0 ? 1 : 0;
