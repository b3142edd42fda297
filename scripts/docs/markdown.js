// Markdown -> HTML for the documentation's site: headings with the names that GitHub gives them, links from page to
// page.
import { posix } from 'node:path';
import { Marked } from 'marked';

/** Letters of code within a line that is not broken: as many as a narrow screen has room for. */
const LONGEST = 28;

export const escapeHtml = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The text of HTML that was escaped as above, with `gap` in place of each tag. */
const textOf = (html, gap) =>
  html
    .replace(/<[^>]*>/g, gap)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** The name of a heading in a link, as GitHub makes it. `taken`: those of the page before it, with how often. */
export function slugOf(title, taken) {
  const slug = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
  const times = taken.get(slug) ?? 0;
  taken.set(slug, times + 1);
  return times === 0 ? slug : `${slug}-${times}`;
}

/**
 * `source` is the page's path in the repository; `addressOf(path)` is the page or file of the site for a path in the
 * repository, or undefined where the site has none: such a link becomes its text.
 */
export function renderPage(markdown, source, addressOf) {
  const taken = new Map();
  const headings = [];
  const targetOf = (href) => {
    if (/^[a-z]+:/i.test(href)) return href;
    const [file, anchor] = href.split('#');
    const path = file === '' ? source : posix.normalize(posix.join(posix.dirname(source), file));
    const address = addressOf(path);
    return address === undefined ? undefined : address + (anchor === undefined ? '' : `#${anchor}`);
  };
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const html = this.parser.parseInline(tokens);
        const text = textOf(html, '');
        const id = slugOf(text, taken);
        headings.push({ depth, text, id });
        return `<h${depth} id="${escapeHtml(id)}">${html}<a class="here" href="#${escapeHtml(id)}" aria-label="Link to this section">#</a></h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const target = targetOf(href);
        return target === undefined ? text : `<a href="${escapeHtml(target)}">${text}</a>`;
      },
      image({ href, text }) {
        const target = targetOf(href);
        return target === undefined
          ? escapeHtml(text)
          : `<img src="${escapeHtml(target)}" alt="${escapeHtml(text)}" loading="lazy">`;
      },
      codespan: ({ text }) => `<code${text.length > LONGEST ? ' class="long"' : ''}>${escapeHtml(text)}</code>`,
      code: ({ text, lang }) =>
        `<pre tabindex="0"><code${lang ? ` class="language-${escapeHtml(lang)}"` : ''}>${escapeHtml(text)}</code></pre>\n`,
      table(token) {
        const cell = (one, tag) =>
          `<${tag}${one.align ? ` class="${one.align}"` : ''}>${this.parser.parseInline(one.tokens)}</${tag}>`;
        const row = (cells, tag) => `<tr>${cells.map((one) => cell(one, tag)).join('')}</tr>`;
        const body = token.rows.map((cells) => row(cells, 'td')).join('\n');
        return `<div class="scroll" tabindex="0"><table><thead>${row(token.header, 'th')}</thead><tbody>\n${body}\n</tbody></table></div>\n`;
      },
    },
  });
  const html = marked.parse(markdown.replace(/<!--[\s\S]*?-->\n?/g, ''));
  return { html, headings };
}

/** The text of each section of a rendered page, for the search. */
export function sectionsOf(html, title) {
  const plain = (part) => textOf(part, ' ').replace(/\s+/g, ' ').trim();
  const [lead, ...parts] = html.split(/(?=<h[1-6] id=")/);
  const sections = lead.trim() === '' ? [] : [{ id: '', heading: title, text: plain(lead) }];
  for (const part of parts) {
    const [, id, heading, rest] = /^<h[1-6] id="([^"]*)">([\s\S]*?)<a class="here"[\s\S]*?<\/h[1-6]>([\s\S]*)$/.exec(
      part,
    );
    sections.push({ id, heading: plain(heading), text: plain(rest) });
  }
  return sections;
}
