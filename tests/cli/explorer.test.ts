// w2v map and w2v serve on the command line: what they write and say, and what they refuse.
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageData } from '../../src/explorer/page-data.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { runHere, spawnW2v, startW2v } from './run-w2v.ts';

const { file } = temporaryFolder();
let environment: { W2V_CACHE: string };
let vectors: string;
let other: string;
let sparse: string;
const beside = (name: string) => path.join(path.dirname(vectors), name);
const w2v = (...args: string[]) => runHere(args, { environment });

beforeAll(async () => {
  vectors = file('v.txt', 'king 1 0 0\nqueen 1 0.1 0\nman 0 1 0\nwoman 0.1 1 0\nbad nan 1 0\nzero 0 0 0\n');
  other = file('other.txt', 'king 1 0\nqueen 0 1\nnew 1 1\n');
  environment = { W2V_CACHE: beside('cache') };
  const text = file('text.txt', 'the cat sleeps the dog sleeps the cat eats the dog eats\n'.repeat(20));
  sparse = beside('s.npz');
  await runHere(['count', text, '-o', sparse, '--method', 'ppmi', '--quiet'], { environment });
});

/** What the script of a page reads. */
function dataOf(page: string): PageData {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]);
}

describe('w2v map', () => {
  it('writes one page with everything in it, and says how to use it', async () => {
    const { code, stderr, stdout } = await w2v('map', vectors, '-o', beside('m.html'));
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(
      /UMAP in 2 dimensions keeps \d+ % of the \d nearest words\nWrote .*m\.html \(\d+ kB\): open it in a browser\n$/,
    );
    const page = readFileSync(beside('m.html'), 'utf8');
    const [space] = dataOf(page).spaces;
    expect(space!.layouts.map(({ method }) => method)).toEqual(['pca', 'umap']);
    const packed = new RegExp(`id="blob-${space!.words}">([^<]*)<`).exec(page)![1];
    expect(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())).toEqual([
      'king',
      'queen',
      'man',
      'woman',
      'bad',
      'zero',
    ]);
    expect(page).not.toMatch(/(src|href)="(?!data:|#)/);
  });

  it('names two files with as many folders as tell them apart', async () => {
    const text = readFileSync(other, 'utf8');
    for (const side of ['x', 'y']) {
      mkdirSync(beside(`${side}/d`), { recursive: true });
      file(`${side}/d/f.txt`, text);
    }
    const namesOf = async (...files: string[]) => {
      const { stdout } = await w2v('map', ...files, '-o', '-', '--layout', 'pca', '--quiet');
      return dataOf(stdout).spaces.map(({ name }) => name);
    };
    expect(await namesOf(beside('x/d/f.txt'), beside('y/d/f.txt'))).toEqual(['x/d/f.txt', 'y/d/f.txt']);
    expect(await namesOf(beside('x/d/f.txt'), other)).toEqual(['f.txt', 'other.txt']);
    expect(await namesOf(other, other)).toHaveLength(2); // one file twice has one name
  });

  it('has the same bytes for the same seed', async () => {
    const pages = [];
    for (const name of ['1.html', '2.html']) {
      await w2v('map', vectors, '-o', beside(name), '--quiet');
      pages.push(readFileSync(beside(name), 'utf8'));
    }
    expect(pages[0]).toBe(pages[1]);
  });

  it('has counts from a vocabulary, from the manifest, or none', async () => {
    const counts = file('counts.tsv', 'king\t7\nman\t3\n');
    await w2v('map', vectors, '-o', beside('c.html'), '--counts', counts, '--layout', 'pca');
    const packed = /id="blob-counts-0">([^<]*)</.exec(readFileSync(beside('c.html'), 'utf8'))![1];
    const bytes = gunzipSync(Buffer.from(packed, 'base64'));
    expect(Array.from(new Float64Array(new Uint8Array(bytes).buffer))).toEqual([7, 0, 3, 0, 0, 0]);
    expect(dataOf(readFileSync(beside('m.html'), 'utf8')).spaces[0].counts).toBeUndefined();
  });

  it('says which words have no vector in the page', async () => {
    const { stderr } = await w2v('map', vectors, '-o', beside('few.html'), '--vectors', '20', '--layout', 'pca');
    expect(stderr).toContain(
      'v.txt: the page has the vectors of 2 of 6 words; for more, raise --vectors, or use w2v serve\n',
    );
  });

  it('writes to standard output, and reads from standard input', async () => {
    const { code, stdout } = await runHere(['map', '-', '-o', '-', '--quiet'], {
      environment,
      stdin: readFileSync(vectors, 'utf8'),
    });
    expect([code, dataOf(stdout).spaces[0].name]).toEqual([0, 'standard input']);
  });

  it.each([
    [['-o', 'm.html'], 3, /m\.html.*exists/s],
    [['-o', 'no/m.html'], 3, /folder .* does not exist/],
    [['-o', 'v.txt', '--force'], 2, /is an input and an output/],
    [['-o', '-', '--json'], 2, /both go to standard output/],
    [['other.txt', 'v.txt', '-o', 'x.html'], 2, /too many arguments/],
    [['-o', 'x.html', '--layout', 'tsne'], 2, /expected pca or umap/],
    [['-o', 'x.html', '--other-seed', 'v.txt'], 2, /two files/],
    [['-o', 'x.html', '--counts', 'v.txt'], 3, /v\.txt:1: expected a word, a tab and a count/],
    [['-o', 'x.html', '--wordnet', 'nowhere'], 3, /nowhere/],
    [['none.txt', '-o', 'x.html'], 3, /none\.txt does not exist/],
    [[], 2, /required option '-o/],
  ])('refuses %j', async (args, code, message) => {
    const named = args.map((word) => (/^[\w/]+\.(html|txt)$/.test(word) ? beside(word) : word));
    const run = await w2v('map', vectors, ...named);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toMatch(message);
    expect(readFileSync(vectors, 'utf8')).toMatch(/^king/);
  });

  it('refuses files without two common words, and a sparse matrix', async () => {
    const alone = file('alone.txt', 'x 1 0\ny 0 1\n');
    expect(await w2v('map', vectors, alone, '-o', beside('x.html'))).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('share no word'),
    });
    expect(await w2v('map', sparse, '-o', beside('x.html'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('w2v serve'),
    });
    expect(() => statSync(beside('x.html'))).toThrow();
  });
});

describe('w2v serve --get', () => {
  const get = (url: string, ...files: string[]) =>
    w2v('serve', ...(files.length > 0 ? files : [vectors]), '--get', url);

  it('prints the answer of the query layer', async () => {
    const { code, stdout } = await get('/api/nearest?query=king&k=2');
    const { stdout: nearest } = await w2v('nearest', vectors, 'king', '-k', '2', '--json');
    const [expected] = JSON.parse(nearest);
    const { neighbors } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(
      neighbors.map(({ word, similarity }: { word: string; similarity: number }) => ({ word, similarity })),
    ).toEqual(expected.neighbors);
  });

  it.each([
    ['/api/nearest?query=nowhere', 5, 'word-unknown'],
    ['/api/nearest?query=bad', 2, 'usage'],
    ['/api/nearest?query=king&k=0', 2, 'usage'],
    ['/etc/passwd', 2, 'usage'],
    ['../../etc/passwd', 2, 'usage'],
  ])('ends with the exit code of %s', async (url, code, error) => {
    const run = await get(url);
    expect([run.code, JSON.parse(run.stdout).error.code]).toEqual([code, error]);
    expect(run.stderr).toMatch(/^error: .*\nhint: /);
  });

  it('gives the page and its lists', async () => {
    const { data } = { data: dataOf((await get('/', vectors, other)).stdout) };
    expect(data).toMatchObject({ answeredBy: 'server', pair: { common: 2 } });
    expect(data.spaces[0].vectors).toBeUndefined();
    const { code, stdout } = await spawnW2v(['serve', vectors, '--get', '/data/words-0'], { environment });
    expect([code, stdout.length > 20]).toEqual([0, true]);
  });

  it('answers about a sparse matrix, and of two files', async () => {
    expect(JSON.parse((await get('/api/nearest?query=cat', sparse)).stdout).neighbors[0].word).toBe('sleeps');
    expect(JSON.parse((await get('/api/nearest?query=new&file=1', vectors, other)).stdout).rows).toEqual([2]);
    expect(dataOf((await get('/', sparse)).stdout).spaces[0].layouts).toEqual([]);
  });
});

describe('w2v serve', () => {
  it('ends with 1 where the port it was given is taken, and names the option', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await w2v('serve', vectors, '--port', String(port));
    taken.close();
    expect([code, stderr]).toEqual([
      1,
      `error: port ${port} is already in use on 127.0.0.1\nhint: choose another --port, or 0 for any that is free\n`,
    ]);
  });

  it('ends with 2 for ports that are none', async () => {
    for (const port of ['70000', '-1', 'x', '1.5']) expect((await w2v('serve', vectors, '--port', port)).code).toBe(2);
  });

  it('ends, and frees the port, where the map fails after it was taken', async () => {
    const { code } = await w2v('serve', vectors, '--port', '0', '--wordnet', beside('nowhere'));
    expect(code).toBe(3);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints its address first and ends at %s with a connection kept open',
    async (name) => {
      const child = startW2v(['serve', vectors, '--port', '0', '--json', '--open'], environment);
      let [stdout, stderr] = ['', ''];
      child.stderr!.on('data', (chunk) => {
        stderr += chunk;
      });
      const url = await new Promise<string>((resolve) => {
        child.stdout!.on('data', (chunk) => {
          stdout += chunk;
          if (stdout.endsWith('\n')) resolve(JSON.parse(stdout).url);
        });
      });
      const [address, token] = url.split('#token=');
      const ask = (headers: Record<string, string>) => fetch(`${address}api/nearest?query=king`, { headers });
      expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200); // fetch keeps its connection
      expect((await ask({})).status).toBe(403); // another user of this machine
      const page = await (await fetch(address!)).text();
      expect([page.includes('v.txt'), dataOf(page).spaces]).toEqual([false, []]);
      expect(stderr).not.toContain('other machines');
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      child.kill(name);
      expect(await ended).toBe(name === 'SIGINT' ? 130 : 143);
      expect(stderr).toContain(`Serving ${url} (Ctrl-C ends it)\n`);
      expect(stderr).toMatch(/Stopped\.\n$/);
      expect(stdout).toBe(`${JSON.stringify({ url })}\n`);
    },
  );

  it('opens a browser where the streams are a terminal, only with --open', async () => {
    // It writes the address that it is given, which every user can read, and the page there.
    const stub = '#!/bin/sh\necho "$*" > "$OPENED.part"; cat "$1" >> "$OPENED.part"; mv "$OPENED.part" "$OPENED"\n';
    const programs = path.dirname(file('xdg-open', stub));
    for (const name of ['xdg-open', 'open']) chmodSync(file(name, stub), 0o755);
    const before = process.env.PATH;
    const open = async (opened: string, ...options: string[]) => {
      process.env.PATH = `${programs}${path.delimiter}${before}`;
      process.env.OPENED = opened;
      const controller = new AbortController();
      const onOutput = async (text: string) => {
        for (let tries = 0; tries < 100 && options.length > 0 && !existsSync(opened); tries++) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        expect(text).toContain('http://127.0.0.1:');
        controller.abort();
      };
      const args = ['serve', vectors, '--port', '0', '--json', '--quiet', '--layout', 'pca', ...options];
      await runHere(args, { environment, terminal: true, signal: controller.signal, onOutput });
      process.env.PATH = before;
    };
    await open(beside('opened'), '--open');
    const [given, ...page] = readFileSync(beside('opened'), 'utf8').split('\n');
    expect(given).toMatch(/^\/.*\/open\.html$/);
    expect(existsSync(given!)).toBe(false); // it is removed when the server ends
    expect(page.join('\n')).toMatch(/content="0; url=http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{32}"/);
    await open(beside('not-opened'));
    expect(existsSync(beside('not-opened'))).toBe(false);
  });
});
