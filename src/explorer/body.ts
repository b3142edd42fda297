// The body of the page before its script has filled it: a heading, and for readers without JavaScript the first words.
import { type Html, html, joined } from '../page/html.ts';
import type { PageData } from './page-data.ts';
import { strings } from './strings.ts';

/** What stands in the `h1` of the page. */
export function headingHtml({ spaces }: PageData): Html {
  const names = spaces.map(({ name, vocabulary, dimensions }) => {
    const facts = strings.facts(vocabulary, dimensions);
    return html`<span class="file"><b>${name}</b> <small>${facts}</small></span>`;
  });
  return joined(names, ' ');
}

export function bodyHtml(data: PageData, firstWords: readonly (readonly string[])[]): Html {
  const lists = data.spaces.map(({ name }, at) => {
    const words = firstWords[at].map((word) => html`<li>${word}</li>`);
    return html`<h2>${name}</h2><ol>${words}</ol>`;
  });
  return html`<a class="skip" href="#main">${strings.skip}</a>
<header>
<h1>${headingHtml(data)}</h1>
<div id="bar"></div>
</header>
<main id="main" tabindex="-1">
<noscript><div class="static"><p>${strings.withoutScript}</p>${lists}</div></noscript>
</main>
<div id="status" role="status"></div>`;
}
