// Every example runs as it stands, on texts with a planted structure that its output has to show.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { isMissing } from '../requirements.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'w2v-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (name: string, ...parameters: string[]) =>
  execFileSync(process.execPath, [path.join(examples, name, 'run.js'), ...parameters], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function write(name: string, lines: readonly string[]): string {
  writeFileSync(path.join(folder, name), `${lines.join('\n')}\n`);
  return path.join(folder, name);
}

/** Sentences of eight words, each from one of the groups. */
function sentences(groups: readonly (readonly string[])[], count: number, seed = 1): string[] {
  const random = createRandom(seed);
  const one = <T>(list: readonly T[]): T => list[random.below(list.length)];
  return Array.from({ length: count }, () => {
    const group = one(groups);
    return Array.from({ length: 8 }, () => one(group)).join(' ');
  });
}

const sea = ['harbour', 'sailor', 'ship', 'storm', 'whale', 'anchor', 'coast', 'captain'];
const kitchen = ['bread', 'butter', 'oven', 'flour', 'sugar', 'kettle', 'spoon', 'dough'];
const money = ['bank', 'loan', 'price', 'market', 'coin', 'debt', 'trade', 'profit'];
const text = write('text.txt', sentences([sea, kitchen, money], 3000));
const notes = write('notes.txt', ['The captain saw a whale', 'More flour, less sugar', 'A loan from the bank']);

it('the folder and its page name the same examples', () => {
  const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const listed = [...readFileSync(path.join(examples, 'README.md'), 'utf8').matchAll(/\| \[([\w-]+)\]/g)];
  expect(listed.map(([, name]) => name).sort()).toEqual(folders.map(({ name }) => name).sort());
});

it('tags: from the words of the text of each note', () => {
  const lines = run('tags', notes, text).trimEnd().split('\n');
  expect(lines.filter((_, at) => at % 2 === 0)).toEqual(readFileSync(notes, 'utf8').trimEnd().split('\n'));
  for (const [at, group] of [sea, kitchen, money].entries()) {
    const tags = lines[2 * at + 1].trim().split(', ');
    expect(tags.length).toBeGreaterThan(0);
    expect(tags.filter((tag) => !group.includes(tag))).toEqual([]);
  }
});

it('item2vec: neighbors are of the same kind', () => {
  const share = Number(/Of the 5 nearest products (\d+) %/.exec(run('item2vec'))![1]);
  expect(share).toBeGreaterThan(90);
});

it('meaning-shift: the word that is in other company in the second text comes first', () => {
  // Function words change as much, but are not asked.
  const first = write('first.txt', sentences([[...sea, 'crane', 'the'], kitchen, money], 3000, 2));
  const second = write('second.txt', sentences([sea, kitchen, [...money, 'crane', 'the']], 3000, 3));
  const output = run('meaning-shift', first, second);
  const [head, word] = output.split('\n');
  expect(output).not.toMatch(/^ {2}the /m);
  expect(head).toMatch(
    /^Words share [\d.]+ % of their 10 nearest words \(two seeds of .* [\d.]+ %, by chance [\d.]+ %\)/,
  );
  expect(word).toMatch(/^ {2}crane \(\d+, two seeds \d+\): /);
});

it('korean: also a word with a typing error has neighbors', () => {
  const hangul = [
    ['바다', '고래', '항구', '선장', '폭풍'],
    ['국회', '대통령', '법률', '헌법', '국민'],
  ];
  const output = run('korean', write('korean.txt', sentences(hangul, 1500)), '대통령', '대통렁');
  expect(output).toMatch(/^대통령: /m);
  expect(output).toMatch(/^대통렁 \(not in the text\): 대통령 /m);
});

it('spark-counts: the same commands on this machine', () => {
  const many = (group: readonly string[]) =>
    group.flatMap((word) => ['s', 'ed', 'ing', 'er', 'y'].map((end) => word + end));
  const large = write('large.txt', sentences([sea, kitchen, money].map(many), 3000));
  const lines = run('spark-counts', '-', large, 'whales').trimEnd().split('\n');
  expect(lines[0]).toBe('120 words x 100');
  expect(lines.slice(1)).toHaveLength(5);
  for (const line of lines.slice(1)) expect(many(sea)).toContain(line.split('\t')[1]);
  expect(() => run('spark-counts')).toThrow('usage: node run.js');
  // In a project that has installed the package.
  mkdirSync(path.join(folder, 'project/node_modules'), { recursive: true });
  symlinkSync(path.join(examples, '..'), path.join(folder, 'project/node_modules/w2v'), 'dir');
  const copy = path.join(folder, 'project/run.js');
  copyFileSync(path.join(examples, 'spark-counts/run.js'), copy);
  writeFileSync(path.join(folder, 'project/package.json'), '{ "type": "module" }');
  expect(execFileSync(process.execPath, [copy, '-', large], { encoding: 'utf8' })).toBe('120 words x 100\n');
});

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));

describe.skipIf(isMissing('CHROMIUM', executablePath !== undefined))('semantic-search', () => {
  it('finds notes by words that they do not have, in one page from the disk', async () => {
    expect(run('semantic-search', notes, text, 'notes.html')).toMatch(/^Wrote notes.html: 3 notes, 24 words, /);
    const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(pathToFileURL(path.join(folder, 'notes.html')).href);
      const first = async (query: string) => {
        await page.fill('#query', query);
        return page.locator('#found li').first().innerText();
      };
      expect(await first('Anchor and storm!')).toContain('The captain saw a whale');
      expect(await first('butter')).toContain('More flour, less sugar');
      expect(await first('debt')).toContain('A loan from the bank');
      await page.fill('#query', 'nothing known');
      expect(await page.locator('#found').innerText()).toBe('no known word');
      await page.fill('#query', ' ');
      expect(await page.locator('#found li').count()).toBe(0);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
