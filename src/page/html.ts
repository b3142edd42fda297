// The template of all markup. Words are untrusted: what stands in a template is escaped, unless it is markup itself.
import { printable } from '../base/printable.ts';

/** Markup; only `html` and `raw` make it. */
export class Html {
  private readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }

  toString(): string {
    return this.markup;
  }
}

/** Text is escaped, markup is not; of a list every item is shown, with nothing between them. */
export type Shown = Html | string | number | readonly Shown[];

/** Markup, or none. */
export type Markup = Html | '' | readonly Markup[];

export function html(parts: TemplateStringsArray, ...shown: readonly Shown[]): Html {
  return raw(String.raw({ raw: parts }, ...shown.map(markupOf)));
}

/** Markup that was made elsewhere. */
export function raw(markup: string): Html {
  return new Html(markup);
}

/** What is shown, with `separator` between the items. */
export function joined(items: readonly Shown[], separator: string): Html {
  return raw(items.map(markupOf).join(markupOf(separator)));
}

/** Fills an element of a page. */
export function setHtml(place: { innerHTML: string }, markup: Html): void {
  place.innerHTML = markup.toString();
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function markupOf(shown: Shown): string {
  if (shown instanceof Html) return shown.toString();
  if (typeof shown === 'object') return shown.map(markupOf).join('');
  return printable(`${shown}`, '\n\t').replace(/[&<>"']/g, (character) => entities[character]);
}

/** A figure: its image, what it shows, and how to read it. */
export function figureHtml(id: string, pictures: Markup, caption: string): Html {
  return html`<figure id="${id}">${pictures}<figcaption>${caption}</figcaption></figure>`;
}
