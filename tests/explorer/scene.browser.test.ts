// The scene of the explorer in a real browser: what is seen, and what pointers and keys do.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { onScreen, viewOf } from '../../src/explorer/live/scene/camera.ts';
import type { Camera } from '../../src/explorer/state.ts';
import { isMissing } from '../requirements.ts';
import { scenePage } from './scene-page.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
const flags = '--no-sandbox --disable-quic --no-first-run --disable-background-networking';
const viewport = { width: 800, height: 600 };

/** Six words: one in the middle, one in each corner, and one beside the middle. */
const corners = [0, 0, -0.8, 0.8, 0.8, 0.8, 0.8, -0.8, -0.8, -0.8, 0.4, 0];
const names = ['middle', 'northwest', 'northeast', 'southeast', 'southwest', 'beside'];

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('the scene in Chromium', () => {
  let folder: string;
  let browser: Browser;
  let address: string;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'w2v-scene-'));
    const file = path.join(folder, 'scene.html');
    await writeFile(file, await scenePage());
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

  /** A page with the six words, everything in sight and at rest. */
  async function open(options: Parameters<Browser['newPage']>[0] = {}) {
    page = await browser.newPage({ viewport, reducedMotion: 'reduce', ...options });
    page.setDefaultTimeout(20_000);
    complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.addInitScript(
      "addEventListener('securitypolicyviolation', (event) => console.error('CSP', event.violatedDirective))",
    );
    await page.goto(address);
    await page.evaluate('newScene()');
    await setPoints(corners);
    await setCamera({});
  }

  const setPoints = (positions: number[], words = names) =>
    page.evaluate(
      `scene.setPoints({ positions: Float32Array.from(${JSON.stringify(positions)}), words: ${JSON.stringify(words)} })`,
    );
  /** Two pictures later everything that was to be drawn is drawn. */
  const settled = () =>
    page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))',
    );
  async function setCamera(change: Partial<Camera>): Promise<void> {
    await settled();
    await page.evaluate(`scene.setCamera(${JSON.stringify({ x: 0, y: 0, zoom: 1, ...change })})`);
    await settled();
  }
  /** Playwright's waitForFunction needs eval, which the page forbids. */
  async function until(expression: string): Promise<void> {
    const end = performance.now() + 20_000;
    while (!(await page.evaluate(expression))) {
      if (performance.now() > end) throw new Error(`never: ${expression}`);
      await page.waitForTimeout(50);
    }
  }
  const camera = () => page.evaluate('({ ...scene.camera })') as Promise<Camera>;
  const happened = async (name: string) =>
    ((await page.evaluate('happened')) as [string, unknown][]).filter(([is]) => is === name).map(([, value]) => value);
  const place = async (row: number, positions = corners) =>
    onScreen(viewOf(await camera(), viewport), { x: positions[row * 2], y: positions[row * 2 + 1] });

  /**
   * What is on the screen around a place: the pixels that differ from the panel by more than a shade, and one of them.
   */
  async function seen(x: number, y: number, half = 3): Promise<{ covered: number; color: number[] }> {
    const clip = { x: Math.round(x) - half, y: Math.round(y) - half, width: 2 * half, height: 2 * half };
    // A screenshot may be of the picture before: two equal ones in a row are of the last.
    let picture = '';
    for (let next = ''; next === '' || next !== picture; ) {
      picture = next;
      await page.waitForTimeout(60);
      next = (await page.screenshot({ clip })).toString('base64');
    }
    return (await page.evaluate(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${picture}';
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      let covered = 0, color = [];
      for (let at = 0; at < data.length; at += 4) {
        const far = Math.max(255 - data[at], 255 - data[at + 1], 255 - data[at + 2]);
        if (far < 40) continue;
        covered++;
        const middle = 4 * (${half} * image.width + ${half});
        color = [...data.slice(middle, middle + 3)];
      }
      return { covered, color };
    })()`)) as { covered: number; color: number[] };
  }

  it('draws each point where it is, in its color, and nothing where there is none', async () => {
    await open();
    for (let row = 0; row < 6; row++) {
      const { x, y } = await place(row);
      const { covered, color } = await seen(x, y);
      expect(covered).toBeGreaterThan(20);
      expect(Math.abs(color[0] - 11) + Math.abs(color[2] - 176)).toBeLessThan(60);
    }
    const between = await place(0);
    expect((await seen(between.x - 150, between.y + 60)).covered).toBe(0);
    await page.evaluate('scene.setColors(Uint8Array.from({ length: 18 }, (_, at) => (at < 3 ? [200, 0, 0][at] : 90)))');
    await settled();
    const [red, green] = (await seen(between.x, between.y)).color;
    expect(red).toBeGreaterThan(170);
    expect(green).toBeLessThan(60);
  });

  it('moves by a drag, zooms by the wheel at the pointer, and stays on the map', async () => {
    await open();
    await page.mouse.move(400, 300);
    await page.mouse.down();
    await page.mouse.move(420, 310);
    await page.mouse.move(500, 250, { steps: 4 });
    await page.mouse.up();
    await settled();
    expect(await place(0)).toMatchObject({ x: expect.closeTo(500, 3), y: expect.closeTo(250, 3) });
    expect((await seen(500, 250)).covered).toBeGreaterThan(20);
    await page.mouse.wheel(0, -200);
    await settled();
    expect((await camera()).zoom).toBeGreaterThan(1.2);
    expect(await place(0)).toMatchObject({ x: expect.closeTo(500, 3), y: expect.closeTo(250, 3) });
    const moved = (await happened('moved')) as Camera[];
    expect(moved.at(-1)).toEqual(await camera());
    expect(await happened('picked')).toEqual([]);
    for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, 240);
    await page.mouse.move(20, 20);
    for (let turn = 0; turn < 5; turn++) {
      await page.mouse.down();
      await page.mouse.move(780, 580, { steps: 3 });
      await page.mouse.up();
      await page.mouse.move(20, 20);
    }
    await settled();
    const lost = await camera();
    expect(lost.zoom).toBe(0.6);
    expect(Math.abs(lost.x)).toBeLessThanOrEqual(1);
  });

  it('picks the word that is clicked, says which one the pointer is over, and clears at a click on none', async () => {
    await open();
    const { x, y } = await place(2);
    await page.mouse.move(x + 2, y - 2);
    await settled();
    expect(await happened('hovered')).toEqual([2]);
    await page.mouse.click(x + 2, y - 2);
    await page.mouse.click(600, 320);
    await until('happened.filter(([name]) => name === "picked").length === 2');
    expect(await happened('picked')).toEqual([2, undefined]);
    expect(await page.evaluate(`[scene.rowAt(${x}, ${y}), scene.rowAt(5, 5)]`)).toEqual([2, undefined]);
  });

  it('a double click zooms and picks nothing', async () => {
    await open();
    await page.mouse.dblclick(600, 320);
    await page.waitForTimeout(400);
    expect((await camera()).zoom).toBeCloseTo(2);
    expect(await happened('picked')).toEqual([]);
  });

  it('takes the words inside a lasso; Escape gives it up', async () => {
    await open();
    await page.evaluate("scene.setTool('lasso')");
    await page.locator('.scene').focus();
    const ring = async () => {
      await page.mouse.move(350, 250);
      await page.mouse.down();
      for (const [x, y] of [
        [560, 240],
        [570, 360],
        [340, 350],
      ] as const) {
        await page.mouse.move(x, y, { steps: 4 });
      }
    };
    await ring();
    await settled();
    expect((await seen(460, 245, 8)).covered).toBeGreaterThan(3);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await happened('lassoed')).toEqual([]);
    await ring();
    await page.mouse.up();
    await settled();
    expect(await happened('lassoed')).toEqual([[0, 5]]);
    expect((await camera()).x).toBe(0);
    const before = (await seen((await place(0)).x, (await place(0)).y, 8)).covered;
    await page.evaluate('scene.setMarked([0, 5])');
    await settled();
    const { covered, color } = await seen((await place(0)).x, (await place(0)).y, 8);
    expect(covered).toBeGreaterThan(before);
    expect(color[0]).toBeGreaterThan(150);
  });

  it('draws lines from the word asked for, brings words into sight, and moves points to new places', async () => {
    await open();
    await page.evaluate('scene.setFocus({ rows: [0], to: [3] })');
    await settled();
    const [from, to] = [await place(0), await place(3)];
    const onLine = await seen(from.x + (to.x - from.x) * 0.75, from.y + (to.y - from.y) * 0.75, 4);
    expect(onLine.covered).toBeGreaterThan(3);
    await page.evaluate('scene.setCamera({ ...scene.camera, zoom: 15, x: -0.5 }); scene.bringIntoSight([1, 2])');
    await settled();
    for (const row of [1, 2]) {
      const { x, y } = await place(row);
      expect(x > 0 && x < 800 && y > 0 && y < 600).toBe(true);
    }
    await page.evaluate('scene.setFocus(undefined)');
    await setPoints([...corners].reverse());
    await setCamera({});
    const moved = await place(5, [...corners].reverse());
    expect((await seen(moved.x, moved.y)).covered).toBeGreaterThan(20);
  });

  it('fits its element after a change of size', async () => {
    await open();
    await page.evaluate("document.querySelector('main').style.width = '400px'");
    await until(
      '[...document.querySelectorAll("canvas")].every(({ width, height }) => width === 400 && height === 600)',
    );
    const canvases = await page.evaluate('document.querySelectorAll("canvas").length');
    expect(canvases).toBe(1);
    expect((await seen(200, 300)).covered).toBeGreaterThan(20);
    await page.evaluate("document.querySelector('main').hidden = true");
    await settled();
    await page.evaluate("document.querySelector('main').hidden = false");
    await settled();
    expect((await seen(200, 300)).covered).toBeGreaterThan(20);
  });

  it('labels words: all of six, few of thousands, and always the one asked for', async () => {
    await open();
    // To the right of each point there is its label.
    for (let row = 0; row < 6; row++) {
      const { x, y } = await place(row);
      expect((await seen(x + 22, y, 8)).covered).toBeGreaterThan(15);
    }
    const V = 5000;
    const positions = Array.from({ length: 2 * V }, (_, at) => Math.sin(at * 12.9898) * 0.9);
    const words = Array.from({ length: V }, (_, row) => `word${row}`);
    await setPoints(positions, words);
    await setCamera({ zoom: 40, x: positions[8000], y: positions[8001] });
    await page.evaluate('scene.setFocus({ rows: [4000], to: [] })');
    await settled();
    expect((await seen(400 + 40, 300, 8)).covered).toBeGreaterThan(25);
  });

  it('works by keyboard: arrows, zoom, the word in the middle, the whole map', async () => {
    await open();
    await page.locator('.scene').focus();
    expect(await page.locator('.scene').getAttribute('aria-label')).toMatch(/^Map of 6 words\. Arrow keys move/);
    await page.keyboard.press('ArrowRight');
    await settled();
    expect((await camera()).x).toBeGreaterThan(0.1);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await settled();
    expect((await camera()).zoom).toBeCloseTo(1.5);
    await setCamera({ x: 0.41 });
    await settled();
    expect((await happened('hovered')).at(-1)).toBe(5);
    expect(await page.locator('.scene [aria-live]').textContent()).toBe('beside');
    await page.keyboard.press('Enter');
    expect(await happened('picked')).toEqual([5]);
    await page.keyboard.press('0');
    await settled();
    expect((await camera()).zoom).toBeCloseTo(1.18, 1);
    expect(Math.abs((await camera()).x)).toBeLessThan(0.01);
  });

  it('takes two fingers: apart zooms, together with a move', async () => {
    await open({ hasTouch: true });
    const session = await page.context().newCDPSession(page);
    const touch = (type: string, ...at: [number, number][]) =>
      session.send('Input.dispatchTouchEvent', {
        type: type as 'touchStart',
        touchPoints: at.map(([x, y], id) => ({ x, y, id })),
      });
    await touch('touchStart', [350, 300]);
    await touch('touchStart', [350, 300], [450, 300]);
    for (let step = 1; step <= 10; step++) await touch('touchMove', [350 - step * 5, 300], [450 + step * 5, 300]);
    await touch('touchEnd');
    await settled();
    expect((await camera()).zoom).toBeCloseTo(2, 1);
    expect(await place(0)).toMatchObject({ x: expect.closeTo(400, 0), y: expect.closeTo(300, 0) });
    const { x, y } = await place(5);
    await page.touchscreen.tap(x, y);
    await until('happened.some(([name]) => name === "picked")');
    expect(await happened('picked')).toEqual([5]);
  });

  it('draws only when something has changed', async () => {
    await open();
    await page.waitForTimeout(300);
    const pictures = () => page.evaluate('scene.pictures');
    const before = await pictures();
    await page.waitForTimeout(500);
    expect(await pictures()).toBe(before);
  });

  it('is dark on a dark page, and follows a change', async () => {
    await open({ colorScheme: 'dark' });
    const corner = () => seen(20, 20);
    expect((await corner()).color[0]).toBeLessThan(60);
    await page.emulateMedia({ colorScheme: 'light' });
    await settled();
    expect((await corner()).covered).toBe(0);
  });
});
