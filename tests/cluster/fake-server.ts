// A server that speaks Spark Connect as a test tells it to.
import { createSecureServer, createServer, type Http2SecureServer, type Http2Server } from 'node:http2';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer, type Socket } from 'node:net';
import type { ServiceImpl } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { loadClusterPackages } from '../../src/cluster/packages.ts';

/** Methods of the service, by their names in lower camel case; requests and answers as in protocol/messages.ts. */
export type Methods = Record<
  string,
  (request: never, context: { requestHeader: Headers; signal: AbortSignal }) => unknown
>;

export interface FakeServer {
  port: number;
  close(): Promise<void>;
}

async function listening(
  server: Http2Server | Http2SecureServer | ReturnType<typeof createTcpServer>,
): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export async function startFake(methods: Methods, tls?: { key: string; cert: string }): Promise<FakeServer> {
  const { service } = await loadClusterPackages();
  const adapter = connectNodeAdapter({
    routes: (router) => void router.service(service, methods as unknown as ServiceImpl<typeof service>),
  });
  const server = tls ? createSecureServer(tls, adapter as never) : createServer(adapter as never);
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => void sessions.add(session));
  return {
    port: await listening(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}

/** TCP between a client and `port`; `cut` ends all connections that there are. */
export async function startProxy(port: number): Promise<FakeServer & { cut(): number }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((client) => {
    const upstream = connectTcp(port, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  const cut = () => {
    const open = [...sockets];
    for (const socket of open) socket.destroy();
    return open.length;
  };
  return {
    port: await listening(server),
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
