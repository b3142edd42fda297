// A comparison on the terminal: the report's tables in plain text, with control characters escaped.
import type { ChalkInstance } from 'chalk';
import { printable } from '../../printable.ts';
import type { ComparisonDocument } from '../../report/comparison-document.ts';
import { introduction, reportTitle, routeTitle } from '../../report/markdown.ts';
import { comparisonTables } from '../../report/tables.ts';
import { listLines, tableLines } from './narrow-table.ts';
import type { OutputStream } from './terminal.ts';
import { fitted } from './text-width.ts';

/** Prose is broken to the width of the stream, if it is a terminal; tables fit 79 columns. */
export function comparisonLines(document: ComparisonDocument, colors: ChalkInstance, stream: OutputStream): string[] {
  const prose = (text: string) => fitted(stream, printable(text));
  const { routes, notes } = document;
  const lines = [colors.bold(prose(reportTitle(document))), ...introduction(document).map(prose), ''];
  lines.push(
    ...listLines(
      [{ title: '' }, { title: '' }],
      routes.map((route) => [printable(route.name), printable(routeTitle(route))]),
    ),
  );
  for (const table of comparisonTables(document)) {
    const [head, ...body] = tableLines(table);
    const isWord = table.id.startsWith('word-');
    const caption = isWord ? [] : [colors.dim(prose(table.caption))];
    lines.push('', colors.bold(printable(table.title)), ...caption, colors.cyan(head), ...body);
  }
  if (notes.length > 0) lines.push('', ...notes.map(prose));
  return lines;
}
