// The report in a real browser: the system's Chromium, driven through playwright-core. Without one these tests are
// skipped, and vitest says so.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportPage } from '../../src/report/page.ts';
import { isMissing } from '../requirements.ts';
import { exampleDocument } from './example-document.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const comparison = exampleDocument();

// Runs in the page, and so is a string: the tests are checked without the types of a browser.
const contrasts = `(() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  const paper = style('body').backgroundColor;
  const panel = style('.panel').backgroundColor;
  const labels = [...document.querySelectorAll('.map text.name')];
  return {
    text: ['body', 'figcaption', 'nav a', '.lead', 'summary'].map((selector) => ratio(style(selector).color, paper)),
    labels: labels.map((label) => ratio(getComputedStyle(label).fill, panel)),
  };
})()`;

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('the report in Chromium', () => {
  let folder: string;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'w2v-report-'));
    const file = path.join(folder, 'report.html');
    await writeFile(file, reportPage(comparison));
    address = pathToFileURL(file).href;
    browser = await chromium.launch({ executablePath: executablePath!, args: flags.split(' ') });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(options: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:')) complaints.push(request.url());
    });
    await page.goto(address);
    return { page, complaints };
  }

  it('renders without a complaint and without a request', async () => {
    const { page, complaints } = await open();
    expect(await page.locator('h1').textContent()).toContain('Thesaurus, counting and prediction compared');
    expect(await page.locator('#word-maps svg.map').count()).toBe(3);
    await page.locator('.map .word').first().hover();
    expect(await page.locator('.map .float').count()).toBe(3);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('finds a word on the maps and in the tables', async () => {
    const { page, complaints } = await open();
    await page.getByLabel('Find a word').fill('cat');
    expect(
      await page
        .locator('.map .word.found')
        .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-word'))),
    ).toEqual(['cat', 'cat', 'cat']);
    expect(await page.locator('#found').textContent()).toMatch(/^1 word on the maps, [1-9]\d* rows in the tables$/);
    const rows = await page.locator('tr.found').allTextContents();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toContain('cat');
    await page.getByLabel('Find a word').fill('');
    expect(await page.locator('.found').count()).toBe(0);
    await page.getByRole('button', { name: 'food' }).click();
    expect(await page.getByRole('button', { name: 'food' }).getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('.map .word:not(.faint)').count()).toBe(15);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows a word of the maps by keyboard, from the list of their words', async () => {
    const { page, complaints } = await open();
    await page.locator('.map-words summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const first = await page.locator('.map-words button').first().textContent();
    const labels = () => page.locator('.map .float').allTextContents();
    expect(await labels()).toEqual([first, first, first]);
    await page.keyboard.press('Escape');
    expect(await labels()).toEqual([]);
    await page.keyboard.press('Tab');
    expect(await labels()).toHaveLength(3);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await page.getByLabel('Find a word').inputValue()).toBe(first);
    expect(await page.locator('#found').textContent()).toMatch(/^1 word on the maps/);
    expect(await page.locator('.map-words button').count()).toBe(comparison.map!.words.length);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows the figures of the JSON', async () => {
    const { page } = await open();
    const shown = await page
      .locator('#score-plots [data-value]')
      .evaluateAll((marks) => marks.map((mark) => Number(mark.getAttribute('data-value'))));
    const { routes } = comparison;
    expect(shown).toEqual([
      ...routes.map(({ pairs }) => pairs[0].spearman),
      ...routes.flatMap(({ analogies }) => analogies.map(({ accuracy }) => accuracy)),
      ...routes.flatMap(({ analogies }) => analogies.map(({ mul }) => mul!.accuracy)),
    ]);
    const third = await page.locator('#pairs-table tbody tr > :nth-child(3)').allTextContents();
    expect(third).toEqual(routes.map(({ pairs }) => pairs[0].spearman!.toFixed(3)));
    const losses = await page
      .locator('#loss-plot [data-value]')
      .evaluateAll((marks) => marks.map((mark) => Number(mark.getAttribute('data-value'))));
    expect(losses).toEqual(routes.flatMap(({ lossByEpoch }) => lossByEpoch));
    await page.close();
  });

  it('can be read without script', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    expect(await page.locator('#tools').isVisible()).toBe(false);
    expect(await page.locator('#pairs-table').isVisible()).toBe(true);
    expect(await page.locator('.map text.name').count()).toBeGreaterThan(10);
    await page.locator('.map-words summary').click();
    expect(await page.locator('.map-words li li').count()).toBe(comparison.map!.words.length);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has contrast in %s', async (colorScheme) => {
    const { page } = await open({ colorScheme });
    const ratios = await page.evaluate<{ text: number[]; labels: number[] }>(contrasts);
    // WCAG 2.2, 1.4.3: 4.5 for text.
    expect(ratios.labels.length).toBeGreaterThan(10);
    for (const value of [...ratios.text, ...ratios.labels]) expect(value).toBeGreaterThan(4.5);
    await page.close();
  });

  it('fits a narrow window, and paper is light', async () => {
    const { page } = await open({ colorScheme: 'dark', viewport: { width: 380, height: 800 } });
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await page.close();
  });
});
