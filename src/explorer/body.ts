// The body of the page before its script has filled it: a heading, and for readers without JavaScript the first words.
import { escapeHtml } from '../page/html.ts';
import type { PageData } from './page-data.ts';
import { strings } from './strings.ts';

/** What stands in the `h1` of the page. */
export function headingHtml({ spaces }: PageData): string {
  return spaces
    .map(({ name, vocabulary, dimensions }) => {
      const facts = strings.facts(vocabulary, dimensions);
      return `<span class="file"><b>${escapeHtml(name)}</b> <small>${escapeHtml(facts)}</small></span>`;
    })
    .join(' ');
}

export function bodyHtml(data: PageData, firstWords: readonly (readonly string[])[]): string {
  const lists = data.spaces.map(({ name }, at) => {
    const words = firstWords[at]!.map((word) => `<li>${escapeHtml(word)}</li>`).join('');
    return `<h2>${escapeHtml(name)}</h2><ol>${words}</ol>`;
  });
  return `<a class="skip" href="#main">${escapeHtml(strings.skip)}</a>
<header>
<h1>${headingHtml(data)}</h1>
<div id="bar"></div>
</header>
<main id="main" tabindex="-1">
<noscript><div class="static"><p>${escapeHtml(strings.withoutScript)}</p>${lists.join('')}</div></noscript>
</main>
<div id="status" role="status"></div>`;
}
