// A benchmark's result: the name of its file, from its date, machine and kind; and the machine.
import { mkdirSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
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
  mkdirSync(join(benchFolder, 'results'), { recursive: true });
  return join(benchFolder, 'results', `${date}-${slug}-${cpus().length}cores-${kind}.json`);
}

/** The machine, for benchmarks without peers in Python (peers.js has their versions too). */
export function ownMachine() {
  return {
    processor: cpus()[0].model.trim(),
    cores: cpus().length,
    coresForUs: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    system: `${process.platform}-${process.arch}`,
    versions: { node: process.versions.node },
  };
}
