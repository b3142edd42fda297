// README's figures are those of the measurement it names: a table stands below a line `<!-- from bench/results/FILE.json -->`,
// or `<!-- differences from ... -->`.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the benchmarks are plain JavaScript
import { tableFor } from '../../bench/table.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const tables = [...readme.matchAll(/<!-- (?:(\w+) )?from (bench\/results\/\S+\.json) -->\n((?:\|.*\n)+)/g)];

it('README shows measurements', () => {
  expect(tables.length).toBeGreaterThan(2);
});

it.each(tables.map(([, which, file, table]) => [which ?? 'scores', file, table]))(
  'README shows the %s of %s as they are',
  (which, file, table) => {
    const result = JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
    expect(table.trimEnd()).toBe(tableFor(file, result, which === 'scores' ? '' : which));
  },
);
