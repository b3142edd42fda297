// Report tables on a terminal: 79 columns for usual names, no figure lost for longer ones.
import { Chalk } from 'chalk';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { comparisonLines } from '../../../src/cli/commands/compare.ts';
import { listLines, tableLines } from '../../../src/cli/terminal/narrow-table.ts';
import type { ComparisonDocument } from '../../../src/report/comparison-document.ts';
import { comparisonTables } from '../../../src/report/tables.ts';
import { exampleDocument } from '../../report/example-document.ts';

const plain = new Chalk({ level: 0 });
const widest = (lines: readonly string[]) => Math.max(...lines.map((line) => stringWidth(line)));
const shown = (document: ComparisonDocument) =>
  new Map(comparisonTables(document).map((table) => [table.id, tableLines(table)]));

/** The example with other names, one seed, and the size of the usual sets. */
function usual(one: string, two: string): ComparisonDocument {
  const text = JSON.stringify({ ...exampleDocument(), spread: [] })
    .replaceAll('"one"', JSON.stringify(one))
    .replaceAll('"two <i>"', JSON.stringify(two))
    .replaceAll('"questions"', '"google-analogies"')
    .replaceAll('"pairs & more"', '"simlex999"')
    .replaceAll('"seeds":3', '"seeds":1');
  const document: ComparisonDocument = JSON.parse(text);
  for (const { analogies } of document.routes) for (const one of analogies) Object.assign(one, sizes);
  return { ...document, differences: document.differences.map((one) => ({ ...one, used: 19_544, pValue: 0 })) };
}
const sizes = { used: 19_144, total: 19_544 };

describe('a comparison as text', () => {
  it.each([
    ['PPMI-SVD', 'skip-gram'],
    ['wiki.svd.100.bin', 'wiki.cbow.50.bin'],
  ])('of %s and %s fits 79 columns', (one, two) => {
    for (const [id, lines] of shown(usual(one, two))) expect(widest(lines), id).toBeLessThan(80);
  });

  it('has the figures of a long name on a line of their own', () => {
    const long = `${'folder/'.repeat(12)}vectors.bin`;
    const lines = shown(usual(long, 'two')).get('analogies')!;
    expect(lines.slice(0, 2)).toEqual([
      expect.stringMatching(/^ {2}route +3CosAdd, 95 % interval +3CosMul, 95 % interval +asked$/),
      'google-analogies (19,544 questions)',
    ]);
    expect(lines[2]).toBe(`  ${long}`);
    expect(lines[3]).toMatch(/^ +\d\.\d{3} \(\d\.\d{3} to \d\.\d{3}\) +\d\.\d{3} .* 19,144$/);
    expect(widest(lines.filter((line) => !line.includes(long)))).toBeLessThan(80);
  });

  it('keeps the column of seeds where there are several', () => {
    expect(shown(exampleDocument()).get('pairs')![0]).toContain('seeds');
    expect(shown(usual('a', 'b')).get('pairs')![0]).not.toContain('seeds');
  });

  it('counts files, and does not repeat a name as a path', () => {
    const { routes, ...document } = exampleDocument();
    const [one, two, thesaurus] = routes;
    const file = (route: typeof one, title: string) => ({ ...route!, kind: 'file' as const, title });
    const both = [file(one, 'one'), file(two, 'at/two'), thesaurus!];
    const lines = comparisonLines({ ...document, corpus: null, routes: both }, plain, { write: () => true });
    expect(lines[0]).toBe('2 files of vectors and WordNet compared');
    expect(lines.slice(3, 5)).toEqual(['one        130 words x 8', 'two <i>    130 words x 8, at/two']);
    const [title] = comparisonLines({ ...document, corpus: null, routes: both.slice(0, 2) }, plain, {
      write: () => true,
    });
    expect(title).toBe('2 files of vectors compared');
  });
});

it('a list goes on below itself, but a path is not cut', () => {
  const path = 'a/long/path/to/a/file/of/vectors.bin';
  expect(
    listLines(
      [{ title: '' }, { title: '' }],
      [
        ['one', 'some words that go on below'],
        ['two', path],
      ],
      25,
    ),
  ).toEqual(['one  some words that go', '     on below', `two  ${path}`]);
});
