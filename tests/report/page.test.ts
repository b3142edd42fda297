import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { comparisonMarkdown } from '../../src/report/markdown.ts';
import { disagreementLinks, explorerSentence, reportPage, wordHeading } from '../../src/report/page.ts';
import { comparisonTables } from '../../src/report/tables.ts';
import { exampleDocument, hostile } from './example-document.ts';

const document = exampleDocument();
const page = reportPage(document);
const count = (pattern: RegExp) => page.match(pattern)?.length ?? 0;

describe('the report', () => {
  it('asks nothing of a network', () => {
    const withoutNamespace = page.replaceAll('http://www.w3.org/2000/svg', '');
    expect(withoutNamespace).not.toMatch(/https?:|\burl\(|\bsrc=|@import/);
    const script = /<script>(.*?)<\/script>/s.exec(page)![1];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:"`,
    );
  });

  it('holds the document whole, so that no word can end its script', () => {
    const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1];
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(document)));
    expect(count(/<\/script>/g)).toBe(2);
  });

  it('escapes what words, names and notes hold', () => {
    expect(page).not.toContain('<b>');
    expect(page).not.toContain('<i>');
    expect(page).toContain('&lt;/script&gt;&lt;b&gt;&amp;&quot;&#39;');
  });

  it('has a caption for every table, a name for every picture, headings without gaps', () => {
    expect(count(/<table /g)).toBe(comparisonTables(document).length);
    expect(count(/<caption /g)).toBe(count(/<table /g));
    expect(count(/<svg [^>]*(role="img" aria-label="[^"]+"|aria-hidden="true")/g)).toBe(count(/<svg /g));
    const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    for (const [at, level] of levels.slice(1).entries()) expect(level - levels[at]).toBeLessThanOrEqual(1);
  });

  it('links to sections that are there, each id once', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });

  it('shows settings of any kind, as the manifest of a file may have them', () => {
    const [first, ...others] = document.routes;
    const settings = { model: 'cbow', strange: JSON.parse('{"toString":1}'), list: [1, null] };
    const other = reportPage({ ...document, routes: [{ ...first!, settings }, ...others] });
    expect(other).toContain('model cbow, strange {&quot;toString&quot;:1}, list [1,null]');
  });

  it('has nothing that is not a number where a number belongs', () => {
    expect(page).not.toMatch(/\b(NaN|undefined|Infinity)\b/);
  });
});

describe('the tables', () => {
  const tables = new Map(comparisonTables(document).map((table) => [table.id, table]));

  it('say what the document says', () => {
    const [one] = document.routes;
    expect(tables.get('pairs')!.rows[0]).toEqual([
      'pairs & more',
      'one',
      one!.pairs[0].spearman!.toFixed(3),
      `${one!.pairs[0].low!.toFixed(3)} to ${one!.pairs[0].high!.toFixed(3)}`,
      '3',
      '45 of 46',
    ]);
    expect(tables.get('cost')!.rows).toEqual([
      ['one', '130', '8', '13 s', '300 MB', '5.0 MB'],
      ['two <i>', '130', '8', '3.0 s*', '–', '–'],
      ['thesaurus', '10', '–', '–', '–', '1.0 kB'],
    ]);
    expect(tables.get('analogies')!.rows.map((row) => row.at(-1))).toEqual(['2 of 3', '2 of 3']);
    // of the section 'far' nothing could be asked
    expect(tables.get('sections')!.rows.map((row) => [row[0], row.at(-1)])).toEqual([['near', '2']]);
  });

  it('tell the spread over seeds of the routes that have some', () => {
    expect(tables.get('spread')!.rows.map((row) => [row[1], row[2], row.at(-1)])).toEqual([
      ['Spearman', 'one', '3'],
      ['3CosAdd', 'one', '3'],
      ['3CosMul', 'one', '3'],
      ['Spearman', 'two <i>', '3'],
      ['3CosAdd', 'two <i>', '3'],
      ['3CosMul', 'two <i>', '3'],
    ]);
  });

  it('have as many cells in each row as columns', () => {
    for (const { columns, rows } of tables.values()) for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});

describe('the Markdown', () => {
  const markdown = comparisonMarkdown(document);

  it('has a table for each, every row as wide as its head', () => {
    expect(markdown.match(/^## /gm)).toHaveLength(comparisonTables(document).length + 2);
    for (const block of markdown.split('\n\n').filter((text) => text.startsWith('|'))) {
      const widths = block
        .trim()
        .split('\n')
        .map((line) => line.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it('escapes what Markdown would read', () => {
    expect(markdown).toContain('\\</script\\>\\<b\\>');
    expect(markdown).not.toContain(hostile);
    expect(markdown.replaceAll(/\\[<>]/g, '')).not.toMatch(/[<>]/); // captions with words included
    expect(markdown).toContain('nearest words of “\\</script\\>');
  });
});

const words = [{ word: 'a&b"<i>', overlap: 0, first: [], second: [] }];
const disagreements = [
  { first: 'one', second: 'other', words: [{ word: 'no', overlap: 0, first: [], second: [] }] },
  { first: 'one', second: 'two', words },
];
const linked = { explorer: { page: 'maps/my%20map.html', routes: ['one', 'two'] as [string, string] }, disagreements };

it('links to the comparison, to a word in it, and to the words on which its two routes disagree', () => {
  expect(`${explorerSentence(linked)}`).toContain(
    '<a href="maps/my%20map.html#view=compare">one and two, word by word</a>',
  );
  expect(`${wordHeading('king', linked)}`).toBe('<a href="maps/my%20map.html#view=compare&amp;q=king">king</a>');
  const address = 'maps/my%20map.html#view=compare&amp;q=a%26b%22%3Ci%3E';
  expect(`${disagreementLinks(linked)}`).toBe(
    `<p>Side by side in one and two: <a href="${address}">a&amp;b&quot;&lt;i&gt;</a>.</p>`,
  );
});

it('links nowhere without a page', () => {
  const plain = { disagreements };
  expect(explorerSentence(plain)).toBe('');
  expect(`${wordHeading('<b>', plain)}`).toBe('&lt;b&gt;');
  expect(disagreementLinks(plain)).toBe('');
  expect(disagreementLinks({ ...linked, disagreements: [] })).toBe('');
});
