// docs/images/report.webp: the plots of a comparison's report, as Chromium shows them.
// w2v compare corpus:mix --report report.html && node scripts/report-picture.js report.html
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
await page.goto(pathToFileURL(resolve(process.argv[2] ?? 'report.html')).href);
// The tables under the plots are for readers, not for a picture.
await page.addStyleTag({ content: '#glance > .findings, #scores, #maps > p { display: none }' });
const box = async (selector) => page.locator(selector).boundingBox();
const scores = await box('#glance');
const firstMaps = await box('svg.map >> nth=1');
mkdirSync('docs/images', { recursive: true });
const clip = { x: 24, y: scores.y - 12, width: 1052, height: firstMaps.y + firstMaps.height - scores.y + 24, scale: 1 };
// WebP, for the package's size: the same picture as PNG is more than twice as large.
const cdp = await page.context().newCDPSession(page);
const shot = { format: 'webp', quality: 80, clip, captureBeyondViewport: true };
const { data } = await cdp.send('Page.captureScreenshot', shot);
writeFileSync('docs/images/report.webp', Buffer.from(data, 'base64'));
await browser.close();
