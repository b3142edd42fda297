// The four test sets of the quality benchmarks, of a folder that has them, and halves of them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const qualitySets = {
  'WordSim-353': 'EN-WS-353-ALL.txt',
  'SimLex-999': 'EN-SIMLEX-999.txt',
  MEN: 'EN-MEN-TR-3k.txt',
  'Google analogies': 'questions-words.txt',
};

/**
 * Writes the items of each set that are `kept`, by their number, to files in `target` whose names begin with `half`.
 * Returns the files by the names of their sets.
 */
export function writeSets(source, target, half, kept) {
  return Object.fromEntries(
    Object.entries(qualitySets).map(([name, set]) => {
      const lines = readFileSync(join(source, set), 'utf8').trimEnd().split('\n');
      let items = 0;
      const taken = lines.filter((line) => line.startsWith(':') || kept(items++));
      const file = join(target, `${half}-${set}`);
      writeFileSync(file, `${taken.join('\n')}\n`);
      return [name, file];
    }),
  );
}
