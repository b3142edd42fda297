// Makes the explorer's page: one HTML file with its data in it, or the page that `w2v serve` sends.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { packageFile } from '../package-file.ts';
import { htmlFile } from '../page/html-file.ts';
import { bodyHtml } from './body.ts';
import { type BlobName, blobId, type PageData } from './page-data.ts';
import { strings } from './strings.ts';
import { explorerStyle } from './style.ts';

export interface PageParts {
  /** The long lists, compressed with gzip, of a page that answers by itself. */
  blobs?: ReadonlyMap<BlobName, Uint8Array>;
  /** The first words of each file, for readers without JavaScript. */
  firstWords: readonly (readonly string[])[];
}

export function explorerPage(data: PageData, { blobs = new Map(), firstWords }: PageParts): string {
  const script = gunzipSync(readFileSync(packageFile('dist/explorer.js.gz'))).toString('utf8');
  const names = data.spaces.map(({ name }) => name);
  const [first] = data.spaces;
  return htmlFile({
    language: 'en',
    title: strings.title(names),
    ...(first && { description: strings.description(first.vocabulary, names) }),
    version: data.version,
    style: explorerStyle,
    body: bodyHtml(data, firstWords),
    data,
    blobs: Array.from(blobs, ([name, bytes]) => [blobId(name), bytes] as const),
    answers: data.answeredBy === 'server' ? 'server' : undefined,
    script,
  });
}
