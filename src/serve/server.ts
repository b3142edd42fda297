// The server: takes requests on one port of this machine until the signal fires.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { W2vError } from '../base/errors.ts';
import { failed, respond, type ServeResponse, type Site } from './respond.ts';

export interface Listening {
  /** Where it listens. */
  address: AddressInfo;
  /** Resolves when all connections are closed. */
  closed: Promise<void>;
}

export interface ServerOptions {
  host: string;
  /** 0: any; undefined: the usual one, or the next free one. */
  port: number | undefined;
  /** Ends the server: what is being answered is given up. */
  signal: AbortSignal;
  /** Called with a bug, of which the client learns nothing. */
  onBug: (error: unknown) => void;
}

export const USUAL_PORT = 8760;
const TRIED = 100; // ports
const LARGEST_HEAD = 65_536; // bytes of the address and the headers
const PATIENCE = 500; // milliseconds for answers under way when the server ends

/**
 * Listens. `siteAt` makes what to send, given the address.
 *
 * @throws W2vError 'port-unavailable' for a port that is taken or not allowed, and for a host that is not this machine
 */
export async function serve(siteAt: (address: AddressInfo) => Site, options: ServerOptions): Promise<Listening> {
  const { host, port, signal, onBug } = options;
  let site: Site | undefined;
  const server = createServer({ maxHeaderSize: LARGEST_HEAD }, (request, response) => {
    void handle(request, response, site!, signal).catch(onBug);
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  site = siteAt(address);
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  const end = () => {
    server.close();
    server.closeIdleConnections(); // those that a browser keeps
    setTimeout(() => server.closeAllConnections(), PATIENCE).unref();
  };
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return { address, closed };
}

async function listen(server: Server, host: string, port: number | undefined): Promise<void> {
  const first = port ?? USUAL_PORT;
  const last = port === undefined ? first + TRIED - 1 : first;
  for (let tried = first; ; tried++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port: tried, exclusive: true }, () => {
          server.off('error', reject);
          resolve();
        });
      });
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && tried < last) continue;
      throw unavailable(error as NodeJS.ErrnoException, host, port);
    }
  }
}

function unavailable(cause: NodeJS.ErrnoException, host: string, port: number | undefined): W2vError {
  const ports = port === undefined ? `ports ${USUAL_PORT} to ${USUAL_PORT + TRIED - 1} are` : `port ${port} is`;
  const free =
    port === undefined ? 'choose a free port with --port' : 'choose another --port, or 0 for any that is free';
  const [observed, hint] =
    cause.code === 'EADDRINUSE'
      ? [`${ports} already in use on ${host}`, free]
      : cause.code === 'EACCES'
        ? [`this user may not listen on port ${port}`, 'choose a --port of 1024 or more']
        : [`cannot listen on '${host}' (${cause.code})`, 'give a name or an address of this machine with --host'];
  return new W2vError('port-unavailable', observed, hint, { cause });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  ended: AbortSignal,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort();
  ended.addEventListener('abort', stop);
  response.once('close', () => {
    ended.removeEventListener('abort', stop);
    stop(); // the client may have gone away
  });
  const { method = '', url = '', headersDistinct: headers } = request; // a second Host counts
  request.resume(); // a body is of no interest
  try {
    send(response, await respond({ method, url, headers }, site, signal));
  } catch (error) {
    if (signal.aborted) {
      response.destroy();
      return;
    }
    send(response, failed(500, new W2vError('worker-failed', 'the server failed', 'see what w2v serve has printed')));
    throw error;
  }
}

function send(response: ServerResponse, { status, headers, body }: ServeResponse): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}
