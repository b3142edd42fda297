// The figures in docs are those of the measurement they name: a table follows a line
// `<!-- from bench/results/FILE.json -->`, or `<!-- differences from ... -->`.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error: the benchmarks are plain JavaScript
import { tableFor } from '../../bench/table.js';

const root = new URL('../../', import.meta.url);
const pages = readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`);
const tables = pages
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) => {
    const text = readFileSync(new URL(page, root), 'utf8');
    const found = [...text.matchAll(/<!-- (?:(\w+) )?from (bench\/results\/\S+\.json) -->\n((?:\|.*\n)+)/g)];
    return found.map(([, which, file, table]) => ({ page, which: which ?? 'scores', file: file ?? '', table }));
  });

it('docs show measurements', () => {
  expect(tables.filter(({ page }) => page === 'docs/comparison.md').length).toBeGreaterThan(3);
  expect(tables.filter(({ page }) => page === 'docs/performance.md').length).toBeGreaterThan(3);
});

it.each(tables)('$page shows the $which of $file unchanged', ({ which, file, table }) => {
  const result = JSON.parse(readFileSync(new URL(file, root), 'utf8'));
  expect(table?.trimEnd()).toBe(tableFor(file, result, which === 'scores' ? '' : which));
});
