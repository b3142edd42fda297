// docs/images/explorer-*.webp: views of the explorer's page, as Chromium shows them.
// w2v corpus get wordnet && w2v train corpus:mix -o mix.bin && w2v map mix.bin -o map.html &&
// node scripts/explorer-pictures.js map.html
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const flags = '--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader';
const views = {
  // The middle of the map of corpus:mix; without a camera the page also shows what lies far from all others.
  map: { hash: 'coloring=class&q=whale&camera=0.09+0.03+2.05', colorScheme: 'dark' },
  analogy: { hash: 'view=analogy&f.a=man&f.b=son&f.c=woman', colorScheme: 'light' },
};

/** 1600 pixels wide, so that text is sharp where the picture is 800 wide. */
const [viewport, deviceScaleFactor] = [{ width: 1120, height: 680 }, 10 / 7];

const address = pathToFileURL(resolve(process.argv[2] ?? 'map.html')).href;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags.split(' ') });
mkdirSync('docs/images', { recursive: true });
for (const [name, { hash, colorScheme }] of Object.entries(views)) {
  const page = await browser.newPage({ viewport, deviceScaleFactor, colorScheme, reducedMotion: 'reduce' });
  await page.goto(`${address}#${hash}`);
  await page.locator(`#view-${name}`).waitFor();
  await page.waitForTimeout(4000); // until everything is drawn
  const cdp = await page.context().newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 50 });
  writeFileSync(`docs/images/explorer-${name}.webp`, Buffer.from(data, 'base64'));
  await page.close();
}
await browser.close();
