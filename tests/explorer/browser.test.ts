// The explorer's page in a real browser: every view, the address, the keyboard, narrow and dark, no fault that axe
// finds, and no complaint of the console, no request, hostile words.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersOf } from '../../src/explorer/answers-of.ts';
import { nearestWords } from '../../src/query/nearest.ts';
import { isMissing } from '../requirements.ts';
import { examplePage, exampleParts, exampleVectors, hostileWords } from './example-page.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const flags =
  '--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const everyView = {
  map: 'q=king',
  analogy: 'view=analogy&f.a=man&f.b=king&f.c=woman',
  axes: 'view=axes&f.x=man%2C+woman&f.y=bad%2C+good&f.of=typed&f.words=king+queen+boy+nobody',
  words: 'view=words&f.sort=count+up',
  compare: 'view=compare',
  association: 'view=association',
};

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('the explorer in Chromium', () => {
  let folder: string;
  let browser: Browser;
  let one: string;
  let two: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'w2v-explorer-'));
    const write = async (name: string, html: string) => {
      await writeFile(path.join(folder, name), html);
      return pathToFileURL(path.join(folder, name)).href;
    };
    one = await write('one.html', await examplePage());
    two = await write('two.html', await examplePage({ files: 2 }));
    browser = await chromium.launch({ executablePath: executablePath!, args: flags.split(' ') });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(where = one, options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage({ reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(8_000);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => {
      const url = request.url().split('#')[0];
      if (url !== where.split('#')[0] && !/^(?:data|blob):/.test(url)) complaints.push(url);
    });
    await page.addInitScript(
      "addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective))",
    );
    await page.goto(where);
    if (options.javaScriptEnabled !== false) await page.locator('[role=tab]').first().waitFor();
    return { page, complaints };
  }

  const hash = (page: Page) => new URLSearchParams(page.url().split('#')[1] ?? '');
  const query = (page: Page, text: string) =>
    page.waitForFunction(`new URLSearchParams(location.hash.slice(1)).get('q') === ${JSON.stringify(text)}`);
  const neighbors = (page: Page) => page.locator('.neighbors .word').allTextContents();
  const answered = (page: Page, text: string) => page.locator(`#nearest-title:text-is("Nearest to ${text}")`).waitFor();

  it('answers with the true neighbors, goes to the next word, and back', async () => {
    const { page, complaints } = await open();
    await page.locator('#search').fill('king');
    await page.keyboard.press('Enter');
    await answered(page, 'king');
    const true10 = nearestWords(exampleVectors(1), ['king'], { k: 10 })[0].map(({ word }) => word);
    const found = await neighbors(page);
    // The vectors of 8 bits may exchange words of nearly the same cosine.
    expect(found.filter((word) => true10.includes(word)).length).toBeGreaterThan(8);
    expect(found[0]).toBe(true10[0]);
    expect(await page.locator('.about').textContent()).toMatch(
      /^Word 3, occurs 1,667 times\. 2 of its 10 nearest words/,
    );
    await page.locator('.neighbors button').first().click();
    await answered(page, found[0]);
    expect(await page.locator('#search').inputValue()).toBe(found[0]);
    await page.goBack();
    await answered(page, 'king');
    await page.locator('#search').fill('king - man + woman');
    await page.keyboard.press('Enter');
    await answered(page, 'king - man + woman');
    expect((await neighbors(page))[0]).toBe('queen');
    expect(hash(page).get('q')).toBe('king - man + woman');
    await page.locator('.clear').click();
    await page.locator('.chips .chip').first().waitFor();
    expect(hash(page).get('q')).toBeNull();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says what is wrong where the question was asked, and helps', async () => {
    const { page, complaints } = await open();
    await page.locator('#search').fill('quene');
    await page.keyboard.press('Enter');
    expect(await page.locator('.search .problem').textContent()).toContain("'quene' is not in the vocabulary");
    expect(await page.locator('#search').getAttribute('aria-invalid')).toBe('true');
    await page.locator('.search .chip').getByText('queen').click();
    await answered(page, 'queen');
    expect(await page.locator('.search .problem').count()).toBe(0);
    await page.locator('#search').fill('king - - man');
    await page.keyboard.press('Enter');
    await page.locator('.search .problem:has-text("is not a sum of words")').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows hostile words as text', async () => {
    const { page, complaints } = await open();
    for (const word of hostileWords) {
      await page.locator('#search').fill(word);
      await page.keyboard.press('Enter');
      await answered(page, word.replaceAll('"', '\\"'));
      await page.locator('.neighbors button').first().waitFor();
    }
    await page.goto(`${one}#view=words`);
    for (const word of hostileWords) await page.getByRole('button', { name: word, exact: true }).first().waitFor();
    await page.goto(`${one}#view=axes&f.x=man&f.y=woman&f.of=frequent`);
    await page.locator('#view-axes svg').waitFor();
    expect(await page.locator('main img, main script').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('goes by keyboard alone: search, suggestions, a neighbor, another view, help', async () => {
    const { page, complaints } = await open();
    await page.keyboard.press('/');
    await page.keyboard.type('qu');
    expect(await page.locator('[role=option]').allTextContents()).toEqual(['queen']);
    await page.keyboard.press('ArrowDown');
    const active = await page.locator('#search').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    await answered(page, 'queen');
    await page.keyboard.type(' - wom');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await query(page, 'queen - woman');
    await page.keyboard.press('Escape');
    await page.waitForFunction("!location.hash.includes('q=')");
    await page.locator('#search').fill('girl');
    await page.keyboard.press('Enter');
    await answered(page, 'girl');
    for (let at = 0; at < 4 && !(await isFocused(page, '.neighbors button')); at++) await page.keyboard.press('Tab');
    const word = await page.locator('.neighbors .word').first().textContent();
    await page.keyboard.press('Enter');
    await answered(page, word!);
    await page.locator('#tab-map').focus();
    await page.keyboard.press('ArrowRight');
    expect(await isFocused(page, '#tab-analogy[aria-selected=true]')).toBe(true);
    await page.keyboard.press('End');
    expect(await isFocused(page, '#tab-association')).toBe(true);
    await page.keyboard.press('4');
    await page.locator('#view-words table').waitFor();
    await page.keyboard.press('?');
    await page.locator('dialog[open] h2').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('marks words with the lasso, lists, saves and forgets them', async () => {
    const { page, complaints } = await open(one, { acceptDownloads: true });
    await page.getByRole('button', { name: 'Lasso' }).click();
    const box = (await page.locator('.picture-place').boundingBox())!;
    const corners = [
      [0.05, 0.05],
      [0.95, 0.05],
      [0.95, 0.95],
      [0.05, 0.95],
      [0.05, 0.08],
    ] as const;
    for (const [at, [x, y]] of corners.entries()) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 });
      if (at === 0) await page.mouse.down();
    }
    await page.mouse.up();
    await page.locator('.words-marked button').first().waitFor();
    const marked = hash(page).getAll('m');
    expect(marked.length).toBeGreaterThan(200);
    expect(await page.locator('#marked-title').textContent()).toBe(`Marked words: ${marked.length}`);
    const save = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFile((await download.path())!, 'utf8');
    };
    expect(await save('Save as text')).toBe(marked.map((word) => `${word}\n`).join(''));
    expect((await save('Save as CSV')).split('\r\n')[0]).toBe('word,rank,count');
    const [first] = JSON.parse(await save('Save as JSON'));
    expect(first).toEqual({ word: marked[0], rank: 1, count: 5000 });
    await page.getByRole('button', { name: 'Unmark all' }).click();
    expect(hash(page).getAll('m')).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('marks words without a pointer: those in view, the nearest, those of a list', async () => {
    const { page, complaints } = await open();
    const press = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    const marked = () => hash(page).getAll('m');
    await page.locator('.quality:has-text("nearest on this map")').waitFor({ state: 'attached' });
    await press('Mark words in view');
    const all = marked().length;
    expect(all).toBeGreaterThan(200);
    await page.locator('.scene').focus();
    for (let at = 0; at < 5; at++) await page.keyboard.press('+');
    await press('Mark words in view');
    expect(marked().length).toBeLessThan(all);
    expect(await page.locator('#marked-title').textContent()).toBe(
      `Marked words: ${marked().length || ''}`.replace(/: $/, ''),
    );
    await page.locator('#search').fill('king');
    await page.keyboard.press('Enter');
    await answered(page, 'king');
    await page.locator('.neighbors button').first().waitFor();
    await press('Mark these words');
    expect(marked()).toEqual(expect.arrayContaining(await neighbors(page)));
    expect(marked()).toHaveLength(10);
    await page.goto(`${one}#view=words&f.filter=ORD23`);
    await page.locator('caption:has-text("10 of 250 words")').waitFor();
    await press('Mark these words');
    expect(marked()).toHaveLength(10);
    expect(marked()[0]).toBe('word23');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has keys of one character that can be turned off, and stay so', async () => {
    const { page, complaints } = await open();
    const turn = async () => {
      await page.getByRole('button', { name: 'Help' }).click();
      await page.getByLabel('Keys of one character').click();
      await page.keyboard.press('Escape');
    };
    const press = async (...keys: string[]) => {
      await page.locator('#tab-map').focus();
      for (const key of keys) await page.keyboard.press(key);
    };
    await turn();
    for (let tries = 0; tries < 2; tries++) {
      await press('4', '?', 'l', '/');
      expect(hash(page).get('view')).toBeNull();
      expect(await page.locator('dialog[open]').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Lasso' }).getAttribute('aria-pressed')).toBe('false');
      expect(await isFocused(page, '#tab-map')).toBe(true);
      await page.reload();
      await page.locator('[role=tab]').first().waitFor();
    }
    await turn();
    await press('l');
    expect(await page.getByRole('button', { name: 'Lasso' }).getAttribute('aria-pressed')).toBe('true');
    await press('4');
    expect(hash(page).get('view')).toBe('words');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('answers analogies with their parallelogram, and pairs', async () => {
    const { page, complaints } = await open(`${one}#view=analogy`);
    await page.getByRole('button', { name: 'man is to king as woman is to …' }).click();
    await page.locator('.result:has-text("man is to king as woman is to queen")').waitFor();
    expect(await page.locator('.parallelogram').getAttribute('aria-label')).toContain('nearest word: queen');
    await page.locator('#analogy-c').fill('gril');
    await page.getByRole('button', { name: 'Find the word' }).click();
    await page.locator('#view-analogy .chip', { hasText: /^girl$/ }).click();
    await page.locator('.result:has-text("as girl is to")').waitFor();
    await page.locator('#pairs').fill('king queen\nking nobody2 x\ngood bad');
    await page.locator('.problem:has-text("is not a pair")').waitFor();
    expect(await page.locator('table.pairs tbody tr').count()).toBe(2);
    const cosine = Number(await page.locator('table.pairs td.number').first().textContent());
    expect(cosine).toBeGreaterThan(0.3);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('places words on axes, names missing ones, and has the same as a table', async () => {
    const { page, complaints } = await open(`${one}#${everyView.axes}`);
    await page.locator('#view-axes svg').waitFor();
    expect(await page.locator('#view-axes .problem').textContent()).toBe('Not in the file: nobody');
    expect(await page.locator('#view-axes svg .dot').count()).toBe(3);
    await page.locator('#view-axes summary').click();
    const rows = await page.locator('#view-axes tbody th').allTextContents();
    expect(rows).toHaveLength(3);
    expect(rows[0]).toBe('queen');
    await page.locator('#axis-y').fill('');
    await page.locator('#axis-source').selectOption('frequent');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.locator('#view-axes svg .bar').nth(50).waitFor();
    await page.locator('#axis-x').fill('mann, woman');
    await page.keyboard.press('Enter');
    await page.locator('#view-axes .chip', { hasText: /^man$/ }).click();
    await page.locator('#view-axes svg .bar').nth(50).waitFor();
    expect(await page.locator('#axis-x').inputValue()).toBe('man, woman');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('lists all words, in any order, filtered, page by page', async () => {
    const { page, complaints } = await open(`${one}#view=words`);
    const column = () => page.locator('.all-words tbody th').allTextContents();
    await page.locator('.paging :text-is("Page 1 of 3")').waitFor();
    expect((await column())[0]).toBe('man');
    await page.locator('.all-words thead').getByRole('button', { name: 'Word' }).click();
    await page.locator('[aria-sort=ascending] [data-column=word]').waitFor();
    await page.locator('.all-words thead').getByRole('button', { name: 'Word' }).click();
    await page.locator('[aria-sort=descending] [data-column=word]').waitFor();
    expect((await column())[0]).toBe('שלום');
    await page.locator('#words-filter').fill('ORD23');
    await page.locator('caption:has-text("10 of 250 words")').waitFor();
    await page.locator('#words-filter').fill('nothing like it');
    await page.getByText('No word contains this.').waitFor();
    await page.goto(`${one}#view=words&f.page=3`);
    await page.locator('.paging :text-is("Page 3 of 3")').waitFor();
    expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
    await page.locator('.all-words tbody button').last().click();
    await answered(page, 'word238');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('switches between two files, layouts and colors, and keeps all of it in the address', async () => {
    const { page, complaints } = await open(two);
    await page.locator('#coloring').selectOption('kept');
    await page.locator('.legend:has-text("no neighbor kept")').waitFor();
    await page.locator('#layout').selectOption('pca');
    await page.locator('.legend:has-text("rare")').waitFor();
    await page.locator('#coloring').selectOption('overlap');
    await page.locator('.legend:has-text("no neighbor in common")').waitFor();
    await page.locator('.file-switch label').nth(1).click();
    await page.waitForFunction("location.hash.includes('file=1')");
    expect(Object.fromEntries(hash(page))).toEqual({ file: '1', layout: 'pca', coloring: 'overlap' });
    await page.reload();
    await page.locator('.legend:has-text("no neighbor in common")').waitFor();
    expect(await page.locator('#layout').inputValue()).toBe('pca');
    expect(await page.locator('.file-switch input').nth(1).isChecked()).toBe(true);
    await page.goBack();
    expect(await page.locator('.file-switch input').nth(0).isChecked()).toBe(true);
    await page.goto(`${two}#view=%00&file=7&camera=x&axes=9&q=`);
    await page.locator('#view-map').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds, and fits a narrow window: %s',
    async (colorScheme) => {
      const { page, complaints } = await open(two, { colorScheme, viewport: { width: 360, height: 780 } });
      for (const [view, state] of Object.entries(everyView)) {
        await page.goto(`${two}#${state}`);
        await page.locator(`#view-${view}`).waitFor();
        await page.waitForTimeout(150);
        expect(await page.evaluate('document.documentElement.scrollWidth'), view).toBeLessThanOrEqual(360);
        expect(await page.evaluate(`${axe}; ${faults}`), view).toEqual([]);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(`${two}#${everyView.map}`);
      await page.keyboard.press('?');
      expect(await page.evaluate(`${axe}; ${faults}`)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it('says that the server is gone, and asks again when it is back', async () => {
    const { html, blobs } = await exampleParts({ answeredBy: 'server' });
    const answers = answersOf([{ vectors: exampleVectors(1) }]);
    let isGone = false;
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    page.setDefaultTimeout(8_000);
    await page.route('http://w2v.test/**', async (route) => {
      const { pathname, searchParams } = new URL(route.request().url());
      if (isGone) return route.abort('connectionrefused');
      if (pathname === '/') return route.fulfill({ body: html, contentType: 'text/html' });
      if (pathname.startsWith('/data/')) return route.fulfill({ body: Buffer.from(blobs.get(pathname.slice(6))!) });
      return route.fulfill({ json: await answers.nearest(0, searchParams.get('query')!, 10) });
    });
    await page.goto('http://w2v.test/#q=king');
    await answered(page, 'king');
    isGone = true;
    await page.locator('#search').fill('queen');
    await page.keyboard.press('Enter');
    await page.locator('.search .problem:has-text("server does not answer")').waitFor();
    isGone = false;
    await page.keyboard.press('Enter');
    await answered(page, 'queen');
    expect(await page.locator('.search .problem').count()).toBe(0);
    await page.close();
  });

  it('says without JavaScript what is in it', async () => {
    const { page } = await open(one, { javaScriptEnabled: false });
    expect(await page.locator('h1').textContent()).toContain('250 words × 12 dimensions');
    expect(await page.locator('main li').allTextContents()).toContain('<script>alert(1)</script>');
    await page.close();
  });

  it('prints light, without controls', async () => {
    const { page } = await open(`${one}#q=king`, { colorScheme: 'dark' });
    await answered(page, 'king');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('#search').isVisible()).toBe(false);
    expect(await page.locator('.neighbors button').first().isVisible()).toBe(true);
    await page.close();
  });
});

const isFocused = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`);

// These run in the page, and so are strings: the tests are checked without the types of a browser.
const faults = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === 'serious' || impact === 'critical')
  .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | ')))`;
