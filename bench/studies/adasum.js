// How Adasum combines the changes of shards, by the frequency of the word: near the mean of all, or near their sum?
//
//   npm run build && node bench/studies/adasum.js [--corpus FILE[.gz]] [--megabytes 20] [--shards 4] [--syncs 4] [--epochs 5]
//   [--name mix]
//
// For a row with changes d_1 .. d_N, sum s and combined change c, the share is c.s / s.s: 1/N is the mean, 1 is the
// sum. It is given for the last round of the first and of the last epoch, as the mean over the words of a band of ranks
// (input matrix).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { finish } from '../../build/base/steps.js';
import { encodeCorpus } from '../../build/index.js';
import { initialRows } from '../../build/train/initialize.js';
import { addModel, createChangeTree, subtractModel } from '../../build/train/shards/adasum.js';
import { createLocalRunner } from '../../build/train/shards/local-runner.js';
import { planRounds } from '../../build/train/shards/plan-rounds.js';
import { settingsInRounds } from '../../build/train/shards/round-settings.js';
import { createWasmEngine } from '../../build/train/wasm/engine.js';
import { ownMachine, resultFile } from '../result-file.js';
import { adasumTable } from '../table.js';
import { copyStart, fileOf } from '../training-runs.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string', default: 'mix' },
    megabytes: { type: 'string', default: '1000000' },
    shards: { type: 'string', default: '4' },
    syncs: { type: 'string', default: '4' },
    epochs: { type: 'string', default: '5' },
    /** The end of the result's name. */
    name: { type: 'string' },
  },
});
const BANDS = [0, 100, 1000, 5000, 20_000, 100_000];

async function main(folder) {
  const source = await fileOf(options.corpus);
  const text = join(folder, 'corpus.txt');
  await copyStart(source, Number(options.megabytes), text);
  const corpus = await encodeCorpus([text]);
  const rounds = { shards: Number(options.shards), syncs: Number(options.syncs) };
  const settings = settingsInRounds({ epochs: Number(options.epochs), threads: 1 }, rounds);
  const V = corpus.vocabulary.words.length;
  const D = settings.dim;
  const plan = planRounds(corpus.length, rounds, settings);
  const engine = await createWasmEngine();
  const task = { corpus, settings, initial: initialRows(settings, V) };
  const alone = (shard) => createLocalRunner(engine, task, { ...plan, shards: 1, shardPlans: [shard] }, { atOnce: 1 });
  const runners = [];
  for (const shard of plan.shardPlans) runners.push(await alone(shard));

  let model = { input: new Float32Array(V * D), output: new Float32Array(V * D) };
  task.initial.input(model.input, 0);
  const measured = [];
  for (let round = 0; round < rounds.syncs * settings.epochs; round++) {
    const tree = createChangeTree(D);
    const sum = new Float64Array(V * D);
    for (const runner of runners) {
      const { model: change } = await runner.run({ round, model, own: [] }, () => {});
      finish(subtractModel(change, model, D));
      for (let i = 0; i < sum.length; i++) sum[i] += change.input[i];
      finish(tree.add(change));
    }
    const combined = finish(tree.finish());
    if (round === rounds.syncs - 1 || round === rounds.syncs * settings.epochs - 1) {
      measured.push({ epoch: Math.floor(round / rounds.syncs) + 1, bands: bandsOf(combined.input, sum, V, D) });
    }
    finish(addModel(combined, model, D));
    model = combined;
  }
  const result = {
    date: new Date().toISOString().slice(0, 10),
    corpus: { file: basename(source), megabytes: Number(options.megabytes), tokens: corpus.tokens },
    vocabulary: V,
    settings: { ...rounds, epochs: settings.epochs, learningRate: settings.learningRate },
    machine: ownMachine(),
    measured,
  };
  const file = resultFile(options.name ? `${options.name}-adasum` : 'adasum');
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
  console.log(adasumTable(result));
  console.error(`Wrote ${file}`);
}

/** The mean share of each band of ranks. */
function bandsOf(combined, sum, V, D) {
  return BANDS.slice(0, -1).flatMap((first, band) => {
    const end = Math.min(V, BANDS[band + 1]);
    let [shares, words] = [0, 0];
    for (let row = first; row < end; row++) {
      let [cs, ss] = [0, 0];
      for (let i = row * D; i < (row + 1) * D; i++) {
        cs += combined[i] * sum[i];
        ss += sum[i] * sum[i];
      }
      if (ss === 0) continue;
      shares += cs / ss;
      words++;
    }
    return words === 0 ? [] : [{ from: first + 1, to: end, share: shares / words }];
  });
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
try {
  await main(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
