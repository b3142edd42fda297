// The lesson in a real browser: every control, the state in the hash, no complaint of the console, no request, hostile
// text.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chapterNames } from '../../../src/explain/chapters.ts';
import { isMissing } from '../../requirements.ts';
import { examplePage } from './example-page.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const flags =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const hostile = '</script><img src=x onerror="document.title=1"> a b a <b>b</b> שלום עולם a 👩‍👩‍👧 e\u0301te \u202ea b';
const computed = '#set-status:has-text("All chapters")';

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('the lesson in Chromium', () => {
  let folder: string;
  let browser: Browser;
  let address: string;
  let korean: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'w2v-lesson-'));
    const write = async (name: string, html: string) => {
      await writeFile(path.join(folder, name), html);
      return pathToFileURL(path.join(folder, name)).href;
    };
    address = await write('lesson.html', examplePage().html);
    korean = await write('ko.html', examplePage({ language: 'ko', names: ['graph', 'predict'] }).html);
    browser = await chromium.launch({ executablePath: executablePath!, args: flags.split(' ') });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(where = address, options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage(options);
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== where.split('#')[0] && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
    await page.addInitScript(
      "addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective))",
    );
    await page.goto(where);
    return { page, complaints };
  }

  const hash = (page: Page) => decodeURIComponent(page.url().split('#')[1] ?? '');
  const where = (page: Page, chapter: string) => page.locator(`#${chapter}-steps .where`).textContent();
  const chapterText = (page: Page, name: string) => page.locator(`[data-chapter="${name}"]`).innerText();

  it('computes in the page what it came with: every chapter, number by number', async () => {
    const { page, complaints } = await open();
    const texts = async () => {
      const all = await Promise.all(chapterNames.map((name) => page.locator(`[data-chapter="${name}"]`).innerHTML()));
      // What central differences miss by is rounding, in which Node and the browser differ.
      return all.map((text) => text.replace(/<caption [^>]*>Backward pass compared.*?<\/table>/s, ''));
    };
    const before = await texts();
    // To other settings and back: all is computed here.
    await page.getByLabel('Seed', { exact: true }).fill('2');
    await page.locator(computed).waitFor();
    expect(hash(page)).toBe('seed=2');
    const other = await texts();
    for (const [at, name] of chapterNames.entries()) {
      if (name !== 'thesaurus' && name !== 'counting') expect(other[at], name).not.toBe(before[at]);
    }
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.waitForFunction("location.hash === ''");
    await page.locator(computed).waitFor();
    expect(await texts()).toEqual(before);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('takes text, window, dimensions, rate and the way, and refuses what it cannot take', async () => {
    const { page, complaints } = await open();
    await page.locator('#set-text').fill('the cat sat on the mat and the cat slept');
    await page.getByLabel('Window: words on each side').fill('2');
    await page.getByLabel('Dimensions D').fill('2');
    await page.getByLabel('Learning rate', { exact: true }).fill('0.25');
    await page.getByLabel('Where the book and word2vec.c differ').selectOption('word2vec');
    await page.locator(computed).waitFor();
    expect(await page.locator('#about').textContent()).toContain('V = 7 words: the, cat, sat, on, mat, and, slept');
    expect(await chapterText(page, 'counting')).toContain('Co-occurrences, window 2');
    expect(await chapterText(page, 'predict')).toContain('As in word2vec.c');
    expect(
      await page.locator('#predict-map, [data-chapter="predict"] figure:has-text("D = 2")').count(),
    ).toBeGreaterThan(0);
    expect(hash(page)).toContain('window=2&dimensions=2&learningRate=0.25&as=word2vec');
    const before = await chapterText(page, 'predict');
    await page.getByLabel('Window: words on each side').fill('11');
    await page.locator('#set-status.bad').waitFor();
    expect(await page.locator('#set-status').textContent()).toBe('Window: words on each side: a number from 1 to 10');
    expect(await page.getByLabel('Window: words on each side').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Window: words on each side').fill('2');
    await page.locator('#set-status:not(.bad)').waitFor();
    for (const text of ['', 'word', '😀 !!!']) {
      await page.locator('#set-text').fill(text);
      await page.locator('#set-status.bad:has-text("too short")').waitFor();
    }
    expect(await chapterText(page, 'predict')).toBe(before);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('walks by buttons and keys, forward and back, by operation, pair and epoch', async () => {
    const { page, complaints } = await open();
    expect(await where(page, 'predict')).toContain('Epoch 1, pair 1 of 6: you goodbye → say · operation 0 of 15');
    const bench = page.locator('#predict-steps');
    await bench.getByRole('button', { name: 'Forward' }).click();
    expect(await where(page, 'predict')).toContain('operation 1 of 15: forward through Branch');
    expect(await bench.locator('.node.now').textContent()).toContain('Branch');
    expect(await bench.locator('.formula').textContent()).toContain('W_in 1 = W_in');
    // The focus stays on the button, and the keys work from there.
    await page.keyboard.press('ArrowRight');
    expect(await where(page, 'predict')).toContain('operation 2 of 15: forward through Embedding');
    for (let step = 0; step < 13; step++) await page.keyboard.press('ArrowRight');
    expect(await where(page, 'predict')).toContain('operation 15 of 15: every weight is updated');
    const updated = await bench.locator('#predict-moved-0-table').innerText();
    // The chapter has the same rows after the update, to the same decimals.
    expect(updated).toContain((await chapterText(page, 'predict')).match(/you, after\s+([^\n]*)/)![1].trim());
    await page.keyboard.press('ArrowRight');
    expect(await where(page, 'predict')).toContain('pair 2 of 6: say and → goodbye · operation 0');
    await page.keyboard.press('ArrowLeft');
    expect(await bench.locator('#predict-moved-0-table').innerText()).toBe(updated);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await where(page, 'predict')).toContain('Epoch 3, pair 1 of 6');
    expect(await bench.locator('#predict-losses').count()).toBe(1);
    expect(hash(page)).toBe('predict=cbow.2.0.0');
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('Home');
    expect(await where(page, 'predict')).toContain('Epoch 1, pair 1 of 6');
    await page.keyboard.press('End');
    expect(await where(page, 'predict')).toContain(
      'pair 1 of 6: you goodbye → say · operation 15 of 15: every weight is updated',
    );
    await bench.getByLabel('Network').selectOption('skipgram');
    expect(await where(page, 'predict')).toContain('say → you');
    for (const name of ['Next pair', 'Pair back', 'Next epoch', 'Epoch back', 'Back', 'Start']) {
      await bench.getByRole('button', { name, exact: false }).first().click();
    }
    expect(await where(page, 'predict')).toContain('operation 0 of');
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(['graph', 'predict', 'sampling'])('checks the gradients of %s, live', async (chapter) => {
    const { page, complaints } = await open();
    const check = page.locator(`#${chapter}-steps .gradient-check:has-text("relative error")`);
    expect(await check.textContent()).toMatch(/largest relative error \d\.\de-\d+ ✓/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('takes any weight by hand, keeps the focus, and puts it into the hash', async () => {
    const { page, complaints } = await open();
    const bench = page.locator('#predict-steps');
    await bench.getByText('Set the initial weights by hand').click();
    const before = await chapterText(page, 'predict');
    const sampling = await chapterText(page, 'sampling');
    const cell = bench.getByLabel('W_in, row you, column 2');
    await cell.fill('1.5');
    await page.keyboard.press('Tab');
    await page.locator(computed).waitFor();
    expect(hash(page)).toBe('w=W_in.0.1:1.5');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('W_in, row you, column 3');
    expect(await chapterText(page, 'predict')).not.toBe(before);
    expect(await chapterText(page, 'predict')).toContain('1.5000');
    expect(await chapterText(page, 'sampling')).toBe(sampling);
    await bench.getByRole('button', { name: 'Draw them again' }).click();
    await page.waitForFunction("location.hash === ''");
    await page.locator(computed).waitFor();
    expect(await chapterText(page, 'predict')).toBe(before);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('stays responsive with large settings, says that it computes, and gives up what is no longer wanted', async () => {
    const { page, complaints } = await open();
    page.setDefaultTimeout(60_000);
    const text = Array.from({ length: 120 }, (_, i) => `w${(i * i + 3 * i) % 31}`).join(' ');
    // Frames drawn while it computes: about 25 if each chapter blocks, 180 in turns.
    await page.evaluate('window.frames = 0; (function count() { window.frames++; requestAnimationFrame(count); })()');
    await page.evaluate(
      `location.hash = 'window=4&dimensions=20&text=${encodeURIComponent(text)}&predict=cbow.2000.0.0'`,
    );
    await page.locator('#set-status:has-text("Computing")').waitFor();
    await page.locator(computed).waitFor();
    expect(await page.evaluate('window.frames')).toBeGreaterThan(60);
    await page.locator('#predict-steps .where:has-text("Computing")').waitFor();
    // Input is taken while it computes: back to the start, which is there at once.
    await page.locator('#predict-steps').getByRole('button', { name: 'Start', exact: true }).click();
    expect(await where(page, 'predict')).toContain('Epoch 1, pair 1 of 112');
    await page.locator('#predict-steps .gradient-check:has-text("all 640 weights")').waitFor();
    await page.getByLabel('Seed', { exact: true }).fill('2');
    await page.locator('#set-status:has-text("Computing")').waitFor();
    await page.getByRole('button', { name: 'Reset' }).click();
    await page.locator('#set-status:has-text("now use: you, say")').waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('restores everything from the hash, and goes back in history', async () => {
    const state = 'lang=ko&text=one+two+three+one+two+four&seed=7&w=W_in.1.0:2&predict=skipgram.1.2.3';
    const { page, complaints } = await open(`${address}#${state}`);
    await page.locator('#set-status:has-text("다시 계산했습니다")').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('ko');
    expect(await page.locator('#set-text').inputValue()).toBe('one two three one two four');
    expect(await page.locator('#set-seed').inputValue()).toBe('7');
    expect(await where(page, 'predict')).toMatch(/^에폭 2, 쌍 3\/\d+: .* · 연산 3\//);
    expect(await page.locator('#predict-steps select').inputValue()).toBe('skipgram');
    expect(await page.getByLabel('W_in, 행 two, 열 1').first().inputValue()).toBe('2');
    await page.evaluate("location.hash = 'seed=3'");
    await page.locator(computed).waitFor();
    expect(await page.locator('#set-text').inputValue()).toBe('You say goodbye and I say hello.');
    expect(await page.locator('#set-seed').inputValue()).toBe('3');
    for (const nonsense of ['text=&seed=x', 'w=%F0%9F%A6%89:1', 'predict=a.b.c', 'seed=3&dimensions=99999']) {
      await page.evaluate(`location.hash = ${JSON.stringify(nonsense)}`);
      await page.waitForTimeout(50);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('switches the language of everything', async () => {
    const { page, complaints } = await open(korean);
    expect(await page.locator('h1').textContent()).toBe('단어 벡터는 어떻게 만들어지는가');
    await page.getByLabel('언어').selectOption('en');
    await page.locator(computed).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/[가-힣]/);
    await page.getByLabel('Language').selectOption('ko');
    await page.locator('#set-status:has-text("다시")').waitFor();
    const english = (await page.locator('main').innerText()).match(/[A-Z][a-z]+ [a-z]+ [a-z]+[^\n]*/g) ?? [];
    expect(english.filter((line) => !line.startsWith('You say goodbye'))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('asks before it answers', async () => {
    const { page, complaints } = await open();
    const question = page.locator('#graph .question').first();
    const answer = question.getByLabel('Your answer');
    const said = question.locator('output');
    await answer.fill('2');
    await page.keyboard.press('Enter');
    expect(await said.textContent()).toBe('✗ Not yet: the answer is larger.');
    await answer.fill('three');
    await question.getByRole('button', { name: 'Check' }).click();
    expect(await said.textContent()).toBe('Enter a number.');
    expect(await question.locator('details p').isVisible()).toBe(false);
    await answer.fill('3.0');
    await page.keyboard.press('Enter');
    expect(await said.textContent()).toBe('✓ Correct.');
    expect(await question.locator('details p').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows a hostile text as text', async () => {
    const { page, complaints } = await open();
    await page.getByLabel('Where the book and word2vec.c differ').selectOption('word2vec');
    await page.locator('#set-text').fill(hostile);
    await page.locator('#set-status:has-text("שלום")').waitFor();
    await page.locator(computed).waitFor();
    expect(await page.locator('main img, main b, #about b, #lead b').count()).toBe(0);
    expect(await page.title()).toBe('How word vectors are made');
    expect(await page.locator('#lead').textContent()).toContain('</script><img src=x');
    await page.reload();
    await page.locator('#set-status:has-text("שלום")').waitFor();
    expect(await page.locator('main img, main b').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is complete without JavaScript, links included', async () => {
    const { page } = await open(address, { javaScriptEnabled: false });
    for (const name of chapterNames) expect(await page.locator(`#${name} h2`).isVisible()).toBe(true);
    expect(await page.locator('.live:visible').count()).toBe(0);
    expect(await page.locator('.chapter table:visible').count()).toBeGreaterThan(60);
    await page.locator('nav a').nth(2).click();
    expect(page.url()).toMatch(/#counting$/);
    await page.locator('#counting summary').click();
    expect(await page.locator('#counting .question details p').isVisible()).toBe(true);
    await page.close();
  });

  it.each(['light', 'dark'] as const)('has contrast in %s', async (colorScheme) => {
    const { page } = await open(address, { colorScheme });
    await page.locator('#predict-steps').getByRole('button', { name: 'Forward' }).click();
    const ratios = await page.evaluate<Record<string, number>>(contrasts);
    expect(Object.keys(ratios).length).toBeGreaterThan(10);
    for (const [selector, ratio] of Object.entries(ratios)) expect(ratio, selector).toBeGreaterThan(4.5);
    await page.close();
  });

  it('fits a narrow window, has no unnamed control, and is light on paper with the answers', async () => {
    const { page } = await open(address, { colorScheme: 'dark', viewport: { width: 380, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380);
    expect(await page.evaluate(unnamed)).toEqual([]);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('.live:visible').count()).toBe(0);
    expect(await page.locator('#counting .question details p').isVisible()).toBe(true);
    await page.close();
  });
});

// These run in the page, and so are strings: the tests are checked without the types of a browser.
const contrasts = `(() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => {
      const value = Number(part) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/, 0\\)$/.test(backgroundColor)) return backgroundColor;
    }
  };
  const selectors = ['main p', '.lead', '#about p', 'nav a', '.table-title', 'thead th', '.formula-name', '.formula .numbers', '.unknown',
    '.graph text.to', '.graph text.back', '.graph text.unknown', '.graph text.edge', '.node.now text', '.question summary', '.keys', 'button', 'input', 'select', 'textarea', '.plot .tick', 'footer p'];
  return Object.fromEntries(selectors.map((selector) => {
    const element = document.querySelector(selector);
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement;
    const under = selector.includes('.now') ? getComputedStyle(element.previousSibling).fill : behind(isDrawn ? element.closest('svg').parentElement : element);
    const [low, high] = [luminance(isDrawn ? style.fill : style.color), luminance(under)].sort((a, b) => a - b);
    return [selector, (high + 0.05) / (low + 0.05)];
  }));
})()`;

const unnamed = `[...document.querySelectorAll('input, select, textarea, button, [role=region], [role=img], [role=group]')]
  .filter((element) => !(element.getAttribute('aria-label') || element.labels?.length || element.textContent.trim() && element.matches('button')
    || document.getElementById(element.getAttribute('aria-labelledby'))?.textContent.trim()))
  .map((element) => element.outerHTML.slice(0, 100))`;
