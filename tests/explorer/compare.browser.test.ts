// The views that compare two files and test associations, in a real browser, from a file.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { percentage } from '../../src/base/format-numbers.ts';
import { changedWords } from '../../src/compare/changed-words.ts';
import { isStopWord } from '../../src/corpus/cleaning/stop-words.ts';
import { testOf } from '../../src/explorer/association-lists.ts';
import { associationSets } from '../../src/explorer/association-sets.ts';
import { association } from '../../src/query/association.ts';
import { nearestWords } from '../../src/query/nearest.ts';
import { isMissing } from '../requirements.ts';
import { type ComparePage, comparePage, hostileWord } from './compare-page.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const software = '--use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist';
const flags = `--no-sandbox --disable-quic --no-first-run --disable-background-networking ${software}`;
const axe = fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url));

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('the compare view in Chromium', () => {
  let folder: string;
  let browser: Browser;
  let address: string;
  let made: ComparePage;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    made = await comparePage();
    folder = await mkdtemp(path.join(tmpdir(), 'w2v-compare-'));
    const file = path.join(folder, 'map.html');
    await writeFile(file, made.html);
    address = pathToFileURL(file).href;
    browser = await chromium.launch({ executablePath: executablePath!, args: flags.split(' ') });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await page.close();
  });

  async function open(hash: string, options: Parameters<Browser['newPage']>[0] = {}) {
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(20_000);
    complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    await page.addInitScript(
      "addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective))",
    );
    await page.goto(`${address}#${hash}`);
  }

  const hash = () => new URLSearchParams(page.url().split('#')[1]);
  const textsOf = (selector: string) => page.locator(selector).allTextContents();
  const changedRows = 'section[aria-labelledby=changed-title] tbody tr';
  /** Words and columns of the table of changes. */
  async function changes(): Promise<string[][]> {
    await page.locator(changedRows).first().waitFor();
    const rows = await page.locator(changedRows).all();
    return Promise.all(rows.map((row) => row.locator('th, td').allTextContents()));
  }
  function expected(which: 'most' | 'least', least: number, withStopWords = false): string[][] {
    const { seeds, rows } = made.comparison;
    const { first, counts } = made;
    const isAsked = (row: number) => withStopWords || !isStopWord(first.words[row]);
    const isEnough = (row: number) => rows[row] >= 0 && counts[row] >= least && isAsked(row);
    return changedWords(made.comparison, seeds, which, 25, isEnough).map(({ row, same, sameSeeds }) => [
      first.words[row],
      `${same}`,
      `${sameSeeds}`,
      counts[row].toLocaleString('en-US'),
      counts[row].toLocaleString('en-US'),
    ]);
  }
  async function seriousFaults(): Promise<string[]> {
    // As a debugger, because the page's own policy allows no other script.
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: await readFile(axe, 'utf8') });
    const { result } = await session.send('Runtime.evaluate', {
      expression: 'axe.run(document).then(({ violations }) => JSON.stringify(violations))',
      awaitPromise: true,
      returnByValue: true,
    });
    const violations: { id: string; impact: string; nodes: { html: string }[] }[] = JSON.parse(result.value);
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
  }

  it('shows how much the files agree, and which words changed', async () => {
    await open('view=compare');
    const { mean, chance, seeds } = made.comparison;
    expect(await changes()).toEqual(expected('most', 100));
    const panel = page.locator('section[aria-labelledby=compare-title]');
    for (const share of [mean, chance, seeds!.mean]) expect(await panel.textContent()).toContain(percentage(share));
    expect(await panel.locator('svg .bar').count()).toBe(11);
    expect(await panel.locator('svg .level').count()).toBe(3);
    await page.locator('#changed-which').selectOption('least');
    expect(await changes()).toEqual(expected('least', 100));
    await page.locator('#least-frequency').focus();
    await page.keyboard.press('ArrowRight');
    expect(hash().get('f.least')).toBe('200');
    expect(await changes()).toEqual(expected('least', 200));
    expect(await page.locator('#least-frequency').getAttribute('aria-valuetext')).toBe(
      'At least 200 occurrences in both files',
    );
    await page.reload();
    expect(await changes()).toEqual(expected('least', 200));
    await page.locator('#changed-stop-words').check();
    expect(hash().get('f.stopwords')).toBe('shown');
    expect(await changes()).toEqual(expected('least', 200, true));
    expect(await seriousFaults()).toEqual([]);
  });

  it('saves the table with all words', async () => {
    await open('view=compare');
    await changes();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).first().click(),
    ]);
    const text = await readFile((await download.path())!, 'utf8');
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect(head).toBe('word,same,seeds,Count in a.bin,Count in b.bin');
    expect(lines.length).toBe(
      made.comparison.rows.filter((row, at) => row >= 0 && made.counts[at] >= 100 && !isStopWord(made.first.words[at]))
        .length,
    );
    expect(lines[0]).toBe(
      expected('most', 100)[0]
        .map((cell) => cell.replaceAll(',', ''))
        .join(','),
    );
  });

  it('shows two lists of neighbors, joined', async () => {
    await open('view=compare&f.changed=least');
    await changes();
    const word = expected('least', 100).find(([name]) => /^\w+$/.test(name!))![0];
    await page
      .locator(changedRows)
      .locator('button', { hasText: new RegExp(`^${word}$`) })
      .click();
    await page.locator('.two-lists').waitFor();
    expect(hash().get('q')).toBe(word);
    expect(await page.locator('tr.chosen button').first().textContent()).toBe(word);
    const lists = [made.first, made.second].map((vectors) => nearestWords(vectors, [word], { k: 10 })[0]);
    for (const [file, name] of ['a.bin', 'b.bin'].entries()) {
      const list = page.getByRole('list', { name: `Nearest words to ${word} in ${name}` });
      const shown = await list.locator('.word').allTextContents();
      // Of 8 bits: the order of near ties may differ.
      expect(lists[file].filter(({ word }) => shown.includes(word)).length).toBeGreaterThan(7);
    }
    const [left, right] = await Promise.all(
      ['a.bin', 'b.bin'].map((name) =>
        page
          .getByRole('list', { name: `Nearest words to ${word} in ${name}` })
          .locator('.word')
          .allTextContents(),
      ),
    );
    const both = left!.filter((other) => right!.includes(other));
    expect(both.length).toBeGreaterThan(0);
    expect(await page.locator('.joining-lines path').count()).toBe(both.length);
    const own = right!.filter((other) => other.startsWith('own'));
    expect((await textsOf('.joined .place.missing')).filter((text) => text === 'not in a.bin').length).toBe(own.length);
    // A word of one file only, and one of none.
    await page.getByLabel('Word', { exact: true }).fill('x5');
    await page.keyboard.press('Enter');
    await page.getByText('“x5” is not in b.bin.').waitFor();
    await page.getByLabel('Word', { exact: true }).fill('qqqq');
    await page.keyboard.press('Enter');
    await page.locator('.problem', { hasText: "'qqqq' is not in the vocabulary" }).waitFor();
    await page.getByLabel('Word', { exact: true }).fill('king + the');
    await page.keyboard.press('Enter');
    await page.getByText('Nearest words to king + the').waitFor();
    await page.goBack();
    await page.locator('.compare-view .problem').waitFor();
    expect(await seriousFaults()).toEqual([]);
  });

  it('moves both maps together, and shows the word under the pointer in both', async () => {
    await open('view=compare&q=the');
    await changes();
    await page.locator('#maps-title').scrollIntoViewIfNeeded();
    const places = page.locator('.two-maps .picture-place');
    await page.locator('.two-maps canvas').first().waitFor();
    const before = await places.nth(1).screenshot();
    const box = (await places.nth(0).boundingBox())!;
    const output = page.locator('section[aria-labelledby=maps-title] output');
    let found = '';
    for (let y = 20; y < box.height && found === ''; y += 9) {
      for (let x = 20; x < box.width && found === ''; x += 23) {
        await page.mouse.move(box.x + x, box.y + y);
        found = (await output.textContent()) ?? '';
      }
    }
    expect(made.first.words).toContain(found.replace(' is not in b.bin', ''));
    await page.mouse.wheel(0, -600);
    await page.waitForTimeout(400);
    expect(before.equals(await places.nth(1).screenshot())).toBe(false);
    await page.mouse.down();
    await page.mouse.up();
    await expect.poll(() => hash().get('q')).not.toBe('the');
  });

  it('takes words as text, in a dark and narrow window too', async () => {
    const options = { colorScheme: 'dark', viewport: { width: 390, height: 800 } } as const;
    await open(`view=compare&q=${encodeURIComponent(hostileWord)}&f.least=1`, options);
    await page.locator('.two-lists').waitFor();
    expect(await page.locator('#compare-word-title').textContent()).toContain(hostileWord);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await seriousFaults()).toEqual([]);
  });

  it('moves are listed, the furthest first', async () => {
    await open('view=compare');
    await changes();
    const rows = page.locator('section[aria-labelledby=movers-title] tbody tr');
    await rows.first().waitFor();
    const shifts = (await rows.locator('td:nth-child(2)').allTextContents()).map(Number);
    expect(shifts).toHaveLength(15);
    expect(shifts).toEqual([...shifts].sort((a, b) => b - a));
    await rows.first().locator('button').press('Enter');
    const word = await rows.first().locator('button').textContent();
    expect(hash().get('q')).toBe(word);
    expect(await page.evaluate('document.activeElement.textContent')).toBe(word);
  });

  it('tests associations, names the missing words, and says what it cannot test', async () => {
    await open('view=association');
    await page.getByRole('button', { name: 'mathematics / arts with male words / female words' }).click();
    await page.locator('.numbers b').first().waitFor();
    const set = associationSets.find(({ number }) => number === 7)!;
    const texts = [...set.targets, ...set.attributes].map(([, words]) => words);
    const right = association(made.first, testOf(texts as never));
    const [d, p] = (await textsOf('.numbers b')).map(Number);
    expect(Math.abs(d! - right.effectSize)).toBeLessThan(0.05); // from 8 bits
    expect(Math.abs(p! - right.p)).toBeLessThan(0.02);
    expect(await page.locator('.used-words').textContent()).toContain('female words: 7 of 8');
    expect(await page.locator('.used-words').textContent()).toContain('Not in the file: hers');
    expect(await page.locator('.association circle').count()).toBe(16);
    expect(hash().get('f.target1')).toBe(texts[0]);
    await page.locator('.association-result summary').click();
    expect(await page.locator('.association-result tbody tr').count()).toBe(16);
    expect(await seriousFaults()).toEqual([]);
    await page.reload();
    await page.locator('.numbers b').first().waitFor();
    expect(await page.getByLabel('Second attributes').inputValue()).toBe(texts[3]);
    await page.getByLabel('Second targets').fill('art');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('Second targets: enter at least two words.').first().waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('association-target2');
    await page.getByLabel('Second targets').fill('math, art');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText("'math' is among the first targets and the second targets").first().waitFor();
    expect(await page.locator('.association-result').isHidden()).toBe(true);
  });
});
