// Kills commands (SIGKILL) at seeded random moments: train on each engine, count, convert, compare, setup. The next run
// must end with the result of an undisturbed one, byte for byte, and leave no temporary file.
//
//   node tests/robust/kills.js [--runs 100] [--seed 1] [--scale 4] [--only 'resumed'] [--write]
//
// Needs a build (npm run build); TensorFlow and set-up are left out where TensorFlow is not set up. Exits with 1 after
// any fault. Fewer runs than the default, or only some commands, write a result only with --write.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ownMachine, resultFile } from '../../bench/result-file.js';
import { project } from './kills/room.js';
import { runKills } from './kills/run-kills.js';

const RUNS = 100;
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: String(RUNS) },
    seed: { type: 'string', default: '1' },
    scale: { type: 'string', default: '4' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});
const [runs, seed, scale] = [options.runs, options.seed, options.scale].map(Number);
const tfjsNode = join(project, 'node_modules/@tensorflow/tfjs-node');
const isSetUp = existsSync(join(tfjsNode, 'lib/napi-v8/tfjs_binding.node'));

const started = performance.now();
const done = await runKills({
  ...{ runs, seed, scale, only: options.only, tfjsNode: isSetUp ? tfjsNode : undefined },
  onRun: ({ target, milliseconds, killed, left, faults }) =>
    console.error(
      `${target}, ${killed ? `killed after ${milliseconds} ms` : 'done before the kill'}` +
        `${left.length > 0 ? `, left ${left.join(', ')}` : ''}: ${faults.join('; ') || 'well'}`,
    ),
});

const table = {};
for (const { target, killed, left, faults } of done) {
  table[target] ??= { runs: 0, killed: 0, leftSomething: 0, faults: 0 };
  table[target].runs++;
  if (killed) table[target].killed++;
  if (left.length > 0) table[target].leftSomething++;
  if (faults.length > 0) table[target].faults++;
}
console.log(
  '| command | runs | killed before its end | temporary files after the kill | faults |\n|---|---|---|---|---|',
);
for (const [name, row] of Object.entries(table)) console.log(`| ${[name, ...Object.values(row)].join(' | ')} |`);
const bad = done.filter(({ faults }) => faults.length > 0);
console.log(`\n${done.length - bad.length} of ${done.length} runs were well`);

if (options.write || (runs >= RUNS && options.only === undefined)) {
  const file = resultFile(options.only === undefined ? 'kills' : `${options.only}-kills`);
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: `node tests/robust/kills.js ${process.argv.slice(2).join(' ')}`.trim(),
    settings: { runs, seed, scale },
    machine: ownMachine(),
    seconds: Math.round((performance.now() - started) / 1000),
    killed: done.filter(({ killed }) => killed).length,
    well: done.length - bad.length,
    commands: table,
    faults: bad,
  };
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.error(`Wrote ${file}`);
}
process.exitCode = bad.length > 0 ? 1 : 0;
