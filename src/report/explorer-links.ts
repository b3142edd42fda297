// Links from the report to the page that shows two of its routes word by word (w2v compare --map).

import { escapeHtml } from '../page/html.ts';
import type { ComparisonDocument } from './comparison-document.ts';

type Linked = Pick<ComparisonDocument, 'explorer' | 'disagreements'>;

/** A sentence in the head of the report; empty without a page. */
export function explorerSentence({ explorer }: Linked): string {
  if (explorer === undefined) return '';
  const [first, second] = explorer.routes;
  const link = linkTo(explorer.page, `${first} and ${second}, word by word`);
  return `<p class="lead">Explore ${link}: their neighbours, which words differ, and both maps.</p>\n`;
}

/** The word, as a link to its two lists of neighbours if there is a page. */
export function wordHeading(word: string, { explorer }: Linked): string {
  return explorer === undefined ? escapeHtml(word) : linkTo(explorer.page, word, word);
}

/** Links for the words on which the two routes of the page disagree. */
export function disagreementLinks({ explorer, disagreements }: Linked): string {
  if (explorer === undefined) return '';
  const [first, second] = explorer.routes;
  const found = disagreements.find((each) => each.first === first && each.second === second);
  if (found === undefined || found.words.length === 0) return '';
  const links = found.words.map(({ word }) => linkTo(explorer.page, word, word));
  return `<p>Side by side in ${escapeHtml(first)} and ${escapeHtml(second)}: ${links.join(', ')}.</p>`;
}

function linkTo(page: string, text: string, word?: string): string {
  const hash = new URLSearchParams({ view: 'compare', ...(word !== undefined && { q: word }) });
  return `<a href="${escapeHtml(`${page}#${hash}`)}">${escapeHtml(text)}</a>`;
}
