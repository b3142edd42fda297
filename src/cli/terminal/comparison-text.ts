// A comparison on the terminal: the report's tables in plain text, with control characters escaped.
import type { ChalkInstance } from 'chalk';
import { printable } from '../../printable.ts';
import type { ComparisonDocument } from '../../report/comparison-document.ts';
import { introduction, reportTitle, routeTitle } from '../../report/markdown.ts';
import { comparisonTables } from '../../report/tables.ts';
import { listLines, tableLines } from './narrow-table.ts';

export function comparisonLines(document: ComparisonDocument, colors: ChalkInstance): string[] {
  const { routes, notes } = document;
  const lines = [
    colors.bold(printable(reportTitle(document))),
    ...introduction(document).map((line) => printable(line)),
    '',
  ];
  lines.push(
    ...listLines(
      [{ title: '' }, { title: '' }],
      routes.map((route) => [printable(route.name), printable(routeTitle(route))]),
    ),
  );
  for (const table of comparisonTables(document)) {
    const [head, ...body] = tableLines(table);
    const isWord = table.id.startsWith('word-');
    const caption = isWord ? [] : [colors.dim(printable(table.caption))];
    lines.push('', colors.bold(printable(table.title)), ...caption, colors.cyan(head), ...body);
  }
  if (notes.length > 0) lines.push('', ...notes.map((note) => printable(note)));
  return lines;
}
