// The documentation as a site: every link leads to something, every name of the library is there, nothing is cut off.
// Needs VitePress: `npm run docs` fetches it into scripts/site.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { without } from '../requirements.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// A path that the compiler does not follow: the scripts are plain JavaScript.
const { makeSite, hasVitePress } = await import(path.join(root, 'scripts/docs.js'));
const hasIt: boolean = hasVitePress();

describe.skipIf(!hasIt)(`the site${without(hasIt, 'VitePress')}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'w2v-site-'));
  beforeAll(() => makeSite(folder, { live: false }), 240_000);
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const pagesOf = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));

  it('has home pages in English and Korean, and a page for each document', () => {
    const documents = readdirSync(path.join(root, 'docs')).filter((name) => /^[\w-]+\.md$/.test(name));
    expect(pagesOf()).toEqual(expect.arrayContaining(documents.map((name) => name.replace('.md', '.html'))));
    expect(read('index.html')).toContain('<html lang="en"');
    expect(read('ko/index.html')).toContain('<html lang="ko"');
    expect(read('ko/index.html')).toContain('href="/ko/tutorial.html"');
  });

  it('every link and every image leads to something in the folder, headings included', () => {
    const live = ['/lesson.html', '/map.html']; // left out here
    const broken: string[] = [];
    for (const page of pagesOf()) {
      for (const [, target] of read(page).matchAll(/<(?:a|img|link|script)\b[^>]* (?:href|src)="([^"]*)"/g)) {
        if (/^(https?|data|mailto):/.test(target!) || live.includes(target!)) continue;
        const [address, anchor] = target!.replaceAll('&amp;', '&').split('#') as [string, string?];
        const file = address === '' ? page : address.replace(/\/$/, '/index.html');
        const there = existsSync(path.join(folder, file));
        if (!there || (anchor !== undefined && !read(file).includes(`id="${decodeURI(anchor)}"`)))
          broken.push(`${page}: ${target}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('the reference has every name that the library exports, and its comments', async () => {
    const names = Object.keys(await import(path.join(root, 'dist/index.js')));
    const reference = read('api.html').toLowerCase();
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !reference.includes(`<h4 id="${name.toLowerCase()}`))).toEqual([]);
    expect(reference).toContain('the k words nearest to each query vector');
  });
});
