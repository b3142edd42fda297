// Scores over the size of a text, epochs and learning rate: the figures behind `auto` (src/train/auto-schedule.ts).
//
//   npm run build && node bench/studies/schedule.js --corpus FILE[.gz] --eval FOLDER [--megabytes 1,2,5,10,20,50,100]
//
// The portable engine on two threads, seed 1. The folder is that of bench/quality.js; scores are over the first, third,
// ... item of each set, the half for choosing settings. The result is written after each training.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSets } from '../quality-sets.js';
import { scheduleTable } from '../quality-tables.js';
import { ownMachine, resultFile } from '../result-file.js';
import { copyStart, scoresOf, trainW2v } from '../training-runs.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    eval: { type: 'string' },
    megabytes: { type: 'string', default: '1,2,5,10,20,50,100' },
  },
});
if (!options.corpus || !options.eval) throw new Error('name a text and test sets: --corpus FILE --eval FOLDER');

/** [epochs, learning rate]: word2vec's, and what could be better; longer trainings of short texts only. */
const schedules = {
  skipgram: [
    [5, 0.025],
    [10, 0.025],
    [10, 0.05],
    [20, 0.025, 20],
    [20, 0.05, 20],
  ],
  cbow: [
    [5, 0.05],
    [10, 0.05],
    [10, 0.1],
    [20, 0.05, 20],
  ],
};
async function main(folder) {
  const { 'Google analogies': analogies, ...pairs } = writeSets(options.eval, folder, 'even', (at) => at % 2 === 0);
  const tests = { pairs: Object.values(pairs), analogies: [analogies] };
  const file = resultFile('schedule');
  const rows = [];
  const result = {
    command: `node bench/studies/schedule.js ${process.argv.slice(2).join(' ')}`,
    corpus: basename(options.corpus),
    machine: ownMachine(),
    rows,
  };
  const common = { dim: 100, window: 5, negative: 5, sample: 1e-3, minCount: 5, threads: 2, seed: 1 };
  for (const megabytes of options.megabytes.split(',').map(Number)) {
    const corpus = join(folder, 'corpus.txt');
    await copyStart(options.corpus, megabytes, corpus);
    for (const [model, list] of Object.entries(schedules)) {
      for (const [epochs, learningRate] of list.filter(([, , most = megabytes]) => megabytes <= most)) {
        const output = join(folder, 'vectors.bin');
        const settings = { ...common, model, epochs, learningRate };
        const { tokens } = await trainW2v({ corpus, output, engine: 'wasm', settings });
        const scores = Object.values(await scoresOf(output, tests));
        const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
        rows.push({ megabytes, tokens, model, epochs, learningRate, mean, scores });
        writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
        console.error(JSON.stringify(rows.at(-1)));
      }
    }
  }
  console.log(scheduleTable(result));
  console.error(`Wrote ${file}`);
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
