// Makes HTML from text and tables. Words are untrusted, so all shown text passes through `escapeHtml`.
import { printable } from '../printable.ts';
import type { ReportTable } from './report-table.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return printable(text, '\n\t').replace(/[&<>"']/g, (character) => entities[character]!);
}

/** A table with a caption (visible, or only for screen readers) in a frame that scrolls on narrow screens. */
export function tableHtml({ id, caption, columns, rows }: ReportTable, { captionSeen = true } = {}): string {
  const align = (at: number) => (columns[at]!.align === 'right' ? ' class="number"' : '');
  const head = columns.map(({ title }, at) => `<th scope="col"${align(at)}>${escapeHtml(title)}</th>`).join('');
  const body = rows
    .map((row) => {
      const cells = row.map((cell, at) =>
        at === 0 && cell !== ''
          ? `<th scope="row"${align(at)}>${escapeHtml(cell)}</th>`
          : `<td${align(at)}>${escapeHtml(cell)}</td>`,
      );
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('\n');
  const name = `${id}-caption`;
  return `<div class="scroll" role="region" tabindex="0" aria-labelledby="${name}"><table id="${id}-table">
<caption id="${name}"${captionSeen ? '' : ' class="unseen"'}>${escapeHtml(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}

/** A figure: its image, what it shows, and how to read it. */
export function figureHtml(id: string, pictures: string, caption: string): string {
  return `<figure id="${id}">${pictures}<figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}
