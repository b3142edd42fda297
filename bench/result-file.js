// The name of a benchmark's result: its date, machine and kind.
import { cpus } from 'node:os';
import { join } from 'node:path';
import { benchFolder } from './peers.js';

/** bench/results/DATE-PROCESSOR-Ncores-KIND.json */
export function resultFile(kind) {
  const processor = cpus()[0].model.trim();
  const slug = processor
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  const date = new Date().toISOString().slice(0, 10);
  return join(benchFolder, 'results', `${date}-${slug}-${cpus().length}cores-${kind}.json`);
}
