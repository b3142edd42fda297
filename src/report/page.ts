// Makes the report, a self-contained HTML file. All its numbers come from the JSON document, which it includes.

import { percentage, thousands } from '../base/format-numbers.ts';
import type { MapWord } from '../compare/word-map.ts';
import { figureHtml, type Html, html, joined } from '../page/html.ts';
import { htmlFile } from '../page/html-file.ts';
import { legendHtml, linePlot } from '../page/line-plot.ts';
import { type ReportTable, tableHtml } from '../page/report-table.ts';
import { STYLES, styleSheet } from '../page/style.ts';
import type { ComparisonDocument } from './comparison-document.ts';
import { checkDocument } from './comparison-document.ts';
import { findings } from './findings.ts';
import { mapPlot } from './map-plot.ts';
import { introduction, reportTitle, routeTitle } from './markdown.ts';
import { bibtex, methodsSentences } from './methods.ts';
import { scorePanels, scorePlot } from './score-plot.ts';
import { pageScript } from './script.ts';
import { comparisonTables } from './tables.ts';

interface Section {
  id: string;
  title: string;
  /** What the document has of it; a section without any is left out. */
  content: (Html | '')[];
}

/** The report as one HTML page that needs no network; its script adds what the reader can do without. */
export function reportPage(document: ComparisonDocument): string {
  checkDocument(document);
  const title = reportTitle(document);
  const sections = sectionsOf(document).filter(({ content }) => content.some((part) => part !== ''));
  const contents = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`);
  const routes = document.routes.map(
    (route, at) => html`<dt class="s${at % STYLES}">${route.name}</dt><dd>${routeTitle(route)}</dd>`,
  );
  const body = sections.map(
    ({ id, title, content }) =>
      html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>\n${content}</section>`,
  );
  const content = html`<a class="skip" href="#main">Skip to the results</a>
<header>
<h1>${title}</h1>
<p class="lead">${introduction(document).join(' ')}</p>
${explorerSentence(document)}<dl class="routes">${joined(routes, '\n')}</dl>
<nav aria-label="Contents"><ul>${contents}</ul></nav>
</header>
<main id="main">
${toolsHtml(document)}
${joined(body, '\n')}
</main>
<footer>
<p>Everything above is also in this file as JSON (<code>script#data</code>), the same document that <code>w2v compare --json</code> prints. Made ${document.createdAt.slice(0, 16).replace('T', ' ')} UTC.</p>
</footer>`;
  const { version } = document;
  return htmlFile({
    language: 'en',
    title,
    version,
    style: styleSheet,
    body: content,
    data: document,
    script: pageScript,
  });
}

function toolsHtml({ map }: ComparisonDocument): Html {
  const groups = (map?.groups ?? []).map(
    (group, at) =>
      html`<button type="button" class="g${at % STYLES}" data-group="${at}" aria-pressed="false">${group}</button>`,
  );
  return html`<div class="tools" id="tools" role="search" hidden><label for="search">Find a word</label><input type="search" id="search" autocomplete="off" spellcheck="false">${groups}<span id="found" role="status"></span></div>`;
}

function sectionsOf(document: ComparisonDocument): Section[] {
  const tables = new Map(comparisonTables(document).map((table) => [table.id, table]));
  const table = (id: string) => whole(tables.get(id));
  const folded = (id: string) => inDetails(tables.get(id));
  const description = findings(document).map((sentence) => html`<li>${sentence}</li>`);
  const words = [...tables.values()].filter(({ id }) => id.startsWith('word-'));
  const notes = document.notes.map((note) => html`<li>${note}</li>`);
  return [
    {
      id: 'glance',
      title: 'At a glance',
      content: [scoresFigure(document), description.length > 0 ? html`<ul class="findings">${description}</ul>` : ''],
    },
    {
      id: 'scores',
      title: 'Scores',
      content: [table('pairs'), table('analogies'), folded('sections'), table('spread'), folded('differences')],
    },
    { id: 'maps', title: 'Maps of the words', content: [...mapsFigure(document), table('classes')] },
    {
      id: 'neighbors',
      title: 'Do they find the same neighbors?',
      content: [overlapFigure(document), folded('overlap')],
    },
    { id: 'ranking', title: 'Do they rank pairs the same way?', content: [table('agreement')] },
    {
      id: 'words',
      title: 'Words side by side',
      content: [
        words.length > 0 ? html`<div class="words">${words.map((table) => withHeading(table, document))}</div>` : '',
      ],
    },
    {
      id: 'disagreement',
      title: 'Where they disagree most',
      content: [table('disagreements'), disagreementLinks(document)],
    },
    { id: 'costs', title: 'Time and memory', content: [table('cost'), lossFigure(document)] },
    { id: 'methods', title: 'Methods, for a paper', content: methodsHtml(document) },
    { id: 'notes', title: 'Notes', content: [html`<ul>${notes}</ul>${settingsHtml(document)}`] },
  ];
}

function methodsHtml(document: ComparisonDocument): Html[] {
  return [
    html`<p>${methodsSentences(document).join(' ')}</p>`,
    html`<details><summary>References, as BibTeX</summary><pre>${bibtex(document)}</pre></details>`,
  ];
}

function whole(table: ReportTable | undefined): Html | '' {
  return table === undefined ? '' : tableHtml(table);
}

function withHeading(table: ReportTable, document: ComparisonDocument): Html {
  return html`<div><h3>${wordHeading(table.title, document)}</h3>${tableHtml(table, { captionSeen: false })}</div>`;
}

function inDetails(table: ReportTable | undefined): Html | '' {
  if (table === undefined) return '';
  return html`<details><summary>${table.title.replace(/\?$/, '')}: the table</summary>${tableHtml(table)}</details>`;
}

function scoresFigure(document: ComparisonDocument): Html | '' {
  const panels = scorePanels(document).map((panel) => html`<div class="panel">${scorePlot(panel)}</div>`);
  if (panels.length === 0) return '';
  const caption =
    'Scores on each test set with their 95 % intervals; further right is better. Overlapping intervals do not decide which is better: see the differences, which compare the routes item by item.';
  return figureHtml('score-plots', html`<div class="panels">${panels}</div>`, caption);
}

function mapsFigure({ map }: ComparisonDocument): Html[] {
  if (map === null || map === undefined) return [];
  const panels = map.maps.map((one) => {
    const kept = `${percentage(one.kept, 0)} kept`;
    return html`<div class="panel"><h3>${one.route} <small>${kept}</small></h3>${mapPlot(map, one)}</div>`;
  });
  const classes =
    map.groups.length > 0 ? ' Colors and shapes are classes of WordNet, which no route but WordNet uses.' : '';
  const caption = `${thousands(map.words.length)} words in two dimensions by classical scaling of their similarities (for vectors: the first two principal components of the unit vectors), each map rotated to match the first.${classes} Two dimensions show only part of the structure: words that are apart on a map differ, but words that are close together may differ too.`;
  const figure = figureHtml(
    'word-maps',
    html`${legendHtml(map.groups, 'g')}<div class="panels">${panels}</div>`,
    caption,
  );
  return [figure, mapWordsHtml(map.words, map.groups)];
}

/** The words of the maps as a list; the script makes each a button that shows the word on the maps. */
function mapWordsHtml(words: readonly MapWord[], groups: readonly string[]): Html {
  const lists = [...groups, undefined].map((group) => {
    const own = words.filter((word) => word.group === group);
    const items = own.map(({ word }) => html`<li dir="auto">${word}</li>`);
    const title = group === undefined ? '' : html`<h3>${group}</h3>`;
    return own.length === 0 ? '' : html`<li>${title}<ul>${items}</ul></li>`;
  });
  return html`<details class="map-words"><summary>The words of the maps, as a list</summary><ul>${lists}</ul></details>`;
}

function overlapFigure({ overlap: { k, shared, pairs } }: ComparisonDocument): Html | '' {
  if (pairs.length === 0) return '';
  const plot = linePlot({
    title: `Share of the ${k} nearest words in common, by frequency`,
    places: pairs[0].bands.map(({ from, end }) => `${thousands(from + 1)}–${thousands(end)}`),
    xTitle: `rank among the ${thousands(shared)} shared words, most frequent first`,
    yTitle: `overlap@${k}`,
    lines: pairs.map(({ first, second, bands }, at) => ({
      name: `${first} · ${second}`,
      style: at,
      points: bands.map(({ overlap, low, high }) => ({ value: overlap, low, high })),
    })),
    fromZero: true,
  });
  const caption = `How many of the ${k} nearest words two routes have in common, for up to 200 words of each frequency band, with 95 % intervals.`;
  return figureHtml('overlap-plot', plot, caption);
}

function lossFigure({ routes }: ComparisonDocument): Html | '' {
  const trained = routes.flatMap((route, at) => (route.lossByEpoch.length > 1 ? [{ route, at }] : []));
  if (trained.length === 0) return '';
  const epochs = Math.max(...trained.map(({ route }) => route.lossByEpoch.length));
  const plot = linePlot({
    title: 'Loss by epoch',
    places: Array.from({ length: epochs }, (_, at) => String(at + 1)),
    xTitle: 'epoch',
    yTitle: 'mean loss of an example (nats)',
    lines: trained.map(({ route, at }) => ({
      name: route.name,
      style: at,
      points: route.lossByEpoch.map((value) => ({ value })),
    })),
    fromZero: false,
  });
  return figureHtml(
    'loss-plot',
    plot,
    'Training loss. CBOW and skip-gram have different tasks, so compare the shape of the curves, not their values.',
  );
}

function settingsHtml({ routes, corpus }: ComparisonDocument): Html {
  const items = routes.map(({ name, settings, engine }) => {
    const description = Object.entries(settings).map(
      ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    if (engine !== undefined) description.push(`engine ${engine}`);
    return description.length === 0 ? '' : html`<li>${name}: ${joined(description, ', ')}</li>`;
  });
  const hash = corpus === null ? '' : html`<p>Text: <code>SHA-256 ${corpus.sha256}</code></p>`;
  return html`<h3>Settings</h3><ul>${items}</ul>${hash}`;
}

type Linked = Pick<ComparisonDocument, 'explorer' | 'disagreements'>;

/** A link to the page that shows two of the routes word by word (w2v compare --map), in the head of the report; empty without a page. */
export function explorerSentence({ explorer }: Linked): Html | '' {
  if (explorer === undefined) return '';
  const [first, second] = explorer.routes;
  const link = linkTo(explorer.page, `${first} and ${second}, word by word`);
  return html`<p class="lead">Explore ${link}: their neighbors, the words that differ, and both maps.</p>\n`;
}

/** The word, as a link to its two lists of neighbors if there is a page. */
export function wordHeading(word: string, { explorer }: Linked): Html {
  return explorer === undefined ? html`${word}` : linkTo(explorer.page, word, word);
}

/** Links for the words on which the two routes of the page disagree. */
export function disagreementLinks({ explorer, disagreements }: Linked): Html | '' {
  if (explorer === undefined) return '';
  const [first, second] = explorer.routes;
  const found = disagreements.find((each) => each.first === first && each.second === second);
  if (found === undefined || found.words.length === 0) return '';
  const links = found.words.map(({ word }) => linkTo(explorer.page, word, word));
  return html`<p>Side by side in ${first} and ${second}: ${joined(links, ', ')}.</p>`;
}

function linkTo(page: string, text: string, word?: string): Html {
  const hash = new URLSearchParams({ view: 'compare', ...(word !== undefined && { q: word }) });
  return html`<a href="${page}#${hash.toString()}">${text}</a>`;
}
