// Spark's connection string: sc://HOST[:PORT]/;key=value;key=value. Its keys are token, use_ssl, user_id, session_id
// and user_agent; any other key is a header of each request (Spark, client-connection-string.md).
import { randomUUID } from 'node:crypto';
import { usage } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';

export interface Remote {
  /** `sc://host:port`, for messages and manifests: without token and headers. */
  address: string;
  /** `http://host:port`, with https where the connection is encrypted. */
  url: string;
  user: string;
  sessionId: string;
  headers: Record<string, string>;
}

/** An address as it may be shown: `sc://HOST:PORT` of one with a token, also where it is malformed. */
export function withoutParameters(address: string): string {
  return address.replace(/^(\w+:\/\/)?(?:[^/;]*@)?([^/;?#&=]*).*$/s, '$1$2');
}

const DEFAULT_PORT = 15002;
/** What a header can have; the user is none. */
const headerText = /^[\x20-\x7e]+$/;
const anyText = /^\P{Cc}+$/u;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ownMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Parses a connection string; `user` is who runs the session if it does not say. A token needs encryption, except on
 * this machine, and turns it on by itself. Messages never have the token. Throws `usage`.
 */
export function parseRemote(text: string, user: string): Remote {
  const match = /^sc:\/\/(\[[0-9a-f:.]+\]|[^/:;\s[\]@?#&=%\\]+)(?::(\d{1,5}))?(?:\/;?(.*)|)$/i.exec(text);
  const port = Number(match?.[2] ?? DEFAULT_PORT);
  if (!match || port < 1 || port > 65535 || !URL.canParse(`http://${match[1]}:${port}`)) {
    const observed = `${quotable(withoutParameters(text))} is not the address of a Spark server`;
    const isWithoutSlash = /^sc:\/\/[^/;]+(?:;|@)/i.test(text);
    const hint = isWithoutSlash
      ? 'parameters follow /; : sc://HOST:PORT/;token=VALUE'
      : 'give sc://HOST:PORT, or sc://HOST';
    throw usage(observed, hint);
  }
  const host = match[1];
  const { token, use_ssl, user_id, user_agent, session_id, ...headers } = parametersOf(match[3] ?? '');
  if (use_ssl !== undefined && !/^(true|false)$/i.test(use_ssl)) {
    throw usage(`use_ssl is ${quotable(use_ssl)}, expected true or false`, 'give use_ssl=true');
  }
  if (session_id !== undefined && !uuid.test(session_id)) {
    throw usage(`session_id ${quotable(session_id)} is not a UUID`, 'leave session_id out');
  }
  const isPlain = use_ssl?.toLowerCase() === 'false' || (use_ssl === undefined && token === undefined);
  if (token !== undefined && isPlain && !ownMachine.test(host)) {
    const hint = 'leave use_ssl=false out: a token turns encryption on';
    throw usage(`the token for sc://${host} would be sent without encryption`, hint);
  }
  return {
    address: `sc://${host}:${port}`,
    url: `${isPlain ? 'http' : 'https'}://${host}:${port}`,
    user: user_id ?? user,
    sessionId: session_id ?? randomUUID(),
    headers: {
      ...headers,
      ...(user_agent !== undefined && { 'user-agent': user_agent }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  };
}

function parametersOf(text: string): Record<string, string> {
  const pairs = text.split(';').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key, ...rest] = pair.split('=');
      const value = rest.join('=');
      try {
        const decoded = decodeURIComponent(value);
        if (/^[\w-]+$/.test(key!) && (key === 'user_id' ? anyText : headerText).test(decoded)) return [key, decoded];
      } catch {
        // a % without two hexadecimal digits after it
      }
      const name = rest.length === 0 || key === '' ? 'a parameter' : `the parameter ${quotable(key!)}`;
      const hint = 'write sc://HOST:PORT/;token=VALUE;use_ssl=true, special characters as %3B';
      throw usage(`the address has ${name} that is not key=value in printable ASCII`, hint);
    }),
  );
}
