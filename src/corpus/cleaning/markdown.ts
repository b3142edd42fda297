// `--strip markdown`: the text of Markdown (CommonMark, and GitHub's tables). Fenced code, link targets and link
// definitions go; of links, images, headings, lists, quotations, tables, emphasis and code in a line the text stays.
import { createSpanStripper, MOST_BYTES, type SpanKind, type Stage } from './spans.ts';

const fence = (mark: string): SpanKind => ({
  open: `^ {0,3}${mark}${mark}${mark}[^\\n]*`,
  inner: new RegExp(`(?!)()|(^ {0,3}${mark}{3,}[ \\t]*$)|(?!)()`, 'gm'),
  limit: MOST_BYTES,
  close: () => '',
});

export function stripMarkdown(): Stage[] {
  const spans = createSpanStripper([fence('`'), fence('~')]);
  return [{ clean: spans.strip }, { clean: inLines }];
}

// Text, then a target in parentheses (with one pair of them inside), or a reference.
const link = /!?\[([^[\]\n]*)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^[\]\n]*\])/g;

function inLines(text: string): string {
  return (
    text
      .replace(/^ {0,3}\[[^[\]\n]+\]:[^\n]*$/gm, '')
      .replace(link, '$1')
      .replace(link, '$1') // an image inside a link
      .replace(/<((?:https?:|ftp:|mailto:)[^<> \t\n]*)>/gi, '$1')
      .replace(/^ {0,3}(?:[-*_=][ \t]*){3,}$/gm, '')
      .replace(/^[ \t]*(?:\|[ \t]*)?:?--[-:| \t]*$/gm, '')
      .replace(/^[ \t]*\|[^\n]*$/gm, (row) => row.replaceAll('|', ' '))
      .replace(/^(?: {0,3}>[ \t]?)+/gm, '')
      .replace(/^ {0,3}#{1,6}[ \t]+/gm, '')
      .replace(/^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+/gm, '')
      // Marks of emphasis touch a word; `2 * 3` and snake_case have none.
      .replace(/(?<!\*)\*+(?=[^ \t\n*])|(?<=[^ \t\n*])\*+/g, '')
      .replace(/(?<![\w\x80-\xff])_+(?=[^ \t\n_])|(?<=[^ \t\n_])_+(?![\w\x80-\xff])/g, '')
      .replace(/~~|`+/g, '')
  );
}
