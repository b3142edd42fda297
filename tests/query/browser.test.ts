// w2v/query in a browser: bundled by esbuild and by vite, and asked in the system's Chromium.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import * as vite from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing } from '../requirements.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const flags = '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync';

/** Asks every kind of question; twenty queries over 60,000 numbers are what a kernel would do on Node. */
const app = `
import { KeyedVectors, nearestWords } from 'w2v/query';
const words = ['king', 'queen', 'man', 'woman', 'boat'];
const rows = [[1, 1, 0], [1, -1, 0], [0.1, 1, 0], [0.1, -1, 0], [0, 0, 1]];
const vectors = new KeyedVectors({ words, matrix: Float32Array.from(rows.flat()), dimensions: 3 });
const many = Array.from({ length: 20_000 }, (_, row) => 'w' + row);
const matrix = Float32Array.from({ length: 60_000 }, (_, at) => Math.sin(at));
const found = nearestWords({ words: many, matrix, dimensions: 3 }, many.slice(0, 200), { k: 1 });
document.title = [
  vectors.sum('king - man + woman', 1)[0].word,
  vectors.oddOneOut(['king', 'man', 'boat']).word,
  vectors.similarity('king', 'queen').toFixed(3),
  found.length,
].join(' ');
`;

describe('w2v/query bundled for a browser', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'w2v-bundle-'));
  const bundles: Record<string, string> = {};
  let browser: Browser | undefined;

  beforeAll(async () => {
    mkdirSync(path.join(folder, 'node_modules'));
    symlinkSync(fileURLToPath(new URL('../..', import.meta.url)), path.join(folder, 'node_modules', 'w2v'));
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }'); // above it there may be another package
    writeFileSync(path.join(folder, 'app.js'), app);
    writeFileSync(path.join(folder, 'index.html'), '<title>-</title><script type="module" src="./app.js"></script>');
    const outfile = path.join(folder, 'esbuild.js');
    const entryPoints = [path.join(folder, 'app.js')];
    await esbuild.build({
      entryPoints,
      outfile,
      bundle: true,
      format: 'iife',
      platform: 'browser',
      logLevel: 'silent',
    });
    bundles.esbuild = readFileSync(outfile, 'utf8');
    const output = { format: 'iife' as const, entryFileNames: 'vite.js' };
    await vite.build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: { outDir: 'out', minify: false, rolldownOptions: { input: path.join(folder, 'app.js'), output } },
    });
    bundles.vite = readFileSync(path.join(folder, 'out', 'vite.js'), 'utf8');
    if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: flags.split(' ') });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['esbuild', 'vite'])('%s: nothing of Node is inside', (bundler) => {
    expect(bundles[bundler]).toContain('man');
    expect(bundles[bundler]).not.toMatch(/node:|readFileSync|externalized for browser/);
    expect(bundles[bundler].length).toBeLessThan(100_000);
  });

  describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('in Chromium', () => {
    it.each(['esbuild', 'vite'])('%s: questions are answered', async (bundler) => {
      const file = path.join(folder, `${bundler}.html`);
      writeFileSync(file, `<title>-</title><script>${bundles[bundler]}</script>`);
      const page = await browser!.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      await page.goto(pathToFileURL(file).href);
      await page.waitForFunction("document.title !== '-'");
      expect([errors, await page.title()]).toEqual([[], 'queen boat 0.000 200']);
    });
  });
});
