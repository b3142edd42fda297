// One request and its answer, without a connection: what the server sends, and what `--get` prints.
import { type ErrorCode, usage, W2vError } from '../base/errors.ts';
import type { Answers } from '../explorer/answers.ts';
import { PAGE_QUESTION } from '../explorer/page-data.ts';
import { api } from './api.ts';
import { pathOf, type Refusal, type Rules, refusalOf, type ServeRequest } from './guard.ts';

/** What there is to send. */
export interface Site {
  rules: Rules;
  /** The page, with the policy of its scripts. */
  page(): Promise<{ html: string; policy: string }>;
  /** A long list of the page by name, packed with gzip. */
  blob(name: string): Promise<Uint8Array | undefined>;
  /** Answers that stop when the signal fires. */
  answers(signal: AbortSignal): Answers;
}

export interface ServeResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
  /** Of a status of 400 or more. */
  error?: W2vError;
}

const closed = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; ${closed}`,
};

/** Rejects only where the signal has fired, or with a bug. */
export async function respond(request: ServeRequest, site: Site, signal: AbortSignal): Promise<ServeResponse> {
  const refusal = refusalOf(request, site.rules);
  if (refusal !== undefined) return refused(refusal);
  const [path, query = ''] = [pathOf(request.url), request.url.slice(pathOf(request.url).length + 1)];
  if (path === '/') {
    const { html, policy } = await site.page();
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': `${policy}; ${closed}` };
    return answer(200, html, headers);
  }
  const [, kind, name = ''] = /^\/(api|data)\/([a-z0-9-]+)$/.exec(path) ?? [];
  if (kind === 'data') {
    const bytes = await site.blob(name);
    if (bytes !== undefined) return answer(200, bytes, { 'Content-Type': 'application/octet-stream' });
  }
  const question = kind === 'api' && Object.hasOwn(api, name) ? api[name] : undefined;
  if (question === undefined) {
    const hint = `ask for /, /data/NAME or one of: ${Object.keys(api)
      .map((each) => `/api/${each}`)
      .join(', ')}`;
    return refused({ status: 404, message: 'there is nothing at this address', hint });
  }
  try {
    return json(200, await question(site.answers(signal), new URLSearchParams(query)));
  } catch (error) {
    if (!(error instanceof W2vError) || error.code === 'interrupted') throw error;
    return failed(request.headers.accept?.toString() === PAGE_QUESTION ? 200 : (statusOf[error.code] ?? 500), error);
  }
}

const statusOf: Partial<Record<ErrorCode, number>> = { usage: 400, 'word-unknown': 404, 'file-malformed': 422 };

function refused({ status, message, hint }: Refusal): ServeResponse {
  const response = failed(status, usage(message, hint));
  if (status === 405) response.headers.Allow = 'GET, HEAD';
  return response;
}

/** An error as JSON; also of a bug, of which nothing but this is said. */
export function failed(status: number, error: W2vError): ServeResponse {
  const { code, message, hint } = error;
  return { ...json(status, { error: { code, message, hint } }), error };
}

function json(status: number, value: unknown): ServeResponse {
  return answer(status, `${JSON.stringify(value)}\n`, { 'Content-Type': 'application/json; charset=utf-8' });
}

function answer(status: number, body: string | Uint8Array, headers: Record<string, string>): ServeResponse {
  return { status, body, headers: { ...everywhere, ...headers } };
}
