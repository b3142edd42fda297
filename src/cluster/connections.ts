// The connections of a session to its server.
import type { Http2SessionManager } from '@connectrpc/connect-node';
import type { ClusterPackages } from './packages.ts';

/**
 * A connection that failed may fail once more, after its calls have their error and connect-node has stopped listening
 * (so with a server of HTTP/1): that error says nothing new, and without a listener it would end the process.
 */
export function openConnections({ connectNode }: ClusterPackages, url: string): Http2SessionManager {
  const heard = new WeakSet<object>();
  class Connections extends connectNode.Http2SessionManager {
    override async request(...call: Parameters<Http2SessionManager['request']>) {
      const stream = await super.request(...call);
      const { session } = stream;
      if (session && !heard.has(session)) {
        heard.add(session);
        session.on('error', () => {});
      }
      return stream;
    }
  }
  return new Connections(url, { pingIntervalMs: 30_000, pingTimeoutMs: 120_000 });
}
