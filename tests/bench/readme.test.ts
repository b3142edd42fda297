// README's figures are those of the measurement it names: a table stands below a line `<!-- from bench/results/FILE.json -->`.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the benchmarks are plain JavaScript
import { tableFor } from '../../bench/table.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const tables = [...readme.matchAll(/<!-- from (bench\/results\/\S+\.json) -->\n((?:\|.*\n)+)/g)];

it('README shows measurements', () => {
  expect(tables.length).toBeGreaterThan(1);
});

it.each(tables.map(([, file, table]) => [file, table]))('README shows %s as it is', (file, table) => {
  const result = JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
  expect(table.trimEnd()).toBe(tableFor(file, result));
});
