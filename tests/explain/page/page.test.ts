// The page as Node makes it: complete without script, the numbers of the chapters, and nothing that a text could
// inject.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chapterNames } from '../../../src/explain/chapters.ts';
import { cellText } from '../../../src/explain/figures.ts';
import { examplePage } from './example-page.ts';

const { html: page, chapters } = examplePage();
const script = /<script>(.*)<\/script>/s.exec(page)![1];
/** The page without its script, which has markup in its strings. */
const markup = page.replace(script, '');
const count = (pattern: RegExp, text = markup) => text.match(pattern)?.length ?? 0;
const blocks = chapters.flatMap((chapter) => chapter.blocks);

describe('the page of the lesson', () => {
  it('asks nothing of a network and runs one script, whose hash it names', () => {
    expect(script.length).toBeLessThan(200_000);
    expect(markup.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|\burl\(|\bsrc=|@import/);
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:"`,
    );
    expect(script).not.toMatch(/\beval\(|new Function|fetch\(|import\(/);
    expect(count(/<script/g)).toBe(2);
  });

  it('has every chapter, table, plot, graph and question', () => {
    for (const { name } of chapters) expect(page).toContain(`<section id="${name}" aria-labelledby="${name}-title"`);
    expect(chapters.map(({ name }) => name)).toEqual(chapterNames);
    const of = (kind: string) => blocks.filter((block) => block.kind === kind).length;
    expect(count(/<table /g)).toBe(of('table') + of('graph'));
    expect(count(/<svg [^>]*role="img"/g)).toBe(of('plot') + of('graph') + of('tree'));
    expect(count(/class="question"/g)).toBe(of('question'));
    expect(count(/<details>/g)).toBe(of('question'));
    expect(count(/class="formula"/g)).toBe(of('formula'));
  });

  it('shows the numbers that the terminal shows', () => {
    const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
    const shown = [...markup.matchAll(/<table id="[^"]+-table">.*?<tbody>(.*?)<\/tbody>/gs)].map(([, body]) =>
      [...body!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => cell!),
    );
    expect(shown.length).toBe(tables.length);
    for (const [at, { columns, rows }] of tables.entries()) {
      const cells = rows.flatMap((row) => row.map((cell, column) => cellText(cell, columns[column].digits)));
      expect(shown[at].map(unescaped)).toEqual(cells);
    }
  });

  it('has unique ids, links that lead somewhere, headings without gaps, names for pictures and tables', () => {
    const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of markup.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
    for (const [, target] of markup.matchAll(/(?:aria-labelledby|aria-describedby|for)="([^"]+)"/g)) {
      if (!target!.endsWith('-steps-title')) expect(ids).toContain(target); // made with the bench, by the script
    }
    const levels = [...markup.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels[0]).toBe(1);
    for (const [at, level] of levels.slice(1).entries()) expect(level - levels[at]).toBeLessThanOrEqual(1);
    expect(count(/<caption /g)).toBe(count(/<table /g));
  });

  it('has nothing that is not a number where a number belongs', () => {
    expect(markup).not.toMatch(/\b(NaN|undefined|Infinity)\b|\[object/);
  });

  it('shows a hostile text as text', () => {
    const hostile =
      '</script><img src=x onerror=alert(1)> <b>b</b> & "quotes" \u202ebackwards e\u0301 👩‍👩‍👧 שלום <b>b</b>';
    const { html } = examplePage({ text: hostile, settings: { as: 'word2vec' }, names: ['counting', 'predict'] });
    expect(html).not.toMatch(/<img|<b>|\u202e/);
    expect(count(/<\/script>/g, html)).toBe(2);
    expect(html).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
    const [, json] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)!;
    expect(JSON.parse(json!).state.text).toBe(hostile);
  });

  it('speaks Korean', () => {
    const { html } = examplePage({ language: 'ko', names: ['graph', 'predict'] });
    expect(html).toContain('<html lang="ko">');
    expect(html).toContain('추론 기반 기법: CBOW와 skip-gram');
    expect(html).toContain('내 답');
  });
});

function unescaped(text: string): string {
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity]);
}
