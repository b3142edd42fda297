// How fast the explorer's page draws generated words on a map at 1280 x 800 in Chromium without a graphics card, which
// puts the page together by SwiftShader or without any GPU process. Frames a second of continuous moves, the first
// picture, the time of a pick, memory.
//
//   npm run build && node bench/scene.js [--words 100000,1000000] [--seconds 2.5] [--dry]
//
// Takes about a minute. Writes bench/results/*-scene.json; --dry only prints. Frames a second need a machine with
// nothing else running; CPU milliseconds a frame (all of Chromium's processes) can be compared under load, too.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { benchFolder } from './peers.js';
import { ownMachine, resultFile } from './result-file.js';

const { values: options } = parseArgs({
  options: {
    words: { type: 'string', default: '100000,1000000' },
    seconds: { type: 'string', default: '2.5' },
    dry: { type: 'boolean', default: false },
  },
});
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const graphics = {
  swiftshader: '--use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist',
  none: '--disable-gpu',
};
const flags = '--no-sandbox --disable-quic --no-first-run --enable-precise-memory-info';
const size = { width: 1280, height: 800 };

/** The code that runs in the page: words in 60 heaps and between them, and the moves. */
const entry = `
import { createScene } from './src/explorer/live/scene/scene.ts';

let state = 12345;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const normal = () => { let sum = 0; for (let i = 0; i < 6; i++) sum += random(); return (sum - 3) / 1.4; };
const nothing = () => {};
const frame = () => new Promise(requestAnimationFrame);
let scene;

window.generate = (V) => {
  state = 12345;
  const heaps = Array.from({ length: 60 }, () => ({
    middle: [normal() * 0.4, normal() * 0.4],
    width: 0.03 + 0.06 * random(),
  }));
  const positions = new Float32Array(V * 2);
  const colors = new Uint8Array(V * 3);
  const words = [];
  for (let row = 0; row < V; row++) {
    const heap = heaps[Math.floor(random() * 60)];
    const width = random() < 0.2 ? 0.25 : heap.width;
    for (let axis = 0; axis < 2; axis++) {
      positions[row * 2 + axis] = Math.max(-1, Math.min(1, heap.middle[axis] + normal() * width));
    }
    colors.set([row % 200, (row * 7) % 180, 160], row * 3);
    words.push('word' + row.toString(36));
  }
  window.data = { points: { positions, words }, colors };
};

window.firstPicture = async () => {
  const start = performance.now();
  scene?.dispose();
  scene = createScene({ picked: nothing, hovered: nothing, lassoed: nothing, moved: nothing });
  document.querySelector('main').append(scene.element);
  scene.setPoints(data.points);
  scene.setColors(data.colors);
  await frame();
  await frame();
  await frame();
  return performance.now() - start;
};

/** The camera at a time in milliseconds, by kind of move. */
const moves = {
  pan: (home, t) => ({ ...home, x: home.x + 0.3 * Math.sin(t / 700), y: home.y + 0.2 * Math.cos(t / 500) }),
  zoom: (home, t) => ({ ...home, x: home.x + 0.1 * Math.sin(t / 700), zoom: home.zoom * 2 ** (2 + 2 * Math.sin(t / 600)) }),
};

window.move = async (kind, seconds) => {
  const home = scene.camera;
  const intervals = [];
  const warm = performance.now() + 1000;
  for (let picture = 0; picture < 20 && performance.now() < warm; picture++) {
    scene.setCamera(moves[kind](home, picture * 16));
    await frame();
  }
  const start = performance.now();
  let last = await frame();
  let shares = 0;
  while (performance.now() - start < seconds * 1000) {
    scene.setCamera(moves[kind](home, performance.now() - start));
    const now = await frame();
    intervals.push(now - last);
    shares += scene.share;
    last = now;
  }
  const took = performance.now() - start;
  scene.setCamera(home);
  await new Promise((done) => setTimeout(done, 400));
  intervals.sort((a, b) => a - b);
  return {
    frames: intervals.length,
    framesPerSecond: (1000 * intervals.length) / took,
    slowestTwentieth: intervals[Math.floor(intervals.length * 0.95)],
    meanShareDrawn: shares / intervals.length,
  };
};

window.picks = () => {
  const times = [];
  for (let turn = 0; turn < 200; turn++) {
    const start = performance.now();
    scene.rowAt(random() * ${size.width}, random() * ${size.height});
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { mean: times.reduce((sum, time) => sum + time, 0) / times.length, most: times.at(-1) };
};

window.heapMegabytes = () => performance.memory.usedJSHeapSize / 1e6;
`;

const { outputFiles } = await build({
  stdin: { contents: entry, resolveDir: join(benchFolder, '..'), loader: 'ts' },
  write: false,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022'],
});
const folder = mkdtempSync(join(tmpdir(), 'w2v-scene-'));
const file = join(folder, 'scene.html');
writeFileSync(
  file,
  `<!doctype html><meta charset="utf-8"><style>main { position: fixed; inset: 0; }</style><main></main><script>${outputFiles[0].text}</script>`,
);

const results = [];
for (const words of options.words.split(',').map(Number)) {
  for (const name of Object.keys(graphics)) results.push(await measure(words, name));
}
rmSync(folder, { recursive: true, force: true });
const result = { machine: ownMachine(), load: loadavg()[0], size, browser: results[0]?.browser, results };
if (options.dry) console.log(JSON.stringify(result, null, 1));
else writeFileSync(resultFile('scene'), `${JSON.stringify(result, null, 1)}\n`);

async function measure(words, graphicsName) {
  const server = await chromium.launchServer({ executablePath, args: `${flags} ${graphics[graphicsName]}`.split(' ') });
  const browser = await chromium.connect(server.wsEndpoint());
  const page = await browser.newPage({ viewport: size });
  page.on('pageerror', (error) => console.error(String(error)));
  await page.goto(pathToFileURL(file).href);
  const found = { words, graphics: graphicsName, browser: browser.version() };
  await page.evaluate(`generate(${words})`);
  found.firstPictureMilliseconds = round(await page.evaluate('firstPicture()'));
  for (const kind of ['pan', 'zoom']) {
    const before = processes(server.process().pid);
    const moved = await page.evaluate(`move('${kind}', ${options.seconds})`);
    const used = processes(server.process().pid).seconds - before.seconds;
    found[kind] = rounded({ ...moved, cpuMillisecondsPerFrame: (1000 * used) / moved.frames });
  }
  found.pickMilliseconds = rounded(await page.evaluate('picks()'), 4);
  found.heapMegabytes = round(await page.evaluate('heapMegabytes()'));
  found.residentMegabytes = rounded(processes(server.process().pid).megabytes);
  await browser.close();
  await server.close();
  console.error(JSON.stringify(found));
  return found;
}

/** CPU seconds and resident memory by kind of process, of a process and all its descendants. */
function processes(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return [
          { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), command },
        ];
      } catch {
        return []; // it has ended since
      }
    });
  const members = new Set([root]);
  for (let before = 0; before < members.size; ) {
    before = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  const megabytes = {};
  let ticks = 0;
  for (const { pid, command, ticks: own } of all.filter((one) => members.has(one.pid))) {
    ticks += own;
    const kind = /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser';
    if (kind !== 'renderer' && kind !== 'gpu-process') continue;
    const status = existsSync(`/proc/${pid}/status`) ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
    const resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000;
    megabytes[kind] = Math.max(megabytes[kind] ?? 0, resident);
  }
  return { seconds: ticks / 100, megabytes };
}

function rounded(values, digits = 2) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value, digits)]));
}

function round(value, digits = 2) {
  return Number(value.toFixed(digits));
}
