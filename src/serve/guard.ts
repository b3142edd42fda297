// Who may ask: refuses requests that a page elsewhere makes through the user's browser, and those of other users and
// machines, who do not know the token.
import { timingSafeEqual } from 'node:crypto';
import { quotable } from '../base/printable.ts';
import { isOwnName, nameOf } from './host-names.ts';

export interface Rules {
  /** As it was given: a name or an address. */
  host: string;
  /** Whether other machines can reach the server. */
  open: boolean;
  /** Requests for data must have it: `Authorization: Bearer TOKEN`. Undefined without a server (`--get`). */
  token?: string | undefined;
}

export interface ServeRequest {
  method: string;
  /** As it came: the path and the query. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Refusal {
  status: number;
  message: string;
  hint: string;
}

const LONGEST_URL = 32_768; // characters

/** Undefined for a request that may be answered. */
export function refusalOf({ method, url, headers }: ServeRequest, rules: Rules): Refusal | undefined {
  const header = (name: string) => [headers[name] ?? []].flat().join(', ');
  const host = header('host');
  const name = nameOf(host);
  if (name === undefined || !isOwnName(name, rules)) {
    return {
      status: 403,
      message: `the header Host is '${quotable(host)}', which is not a name of this server`,
      hint: 'open the address that w2v serve printed, or start it with --host and this name',
    };
  }
  const origin = header('origin');
  if (origin !== '' && origin !== `http://${host}` && origin !== `https://${host}`) {
    const message = `the header Origin is '${quotable(origin)}': this server answers its own page only`;
    return { status: 403, message, hint: 'open the page of w2v serve, or ask without a browser' };
  }
  const site = header('sec-fetch-site');
  const isVisit =
    header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document' && pathOf(url) === '/';
  if (site !== '' && site !== 'same-origin' && site !== 'none' && !isVisit) {
    const message = `the header Sec-Fetch-Site is '${quotable(site)}': this server answers its own page only`;
    return { status: 403, message, hint: 'open the page of w2v serve, or ask without a browser' };
  }
  if (method !== 'GET' && method !== 'HEAD') {
    const message = `the method is ${quotable(method)}, expected GET or HEAD`;
    return { status: 405, message, hint: 'nothing here can be changed' };
  }
  if (url.length > LONGEST_URL) {
    const message = `the question has ${url.length} characters, expected at most ${LONGEST_URL}`;
    return { status: 414, message, hint: 'ask about fewer words at a time' };
  }
  if (!url.startsWith('/') || url.startsWith('//') || url.includes('#')) {
    return {
      status: 400,
      message: 'the address is not a path',
      hint: 'ask for a path such as /api/nearest?query=king',
    };
  }
  if (rules.token !== undefined && pathOf(url) !== '/' && !isEqual(header('authorization'), `Bearer ${rules.token}`)) {
    const message = "the header Authorization lacks this server's token";
    return { status: 403, message, hint: 'open the whole address that w2v serve printed, with what follows #' };
  }
  return undefined;
}

export function pathOf(url: string): string {
  return url.split('?', 1)[0];
}

/** Takes the same time wherever they differ. */
function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
