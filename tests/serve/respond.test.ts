// Every request and its answer, without a connection: who is refused, and what is said of a question.

import { describe, expect, it } from 'vitest';
import { PAGE_QUESTION } from '../../src/explorer/page-data.ts';
import type { Rules } from '../../src/serve/guard.ts';
import { respond } from '../../src/serve/respond.ts';
import { siteOf, space } from './site.ts';

const { signal } = new AbortController();
const loopback: Rules = { host: '127.0.0.1', open: false };

async function ask(url: string, headers: Record<string, string> = {}, { method = 'GET', rules = loopback } = {}) {
  const { body, ...response } = await respond(
    { method, url, headers: { host: '127.0.0.1:8760', ...headers } },
    siteOf(rules),
    signal,
  );
  const text = Buffer.from(body as string).toString();
  const isJson = response.headers['Content-Type'].startsWith('application/json');
  return { ...response, text, json: isJson ? JSON.parse(text) : undefined };
}

/** Lists of so many words each, as an association test takes them. */
function lists(sizes: readonly number[]): string {
  const names = ['target1', 'target2', 'attribute1', 'attribute2'];
  return names.map((name, at) => Array(sizes[at]).fill(`${name}=man`).join('&')).join('&');
}

describe('the name of the server', () => {
  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1', '[::1]:8760', 'localhost.'])('is %s', async (host) => {
    expect((await ask('/', { host })).status).toBe(200);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '',
    '127.0.0.1@evil.example',
    '[::2]',
    'a b',
    '::1',
    '127.0.0.1:99999x',
  ])('is not %j', async (host) => {
    const { status, json } = await ask('/', { host });
    expect([status, json.error.message]).toEqual([
      403,
      `the header Host is '${host}', which is not a name of this server`,
    ]);
    expect(json.error.hint).toMatch(/--host/);
  });

  it('may be the one of --host, and an address where others can reach it', async () => {
    const open = { host: 'Words.example', open: true };
    expect((await ask('/', { host: 'words.example:1' }, { rules: open })).status).toBe(200);
    expect((await ask('/', { host: '10.0.0.1:1' }, { rules: open })).status).toBe(200);
    expect((await ask('/', { host: 'evil.example' }, { rules: open })).status).toBe(403);
    expect((await ask('/', { host: 'words.example' })).status).toBe(403);
  });
});

describe('pages elsewhere', () => {
  const question = '/api/nearest?query=king';
  it.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://127.0.0.1:1' }, 403],
    [{ origin: 'http://127.0.0.1:8760' }, 200],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }, 403],
  ])('with %j get %i for a question', async (headers, status) => {
    expect((await ask(question, headers as Record<string, string>)).status).toBe(status);
  });

  it('may link to the page, not frame or load it', async () => {
    const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await ask('/', { ...visit, 'sec-fetch-dest': 'document' })).status).toBe(200);
    expect((await ask('/', { ...visit, 'sec-fetch-dest': 'iframe' })).status).toBe(403);
    expect((await ask('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status).toBe(403);
  });
});

describe.each<Rules>([
  { host: '0.0.0.0', open: true, token: 'secret' },
  { host: '127.0.0.1', open: false, token: 'secret' },
])('a server with a token (%j)', (rules) => {
  it.each(['/api/nearest?query=king', '/data/words-0', '/nothing'])('wants it for %s', async (url) => {
    for (const authorization of [undefined, 'Bearer', 'Bearer secreT', 'Bearer secret2', 'secret']) {
      expect((await ask(url, authorization ? { authorization } : {}, { rules })).status).toBe(403);
    }
    expect((await ask(url, { authorization: 'Bearer secret' }, { rules })).status).not.toBe(403);
  });
});

it.each([
  '/..',
  '/../etc/passwd',
  '/%2e%2e/etc/passwd',
  '/data/..%2f..%2fetc%2fpasswd',
  '/data/',
  '/data/__proto__',
  '/data/WORDS-0',
  '/api/constructor',
  '/api/__proto__',
  '/api/nearest/',
  '/api',
  '/index.html',
  '/favicon.ico',
])('there is nothing at %s', async (url) => {
  const { status, json } = await ask(url);
  expect([status, json.error.message]).toEqual([404, 'there is nothing at this address']);
});

it.each(['http://evil.example/', '//evil.example/', '*', '/#x', '/api/nearest?query=king#x', ''])(
  '%j is no path',
  async (url) => {
    expect((await ask(url)).status).toBe(400);
  },
);

it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])('%s is refused', async (method) => {
  const { status, headers } = await ask('/api/nearest?query=king', {}, { method });
  expect([status, headers.Allow]).toEqual([405, 'GET, HEAD']);
});

it('every answer has the headers that keep other pages out, and none that lets them in', async () => {
  for (const url of ['/', '/data/words-0', '/api/nearest?query=king', '/api/nearest?query=kign', '/nothing']) {
    const { headers } = await ask(url);
    expect(headers).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
    });
    expect(headers['Content-Security-Policy']).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
    expect(Object.keys(headers).filter((name) => /access-control/i.test(name))).toEqual([]);
  }
});

describe('questions', () => {
  it('have the answers of the query layer', async () => {
    const { status, json } = await ask('/api/nearest?query=king&k=2');
    expect([status, json.query, json.neighbors.length]).toEqual([200, 'king', 2]);
    expect((await ask('/api/analogy?a=man&b=king&c=woman')).json.plane.a).toEqual({ x: 0, y: 0 });
    expect((await ask('/api/similarities?a=king&b=king&a=king&b=queen')).json.length).toBe(2);
    expect((await ask('/api/axes?word=king&word=no&axis=man')).json.missing).toEqual(['no']);
    const test = 'target1=king&target1=man&target2=queen&target2=woman&attribute1=apple&attribute1=__proto__';
    const { json: found } = await ask(
      `/api/association?${test}&attribute2=${encodeURIComponent('a\nb')}&attribute2=${encodeURIComponent('c & d=e?#')}`,
    );
    expect(found.missing).toEqual([]);
  });

  it.each(space.vectors.words)('take any word: %j', async (word) => {
    const { status, json } = await ask(`/api/nearest?query=${encodeURIComponent(word)}`);
    expect([status, json.rows]).toEqual([200, [space.vectors.words.indexOf(word)]]);
  });

  it('about an unknown word are 404, with a suggestion and without markup', async () => {
    const { status, json, headers } = await ask('/api/nearest?query=kingg');
    expect([status, headers['Content-Type']]).toEqual([404, 'application/json; charset=utf-8']);
    expect(json.error).toEqual({
      code: 'word-unknown',
      message: "'kingg' is not in the vocabulary of v.bin (9 words)",
      hint: 'did you mean king?',
    });
  });

  it('about an unknown word are no error of the connection for the page, whose browser would write it to the console', async () => {
    const { status, json } = await ask('/api/nearest?query=kingg', { accept: PAGE_QUESTION });
    expect([status, json.error.code]).toEqual([200, 'word-unknown']);
    expect((await ask('/api/none', { accept: PAGE_QUESTION })).status).toBe(404);
  });

  it('take a huge k as the largest, and no other than a number', async () => {
    expect((await ask('/api/nearest?query=king&k=999999999999')).json.neighbors.length).toBe(8);
    for (const k of ['0', '-1', '1.5', 'x', '', '1e9', '9'.repeat(40)]) {
      expect([k, (await ask(`/api/nearest?query=king&k=${k}`)).status]).toEqual([k, 400]);
    }
  });

  it.each([
    ['/api/nearest', 400],
    ['/api/nearest?query=', 400],
    ['/api/nearest?query=king&query=queen', 400],
    ['/api/nearest?query=king&file=1', 400],
    ['/api/nearest?query=king&file=x', 400],
    ['/api/nearest?query=%', 404],
    ['/api/nearest?query=%ff%fe', 404],
    ['/api/nearest?query=king+-', 400],
    ['/api/analogy?a=man&b=king', 400],
    ['/api/similarities?a=king', 400],
    ['/api/axes?word=king', 400],
    [`/api/axes?axis=king${'&word=x'.repeat(4700)}`, 414],
    [`/api/nearest?query=${'x'.repeat(33_000)}`, 414],
    [`/api/nearest?query=${'x'.repeat(32_000)}`, 404],
  ])('question %# has its status', async (url, status) => {
    expect((await ask(url)).status).toBe(status);
  });

  it.each([
    ['axes', `word=${'king&word='.repeat(999)}man&axis=${'man&axis='.repeat(299)}queen`, '300,300 cosines'],
    ['axes', `word=king&axis=man${'+-+man'.repeat(999)}`.replaceAll('+-+', '+%2B+'), '1,001,000 cosines'],
    ['association', lists([600, 600, 2, 2]), '1,200 targets'],
    ['association', lists([400, 400, 200, 200]), '320,000 cosines'],
  ])('that would take long are refused: %s, %#', async (name, query, needs) => {
    const { status, json } = await ask(`/api/${name}?${query}`);
    expect([status, json.error.message]).toEqual([
      400,
      expect.stringContaining(`the question needs ${needs}, expected`),
    ]);
  });

  it('stop when the client goes away', async () => {
    const request = { method: 'GET', url: '/api/nearest?query=king', headers: { host: 'localhost' } };
    await expect(respond(request, siteOf(), AbortSignal.abort())).rejects.toMatchObject({ code: 'interrupted' });
  });
});
