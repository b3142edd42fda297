// Writes the tables of pages in docs from the results they name: node scripts/tables.js
// A table follows a line `<!-- from bench/results/FILE.json -->`, or `<!-- differences from ... -->` for another table
// of a result.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tableFor } from '../bench/table.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const docs = join(root, 'docs');
const pages = readdirSync(docs).flatMap((name) => (name.endsWith('.md') ? [join(docs, name)] : []));

/** Points the tables of a kind ('compare') at a new result, and writes all tables anew. */
export function showInDocs(kind, file) {
  const name = `bench/results/${basename(file)}`;
  for (const page of pages) {
    const text = readFileSync(page, 'utf8')
      // DATE-PROCESSOR-Ncores-KIND.json: not another kind that ends alike, such as fasttext-train.
      .replace(new RegExp(`bench/results/\\S+-\\d+cores-${kind}\\.json(?= -->)`, 'g'), name)
      // Where a table is to come that older results cannot fill.
      .replace(new RegExp(`<!-- (?:(differences): )?node bench/${kind}\\.js -->`), (_, which) =>
        which === undefined ? `<!-- from ${name} -->` : `<!-- ${which} from ${name} -->`,
      );
    writeFileSync(page, text);
  }
  writeTables();
}

function writeTables() {
  for (const page of pages) writeTablesOf(page);
}

function writeTablesOf(page) {
  const marked = /<!-- (?:(\w+) )?from (bench\/results\/\S+\.json) -->\n(?:\|.*\n)*/g;
  const text = readFileSync(page, 'utf8').replace(marked, (_, which = '', file) => {
    const result = JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
    return `<!-- ${which === '' ? '' : `${which} `}from ${file} -->\n${tableFor(file, result, which)}\n`;
  });
  writeFileSync(page, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeTables();
