// Makes Markdown from a comparison: headings, tables, notes.

import { byteSize, thousands } from '../format-numbers.ts';
import { printable } from '../printable.ts';
import type { ComparisonDocument } from './comparison-document.ts';
import type { ReportTable } from './report-table.ts';
import { comparisonTables } from './tables.ts';

export function comparisonMarkdown(document: ComparisonDocument): string {
  const { routes, notes } = document;
  const blocks = [
    `# ${escaped(reportTitle(document))}`,
    escaped(introduction(document).join(' ')),
    routes.map(({ name, title }) => `- **${escaped(name)}**: ${escaped(title)}`).join('\n'),
    ...comparisonTables(document).map(tableMarkdown),
  ];
  if (notes.length > 0) blocks.push(`## Notes\n\n${notes.map((note) => `- ${escaped(note)}`).join('\n')}`);
  return `${blocks.join('\n\n')}\n`;
}

export function reportTitle({ corpus, routes }: ComparisonDocument): string {
  return corpus === null
    ? `${routes.length} sets of vectors compared`
    : `Thesaurus, counting and prediction compared: ${corpus.files.join(', ')}`;
}

/** The inputs and settings of the comparison in a few sentences. */
export function introduction({ corpus, settings, version }: ComparisonDocument): string[] {
  const made = `Made by w2v ${version}, seed ${settings.seed}.`;
  if (corpus === null) return [made];
  const text = `${byteSize(corpus.bytes)} of text, ${thousands(corpus.tokens)} occurrences of ${thousands(corpus.vocabulary)} words`;
  return [
    `${text} (SHA-256 ${corpus.sha256.slice(0, 16)}…).`,
    'All routes use the same words, window, subsampling and context distribution smoothing.',
    made,
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
