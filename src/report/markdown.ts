// Makes Markdown from a comparison: headings, tables, notes.

import { byteSize, counted, thousands } from '../base/format-numbers.ts';
import { printable } from '../base/printable.ts';
import type { ReportTable } from '../page/report-table.ts';
import type { ComparisonDocument, RouteDocument } from './comparison-document.ts';
import { checkDocument } from './comparison-document.ts';
import { bibtex, methodsSentences, notRepeatable } from './methods.ts';
import { comparisonTables } from './tables.ts';

/** The report as Markdown. */
export function comparisonMarkdown(document: ComparisonDocument): string {
  checkDocument(document);
  const { routes, notes } = document;
  const blocks = [
    `# ${escaped(reportTitle(document))}`,
    escaped(introduction(document).join(' ')),
    routes.map((route) => `- **${escaped(route.name)}**: ${escaped(routeTitle(route))}`).join('\n'),
    ...comparisonTables(document).map(tableMarkdown),
  ];
  blocks.push(
    `## Methods\n\n${escaped(methodsSentences(document).join(' '))}`,
    `\`\`\`bibtex\n${bibtex(document)}\n\`\`\``,
  );
  if (notes.length > 0) blocks.push(`## Notes\n\n${notes.map((note) => `- ${escaped(note)}`).join('\n')}`);
  return `${blocks.join('\n\n')}\n`;
}

export function reportTitle({ corpus, routes }: ComparisonDocument): string {
  if (corpus !== null) return `Thesaurus, counting and prediction compared: ${corpus.files.join(', ')}`;
  const files = routes.filter(({ kind }) => kind !== 'thesaurus').length;
  return `${counted(files, 'file')} of vectors${files < routes.length ? ' and WordNet' : ''} compared`;
}

/** What a route is. The title of a file is its path, which says nothing more where it is the name. */
export function routeTitle({ kind, name, title, words, dimensions }: RouteDocument): string {
  if (kind !== 'file') return title;
  const size = counted(words, 'word') + (dimensions === undefined ? '' : ` x ${thousands(dimensions)}`);
  return title === name ? size : `${size}, ${title}`;
}

/** The inputs and settings of the comparison in a few sentences. */
export function introduction({ corpus, settings, version, routes }: ComparisonDocument): string[] {
  const made = `Made by w2v ${version}, seed ${settings.seed}.`;
  if (corpus === null) return [made, ...notRepeatable(routes)];
  const text = `${byteSize(corpus.bytes)} of text, ${thousands(corpus.tokens)} occurrences of ${thousands(corpus.vocabulary)} words`;
  return [
    `${text} (SHA-256 ${corpus.sha256.slice(0, 16)}…).`,
    'All routes use the same words, window, subsampling and context distribution smoothing.',
    made,
    ...notRepeatable(routes),
  ];
}

function tableMarkdown({ title, caption, columns, rows }: ReportTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  const rule = `|${columns.map(({ align }) => (align === 'right' ? ' ---: |' : ' --- |')).join('')}`;
  const head = line(columns.map((column) => column.title));
  return [`## ${escaped(title)}`, '', escaped(caption), '', head, rule, ...rows.map(line)].join('\n');
}

/** Escapes words of a corpus, which may contain Markdown syntax. */
function escaped(text: string): string {
  return printable(text.replace(/\s+/g, ' ')).replace(/[\\|`*_<>[\]#&~$]/g, (character) => `\\${character}`);
}
