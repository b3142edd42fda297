// The server on a port: what it listens on, what it keeps open, and how it ends.
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type ServerOptions, serve, USUAL_PORT } from '../../src/serve/server.ts';
import { siteOf } from './site.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

async function start(options: Partial<ServerOptions> = {}, site = siteOf()) {
  const controller = new AbortController();
  ends.push(() => controller.abort());
  const bugs: unknown[] = [];
  const { signal } = controller;
  const onBug = (error: unknown) => bugs.push(error);
  const { address, closed } = await serve(() => site, { host: '127.0.0.1', port: 0, signal, onBug, ...options });
  const url = `http://127.0.0.1:${address.port}`;
  return { address, closed, bugs, url, end: () => controller.abort() };
}

/** All that a server sends on one connection. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let all = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket.setEncoding('utf8').on('data', (part: string) => {
      all += part;
    });
    socket.once('error', reject).once('close', () => resolve(all));
  });
}

async function taken(port: number) {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  ends.push(() => other.close());
  return (other.address() as AddressInfo).port;
}

describe('ports', () => {
  it('0 is any', async () => {
    const first = await start();
    const second = await start();
    expect(first.address.port).toBeGreaterThan(0);
    expect(second.address.port).not.toBe(first.address.port);
  });

  it('a port that was asked for and is taken is an error, with the option', async () => {
    const port = await taken(0);
    await expect(start({ port })).rejects.toMatchObject({
      code: 'port-unavailable',
      message: `port ${port} is already in use on 127.0.0.1`,
      hint: expect.stringContaining('--port'),
    });
  });

  it('where none was asked for, the next free one is taken', async () => {
    await taken(USUAL_PORT).catch(() => undefined); // another program may have it
    const { address } = await start({ port: undefined });
    expect(address.port).toBeGreaterThan(USUAL_PORT);
    expect(address.port).toBeLessThan(USUAL_PORT + 100);
  });

  it('a host that is not this machine is an error', async () => {
    await expect(start({ host: '203.0.113.1' })).rejects.toMatchObject({
      code: 'port-unavailable',
      message: /203.0.113.1/,
    });
    await expect(start({ host: 'no-such-host.invalid' })).rejects.toMatchObject({ code: 'port-unavailable' });
  });
});

describe('requests', () => {
  it('are answered over HTTP, HEAD without a body', async () => {
    const { url, bugs } = await start();
    const response = await fetch(`${url}/api/nearest?query=king`);
    const text = await response.text();
    expect([response.status, JSON.parse(text).query]).toEqual([200, 'king']);
    const head = await fetch(`${url}/api/nearest?query=king`, { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([
      200,
      '',
      String(Buffer.byteLength(text)),
    ]);
    expect((await fetch(`${url}/api/nearest`, { method: 'POST', body: 'query=king' })).status).toBe(405);
    expect(bugs).toEqual([]);
  });

  it.each([
    ['GET / HTTP/1.1\r\n', /^HTTP\/1.1 400 /],
    ['GET / HTTP/1.0\r\n', /^HTTP\/1.1 403 /],
    ['GET / HTTP/1.1\r\nHost: evil.example\r\n', /^HTTP\/1.1 403 /],
    ['GET /#x HTTP/1.1\r\nHost: localhost\r\n', /^HTTP\/1.1 400 /],
    ['GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n', /^HTTP\/1.1 400 /],
    ['GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n', /^HTTP\/1.1 404 /],
    ['GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n', /^HTTP\/1.1 4\d\d /],
    ['nonsense\r\n', /^HTTP\/1.1 400 /],
    [`GET /?${'x'.repeat(70_000)} HTTP/1.1\r\nHost: localhost\r\n`, /^HTTP\/1.1 431 /],
  ])('request %# is refused', async (text, expected) => {
    const { address } = await start();
    expect(await raw(address.port, `${text}Connection: close\r\n\r\n`)).toMatch(expected);
  });

  it('a client that goes away ends its answer', async () => {
    let stopped: () => void;
    const gone = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const site = siteOf();
    const { url, bugs } = await start(
      {},
      {
        ...site,
        answers: (signal) => {
          signal.addEventListener('abort', () => stopped());
          const nearest = () =>
            new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
          return { ...site.answers(signal), nearest };
        },
      },
    );
    const request = httpRequest(`${url}/api/nearest?query=king`);
    request.on('error', () => {}).end();
    await new Promise<void>((resolve) => request.once('socket', (socket) => socket.once('connect', resolve)));
    setTimeout(() => request.destroy(), 50);
    await gone;
    expect(bugs).toEqual([]);
  });

  it('a bug is a 500 that says nothing of it', async () => {
    const site = siteOf();
    const { url, bugs } = await start(
      {},
      {
        ...site,
        answers: () => {
          throw new TypeError('secret of the code');
        },
      },
    );
    const response = await fetch(`${url}/api/nearest?query=king`);
    expect([response.status, await response.text()]).toEqual([500, expect.not.stringContaining('secret')]);
    expect(String(bugs)).toContain('secret of the code');
  });
});

it('ends with connections that are kept open, and with an answer under way', async () => {
  const site = siteOf();
  const never = () => new Promise<never>(() => {});
  const { url, address, closed, end } = await start(
    {},
    { ...site, answers: (signal) => ({ ...site.answers(signal), analogy: never }) },
  );
  const idle = connect(address.port, '127.0.0.1');
  idle.on('error', () => {});
  await new Promise((resolve) => idle.once('connect', resolve));
  await (await fetch(`${url}/api/nearest?query=king`)).text(); // fetch keeps its connection
  const underWay = fetch(`${url}/api/analogy?a=man&b=king&c=woman`).catch(() => 'ended');
  await new Promise((resolve) => setTimeout(resolve, 50));
  end();
  await closed;
  expect(await underWay).toBe('ended');
  await expect(fetch(url)).rejects.toThrow();
});
