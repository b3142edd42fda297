// `w2v map` and `w2v serve` in a real browser: the page from a folder without a network, and from the server; it finds
// what `w2v nearest` finds, breaks no policy, asks no one else, and says nothing on the console.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { runHere } from '../cli/run-w2v.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { isMissing } from '../requirements.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const flags =
  '--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --disable-quic --no-first-run --disable-background-networking';
const strange = [
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'שלום',
  '👩‍👩‍👧',
  '"><img/src=x>',
  'long'.repeat(50),
  '&amp;',
];
const D = 8;
const { file } = temporaryFolder();

/** word2vec's text format: random vectors in groups, so that there are neighbors. */
function vectorsText(seed: number): string {
  const { normal } = createRandom(seed, 9);
  const centers = Array.from({ length: 12 }, () => Array.from({ length: D }, normal));
  const words = [...strange, ...Array.from({ length: 300 }, (_, at) => `w${at}`)];
  const lines = words.map((word, at) =>
    [word, ...centers[at % 12].map((value) => (value + 0.3 * normal()).toFixed(5))].join(' '),
  );
  return `${words.length} ${D}\n${lines.join('\n')}\n`;
}

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('the explorer in Chromium', () => {
  let browser: Browser;
  let first: string;
  let second: string;
  let environment: { W2V_CACHE: string };
  const beside = (name: string) => path.join(path.dirname(first), name);
  beforeAll(async () => {
    first = file('first.txt', vectorsText(1));
    second = file('second.txt', vectorsText(2));
    environment = { W2V_CACHE: beside('cache') };
    browser = await chromium.launch({ executablePath: executablePath!, args: flags.split(' ') });
  });
  afterAll(() => browser?.close());

  /** `offline`: without any network. */
  async function open(address: string, { offline = false } = {}) {
    const context = await browser.newContext({ offline });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    const { origin } = new URL(address);
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => complaints.push(dialog.message()));
    page.on('request', (request) => {
      const url = request.url();
      if (
        url.split('#')[0] !== address.split('#')[0] &&
        !url.startsWith(origin === 'null' ? 'blob:' : origin) &&
        !url.startsWith('data:')
      )
        complaints.push(url);
    });
    await page.addInitScript(
      "addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective))",
    );
    await page.goto(address);
    return { page, complaints, close: () => context.close() };
  }
  type Opened = Awaited<ReturnType<typeof open>>['page'];

  async function neighborsInPage(page: Opened, query: string): Promise<[string, string][]> {
    await page.evaluate(`location.hash = ${JSON.stringify(`q=${encodeURIComponent(query)}`)}`);
    await page.locator(`h2:has-text(${JSON.stringify(`to ${query}`)})`).waitFor();
    const items = page.locator('ol.neighbors li');
    await items.first().waitFor();
    const words = await items.locator('.word').allTextContents();
    const cosines = await items.locator('.cosine').allTextContents();
    return words.map((word, at) => [word, /-?\d\.\d+/.exec(cosines[at])![0]]);
  }

  async function neighborsOf(vectors: string, query: string): Promise<[string, string][]> {
    const { stdout } = await runHere(['nearest', vectors, query, '--json'], { environment });
    return JSON.parse(stdout)[0].neighbors.map(({ word, similarity }: { word: string; similarity: number }) => [
      word,
      similarity.toFixed(3),
    ]);
  }

  async function served(args: string[], use: (url: string) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    let failure: unknown;
    const onOutput = (text: string) => {
      use(JSON.parse(text).url)
        .catch((error: unknown) => {
          failure = error;
        })
        .finally(() => controller.abort('SIGTERM'));
    };
    const { code, stderr } = await runHere(['serve', ...args, '--port', '0', '--json', '--quiet'], {
      environment,
      signal: controller.signal,
      onOutput,
    });
    if (failure !== undefined) throw failure;
    expect([code, stderr]).toEqual([143, 'Stopped.\n']);
  }

  it('a map from a folder, without a network, finds nearly what the vectors say', async () => {
    const { code, stderr } = await runHere(['map', first, '-o', beside('map.html'), '--quiet'], { environment });
    expect([code, stderr]).toEqual([0, '']);
    const { page, complaints, close } = await open(pathToFileURL(beside('map.html')).href, { offline: true });
    for (const query of ['w7', 'w7 - w8 + w9', '<script>alert(1)</script>', '__proto__', '👩‍👩‍👧']) {
      const [inPage, exact] = [await neighborsInPage(page, query), await neighborsOf(first, query)];
      const known = new Map(exact);
      expect(inPage.filter(([word]) => known.has(word)).length, query).toBeGreaterThanOrEqual(8);
      for (const [word, cosine] of inPage) {
        if (known.has(word)) expect(Math.abs(Number(cosine) - Number(known.get(word)))).toBeLessThan(0.02);
      }
    }
    expect(complaints).toEqual([]);
    await close();
  });

  it('a server answers exactly as w2v nearest, and the page says what an unknown word is', async () => {
    await served([first], async (url) => {
      const { page, complaints, close } = await open(url);
      for (const query of ['w7', 'w7 - w8 + w9', '"><img/src=x>', 'constructor']) {
        expect(await neighborsInPage(page, query)).toEqual(await neighborsOf(first, query));
      }
      await page.evaluate("location.hash = 'q=w7777'");
      await page.getByText('not in the vocabulary').first().waitFor();
      expect(complaints).toEqual([]);
      await close();
    });
  });

  it('two files are compared, in the file and from the server', async () => {
    const { code } = await runHere(['map', first, second, '-o', beside('both.html'), '--layout', 'pca', '--quiet'], {
      environment,
    });
    expect(code).toBe(0);
    const look = async (url: string) => {
      const { page, complaints, close } = await open(`${url}${url.includes('#') ? '&' : '#'}view=compare`);
      await page.locator('[role=tabpanel]:visible svg').first().waitFor();
      expect(complaints).toEqual([]);
      await close();
    };
    await look(pathToFileURL(beside('both.html')).href);
    await served([first, second, '--layout', 'pca'], look);
  });

  it.each(['127.0.0.1', '0.0.0.0'])('a server at %s shows nothing without the token', async (host) => {
    await served([first, '--layout', 'pca', '--host', host], async (url) => {
      expect(url).toMatch(/^http:\/\/[\d.]+:\d+\/#token=[0-9a-f]{32}$/);
      const [address] = url.split('#');
      expect(await (await fetch(address!)).text()).not.toMatch(/first\.txt|w77/);
      expect((await fetch(`${address}data/page`)).status).toBe(403);
      const { page, complaints, close } = await open(url);
      expect((await neighborsInPage(page, 'w7')).length).toBe(10);
      expect(page.url()).not.toContain('token');
      expect([await page.title(), await page.locator('h1').textContent()]).toEqual([
        expect.stringContaining('first.txt'),
        expect.stringContaining('308 words'),
      ]);
      await page.reload(); // the tab keeps the token
      expect((await neighborsInPage(page, 'w8')).length).toBe(10);
      expect(complaints).toEqual([]);
      await close();
      const stranger = await open(address!);
      await stranger.page.getByRole('alert').getByText('token').waitFor();
      await stranger.close();
    });
  });

  it('another page cannot read the server', async () => {
    await served([first, '--layout', 'pca'], async (whole) => {
      const [url] = whole.split('#');
      await writeFile(beside('evil.html'), '<!doctype html><title>evil</title>');
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(pathToFileURL(beside('evil.html')).href);
      const tries = `(async () => {
        const url = ${JSON.stringify(url)};
        const settle = (promise) => promise.then(() => 'open', () => 'closed');
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
        await new Promise((resolve) => { frame.onload = resolve; });
        let framed = 'open';
        try { framed = frame.contentDocument ? 'open' : 'closed'; } catch { framed = 'closed'; }
        const script = document.createElement('script');
        script.src = url + 'api/nearest?query=w7';
        const scripted = new Promise((resolve, reject) => { script.onload = resolve; script.onerror = reject; });
        document.body.append(script);
        return [await settle(fetch(url + 'api/nearest?query=w7')), framed, await settle(scripted)];
      })()`;
      expect(await page.evaluate(tries)).toEqual(['closed', 'closed', 'closed']);
      await context.close();
    });
  });
});
