// A table of text in columns, with a caption: for pages, Markdown and the terminal.
import { type Html, html, joined } from './html.ts';

export interface ReportTable {
  /** Anchor for links within a page. */
  id: string;
  title: string;
  /** How to read it, one or two sentences. */
  caption: string;
  columns: { title: string; align?: 'right' }[];
  rows: string[][];
}

/** In a frame that scrolls on narrow screens; the caption is visible, or only for screen readers. */
export function tableHtml({ id, caption, columns, rows }: ReportTable, { captionSeen = true } = {}): Html {
  const align = (at: number) => (columns[at].align === 'right' ? html` class="number"` : '');
  const head = columns.map(({ title }, at) => html`<th scope="col"${align(at)}>${title}</th>`);
  const body = rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === 0 && cell !== '' ? html`<th scope="row"${align(at)}>${cell}</th>` : html`<td${align(at)}>${cell}</td>`,
    );
    return html`<tr>${cells}</tr>`;
  });
  const name = `${id}-caption`;
  return html`<div class="scroll" role="region" tabindex="0" aria-labelledby="${name}"><table id="${id}-table">
<caption id="${name}"${captionSeen ? '' : html` class="unseen"`}>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${joined(body, '\n')}
</tbody></table></div>`;
}
