// docs/images/explorer-*.webp: views of the explorer's page, as Chromium shows them.
// w2v train text.txt -o a.bin && w2v train text.txt -o b.bin --model cbow && w2v map a.bin b.bin -o both.html &&
// node scripts/explorer-pictures.js both.html
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const flags = '--no-sandbox --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader';
const views = {
  map: { hash: 'coloring=class&q=music', colorScheme: 'dark' },
  analogy: { hash: 'view=analogy&f.a=man&f.b=king&f.c=woman', colorScheme: 'light' },
};

const address = pathToFileURL(resolve(process.argv[2] ?? 'both.html')).href;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags.split(' ') });
mkdirSync('docs/images', { recursive: true });
for (const [name, { hash, colorScheme }] of Object.entries(views)) {
  const page = await browser.newPage({ viewport: { width: 1040, height: 640 }, colorScheme, reducedMotion: 'reduce' });
  await page.goto(`${address}#${hash}`);
  await page.locator(`#view-${name}`).waitFor();
  await page.waitForTimeout(4000); // until everything is drawn
  const cdp = await page.context().newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: 32 });
  writeFileSync(`docs/images/explorer-${name}.webp`, Buffer.from(data, 'base64'));
  await page.close();
}
await browser.close();
