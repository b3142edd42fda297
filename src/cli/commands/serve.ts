// w2v serve FILE [FILE2]: the page of w2v map from a server on this machine, which answers from the full vectors.
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Command } from 'commander';
import { throwIfAborted } from '../../base/errors.ts';
import { whole } from '../../base/ranges.ts';
import { answersOf } from '../../explorer/answers-of.ts';
import { addBlob } from '../../explorer/blobs.ts';
import { explorerPage } from '../../explorer/page.ts';
import { isLoopback } from '../../serve/host-names.ts';
import { respond, type Site } from '../../serve/respond.ts';
import { serve, USUAL_PORT } from '../../serve/server.ts';
import { type CommandContext, printJson, say, warn } from '../context.ts';
import { type MadePage, makePage, type OpenedFile, openFiles, sayMaps } from '../explorer-files.ts';
import { openBrowser } from '../open-browser.ts';
import { explored, exploring, howMany } from '../options/explorer.ts';
import { text, within } from '../options/kinds.ts';
import { changed, declare, type OptionsOf, option, titled, without } from '../options/option.ts';
import { json, quiet } from '../options/print.ts';

const ofServer = [without('get', 'it answers without a server')];

const serveOptions = [
  ...titled(
    'Server:',
    option({
      flags: '--host <name>',
      text: 'address to listen on; any but a loopback address requires the token in the URL',
      takes: text(),
      fallback: '127.0.0.1',
      lineOnly: 'it opens this machine to others',
      only: ofServer,
    }),
    option({
      flags: '--port <n>',
      text: `port; 0 picks a free one (default: ${USUAL_PORT}, or the next free one)`,
      takes: within(whole(0, 65_535)),
      only: ofServer,
    }),
    option({
      flags: '--open',
      text: 'open the page in a browser (on a terminal only; default: false)',
      lineOnly: 'it starts another program',
      only: ofServer,
    }),
    option({
      flags: '--get <path>',
      text: 'print the response to one request, such as /api/nearest?query=king, and start no server',
      takes: text(),
    }),
  ),
  ...exploring,
  ...titled('Output:', changed(json, { only: ofServer }), quiet),
] as const;

type ServeOptions = OptionsOf<typeof serveOptions>;

const examples = `Examples:
  w2v serve vectors.bin --open           explore it in a browser; Ctrl-C ends it
  w2v serve counted.bin trained.bin      two files, side by side
  w2v serve vectors.bin --get '/api/nearest?query=king&k=5'
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  declare(command, { operands: explored, options: serveOptions, input: howMany });
  command.action((file: string, file2: string | undefined, options: ServeOptions) =>
    run(context, [file, file2 ?? []].flat(), options),
  );
}

async function run(context: CommandContext, paths: string[], options: ServeOptions): Promise<void> {
  const { get, quiet = false } = options;
  const files = await openFiles(context, paths, options);
  const made = pageOnce(context, files, options);
  if (get !== undefined) return printAnswer(context, siteOf(files, made, { host: 'localhost', open: false }), get);
  const failed = new AbortController();
  const signal = AbortSignal.any([context.signal, failed.signal]);
  // Before the maps, which take longer than to find out that a port is taken.
  const { url, isOpen, closed } = await listen(context, files, made, options, signal);
  try {
    const { data } = await made();
    if (!quiet) sayMaps(context, data);
    await announce(context, { url, isOpen }, options, signal);
  } catch (error) {
    failed.abort();
    await closed;
    throw error;
  }
  await closed;
  throwIfAborted(context.signal);
}

/** Makes the page when it is first needed. */
function pageOnce(
  context: CommandContext,
  files: readonly OpenedFile[],
  options: ServeOptions,
): () => Promise<MadePage> {
  let page: Promise<MadePage> | undefined;
  return () => {
    page ??= makePage(context, files, options, { answeredBy: 'server', vectorBytes: 0 }).then(async (made) => {
      await addBlob(made.blobs, 'page', made.data);
      return made;
    });
    return page;
  };
}

function siteOf(files: readonly OpenedFile[], made: () => Promise<MadePage>, rules: Site['rules']): Site {
  let page: ReturnType<Site['page']> | undefined;
  const makeHtml = async () => {
    const { data, firstWords } = await made();
    // Who has no token may see the page, but nothing of the vectors; the page then asks for its data.
    const html = explorerPage(rules.token === undefined ? data : { ...data, spaces: [], pair: undefined }, {
      firstWords: rules.token === undefined ? firstWords : [],
    });
    // The page's own policy, as a header too.
    return { html, policy: /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1] };
  };
  return {
    rules,
    page: () => {
      page ??= makeHtml();
      return page;
    },
    blob: async (name) => (await made()).blobs.get(name),
    answers: (signal) => answersOf(files, signal),
  };
}

/** The exit code is that of the answer's error. */
async function printAnswer(context: CommandContext, site: Site, url: string): Promise<void> {
  const { body, error } = await respond({ method: 'GET', url, headers: { host: 'localhost' } }, site, context.signal);
  context.stdout.write(body);
  if (error !== undefined) throw error;
}

interface Address {
  url: string;
  /** Whether other machines can reach it. */
  isOpen: boolean;
}

async function listen(
  context: CommandContext,
  files: readonly OpenedFile[],
  made: () => Promise<MadePage>,
  { host, port }: ServeOptions,
  signal: AbortSignal,
): Promise<Address & { closed: Promise<void> }> {
  // On loopback too, which all users of this machine share.
  const token = randomBytes(16).toString('hex');
  const siteAt = ({ address }: AddressInfo): Site => siteOf(files, made, { host, open: !isLoopback(address), token });
  const onBug = (error: unknown) =>
    warn(context, `request failed: ${error instanceof Error ? error.stack : String(error)}`);
  const { closed, address } = await serve(siteAt, { host, port, signal, onBug });
  return { url: urlOf(host, address, token), isOpen: !isLoopback(address.address), closed };
}

async function announce(
  context: CommandContext,
  { url, isOpen }: Address,
  options: ServeOptions,
  signal: AbortSignal,
): Promise<void> {
  const { open = false, json, quiet = false } = options;
  if (json) printJson(context, { url });
  if (!quiet || !json) say(context, `Serving ${url}${quiet ? '' : ' (Ctrl-C ends it)'}`);
  if (!quiet && isOpen) {
    warn(
      context,
      'other machines can reach this server, without encryption; anyone with the full address can read the vectors',
    );
  }
  if (!open || context.stderr.isTTY !== true) return;
  const problem = await openBrowser(url, signal);
  if (problem !== undefined) say(context, `Cannot open a browser (${problem}): open the address yourself`);
}

function urlOf(host: string, { address, port }: AddressInfo, token: string): string {
  const isAny = address === '0.0.0.0' || address === '::';
  const name = isAny ? ownAddress() : /[a-z]/i.test(host) && !host.includes(':') ? host : address;
  const shown = name.includes(':') ? `[${name}]` : name;
  return `http://${shown}:${port}/#token=${token}`;
}

/** An address by which other machines reach this one. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
