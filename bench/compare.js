// The comparison that docs/comparison.md shows: four routes and the thesaurus on one text, from three seeds each.
//
//   node bench/compare.js --corpus FILE[.gz]
//
// Writes bench/results/DATE-MACHINE-compare.json and puts its tables into the docs. The cache is not used, so the
// times are those of this run; nothing else should run meanwhile.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { showInDocs } from '../scripts/tables.js';
import { benchFolder } from './peers.js';
import { resultFile } from './result-file.js';

const { values: options } = parseArgs({
  options: { corpus: { type: 'string' }, seeds: { type: 'string', default: '3' } },
});
if (!options.corpus) throw new Error('name a text: node bench/compare.js --corpus FILE');

const corpus = resolve(options.corpus);
const parameters = [
  'compare',
  basename(corpus),
  '--tokenizer',
  'whitespace',
  '--seeds',
  options.seeds,
  '--fresh',
  '--json',
];
const cli = join(benchFolder, '..', 'bin', 'w2v.js');
const { stdout, stderr } = await promisify(execFile)(process.execPath, [cli, ...parameters], {
  cwd: dirname(corpus),
  maxBuffer: 2 ** 30,
});
console.error(stderr);
const { words: _words, map: _map, disagreements: _disagreements, ...document } = JSON.parse(stdout);
const file = resultFile('compare');
const command = `w2v ${parameters.filter((one) => one !== '--fresh').join(' ')}`;
writeFileSync(file, `${JSON.stringify({ ...document, command }, null, 1)}\n`);
showInDocs('compare', file);
console.error(`Wrote ${file}`);
