// How fast the explorer's page is for a person: generated vectors, `w2v map` from a file and `w2v serve` with a million
// words, opened in Chromium without a graphics card at 1280 x 800. Time to the first picture, completion, answer to a
// search, memory.
//
//   npm run build && node bench/explorer.js [--words 100000] [--served 1000000] [--dim 100] [--dry]
//
// Takes about two minutes. Writes bench/results/*-explorer.json; --dry only prints. It needs a machine with nothing
// else running.
import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { benchFolder } from './peers.js';
import { ownMachine, resultFile } from './result-file.js';

const { values: options } = parseArgs({
  options: {
    words: { type: 'string', default: '100000' },
    served: { type: 'string', default: '1000000' },
    dim: { type: 'string', default: '100' },
    dry: { type: 'boolean', default: false },
  },
});
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--enable-precise-memory-info'];
const command = join(benchFolder, '..', 'bin', 'w2v.js');
const ASKED = 12; // questions, of which the median counts

/** Vectors in 500 heaps, as word2vec's binary format. */
function generate(file, V, D) {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const heaps = Array.from({ length: 500 }, () => Float32Array.from({ length: D }, random));
  const out = openSync(file, 'w');
  writeSync(out, `${V} ${D}\n`);
  for (let from = 0; from < V; from += 10_000) {
    const parts = [];
    for (let row = from; row < Math.min(V, from + 10_000); row++) {
      const heap = heaps[(row * 7919) % heaps.length];
      parts.push(Buffer.from(`word${row} `), Buffer.from(Float32Array.from(heap, (x) => x + 0.5 * random()).buffer));
    }
    writeSync(out, Buffer.concat(parts));
  }
  closeSync(out);
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const rounded = (value, digits = 0) => Number(value.toFixed(digits));

/** Opens the page, asks it, and moves it. Times are of the page's own clock, in milliseconds. */
async function look(browser, url, V) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  // The first picture: the first frame after the map's labels and points are there.
  await page.addInitScript(`
    new MutationObserver((_, observer) => {
      if (!document.querySelector('#main canvas') || !document.querySelector('[role="combobox"]')) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => { window.firstPicture = performance.now(); }));
    }).observe(document, { childList: true, subtree: true });`);
  await page.goto(url);
  // waitForFunction evaluates in the page, which its policy forbids.
  while (!(await page.evaluate('window.firstPicture'))) await page.waitForTimeout(50);
  const firstPicture = await page.evaluate('window.firstPicture');
  await page.waitForTimeout(1500);
  const words = Array.from({ length: ASKED }, (_, at) => `word${Math.floor((at + 0.5) * (V / ASKED))}`);
  const [completions, answers] = [[], []];
  for (const word of words) {
    completions.push(
      await page.evaluate(`new Promise((resolve) => {
        const box = document.querySelector('[role="combobox"]');
        const start = performance.now();
        box.focus();
        box.value = ${JSON.stringify(word.slice(0, -1))};
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        const wait = () => document.querySelector('[role="option"]') ? resolve(performance.now() - start) : setTimeout(wait, 1);
        wait();
      })`),
    );
    answers.push(
      await page.evaluate(`new Promise((resolve) => {
        const start = performance.now();
        location.hash = 'q=' + ${JSON.stringify(word)};
        const wait = () => {
          const title = [...document.querySelectorAll('h2')].some((one) => one.textContent.endsWith(' ${word}'));
          if (title && document.querySelector('ol.neighbors .word')) resolve(performance.now() - start);
          else setTimeout(wait, 1);
        };
        wait();
      })`),
    );
  }
  const canvas = await page.locator('#main canvas').first().boundingBox();
  const frames = await framesWhile(page, canvas);
  const heap = await page.evaluate('performance.memory.usedJSHeapSize');
  await page.close();
  return {
    firstPictureMs: rounded(firstPicture),
    completionMs: { median: rounded(median(completions), 1), slowest: rounded(Math.max(...completions), 1) },
    answerMs: { median: rounded(median(answers), 1), slowest: rounded(Math.max(...answers), 1) },
    framesPerSecondDragging: rounded(frames, 1),
    heapMegabytes: rounded(heap / 1e6),
    complaints,
  };
}

/** Frames a second while the map is dragged to and fro for two seconds. */
async function framesWhile(page, { x, y, width, height }) {
  await page.evaluate(
    `(() => { window.frames2 = 0; const count = () => { window.frames2++; requestAnimationFrame(count); }; count(); })()`,
  );
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  await page.mouse.move(middleX, middleY);
  await page.mouse.down();
  const start = Date.now();
  const before = await page.evaluate('window.frames2');
  for (let step = 0; Date.now() - start < 2000; step++) {
    await page.mouse.move(middleX + 120 * Math.sin(step / 6), middleY + 80 * Math.cos(step / 9));
  }
  const frames = (await page.evaluate('window.frames2')) - before;
  const seconds = (Date.now() - start) / 1000;
  await page.mouse.up();
  return frames / seconds;
}

const folder = mkdtempSync(join(tmpdir(), 'w2v-explorer-'));
const browser = await chromium.launch({ executablePath, args });
const results = [];
try {
  const [V, served, D] = [options.words, options.served, options.dim].map(Number);
  const vectors = join(folder, 'vectors.bin');
  generate(vectors, V, D);
  const page = join(folder, 'map.html');
  // Where the points lie does not matter here, and PCA is quick.
  execFileSync(process.execPath, [command, 'map', vectors, '-o', page, '--layout', 'pca', '--quiet'], {
    stdio: 'inherit',
  });
  const file = { what: 'w2v map', words: V, megabytes: rounded(statSync(page).size / 1e6, 1) };
  results.push({ ...file, ...(await look(browser, pathToFileURL(page).href, V)) });

  generate(vectors, served, D);
  const server = spawn(
    process.execPath,
    [command, 'serve', vectors, '--layout', 'pca', '--port', '0', '--json', '--quiet'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const line = await new Promise((resolve) => server.stdout.once('data', (text) => resolve(String(text))));
    const { url } = JSON.parse(line);
    const looked = await look(browser, url, served);
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    const serverMegabytes = rounded(Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1e3);
    results.push({ what: 'w2v serve', words: served, ...looked, serverMegabytes });
  } finally {
    server.kill('SIGTERM');
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log(JSON.stringify(results, null, 2));
if (!options.dry) {
  const document = {
    bench: 'explorer',
    date: new Date().toISOString(),
    machine: ownMachine(),
    dimensions: Number(options.dim),
    results,
  };
  writeFileSync(resultFile('explorer'), `${JSON.stringify(document, null, 2)}\n`);
}
