// Puts the measurements that README names into it: node scripts/readme-tables.js
// A table stands below a line `<!-- from bench/results/FILE.json -->`; tests/bench/readme.test.ts holds README to it.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tableFor } from '../bench/table.js';

const page = fileURLToPath(new URL('../README.md', import.meta.url));
const text = readFileSync(page, 'utf8').replace(
  /<!-- from (bench\/results\/\S+\.json) -->\n(?:\|.*\n)*/g,
  (_, file) => {
    const result = JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
    return `<!-- from ${file} -->\n${tableFor(file, result)}\n`;
  },
);
writeFileSync(page, text);
