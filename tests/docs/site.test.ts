// The documentation as a site: every link leads to something, every name of the library is there, the search finds.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing } from '../requirements.ts';

interface Markdown {
  slugOf(title: string, taken: Map<string, number>): string;
  renderPage(text: string, source: string, addressOf: (file: string) => string | undefined): { html: string };
}
interface Site {
  makeSite(folder: string, options: { live: boolean }): void;
  withLinkBack(html: string): string;
}
const root = fileURLToPath(new URL('../..', import.meta.url));
// Paths that the compiler does not follow: the scripts are plain JavaScript.
const { makeSite, withLinkBack }: Site = await import(path.join(root, 'scripts/docs.js'));
const { slugOf, renderPage }: Markdown = await import(path.join(root, 'scripts/docs/markdown.js'));

const folder = mkdtempSync(path.join(tmpdir(), 'w2v-site-'));
beforeAll(() => makeSite(folder, { live: false }));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const pagesOf = () => readdirSync(folder).filter((name) => name.endsWith('.html'));

it('has a start page in English and in Korean, and a page for each document', () => {
  const documents = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'));
  expect(pagesOf()).toEqual(expect.arrayContaining(documents.map((name) => name.replace('.md', '.html'))));
  expect(read('index.html')).toContain('<html lang="en">');
  expect(read('ko.html')).toContain('<html lang="ko">');
});

it('every link and every image leads to something in the folder, headings included', () => {
  const broken: string[] = [];
  for (const page of pagesOf()) {
    for (const [, target] of read(page).matchAll(/(?:href|src)="([^"]*)"/g)) {
      if (/^(https?|data|mailto):/.test(target!)) continue;
      const [file, anchor] = target!.replaceAll('&amp;', '&').split('#') as [string, string?];
      const there = existsSync(path.join(folder, file === '' ? page : file));
      if (!there || (anchor !== undefined && !read(file === '' ? page : file).includes(`id="${anchor}"`))) {
        broken.push(`${page}: ${target}`);
      }
    }
  }
  expect(broken).toEqual([]);
});

it('the reference has every name that the library exports, and its comments', async () => {
  const names = Object.keys(await import(path.join(root, 'dist/index.js')));
  const reference = read('api.html');
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !reference.includes(`<h4 id="${name.toLowerCase()}`))).toEqual([]);
  expect(reference).toContain('The k words nearest to each query vector');
});

it('headings have the names of GitHub, links into the repository without a page become text', () => {
  const taken = new Map<string, number>();
  expect(['Sub words!', 'Sub words!', '한국어 *x*'].map((title) => slugOf(title, taken))).toEqual([
    'sub-words',
    'sub-words-1',
    '한국어-x',
  ]);
  const { html } = renderPage('# A <b>\n[x](../src/a.ts) [y](b.md#c) `<script>`', 'docs/a.md', (file) =>
    file === 'docs/b.md' ? 'b.html' : undefined,
  );
  expect(html).toContain('<p>x <a href="b.html#c">y</a> <code>&lt;script&gt;</code></p>');
});

it('the lesson and the map get a link to the start', () => {
  expect(withLinkBack('<html>\n<body>\n<p>x</p>')).toMatch(/<body>\n<nav .*href="index\.html".*<\/nav>\n<p>x/);
  expect(() => withLinkBack('<p>x</p>')).toThrow('no place');
});

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('in a browser', () => {
  it('the search finds sections from a folder, without a server', async () => {
    const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(pathToFileURL(path.join(folder, 'index.html')).href);
      await page.keyboard.press('/');
      await page.keyboard.type('negative-exponent');
      await page.locator('#found a').first().waitFor();
      expect(await page.locator('#found a').first().getAttribute('href')).toMatch(/^cli\.html#/);
      await page.keyboard.press('Enter');
      await page.waitForURL(/cli\.html#/);
      await page.fill('#search', 'no such word anywhere');
      expect(await page.locator('#found').innerText()).toBe('Nothing found');
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it.each([1280, 360])('at %i pixels nothing is cut off, and the menu is open where there is room', async (width) => {
    const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      const tooWide: string[] = [];
      for (const name of pagesOf()) {
        await page.goto(pathToFileURL(path.join(folder, name)).href);
        const found = await page.evaluate<number>('document.documentElement.scrollWidth');
        if (found > width) tooWide.push(`${name}: ${found}`);
      }
      expect(tooWide).toEqual([]);
      expect(await page.locator('#found').isVisible()).toBe(false);
      expect(await page.locator('.menu a').first().isVisible()).toBe(width === 1280);
      expect(await page.locator('h1').evaluate((heading) => heading.getBoundingClientRect().top)).toBeLessThan(250);
      await page.fill('#search', 'checkpoint');
      // What is at the far end of each line is the list itself: nothing covers it, and no box around it cuts it off.
      const cut = await page.locator('#found a').evaluateAll((links) =>
        links.slice(0, 8).filter((link) => {
          const { right, top, height } = link.getBoundingClientRect();
          return link.ownerDocument.elementFromPoint(right - 4, top + height / 2)?.closest('a') !== link;
        }),
      );
      expect(cut).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
