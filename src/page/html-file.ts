// Makes one HTML file that needs no network: style, data and script are in it, under a policy that allows this script
// alone.
import { createHash } from 'node:crypto';
import { printableJson } from '../base/printable.ts';
import { type Html, html, raw } from './html.ts';

export interface HtmlFile {
  language: string;
  title: string;
  /** For search engines and previews. */
  description?: string;
  /** The version of w2v that made it. */
  version: string;
  style: string;
  body: Html;
  /** What the script reads, and other programs too: `script#data`. */
  data: unknown;
  /** Long lists that the script reads: base64 in `script#ID`. */
  blobs?: Iterable<readonly [id: string, bytes: Uint8Array]>;
  /** Who answers the script's questions: the server that the page came from; otherwise no connection is allowed. */
  answers?: 'server' | undefined;
  script: string;
}

export function htmlFile(file: HtmlFile): string {
  const { language, title, description, version, style, body, data, blobs = [], answers, script } = file;
  // The hash of the only script that may run, so that a script injected through a word cannot.
  const hash = `sha256-${createHash('sha256').update(script).digest('base64')}`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${hash}'; img-src data:${answers === 'server' ? "; connect-src 'self'" : ''}`;
  const about = description === undefined ? '' : html`<meta name="description" content="${description}">\n`;
  const lists = Array.from(
    blobs,
    ([id, bytes]) => html`<script type="application/octet-stream" id="${id}">${raw(base64Of(bytes))}</script>\n`,
  );
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${raw(policy)}">
<meta name="generator" content="w2v ${version}">
${about}<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body>
${body}
<script type="application/json" id="data">${raw(jsonInScript(data))}</script>
${lists}<script>${raw(script)}</script>
</body>
</html>
`.toString();
}

function base64Of({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

/** JSON without sequences that could end the enclosing script element. */
function jsonInScript(value: unknown): string {
  return printableJson(JSON.stringify(value)).replace(/</g, '\\u003c');
}
